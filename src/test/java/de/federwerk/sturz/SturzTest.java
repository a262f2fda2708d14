package de.federwerk.sturz;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.betrieb.Datenbank;
import de.federwerk.betrieb.Pruefzugang;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short form: a few kills of the real program. {@code bin/bench --dauer} does the same for as long as one likes. */
class SturzTest {

    private static final Path DATEN = Path.of("target/sturz").toAbsolutePath();

    @Test
    void getoetet_wird_alles_und_verloren_doppelt_oder_halb_ist_nichts_und_die_nachschau_schlaegt_an_wenn_doch()
            throws Exception {
        leihe("programme");
        leihe("werkzeug");
        Merkbuch buch;
        try (var probe = new Sturzprobe(DATEN, klassenpfad(), 26)) {
            probe.beginne();
            for (var opfer : List.of(
                    Sturzprobe.Opfer.ARBEITER,
                    Sturzprobe.Opfer.POSTMASTER,
                    Sturzprobe.Opfer.ARBEITER,
                    Sturzprobe.Opfer.ALLES)) probe.stuerze(opfer);
            probe.ruhe();
            assertThat(probe.befunde()).isEmpty();
            assertThat(probe.anzahl()).isEqualTo(4);
            buch = probe.buch();
            assertThat(buch.abgaben).isNotEmpty();
            assertThat(Merkbuch.bestaetigt(buch.hochladungen)).isPositive();
            assertThat(Merkbuch.bestaetigt(buch.vorgaenge)).isPositive();
        }
        verdirb(buch);
    }

    /** Breaks what must hold, one by one, and expects to be told of each. */
    private static void verdirb(Merkbuch buch) throws Exception {
        try (var datenbank = Datenbank.starte(DATEN)) {
            try (var nachschau = new Nachschau(DATEN)) {
                assertThat(nachschau.pruefe(buch)).isEmpty();
            }
            assertThat(Pruefzugang.schaeden(DATEN)).isEmpty();
            var zugang = datenbank.zugang();
            try (var eigner = DriverManager.getConnection(zugang.url(), zugang.eigner(), zugang.eignerPasswort());
                    var sql = eigner.createStatement()) {
                sql.execute(
                        "SELECT set_config('federwerk.mandant', (SELECT id::text FROM mandant WHERE kuerzel = 'musterstadt'), false)");
                // Lost: an acknowledged remark. Doubled: an Eingang. A gap: a counter that ran ahead. Changed: an
                // entry.
                for (var befehl : List.of(
                        "ALTER TABLE vermerk DISABLE TRIGGER USER",
                        "ALTER TABLE protokoll DISABLE TRIGGER USER",
                        "DELETE FROM vermerk",
                        "INSERT INTO eingang SELECT mandant_id, gen_random_uuid(), '2026-999999', eingegangen, 'ordner', datei_id, einheit_id, schutzbereich_id FROM eingang LIMIT 1",
                        "UPDATE zaehler SET stand = stand + 1 WHERE name LIKE 'akte:%'",
                        "UPDATE protokoll SET eintrag = eintrag || 'x' WHERE handlung = 'akte.angelegt'",
                        "DELETE FROM index_rueckstand",
                        "INSERT INTO vorgang (mandant_id, id, akte_id, aktenzeichen, titel, einheit_id, schutzbereich_id, angelegt_von) SELECT mandant_id, gen_random_uuid(), akte_id, aktenzeichen || 'x', titel, einheit_id, schutzbereich_id, angelegt_von FROM vorgang LIMIT 1"))
                    sql.execute(befehl);
            }
            kippeEinByte();

            try (var nachschau = new Nachschau(DATEN)) {
                var befunde = String.join("\n", nachschau.pruefe(buch));
                if (Merkbuch.bestaetigt(buch.vermerke) > 0) assertThat(befunde).contains("VERLOREN: Vermerk");
                assertThat(befunde)
                        .contains(
                                "DOPPELT: „",
                                "NUMMERN: Posteingangsbuch",
                                "NUMMERN: Aktenzeichen",
                                "Blatt stimmt nicht")
                        .contains("nicht genau ein Eintrag vorgang.angelegt");
            }
            assertThat(String.join("\n", Pruefzugang.schaeden(DATEN)))
                    .contains(
                            "der Inhalt wurde verändert", "Posteingangsbuch, Reihe eingang:2026", "Aktenzeichen (akte)")
                    .contains("wurde verändert", "fehlt im Index");
        }
    }

    private static void kippeEinByte() throws Exception {
        try (var alle = Files.walk(DATEN.resolve("ablage"))) {
            var pack = alle.filter(p -> p.toString().endsWith(".pack"))
                    .max(java.util.Comparator.comparingLong(p -> p.toFile().length()))
                    .orElseThrow();
            try (var datei = new RandomAccessFile(pack.toFile(), "rw")) {
                datei.seek(200);
                int vorher = datei.read();
                datei.seek(200);
                datei.write(vorher ^ 1);
            }
        }
    }

    /** The unpacked PostgreSQL and OCR model of the other tests, if they are there: unpacking takes longer than a kill. */
    private static void leihe(String ordner) throws Exception {
        var da = Path.of("target/haus").resolve(ordner).toAbsolutePath();
        var hier = DATEN.resolve(ordner);
        Files.createDirectories(DATEN);
        if (Files.isDirectory(da) && !Files.exists(hier)) Files.createSymbolicLink(hier, da);
    }

    /** Without the tests: the program would take their beans for its own. */
    private static String klassenpfad() {
        var pfad = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(pfad.split(":"))
                .filter(eintrag -> !eintrag.endsWith("/test-classes") && !eintrag.endsWith("/test-classes/"))
                .collect(Collectors.joining(":"));
    }
}
