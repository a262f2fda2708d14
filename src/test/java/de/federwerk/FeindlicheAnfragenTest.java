package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is sent to the house with ill will, and what it hands out of what it was sent. */
class FeindlicheAnfragenTest extends Teststadt {

    private static final String KOERPER =
            "--g\r\nContent-Disposition: form-data; name=\"datei\"; filename=\"a.bin\"\r\n\r\n";

    @Autowired
    Eingaenge eingaenge;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    @Test
    void wer_nicht_darf_wird_abgewiesen_bevor_seine_datei_auf_die_platte_kommt() throws Exception {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Fremd");
        var pfad = "/vorgaenge/" + vorgang.id() + "/dokumente";
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        // Half a gigabyte announced, a hundred kilobytes sent: whoever wants to read it all first cannot answer yet.
        assertThat(beginne(pfad, petra, "Origin: " + url(""), 500_000_000)).startsWith("HTTP/1.1 404");
        assertThat(beginne(pfad, petra, "Sec-Fetch-Site: same-origin", 500_000_000))
                .startsWith("HTTP/1.1 404");
        assertThat(beginne(pfad, petra, "Origin: https://boese.example", 500_000_000))
                .startsWith("HTTP/1.1 403");
        assertThat(beginne(pfad, petra, "Sec-Fetch-Site: cross-site", 500_000_000))
                .startsWith("HTTP/1.1 403");
        assertThat(beginne(pfad, petra, "X-Leer: x", 500_000_000)).startsWith("HTTP/1.1 403");
        assertThat(beginne(pfad, new Browser(url("")), "Origin: " + url(""), 500_000_000))
                .startsWith("HTTP/1.1 302");
        try (var tmp = Files.walk(DATEN.resolve("tmp"))) {
            assertThat(tmp.filter(p -> p.getFileName().toString().startsWith("upload_")))
                    .isEmpty();
        }
    }

    @Test
    void was_sich_zu_gross_ankuendigt_wird_vor_dem_ersten_byte_abgelehnt() throws Exception {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var antwort = beginne("/posteingang", anja, "Origin: " + url(""), 3_000_000_000L);
        assertThat(antwort).startsWith("HTTP/1.1 413").contains("Es wurde nichts übernommen");
        assertThat(DATEN.resolve("ablage").resolve(stadt.mandant().toString())).doesNotExist();
    }

    /** Sends the head and the first 100 kB of a form, and waits for what is said to that. */
    private String beginne(String pfad, Browser wer, String kopf, long laenge) throws IOException {
        try (var leitung = new Socket("localhost", port)) {
            leitung.setSoTimeout(15_000);
            var aus = leitung.getOutputStream();
            aus.write(("POST " + pfad + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                            + wer.sitzung()
                                    .map(k -> "Cookie: FEDERWERK=" + k.getValue() + "\r\n")
                                    .orElse("")
                            + kopf + "\r\nContent-Type: multipart/form-data; boundary=g\r\nContent-Length: " + laenge
                            + "\r\n\r\n" + KOERPER + "x".repeat(100_000))
                    .getBytes(StandardCharsets.UTF_8));
            aus.flush();
            var gelesen = new StringBuilder();
            byte[] stueck = new byte[8_192];
            for (int n = leitung.getInputStream().read(stueck);
                    n > 0;
                    n = leitung.getInputStream().read(stueck)) {
                gelesen.append(new String(stueck, 0, n, StandardCharsets.UTF_8));
                if (gelesen.indexOf("\r\n\r\n") > 0 && leitung.getInputStream().available() == 0) {
                    break;
                }
            }
            return gelesen.toString();
        }
    }

