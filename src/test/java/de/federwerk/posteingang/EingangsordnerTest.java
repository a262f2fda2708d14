package de.federwerk.posteingang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Dateiname;
import de.federwerk.datei.Muster;
import de.federwerk.organisation.Mandanten;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The watched folder with real files. */
class EingangsordnerTest extends Teststadt {

    private static final Duration GEDULD = Duration.ofSeconds(40);

    @Autowired
    Posteingangsbuch buch;

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Autowired
    Mandanten mandanten;

    @Test
    void was_in_den_ordner_faellt_wird_genau_einmal_eingang_mit_denselben_bytes_auch_wenn_es_kaputt_ist()
            throws Exception {
        var stadt = stadt();
        var ordner = ordner(stadt.mandant());
        var liegtDa = new LinkedHashMap<String, byte[]>();
        liegtDa.put("Grünanlage Straße ÄÖÜß.txt", Muster.windows("Bäume in der Goethestraße"));
        liegtDa.put("zwei\nZeilen.txt", Muster.bytes("Zeilenumbruch im Namen"));
        liegtDa.put("l".repeat(240) + ".txt", Muster.bytes("langer Name"));
        liegtDa.put("x\\..\\..\\ausbruch.txt", Muster.bytes("Pfad im Namen"));
        liegtDa.put("leer.pdf", new byte[0]);
        liegtDa.put("verschlossen.pdf", Muster.verschluesseltesPdf());
        liegtDa.put(
                "kaputt.eml",
                Muster.bytes(
                        "From: \0\0=?x?\nContent-Type: multipart/mixed; boundary=\"fehlt\n\n--fehlt\nContent-Transfer-Encoding: base64\n\n%%%"));
        for (var datei : liegtDa.entrySet()) {
            Files.write(ordner.resolve(datei.getKey()), datei.getValue());
        }
        var bleibt = List.of(".x", "a.part", "a.tmp");
        for (var name : bleibt) {
            Files.writeString(ordner.resolve(name), "noch nicht fertig");
        }
        Files.createSymbolicLink(ordner.resolve("verweis.txt"), Path.of("/etc/hostname"));
        Files.createDirectories(ordner.resolve("unterordner"));
        await().atMost(GEDULD).until(() -> alle(stadt).size() == liegtDa.size());

        var jahr = Instant.now().atZone(java.time.ZoneId.of("Europe/Berlin")).getYear();
        assertThat(alle(stadt))
                .extracting(Eingaenge.Eingang::nummer)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, liegtDa.size())
                        .mapToObj(i -> "%d-%06d".formatted(jahr, i))
                        .toList());
        assertThat(alle(stadt)).allMatch(e -> e.kanal().equals("ordner") && e.offen());
        for (var datei : liegtDa.entrySet()) {
            var eingang = alle(stadt).stream()
                    .filter(e -> e.dateiname().equals(Dateiname.sicher(datei.getKey())))
                    .findFirst();
            assertThat(eingang).as(datei.getKey()).isPresent();
            assertThat(bytes(stadt, eingang.get())).as(datei.getKey()).isEqualTo(datei.getValue());
        }
        await().atMost(GEDULD)
                .untilAsserted(() -> assertThat(namen(ordner))
                        .containsExactlyInAnyOrder(".arbeit", ".x", "a.part", "a.tmp", "verweis.txt", "unterordner"));
        await().atMost(GEDULD)
                .untilAsserted(
                        () -> assertThat(namen(ordner.resolve(".arbeit"))).isEmpty());

        await().atMost(GEDULD)
                .until(() -> alle(stadt).stream().noneMatch(e -> e.stand().equals("neu")));
        assertThat(mit(stadt, "verschlossen.pdf").stand()).isEqualTo("gescheitert");
        assertThat(mit(stadt, "leer.pdf").stand()).isEqualTo("gescheitert");
        als(
                stadt.mandant(),
                () -> assertThat(jdbc.sql(
                                        "SELECT gegenstand FROM stoerung WHERE erledigt IS NULL AND gegenstand <> 'kaputt.eml'")
                                .query(String.class)
                                .list())
                        .containsExactlyInAnyOrder("verschlossen.pdf", "leer.pdf"));

        Files.writeString(ordner.resolve("danach.txt"), "es geht weiter");
        await().atMost(GEDULD).until(() -> alle(stadt).size() == liegtDa.size() + 1);
        await().atMost(GEDULD).until(() -> mit(stadt, "danach.txt").stand().equals("fertig"));
    }

    @Test
    void was_zu_gross_ist_wird_gesagt_ohne_es_zu_lesen_und_haelt_nichts_auf() throws Exception {
        var stadt = stadt();
        var ordner = ordner(stadt.mandant());
        // Three gigabytes that take no room: only its length is looked at.
        try (var datei =
                new java.io.RandomAccessFile(ordner.resolve("Festplatte.img").toFile(), "rw")) {
            datei.setLength(3_000_000_000L);
        }
        Files.writeString(ordner.resolve("danach.txt"), "es geht weiter");
        await().atMost(GEDULD).until(() -> alle(stadt).size() == 1);
        await().atMost(GEDULD)
                .untilAsserted(() -> als(
                        stadt.mandant(),
                        () -> assertThat(jdbc.sql(
                                                "SELECT ursache FROM stoerung WHERE gegenstand = 'Festplatte.img' AND erledigt IS NULL")
                                        .query(String.class)
                                        .list())
                                .singleElement()
                                .asString()
                                .contains("zu groß", "liegt unverändert im Eingangsordner unter .arbeit/")));
        assertThat(mit(stadt, "danach.txt").dateiname()).isEqualTo("danach.txt");
    }

    @Test
    void was_noch_waechst_wird_nicht_angefasst_bevor_es_zwei_sekunden_ruht() throws Exception {
        var stadt = stadt();
        var datei = ordner(stadt.mandant()).resolve("wächst.txt");
        Files.writeString(datei, "Anfang");
        var beginn = Instant.now();
        var inhalt = new StringBuilder("Anfang");
        // Longer than the rest, in steps shorter than it: each look of the intake sees another size.
        await().pollInterval(Duration.ofMillis(300)).atMost(GEDULD).until(() -> {
            Files.writeString(datei, "+", StandardOpenOption.APPEND);
            inhalt.append('+');
            return Duration.between(beginn, Instant.now()).toMillis() > 3_500;
        });
        assertThat(alle(stadt)).isEmpty();
        await().atMost(GEDULD).until(() -> alle(stadt).size() == 1);
        assertThat(bytes(stadt, alle(stadt).getFirst()))
                .isEqualTo(inhalt.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void was_ein_abbruch_liegen_liess_wird_genau_einmal_eingetragen_und_fremdes_haelt_nichts_auf() throws Exception {
        var stadt = stadt();
        var arbeit = Files.createDirectories(ordner(stadt.mandant()).resolve(".arbeit"));
        // The uuid of one is entered already: the kill came after the commit, before the file was removed.
        var schonDa = Kennung.neu();
        Mandantenkontext.als(
                stadt.mandant(),
                () -> eingaenge.trageEin(
                        schonDa,
                        "ordner",
                        blobs.schreibe(new ByteArrayInputStream(Muster.bytes("schon da"))),
                        "schon da.txt",
                        stadt.tiefbau(),
                        Instant.now(),
                        Protokoll.PROGRAMM));
        var offen = Kennung.neu();
        var ohneNamen = Kennung.neu();
        var nurName = Kennung.neu();
        var namenKaputt = Kennung.neu();
        Files.writeString(arbeit.resolve("Thumbs.db"), "von einem Windows-Rechner");
        Files.writeString(arbeit.resolve(schonDa + ".name"), "schon da.txt");
        Files.writeString(arbeit.resolve(schonDa.toString()), "schon da");
        Files.writeString(arbeit.resolve(nurName + ".name"), "verwaist.txt");
        Files.write(arbeit.resolve(namenKaputt + ".name"), Muster.windows("Müll.txt"));
        Files.writeString(arbeit.resolve(namenKaputt.toString()), "Name in fremder Kodierung");
        Files.writeString(arbeit.resolve(ohneNamen.toString()), "ohne Namen");
        Files.writeString(arbeit.resolve(offen + ".name"), "noch offen.txt");
        Files.writeString(arbeit.resolve(offen.toString()), "noch offen");

        await().atMost(GEDULD).untilAsserted(() -> assertThat(namen(arbeit)).containsExactly("Thumbs.db"));
        assertThat(alle(stadt))
                .extracting(Eingaenge.Eingang::id)
                .containsExactlyInAnyOrder(schonDa, offen, ohneNamen, namenKaputt);
        assertThat(mit(stadt, "noch offen.txt").id()).isEqualTo(offen);
        assertThat(bytes(stadt, mit(stadt, "noch offen.txt"))).isEqualTo(Muster.bytes("noch offen"));
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM protokoll WHERE handlung = 'eingang.eingetragen'")
                                .query(Long.class)
                                .single()))
                .isEqualTo(4);
    }

    /** A disk of its own for the packs of one Mandant, so small that one letter does not fit. */
    @Test
    void ist_die_festplatte_voll_bleibt_die_post_liegen_wird_erklaert_und_geht_von_selbst_weiter() throws Exception {
        var stadt = stadt();
        var ordner = ordner(stadt.mandant());
        var packs = Files.createDirectories(
                DATEN.resolve("ablage").resolve(stadt.mandant().toString()));
        assumeThat(ausgefuehrt("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", packs.toString()))
                .as("Dateisysteme einhängen darf nur root")
                .isTrue();
        try {
            Files.write(packs.resolve("fremd"), new byte[1_500_000]);
            var brief = new byte[1_000_000];
            new java.util.Random(1).nextBytes(brief);
            Files.write(ordner.resolve("großer Brief.bin"), brief);

            await().atMost(GEDULD)
                    .untilAsserted(() -> assertThat(stoerungen(stadt, "erledigt IS NULL"))
                            .singleElement()
                            .asString()
                            .contains(
                                    "Speicherplatz des Servers ist erschöpft",
                                    "alles bisher Gespeicherte ist sicher",
                                    ".arbeit/"));
            assertThat(alle(stadt)).isEmpty();
            assertThat(namen(ordner.resolve(".arbeit"))).hasSize(2);

            Files.delete(packs.resolve("fremd"));
            await().atMost(GEDULD).until(() -> alle(stadt).size() == 1);
            assertThat(bytes(stadt, alle(stadt).getFirst())).isEqualTo(brief);
            await().atMost(GEDULD)
                    .until(() -> stoerungen(stadt, "erledigt_wie = 'behoben'").size() == 1);
            await().atMost(GEDULD).until(() -> alle(stadt).getFirst().stand().equals("fertig"));
        } finally {
            // The bytes go back to where bin/pruefe looks for them.
            var bleibt = Files.createTempDirectory("packs");
            try (var alle = Files.list(packs)) {
                for (var pack : alle.toList()) Files.copy(pack, bleibt.resolve(pack.getFileName()));
            }
            assertThat(ausgefuehrt("umount", "-l", packs.toString())).isTrue();
            try (var alle = Files.list(bleibt)) {
                for (var pack : alle.toList()) Files.copy(pack, packs.resolve(pack.getFileName()));
            }
        }
    }

    private List<String> stoerungen(Stadt stadt, String welche) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT ursache FROM stoerung WHERE " + welche)
                        .query(String.class)
                        .list());
    }

    private static boolean ausgefuehrt(String... befehl) throws Exception {
        return new ProcessBuilder(befehl).redirectErrorStream(true).start().waitFor() == 0;
    }

    private Path ordner(UUID mandant) throws IOException {
        var alle = mandanten.alle();
        var kuerzel = alle.stream()
                .filter(m -> m.id().equals(mandant))
                .findFirst()
                .orElseThrow()
                .kuerzel();
        return Files.createDirectories(
                DATEN.resolve(alle.getFirst().id().equals(mandant) ? "eingang" : "eingang-" + kuerzel));
    }

    private List<Eingaenge.Eingang> alle(Stadt stadt) {
        return als(
                stadt.mandant(),
                () -> buch.seite(
                                berechtigungen.sicht(stadt.anja().person(), Recht.LESEN),
                                null,
                                de.federwerk.basis.Stelle.ANFANG,
                                100)
                        .zeilen());
    }

    private Eingaenge.Eingang mit(Stadt stadt, String dateiname) {
        return alle(stadt).stream()
                .filter(e -> e.dateiname().equals(dateiname))
                .findFirst()
                .orElseThrow();
    }

    private byte[] bytes(Stadt stadt, Eingaenge.Eingang eingang) throws IOException {
        return Mandantenkontext.als(stadt.mandant(), () -> {
            try (var strom = blobs.lies(dateien.original(eingang.dateiId()))) {
                return strom.readAllBytes();
            }
        });
    }

    private static List<String> namen(Path ordner) throws IOException {
        try (var alle = Files.list(ordner)) {
            return alle.map(p -> p.getFileName().toString()).toList();
        }
    }
}
