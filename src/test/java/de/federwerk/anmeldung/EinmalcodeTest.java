package de.federwerk.anmeldung;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EinmalcodeTest {

    private static final byte[] GEHEIMNIS = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the last six of its eight digits. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void rechnet_wie_die_norm(long sekunde, String code) {
        var zeit = Instant.ofEpochSecond(sekunde);
        assertThat(Einmalcode.code(GEHEIMNIS, Einmalcode.schritt(zeit))).isEqualTo(code);
        for (long abweichung : new long[] {-30, 0, 30}) {
            assertThat(Einmalcode.passend(GEHEIMNIS, code, zeit.plusSeconds(abweichung)))
                    .hasValue(Einmalcode.schritt(zeit));
        }
        for (long abweichung : new long[] {-60, 60}) {
            assertThat(Einmalcode.passend(GEHEIMNIS, code, zeit.plusSeconds(abweichung)))
                    .isEmpty();
        }
    }

    @Test
    void schreibt_das_geheimnis_wie_es_apps_lesen() {
        assertThat(Einmalcode.base32(GEHEIMNIS)).isEqualTo("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assertThat(Einmalcode.base32("foobar".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("MZXW6YTBOI");
        assertThat(Einmalcode.adresse(GEHEIMNIS, "Federwerk Bad Ems", "anja.mueller"))
                .isEqualTo(
                        "otpauth://totp/Federwerk%20Bad%20Ems:anja.mueller?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Federwerk%20Bad%20Ems&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void das_bild_sagt_was_es_soll() throws Exception {
        var bild = Quadratcode.datenadresse("otpauth://totp/Federwerk%20Köln:anja?secret=GEZDGNBV");
        assertThat(bild).startsWith("data:image/svg+xml;base64,");
        var svg = new String(
                Base64.getDecoder().decode(bild.substring(bild.indexOf(',') + 1)), StandardCharsets.US_ASCII);
        int breite = Integer.parseInt(svg.replaceFirst("(?s).*viewBox=\"0 0 (\\d+) .*", "$1"));
        int mass = 4;
        var punkte = new int[breite * mass * breite * mass];
        Arrays.fill(punkte, 0xffffff);
        var schwarze = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (schwarze.find()) {
            for (int y = 0; y < mass; y++) {
                for (int x = 0; x < mass; x++) {
                    punkte[
                            (Integer.parseInt(schwarze.group(2)) * mass + y) * breite * mass
                                    + Integer.parseInt(schwarze.group(1)) * mass
                                    + x] = 0;
                }
            }
        }
        var gelesen = new QRCodeReader()
                .decode(new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(breite * mass, breite * mass, punkte))));
        assertThat(gelesen.getText()).isEqualTo("otpauth://totp/Federwerk%20Köln:anja?secret=GEZDGNBV");
    }

    @Test
    void vom_geraet_bleibt_nur_das_grobe() {
        assertThat(
                        Geraet.aus(
                                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0"))
                .isEqualTo("Edge · Windows");
        assertThat(Geraet.aus("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
                .isEqualTo("Firefox · Linux");
        assertThat(
                        Geraet.aus(
                                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"))
                .isEqualTo("Safari · iPhone");
        assertThat(Geraet.aus("<script>alert(1)</script>")).isEqualTo("Unbekannter Browser · unbekanntes System");
    }
}
