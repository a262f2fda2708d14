package de.federwerk.sturz;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Haustest;
import de.federwerk.betrieb.Datenbank;
import de.federwerk.betrieb.Pruefzugang;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The short form: each part of the real program is killed once. {@code bin/bench --dauer} does it for as long as one likes. */
class SturzTest {

    private static final Path DATEN = Path.of("target/sturz").toAbsolutePath();

    @Test
    void getoetet_wird_alles_und_verloren_doppelt_oder_halb_ist_nichts_und_die_nachschau_schlaegt_an_wenn_doch()
            throws Exception {
        leihePostgres();
        Merkbuch buch;
        try (var probe = new Sturzprobe(DATEN, klassenpfad(), 26, Betrieb.Tempo.KURZ)) {
            probe.beginne();
            probe.bisVonAllemEtwas();
            probe.stuerze(Sturzprobe.Opfer.ARBEITER);
            probe.stuerze(Sturzprobe.Opfer.POSTMASTER);
            probe.stuerze(Sturzprobe.Opfer.JVM);
            probe.stuerze(Sturzprobe.Opfer.ALLES);
            probe.ruhe();
            assertThat(probe.befunde()).isEmpty();
            assertThat(probe.anzahl()).isEqualTo(4);
            buch = probe.buch();
        }
        try (var datenbank = Datenbank.starte(DATEN);
                var eigner = DriverManager.getConnection(
                        datenbank.zugang().url(),
                        datenbank.zugang().eigner(),
                        datenbank.zugang().eignerPasswort())) {
            eigner.setAutoCommit(false);
            assertThat(nachschau(eigner, buch)).isEmpty();
            assertThat(Pruefzugang.schaeden(DATEN, datenbank)).isEmpty();
            verdirbNacheinander(eigner, buch);
            verdirbFuerBinPruefe(eigner, datenbank);
        }
    }

    /** Breaks what must hold, one by one and undone each time, and expects to be told of each. */
    private static void verdirbNacheinander(Connection eigner, Merkbuch buch) throws Exception {
        var upload = bestaetigt(buch.hochladungen).schluessel();
        var ablage = bestaetigt(buch.ablagen).eingang();
        var eingang = "(SELECT g.id FROM eingang g WHERE g.kanal = 'ordner' AND g.dokument_id IS NULL LIMIT 1)";

        // A file that vanishes: in the Posteingangsbuch, in a Vorgang; and with it only what was read from it.
        erwarte(eigner, buch, "VERLOREN: „", "DELETE FROM eingang WHERE id = " + eingang);
        erwarte(eigner, buch, "VERLOREN: Upload", "DELETE FROM version WHERE dokument_id = '%s'".formatted(upload));
        erwarte(
                eigner,
                buch,
                "HALB: Gelesene Datei ohne Text",
                "DELETE FROM datei_text WHERE datei_id = (SELECT datei_id FROM eingang WHERE id = '%s')"
                        .formatted(ablage));
        // A request that was acknowledged and did not happen, or happened otherwise.
        erwarte(
                eigner,
                buch,
                "VERLOREN: Vermerk",
                "DELETE FROM vermerk WHERE id = '%s'"
                        .formatted(bestaetigt(buch.vermerke).id()));
        erwarte(
                eigner,
                buch,
                "VERLOREN: Ablage",
                "UPDATE eingang SET status = 'offen', vorgang_id = NULL, dokument_id = NULL, abgelegt = NULL WHERE id = '%s'"
                        .formatted(ablage));
        var antrag = bestaetigt(buch.antraege);
        erwarte(
                eigner,
                buch,
                "VERLOREN: Antrag",
                "UPDATE antrag SET stand = 'verworfen', gesendet = NULL, code = NULL, blatt = NULL WHERE id = '%s'"
                        .formatted(antrag));
        erwarte(
                eigner,
                buch,
                "HALB: Antrag ohne Vorgang",
                "DELETE FROM antragsvorgang WHERE antrag_id = '%s'".formatted(antrag));
        erwarte(
                eigner,
                buch,
                "HALB: Antrag nicht mit Formular",
                "DELETE FROM antragsanlage WHERE antrag_id = '%s'".formatted(antrag));
        erwarte(
                eigner,
                buch,
                "VERLOREN: zdA",
                "UPDATE vorgang SET stand = 'in_bearbeitung', zda_am = NULL WHERE id = '%s'"
                        .formatted(bestaetigt(buch.abschluesse)));
        erwarte(
                eigner,
                buch,
                "ANDERS: Akte",
                "UPDATE akte SET titel = titel || 'x' WHERE id = '%s'"
                        .formatted(bestaetigt(buch.akten).schluessel()));
        // A file that is there twice.
        erwarte(eigner, buch, "DOPPELT: „", """
                INSERT INTO eingang SELECT mandant_id, gen_random_uuid(), '2026-999999', eingegangen, kanal, datei_id, einheit_id, schutzbereich_id
                  FROM eingang WHERE id =""" + eingang);
        erwarte(
                eigner,
                buch,
                "DOPPELT: Upload",
                "INSERT INTO version SELECT mandant_id, gen_random_uuid(), dokument_id, 2, datei_id, angelegt, angelegt_von FROM version WHERE dokument_id = '%s'"
                        .formatted(upload));
        // A number that is left out: by what has it, and by the counter.
        erwarte(
                eigner,
                buch,
                "NUMMERN: Posteingangsbuch",
                "UPDATE eingang SET nummer = split_part(nummer, '-', 1) || '-999999' WHERE id = " + eingang);
        erwarte(
                eigner,
                buch,
                "NUMMERN: Dokumentnummern",
                "UPDATE dokument SET nummer = nummer + 1000 WHERE id = '%s'".formatted(upload));
        erwarte(
                eigner,
                buch,
                "NUMMERN: Aktenzeichen",
                "UPDATE zaehler SET stand = stand + 1 WHERE name = (SELECT min(name) FROM zaehler WHERE name LIKE 'akte:%')");
        // The Protokoll: an entry changed, an entry missing.
        var eintrag = "(SELECT id FROM protokoll WHERE handlung = 'akte.angelegt' LIMIT 1)";
        erwarte(
                eigner,
                buch,
                "Blatt stimmt nicht",
                "UPDATE protokoll SET eintrag = eintrag || 'x' WHERE id = " + eintrag);
        erwarte(
                eigner,
                buch,
                "nicht genau ein Eintrag akte.angelegt",
                "UPDATE protokoll SET handlung = 'akte.verschwunden' WHERE id = " + eintrag);
    }

