package de.federwerk.ablage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PackablageTest {

    private static final long GRENZE = 1 << 20;

    private final UUID mandant = Kennung.neu();

    @TempDir
    Path daten;

    @Test
    void was_hineingeht_kommt_heraus() throws Exception {
        var ablage = ablage();
        for (int laenge : List.of(0, 1, 96, 131_072, 131_073, 700_000)) {
            var bytes = bytes(laenge);
            var blob = ablage.schreibe(mandant, new ByteArrayInputStream(bytes), GRENZE);
            assertThat(blob.laenge()).isEqualTo(laenge);
            assertThat(blob.sha256()).isEqualTo(Packablage.sha256().digest(bytes));
            assertThat(lies(ablage, blob)).isEqualTo(bytes);
        }
        assertThat(packs()).hasSize(1);
    }

    @Test
    void nach_einem_neustart_geht_es_im_selben_pack_weiter() throws Exception {
        var erster = schreibe(ablage(), 1000);
        var ablage = ablage();
        var zweiter = schreibe(ablage, 1000);
        assertThat(erster.ort()).isEqualTo("0000000001.pack:0");
        assertThat(zweiter.ort()).isEqualTo("0000000001.pack:1096");
        assertThat(lies(ablage, erster)).hasSize(1000);
    }

    @Test
    void ein_volles_pack_wird_abgeloest() throws Exception {
        var ablage = ablage(DataSize.ofBytes(2000), DataSize.ofBytes(0));
        var orte = IntStream.range(0, 5)
                .mapToObj(i -> schreibe(ablage, 1000).ort())
                .toList();
        assertThat(orte)
                .containsExactly(
                        "0000000001.pack:0",
                        "0000000001.pack:1096",
                        "0000000002.pack:0",
                        "0000000002.pack:1096",
                        "0000000003.pack:0");
    }

    @Test
    void ein_ausschnitt_wird_genau_gelesen_und_nie_darueber_hinaus() throws Exception {
        var ablage = ablage();
        var bytes = bytes(10_000);
        schreibe(ablage, 50);
        var blob = ablage.schreibe(mandant, new ByteArrayInputStream(bytes), GRENZE);
        schreibe(ablage, 50);
        try (var in = ablage.lies(mandant, blob, 9_000, 1_000)) {
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, 9_000, 10_000));
        }
        assertThat(ablage.lies(mandant, blob, 10_000, 0).read()).isEqualTo(-1);
        for (long[] falsch :
                new long[][] {{-1, 5}, {0, 10_001}, {9_999, 2}, {5, -1}, {Long.MAX_VALUE, Long.MAX_VALUE}}) {
            assertThatThrownBy(() -> ablage.lies(mandant, blob, falsch[0], falsch[1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void zu_grosses_wird_abgelehnt_und_hinterlaesst_nichts() throws Exception {
        var ablage = ablage();
        schreibe(ablage, 1000);
        assertThatThrownBy(() -> ablage.schreibe(mandant, new ByteArrayInputStream(bytes((int) GRENZE + 1)), GRENZE))
                .isInstanceOfSatisfying(
                        Abgelehnt.class, e -> assertThat(e.art()).isEqualTo(Abgelehnt.Art.GRENZE))
                .hasMessageContaining("höchstens 1 MiB");
        assertThat(Files.size(packs().getFirst())).isEqualTo(1096);
        assertThat(lies(ablage, schreibe(ablage, 77))).hasSize(77);
    }

    @Test
    void wenn_die_quelle_abreisst_bleibt_nichts_zurueck() throws Exception {
        var ablage = ablage();
        schreibe(ablage, 1000);
        var abreissend = new SequenceInputStream(new ByteArrayInputStream(bytes(300_000)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("Verbindung weg");
            }
        });
        assertThatThrownBy(() -> ablage.schreibe(mandant, abreissend, GRENZE)).hasMessage("Verbindung weg");
        assertThat(Files.size(packs().getFirst())).isEqualTo(1096);
        assertThat(schreibe(ablage, 5).ort()).isEqualTo("0000000001.pack:1096");
    }

    @Test
    void bei_vollem_speicher_wird_abgelehnt_bevor_die_datenbank_nicht_mehr_schreiben_kann() throws Exception {
        schreibe(ablage(), 1000);
        var ablage = ablage(DataSize.ofGigabytes(1), DataSize.ofTerabytes(1_000_000));
        assertThatThrownBy(() -> ablage.schreibe(mandant, new ByteArrayInputStream(bytes(10)), GRENZE))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("Speicherplatz des Servers ist erschöpft");
        assertThat(Files.size(packs().getFirst())).isEqualTo(1096);
    }

    @Test
    void gleichzeitige_schreiber_warten_nicht_aufeinander_und_stoeren_sich_nicht() throws Exception {
        var ablage = ablage();
        int schreiber = 8;
        var alleMitten = new CyclicBarrier(schreiber);
        try (var arbeiter = Executors.newFixedThreadPool(schreiber)) {
            // Each source waits in the middle until all others are there: works only if nobody holds a lock while
            // writing.
            Callable<Void> eine = () -> {
                for (int i = 0; i < 5; i++) {
                    var bytes = bytes(200_000 + i);
                    var blob = ablage.schreibe(
                            mandant,
                            new ByteArrayInputStream(bytes) {
                                @Override
                                public int readNBytes(byte[] b, int off, int len) {
                                    if (pos == 0) warte(alleMitten);
                                    return super.readNBytes(b, off, len);
                                }
                            },
                            GRENZE);
                    assertThat(lies(ablage, blob)).isEqualTo(bytes);
                }
                return null;
            };
            for (var ergebnis : arbeiter.invokeAll(java.util.Collections.nCopies(schreiber, eine))) ergebnis.get();
        }
        assertThat(packs()).hasSize(schreiber);
    }

    @Test
    void nach_einem_absturz_wird_das_angefangene_abgeschnitten() throws Exception {
        var vorher = schreibe(ablage(), 1000);
        veraendere(
                packs().getFirst(), pack -> Kopf.offen(mandant, Kennung.neu()).schreibe(pack, 1096));
        veraendere(packs().getFirst(), pack -> pack.write(java.nio.ByteBuffer.wrap(bytes(500)), pack.size()));

        var ablage = ablage();
        var nachher = schreibe(ablage, 20);
        assertThat(nachher.ort()).isEqualTo("0000000001.pack:1096");
        assertThat(lies(ablage, vorher)).hasSize(1000);
        assertThat(Files.size(packs().getFirst())).isEqualTo(1096 + 116);
    }

    @Test
    void ein_beschaedigtes_pack_wird_weder_gekuerzt_noch_weiter_beschrieben() throws Exception {
        var ablage = ablage();
        schreibe(ablage, 1000);
        var heil = schreibe(ablage, 1000);
        veraendere(packs().getFirst(), pack -> pack.write(java.nio.ByteBuffer.wrap(new byte[] {42}), 50));

        var neu = ablage();
        assertThat(schreibe(neu, 20).ort()).isEqualTo("0000000002.pack:0");
        assertThat(lies(neu, heil)).hasSize(1000);
        assertThat(Files.size(packs().getFirst())).isEqualTo(2 * 1096);
    }

    @Test
    void ein_fremder_mandant_oder_falscher_ort_bekommt_nichts() throws Exception {
        var ablage = ablage();
        var blob = schreibe(ablage, 100);
        var anderer = schreibe(ablage, 100);
        assertThatThrownBy(() -> ablage.lies(Kennung.neu(), blob, 0, 100)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ablage.lies(mandant, new Blob(blob.id(), 100, blob.sha256(), anderer.ort()), 0, 100))
                .hasMessageContaining("beschädigt");
        assertThatThrownBy(() ->
                        ablage.lies(mandant, new Blob(blob.id(), 100, blob.sha256(), "../../etc/passwd:0"), 0, 100))
                .hasMessageContaining("Kein Ort");
    }

    private Packablage ablage() {
        return ablage(DataSize.ofGigabytes(1), DataSize.ofBytes(0));
    }

    private Packablage ablage(DataSize packgroesse, DataSize reserve) {
        return new Packablage(daten, packgroesse, reserve);
    }

    private Blob schreibe(Packablage ablage, int laenge) {
        try {
            return ablage.schreibe(mandant, new ByteArrayInputStream(bytes(laenge)), GRENZE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] lies(Packablage ablage, Blob blob) throws IOException {
        try (var in = ablage.lies(mandant, blob, 0, blob.laenge())) {
            return in.readAllBytes();
        }
    }

    @Test
    void vor_der_ersten_datei_ist_der_platz_schon_da() {
        assertThat(daten.resolve("ablage")).doesNotExist();
        assertThat(ablage().frei()).isPositive();
    }

    private List<Path> packs() throws IOException {
        try (var dateien = Files.list(daten.resolve("ablage").resolve(mandant.toString()))) {
            return dateien.sorted().toList();
        }
    }

    private static byte[] bytes(int laenge) {
        var bytes = new byte[laenge];
        new Random().nextBytes(bytes);
        return bytes;
    }

    private static void warte(CyclicBarrier alle) {
        try {
            alle.await(20, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("Ein Schreiber hat auf einen anderen gewartet", e);
        }
    }

    private interface Eingriff {
        void in(FileChannel pack) throws IOException;
    }

    private static void veraendere(Path datei, Eingriff eingriff) throws IOException {
        try (var pack = FileChannel.open(datei, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            eingriff.in(pack);
        }
    }
}
