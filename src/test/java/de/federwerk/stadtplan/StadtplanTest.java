package de.federwerk.stadtplan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.antrag.Portalstadt;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StadtplanTest extends Teststadt {

    private static final String VERWALTUNG = "/verwaltung/stadtplan";
    private static final String ANGABEN = "52,02|11,40|51,99|11,45";

    @Autowired
    private Portalstadt portalstadt;

    @Test
    void pixel_und_grad_gehen_auf_jeder_stufe_ineinander_ueber() {
        var plan = new Stadtplan(1, 3_000, 2_000, 4, 52.02, 11.40, 51.99, 11.45, "x");
        var zufall = new Random(7);
        for (int i = 0; i < 500; i++) {
            int stufe = zufall.nextInt(4);
            int x = zufall.nextInt(plan.breite(stufe));
            int y = zufall.nextInt(plan.hoehe(stufe));
            var punkt = plan.punkt(stufe, x, y);
            assertThat(plan.zeigt(punkt.breite(), punkt.laenge())).isTrue();
            assertThat(Math.abs(plan.x(stufe, punkt.laenge()) - x)).isLessThanOrEqualTo(1);
            assertThat(Math.abs(plan.y(stufe, punkt.breite()) - y)).isLessThanOrEqualTo(1);
            var ausschnitt = plan.ausschnitt(stufe, x, y, punkt);
            // The place asked for is on it, and every square of it is a part of the map.
            assertThat(ausschnitt.punktX()).isBetween(0, ausschnitt.spalten() * 256);
            assertThat(ausschnitt.punktY()).isBetween(0, ausschnitt.zeilen() * 256);
            assertThat(ausschnitt.kacheln())
                    .hasSize(ausschnitt.spalten() * ausschnitt.zeilen())
                    .allMatch(k -> k.spalte() >= 0
                            && k.zeile() >= 0
                            && k.spalte() * 256 < plan.breite(stufe)
                            && k.zeile() * 256 < plan.hoehe(stufe));
        }
        assertThat(plan.zeigt(new BigDecimal("52.03"), new BigDecimal("11.42"))).isFalse();
    }

    @Test
    void was_kein_bild_oder_zu_gross_ist_wird_keine_karte() throws Exception {
        assertThatThrownBy(() -> Kachelschnitt.aus("kein Bild".getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("kein lesbares Bild");
        assertThatThrownBy(() -> Kachelschnitt.aus(bild(300, 200))).hasMessageContaining("300 × 200 Pixel");
        // Said by its head alone: 8,000 by 8,000 white pixels are a small file.
        assertThatThrownBy(() -> Kachelschnitt.aus(bild(8_000, 8_000))).hasMessageContaining("16 Millionen");
        var halb = bild(600, 600);
        assertThatThrownBy(() -> Kachelschnitt.aus(java.util.Arrays.copyOf(halb, halb.length / 2)))
                .hasMessageContaining("kein lesbares Bild");
    }

    private static byte[] bild(int breite, int hoehe) throws IOException {
        var aus = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(breite, hoehe, BufferedImage.TYPE_BYTE_BINARY), "png", aus);
        return aus.toByteArray();
    }

    @Test
    void die_administration_hinterlegt_ihn_und_buergerinnen_zeigen_darauf() throws Exception {
        var stadt = stadt();
        als(stadt.mandant(), () -> {
            portalstadt.richteEin(stadt.tiefbau(), stadt.anja(), stadt.petra());
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.ADMINISTRATION);
        });
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        assertThat(anja.hole(VERWALTUNG).status()).isEqualTo(403);
        assertThat(setze(petra, "kein Bild".getBytes(StandardCharsets.UTF_8), ANGABEN)
                        .text())
                .contains("kein lesbares Bild", "52,02");
        assertThat(setze(petra, bild(1_100, 900), "51|11,40|52|11,45").status()).isEqualTo(422);
        assertThat(setze(petra, bild(1_100, 900), ANGABEN).ziel()).isEqualTo(VERWALTUNG);
        assertThat(setze(petra, bild(1_024, 1_024), ANGABEN).ziel()).isEqualTo(VERWALTUNG);
        assertThat(anja.hole("/stadtplan?breite=52.005&laenge=11.425").text()).contains("fw-stadtplan__punkt");
        assertThat(anja.hole("/stadtplan?breite=48&laenge=11.425").text()).contains("liegt nicht auf dem Stadtplan");
        var kachel = "kachel?fassung=%d&stufe=1&spalte=3&zeile=3";
        assertThat(anja.hole("/stadtplan/" + kachel.formatted(2)).kopf("Content-Type"))
                .isEqualTo("image/png");
        assertThat(anja.hole("/stadtplan/" + kachel.formatted(1)).status()).isEqualTo(404);
        var fremd = angemeldet(stadt().mandant(), "anja.mueller");
        assertThat(fremd.hole("/stadtplan/" + kachel.formatted(2)).status()).isEqualTo(404);
        assertThat(fremd.hole("/stadtplan").text()).contains("Noch kein Stadtplan");
    }

    private static Browser.Seite setze(Browser wer, byte[] bild, String angaben) {
        var grad = angaben.split("\\|");
        return wer.sendeMitDatei(
                VERWALTUNG,
                VERWALTUNG,
                "datei",
                "Karte.png",
                bild,
                "nord",
                grad[0],
                "west",
                grad[1],
                "sued",
                grad[2],
                "ost",
                grad[3],
                "quelle",
                "© Stadt");
    }
}