    private static void erwarte(Connection eigner, Merkbuch buch, String befund, String befehl) throws Exception {
        try (var sql = eigner.createStatement()) {
            betrete(eigner);
            for (var tabelle : new String[] {"version", "vermerk", "protokoll", "antrag"})
                sql.execute("ALTER TABLE " + tabelle + " DISABLE TRIGGER USER");
            assertThat(sql.executeUpdate(befehl)).as(befehl).isEqualTo(1);
            assertThat(nachschau(eigner, buch)).as(befehl).anyMatch(zeile -> zeile.contains(befund));
        } finally {
            eigner.rollback();
        }
    }

    /** For good: {@code bin/pruefe} has a connection of its own, and reads the bytes. What else it finds is held by its own test. */
    private static void verdirbFuerBinPruefe(Connection eigner, Datenbank datenbank) throws Exception {
        String ort;
        try (var sql = eigner.createStatement()) {
            betrete(eigner);
            ort = kippeEinByte(sql);
            sql.executeUpdate(
                    "UPDATE zaehler SET stand = stand + 1 WHERE name = (SELECT min(name) FROM zaehler WHERE name LIKE 'akte:%')");
            sql.executeUpdate(
                    "UPDATE aktenbestand SET anzahl = anzahl + 1 WHERE ctid = (SELECT min(ctid) FROM aktenbestand)");
            sql.executeUpdate(
                    "UPDATE eingangsbestand SET anzahl = anzahl - 1 WHERE ctid = (SELECT min(ctid) FROM eingangsbestand)");
            sql.executeUpdate("""
                    INSERT INTO vorgang (mandant_id, id, akte_id, aktenzeichen, titel, einheit_id, schutzbereich_id, angelegt_von)
                    SELECT mandant_id, gen_random_uuid(), akte_id, aktenzeichen || 'x', titel, einheit_id, schutzbereich_id, angelegt_von FROM vorgang LIMIT 1""");
        }
        eigner.commit();
        assertThat(String.join("\n", Pruefzugang.schaeden(DATEN, datenbank)))
                .contains(
                        "SCHADEN " + ort,
                        "Aktenzeichen (akte)",
                        "Aktenplan:",
                        "Posteingangsbuch: 1 Anzahl",
                        "fehlt im Index");
    }

    private static void betrete(Connection eigner) throws SQLException {
        try (var sql = eigner.createStatement()) {
            sql.execute(
                    "SELECT set_config('federwerk.mandant', (SELECT id::text FROM mandant WHERE kuerzel = 'musterstadt'), true)");
        }
    }

    // The connection is the caller's.
    @SuppressWarnings("resource")
    private static List<String> nachschau(Connection eigner, Merkbuch buch) throws Exception {
        return new Nachschau(DATEN, eigner).pruefe(buch);
    }

    private static <K> K bestaetigt(Map<K, Merkbuch.Antwort> buch) {
        return buch.entrySet().stream()
                .filter(e -> e.getValue() == Merkbuch.Antwort.BESTAETIGT)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /** Of what a row names: in a pack lies, too, what a kill kept from getting one. @return where */
    private static String kippeEinByte(Statement sql) throws Exception {
        try (var zeilen = sql.executeQuery("SELECT mandant_id || '/' || ort FROM blob ORDER BY id DESC LIMIT 1")) {
            zeilen.next();
            var ort = "ablage/" + zeilen.getString(1);
            int trenner = ort.lastIndexOf(':');
            try (var datei = new RandomAccessFile(
                    DATEN.resolve(ort.substring(0, trenner)).toFile(), "rw")) {
                datei.seek(Long.parseLong(ort.substring(trenner + 1)));
                int vorher = datei.read();
                datei.seek(datei.getFilePointer() - 1);
                datei.write(vorher ^ 1);
            }
            return ort;
        }
    }

    /** The unpacked PostgreSQL of the other tests, if it is there: unpacking takes longer than a kill. */
    private static void leihePostgres() throws Exception {
        var da = Haustest.DATEN.resolve("programme").toAbsolutePath();
        var hier = DATEN.resolve("programme");
        Files.createDirectories(DATEN);
        if (Files.isSymbolicLink(hier)) Files.delete(hier);
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