    @Test
    void was_aktiv_sein_koennte_kommt_nie_als_seite_dieses_hauses_zurueck() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        for (var name : List.of("seite.html", "bild.svg", "seite.xhtml", "x.xml", "satz.pdf")) {
            byte[] inhalt = name.endsWith("pdf")
                    ? Muster.textPdf("Satzung")
                    : Muster.bytes(
                            "<svg xmlns='http://www.w3.org/2000/svg' onload='window.xss=1'><script>window.xss=1</script></svg>");
            var id = eingang(stadt, name, inhalt);
            var teil = "/posteingang/" + id + "/teile/" + datei(stadt, id);
            await().atMost(Duration.ofSeconds(40)).until(() -> gelesen(stadt, id));
            var original = anja.hole(teil + "/inhalt");
            assertThat(original.status()).as(name).isEqualTo(200);
            assertThat(original.kopf("Content-Type")).as(name).startsWith("application/octet-stream");
            assertThat(original.kopf("Content-Disposition")).as(name).startsWith("attachment");
            var vorschau = anja.hole(teil + "/vorschau");
            assertThat(vorschau.status()).as(name).isEqualTo(name.endsWith("pdf") ? 200 : 404);
            assertThat(anja.hole(teil + "/seiten/1").status()).as(name).isEqualTo(name.endsWith("pdf") ? 200 : 404);
            var ausgegeben = name.endsWith("pdf")
                    ? List.of(original, vorschau, anja.hole(teil + "/seiten/1"))
                    : List.of(original);
            for (var seite : ausgegeben) {
                assertThat(seite.kopf("Content-Type")).as(name).matches("application/(octet-stream|pdf)|image/jpeg");
                assertThat(seite.kopf("X-Content-Type-Options")).as(name).isEqualTo("nosniff");
                assertThat(seite.kopf("Content-Security-Policy"))
                        .as(name)
                        .contains("default-src 'none'", "sandbox", "frame-ancestors 'none'")
                        .doesNotContain("allow-", "script-src");
            }
        }
    }

    @Test
    void kein_dateiname_bricht_aus_dem_kopf_der_antwort_aus() {
        var stadt = stadt();
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        for (var name : List.of(
                "..",
                "../../etc/passwd",
                "a\0b.pdf",
                "Rechnung\u202Efdp.exe",
                "ü".repeat(127) + ".pdf",
                Normalizer.normalize("ü".repeat(85) + ".pdf", Normalizer.Form.NFD),
                "a\r\nSet-Cookie: x=y\r\n\r\n<script>.pdf",
                "a\"; filename=\"b.html",
                "'; filename*=UTF-8''b.html",
                "CON",
                "NUL.txt",
                "ende. . .",
                "😀👨‍👩‍👧.pdf",
                "   ",
                "Bescheid.pdf.exe",
                "%2e%2e%2f%00.pdf",
                "=?utf-8?q?x?=.pdf",
                "\uD800.pdf")) {
            var id = eingang(stadt, name, Muster.bytes("x"));
            var antwort = anja.hole("/posteingang/" + id + "/teile/" + datei(stadt, id) + "/inhalt");
            assertThat(antwort.status()).as(name).isEqualTo(200);
            assertThat(antwort.text()).isEqualTo("x");
            assertThat(antwort.antwort().headers().map()).as(name).doesNotContainKey("x");
            var kopf = antwort.kopf("Content-Disposition");
            assertThat(kopf)
                    .as(name)
                    .matches("attachment; filename=\"[^\"\\\\]*\"; filename\\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+");
            var gespeichert =
                    URLDecoder.decode(kopf.replaceAll(".*UTF-8''", "").replace("+", "%2B"), StandardCharsets.UTF_8);
            assertThat(gespeichert)
                    .as(name)
                    .isNotBlank()
                    .doesNotContainPattern("[\\p{Cc}\\p{Cf}/\\\\<>:\"|?*]")
                    .doesNotStartWith(".")
                    .doesNotEndWith(".")
                    .doesNotEndWith(" ");
            assertThat(gespeichert.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(200);
        }
    }

    private UUID eingang(Stadt stadt, String name, byte[] bytes) {
        return Mandantenkontext.als(stadt.mandant(), () -> {
            var id = Kennung.neu();
            var blob = blobs.schreibe(new ByteArrayInputStream(bytes));
            eingaenge.trageEin(id, "upload", blob, name, stadt.tiefbau(), Instant.now(), Protokoll.PROGRAMM);
            return id;
        });
    }

    private UUID datei(Stadt stadt, UUID eingang) {
        return als(
                stadt.mandant(),
                () -> jdbc.sql("SELECT datei_id FROM eingang WHERE id = ?")
                        .param(eingang)
                        .query(UUID.class)
                        .single());
    }

    private boolean gelesen(Stadt stadt, UUID eingang) {
        var datei = datei(stadt, eingang);
        return als(stadt.mandant(), () -> !dateien.finde(datei).stand().equals("neu"));
    }
}
