package de.federwerk.ablage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class PackstapelTest {

    private static final long GRENZE = 10 << 20;

    private final UUID mandant = Kennung.neu();

    @TempDir
    Path daten;

    @Test
    void kleine_und_grosse_kommen_heraus_wie_sie_hineingingen_auch_nach_einem_neustart() throws Exception {
        for (int erste : new int[] {3, 700_000}) {
            var ablage = ablage();
            var inhalte = new ArrayList<byte[]>();
            var blobs = new ArrayList<Blob>();
            try (var stapel = ablage.stapel(mandant)) {
                for (int laenge : new int[] {erste, 0, 65_536, 65_537, 10, 2_000_000, 1}) {
                    var bytes = bytes(laenge);
                    inhalte.add(bytes);
                    blobs.add(stapel.nimm(new ByteArrayInputStream(bytes), GRENZE));
                }
                for (int i = 0; i < 300; i++) {
                    var bytes = bytes(5_000);
                    inhalte.add(bytes);
                    blobs.add(stapel.nimm(new ByteArrayInputStream(bytes), GRENZE));
                }
                stapel.sichere();
            }
            var danach = ablage();
            for (int i = 0; i < blobs.size(); i++) {
                assertThat(blobs.get(i).sha256()).isEqualTo(Packablage.sha256().digest(inhalte.get(i)));
                try (var in = danach.lies(mandant, blobs.get(i), 0, blobs.get(i).laenge())) {
                    assertThat(in.readAllBytes()).isEqualTo(inhalte.get(i));
                }
                assertThat(new Packpruefung(daten).pruefe(mandant, blobs.get(i)))
                        .isEmpty();
            }
        }
    }

    @Test
    void was_nicht_gesichert_wurde_hinterlaesst_nichts() throws Exception {
        var ablage = ablage();
        ablage.schreibe(mandant, new ByteArrayInputStream(bytes(100)), GRENZE);
        try (var stapel = ablage.stapel(mandant)) {
            stapel.nimm(new ByteArrayInputStream(bytes(2_000_000)), GRENZE);
            stapel.nimm(new ByteArrayInputStream(bytes(20)), GRENZE);
        }
        assertThat(Files.size(pack())).isEqualTo(196);
        assertThat(ablage.schreibe(mandant, new ByteArrayInputStream(bytes(1)), GRENZE)
                        .ort())
                .isEqualTo("0000000001.pack:196");
    }

    /** Killed before the end: the first header is still open, so the next start cuts off the whole run. */
    @Test
    void mittendrin_getoetet_schneidet_der_naechste_start_den_ganzen_stapel_ab() throws Exception {
        var ablage = ablage();
        ablage.schreibe(mandant, new ByteArrayInputStream(bytes(100)), GRENZE);
        var stapel = ablage.stapel(mandant);
        for (int i = 0; i < 100; i++) {
            stapel.nimm(new ByteArrayInputStream(bytes(60_000)), GRENZE);
        }
        assertThat(Files.size(pack())).isGreaterThan(1_000_000);
        var danach = ablage();
        assertThat(danach.schreibe(mandant, new ByteArrayInputStream(bytes(1)), GRENZE)
                        .ort())
                .isEqualTo("0000000001.pack:196");
        assertThat(Files.size(pack())).isEqualTo(196 + 97);
        stapel.close();
    }

    @Test
    void eine_datei_die_mittendrin_abreisst_oder_zu_gross_ist_beruehrt_die_anderen_nicht() throws Exception {
        var ablage = ablage();
        var gute = new ArrayList<Blob>();
        try (var stapel = ablage.stapel(mandant)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> stapel.nimm(reisstAb(), GRENZE)).isInstanceOf(IOException.class);
                gute.add(stapel.nimm(new ByteArrayInputStream(bytes(1_000)), GRENZE));
                assertThatThrownBy(() -> stapel.nimm(new ByteArrayInputStream(bytes(200_000)), 100_000))
                        .isInstanceOf(Abgelehnt.class);
            }
            stapel.sichere();
        }
        assertThat(Files.size(pack())).isEqualTo(3 * 1_096);
        assertThat(gute)
                .allSatisfy(b ->
                        assertThat(new Packpruefung(daten).pruefe(mandant, b)).isEmpty());
    }

    @Test
    void auf_voller_platte_sagt_er_es_und_hinterlaesst_nichts() throws Exception {
        var voll = new Packablage(daten, DataSize.ofGigabytes(1), DataSize.ofTerabytes(900));
        assertThat(voll.frei()).isZero();
        assertThatThrownBy(() -> voll.stapel(mandant)).isInstanceOf(Speichervoll.class);
        assertThat(ablage().frei()).as("auch ehe der Ordner da ist").isPositive();
    }

    private Path pack() {
        return daten.resolve("ablage").resolve(mandant.toString()).resolve("0000000001.pack");
    }

    private Packablage ablage() {
        return new Packablage(daten, DataSize.ofGigabytes(1), DataSize.ofBytes(0));
    }

    private static InputStream reisstAb() {
        return new InputStream() {
            private int gelesen;

            @Override
            public int read() throws IOException {
                if (++gelesen > 150_000) {
                    throw new IOException("weg");
                }
                return 7;
            }
        };
    }

    private static byte[] bytes(int laenge) {
        var bytes = new byte[laenge];
        new Random().nextBytes(bytes);
        return bytes;
    }
}
