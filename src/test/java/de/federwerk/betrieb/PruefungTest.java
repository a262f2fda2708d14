package de.federwerk.betrieb;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Haustest;
import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** In the house of all tests: other tests leave whole blobs behind, so what is looked for here is the line of one's own. */
class PruefungTest extends Haustest {

    @Autowired
    Blobs blobs;

    @Test
    void ein_gekipptes_byte_wird_mit_ort_und_dateiname_gemeldet() throws Exception {
        var mandant = neuerMandant();
        var heil = datei(mandant, "heil.txt");
        var kaputt = datei(mandant, "Bescheid\nMüller.txt");
        assertThat(schaeden(mandant)).isEmpty();

        kippe(mandant, kaputt, 96);
        assertThat(schaeden(mandant))
                .singleElement()
                .asString()
                .isEqualTo(
                        "SCHADEN ablage/%s/%s: der Inhalt wurde verändert (SHA-256 stimmt nicht) – Datei „Bescheid?Müller.txt“"
                                .formatted(mandant, kaputt.ort()));
        assertThat(schaeden(mandant)).noneMatch(zeile -> zeile.contains(heil.ort() + ":"));

        kippe(mandant, kaputt, 96);
        assertThat(schaeden(mandant)).isEmpty();
    }

    @Test
    void ein_veraenderter_kopf_und_ein_abgeschnittener_eintrag_werden_gemeldet() throws Exception {
        var mandant = neuerMandant();
        var kopf = datei(mandant, "kopf.txt");
        var ende = datei(mandant, "ende.txt");
        kippe(mandant, kopf, 20);
        try (var pack = new RandomAccessFile(pack(mandant, ende).toFile(), "rw")) {
            long laenge = pack.length();
            pack.setLength(laenge - 1);
            assertThat(schaeden(mandant))
                    .hasSize(2)
                    .anyMatch(zeile -> zeile.contains("Kopf") && zeile.contains("kopf.txt"))
                    .anyMatch(zeile -> zeile.contains("endet mitten im Eintrag") && zeile.contains("ende.txt"));
            // Give back what was cut: the house is shared.
            pack.setLength(laenge);
            pack.seek(laenge - 1);
            pack.write('.');
        }
        kippe(mandant, kopf, 20);
        assertThat(schaeden(mandant)).isEmpty();
    }

    @Test
    void bytes_ohne_zeile_sind_ein_hinweis_und_kein_schaden() throws Exception {
        var mandant = neuerMandant();
        var namenlos = schreibe(mandant, "nie gemerkt");
        assertThat(zeilen().stream().filter(z -> z.contains(mandant.toString())))
                .singleElement()
                .asString()
                .startsWith("Hinweis: %d Bytes".formatted(96 + namenlos.laenge()));
    }

    /** As {@code bin/pruefe} runs it: a process of its own, beside the program that holds the data folder. */
    @Test
    void neben_dem_laufenden_programm_endet_sie_mit_0_oder_1() throws Exception {
        var mandant = neuerMandant();
        var blob = datei(mandant, "daneben.txt");
        try (var sperre = Sperre.versuche(DATEN).orElseThrow()) {
            assertThat(sperre).isNotNull();
            assertThat(alsProzess()).endsWith("Ende 0").contains("Alles unversehrt");
            kippe(mandant, blob, 100);
            assertThat(alsProzess()).endsWith("Ende 1").contains("SCHADEN").contains("daneben.txt");
        } finally {
            kippe(mandant, blob, 100);
        }
    }

    private static String alsProzess() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var prozess = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "de.federwerk.betrieb.Pruefung",
                        "--daten",
                        DATEN.toString())
                .redirectErrorStream(true)
                .start();
        var ausgabe = new String(prozess.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(prozess.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return ausgabe + "Ende " + prozess.exitValue();
    }

    private List<String> schaeden(UUID mandant) throws Exception {
        return zeilen().stream()
                .filter(zeile -> zeile.startsWith("SCHADEN") && zeile.contains(mandant.toString()))
                .toList();
    }

    private List<String> zeilen() throws IOException, SQLException {
        var zeilen = new ArrayList<String>();
        Bestandspruefung.pruefe(DATEN, Datenbank.laufende(DATEN), zeilen::add);
        return zeilen;
    }

    private Blob datei(UUID mandant, String name) {
        var blob = schreibe(mandant, "Inhalt von " + name + ".");
        als(mandant, () -> {
            blobs.merke(blob);
            jdbc.sql("INSERT INTO datei (mandant_id, id, blob_id, dateiname, laenge, sha256) VALUES (?, ?, ?, ?, ?, ?)")
                    .params(mandant, Kennung.neu(), blob.id(), name, blob.laenge(), blob.sha256())
                    .update();
        });
        return blob;
    }

    private Blob schreibe(UUID mandant, String text) {
        return Mandantenkontext.als(
                mandant, () -> blobs.schreibe(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static void kippe(UUID mandant, Blob blob, int byteImEintrag) throws IOException {
        try (var pack = new RandomAccessFile(pack(mandant, blob).toFile(), "rw")) {
            long stelle = Long.parseLong(blob.ort().replaceAll(".*:", "")) + byteImEintrag;
            pack.seek(stelle);
            int vorher = pack.read();
            pack.seek(stelle);
            pack.write(vorher ^ 1);
        }
    }

    private static Path pack(UUID mandant, Blob blob) {
        return DATEN.resolve("ablage")
                .resolve(mandant.toString())
                .resolve(blob.ort().replaceAll(":.*", ""));
    }
}
