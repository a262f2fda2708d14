package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real files through a real worker process. */
class WerkstattTest {

    private static final Path DATEN = Path.of("target/werkstatt");
    private static Werkstatt werkstatt;

    @BeforeAll
    static void oeffne() {
        werkstatt = new Werkstatt(DATEN, 1, Duration.ofSeconds(60), Duration.ofMinutes(3));
    }

    @AfterAll
    static void schliesse() throws IOException {
        werkstatt.close();
        try (var reste = Files.list(DATEN.resolve("tmp"))) {
            assertThat(reste).isEmpty();
        }
    }

    private record Gelesen(Ergebnis ergebnis, String text, byte[] vorschau, BufferedImage erstesBild) {}

    private static Gelesen lies(String name, byte[] bytes) throws Exception {
        return lies(name, bytes, Grenzen.UEBLICH);
    }

    private static Gelesen lies(String name, byte[] bytes, Grenzen grenzen) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.write(ordner.original(), bytes);
            Ergebnis e = werkstatt.lies(ordner, name, Set.of(), grenzen);
            return new Gelesen(
                    e,
                    e.text() == null ? "" : Files.readString(ordner.ergebnis(e.text())),
                    e.vorschau() == null ? new byte[0] : Files.readAllBytes(ordner.ergebnis(e.vorschau())),
                    e.seitenbilder().isEmpty()
                            ? null
                            : ImageIO.read(
                                    ordner.ergebnis(e.seitenbilder().getFirst().datei())
                                            .toFile()));
        }
    }

    @Test
    void ein_scan_ohne_textschicht_gibt_sein_wort_her() throws Exception {
        var scan = lies("scan.pdf", Muster.scanPdf("Hundesteuerbescheid\nfür Frau Öztürk"));
        assertThat(scan.text()).contains("Hundesteuerbescheid").contains("für Frau Öztürk");
        assertThat(scan.ergebnis().textherkunft()).isEqualTo("ocr");
        assertThat(scan.ergebnis().medientyp()).isEqualTo("application/pdf");
        assertThat(scan.ergebnis().vorschau())
                .as("das Original ist seine Vorschau")
                .isNull();
        assertThat(scan.erstesBild().getWidth()).isEqualTo(1000);
    }

    @Test
    void ein_text_pdf_behaelt_seine_seiten() throws Exception {
        var pdf = lies("ohne-endung", Muster.textPdf("Erste Seite der Satzung", "Zweite Seite der Satzung"));
        assertThat(pdf.text()).isEqualTo("Erste Seite der Satzung\fZweite Seite der Satzung");
        assertThat(pdf.ergebnis().textherkunft()).isEqualTo("text");
        assertThat(pdf.ergebnis().seiten()).isEqualTo(2);
        assertThat(pdf.ergebnis().seitenbilder()).hasSize(2);
        var gekuerzt = lies(
                "lang.pdf",
                Muster.textPdf("Seite eins der Satzung", "Seite zwei der Satzung"),
                Grenzen.UEBLICH.mitSeiten(1));
        assertThat(gekuerzt.text()).isEqualTo("Seite eins der Satzung");
        assertThat(gekuerzt.ergebnis().hinweis()).contains("mehr als 1 Seiten");
    }

    @Test
    void ein_tiff_mit_mehreren_seiten_wird_gelesen_und_als_pdf_gezeigt() throws Exception {
        var tiff = lies(
                "fax.tif",
                Muster.tiff(
                        Muster.blatt(BufferedImage.TYPE_BYTE_BINARY, "Baugenehmigung"),
                        Muster.blatt(BufferedImage.TYPE_BYTE_BINARY, "Lageplan Mühlenweg")));
        assertThat(tiff.text()).matches("(?s)Baugenehmigung\\s*\\f.*Mühlenweg.*");
        assertThat(tiff.ergebnis().seiten()).isEqualTo(2);
        try (var vorschau = Loader.loadPDF(tiff.vorschau())) {
            assertThat(vorschau.getNumberOfPages()).isEqualTo(2);
        }
    }

    @Test
    void ein_foto_wird_aufgerichtet() throws Exception {
        var hochkant =
                Bilder.aufgerichtet(Muster.blatt(BufferedImage.TYPE_INT_RGB, "Schlagloch in der", "Goethestraße"), 8);
        var foto = lies("IMG_1.JPG", Muster.mitAusrichtung(Muster.jpeg(hochkant), 6));
        assertThat(foto.text()).contains("Schlagloch").contains("Goethestraße");
        assertThat(foto.ergebnis().medientyp()).isEqualTo("image/jpeg");
        assertThat(foto.erstesBild().getWidth()).isGreaterThan(foto.erstesBild().getHeight());
    }

    @Test
    void ein_scan_der_quer_liegt_oder_auf_dem_kopf_steht_wird_gelesen_und_vom_kopf_auf_die_fuesse_gestellt()
            throws Exception {
        var blatt = Muster.blatt(
                BufferedImage.TYPE_BYTE_GRAY,
                "Hundesteuerbescheid für das Jahr",
                "Sehr geehrte Frau Öztürk, bitte zahlen",
                "Sie den Betrag bis zum Monatsende.");
        for (int gedreht : new int[] {3, 6, 8}) {
            var scan = lies("scan.png", Muster.png(Bilder.aufgerichtet(blatt, gedreht)));
            assertThat(scan.text()).as("gedreht " + gedreht).contains("Hundesteuerbescheid", "Monatsende");
            // Tesseract reads lines that run upwards or downwards by itself; the page is then shown as it came.
            if (gedreht == 3) {
                assertThat(scan.erstesBild().getWidth())
                        .isGreaterThan(scan.erstesBild().getHeight());
            }
        }
    }

    @Test
    void ein_docx_wird_am_inhalt_erkannt() throws Exception {
        var docx = lies("brief", Muster.docx("Antrag auf Wohngeld", "Mit freundlichen Grüßen"));
        assertThat(docx.ergebnis().medientyp())
                .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        assertThat(docx.text()).contains("Antrag auf Wohngeld\n").contains("Grüßen");
        if (docx.ergebnis().vorschau() != null) {
            try (var vorschau = Loader.loadPDF(docx.vorschau())) {
                assertThat(vorschau.getNumberOfPages())
                        .isEqualTo(docx.ergebnis().seiten())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void eine_mail_gibt_kopf_text_und_anlagen() throws Exception {
        var mail = lies("unbekannt.bin", Muster.mail(Muster.textPdf("Antrag")));
        var e = mail.ergebnis();
        assertThat(e.medientyp()).isEqualTo("message/rfc822");
        assertThat(e.titel()).isEqualTo("FahrStuße der Grünanlage");
        assertThat(e.absender()).isEqualTo("Jürgen Müller <j.mueller@example.org>");
        assertThat(e.absenderdatum()).isEqualTo(Instant.parse("2026-11-23T07:59:30Z"));
        assertThat(mail.text())
                .contains("die Bänke sind morsch")
                .contains("23. November 2026, 08:59 Uhr")
                .doesNotContain("nur html");
        assertThat(e.teile())
                .extracting(Ergebnis.Teil::dateiname)
                .containsExactly("Antrag Grünanlage.pdf", "Straßenverzeichnis.txt", "Weitergeleitet_ Spielplatz.eml");
    }

    @Test
    void rohe_umlaute_und_regelwidrige_mails_werden_trotzdem_gelesen() throws Exception {
        var roh = lies(
                "x.eml",
                Muster.windows(
                        "From: Bürgerbüro\r\nSubject: Anhörung Müll\r\nSubject: doppelt\r\nDate: gestern\r\n\r\nGrüße"));
        assertThat(roh.ergebnis().titel()).isEqualTo("Anhörung Müll");
        assertThat(roh.ergebnis().absenderdatum()).isNull();
        assertThat(roh.text()).contains("Grüße");
        var abgebrochen = lies(
                "y.eml",
                Muster.bytes(
                        "From: a@b\nSubject: Torso\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=Z\n\n--Z\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0x"));
        assertThat(abgebrochen.ergebnis().titel()).isEqualTo("Torso");
        assertThat(abgebrochen.ergebnis().teile()).hasSize(1);
    }

    @Test
    void zu_viele_anlagen_und_zu_tiefe_schachtelung_werden_gesagt() throws Exception {
        var viele = lies(
                "v.eml",
                Muster.bytes("From: a@b\nSubject: viele\nContent-Type: multipart/mixed; boundary=Z\n\n"
                        + "--Z\nContent-Type: application/octet-stream\n\nx\n".repeat(12) + "--Z--\n"),
                Grenzen.UEBLICH.mitTeilen(5));
        assertThat(viele.ergebnis().teile()).hasSize(5);
        assertThat(viele.ergebnis().hinweis()).contains("mehr als 5 Anlagen");
        var tief = new StringBuilder("From: a@b\nSubject: tief\n");
        for (int i = 0; i < 2_000; i++) {
            tief.append("Content-Type: multipart/mixed; boundary=B")
                    .append(i)
                    .append("\n\n--B")
                    .append(i)
                    .append('\n');
        }
        assertThat(lies("t.eml", Muster.bytes(tief + "\nEnde")).ergebnis().hinweis())
                .contains("verschachtelt");
    }

    @Test
    void text_in_jeder_kodierung() throws Exception {
        assertThat(lies("a.txt", Muster.windows("Straße, Ärger, „Öl“ – 5 €")).text())
                .isEqualTo("Straße, Ärger, „Öl“ – 5 €");
        assertThat(lies("a.csv", Muster.bytes("\uFEFFName;Ort\r\nMüller;Köln")).text())
                .isEqualTo("Name;Ort\nMüller;Köln");
        assertThat(lies(
                                "a.html",
                                Muster.bytes(
                                        "<html><head><title>Titel</title><style>x{}</style></head><body><p>Erstens</p><script>boese()</script><p>Zweitens</p></body></html>"))
                        .text())
                .contains("Erstens\nZweitens")
                .doesNotContain("boese");
        assertThat(lies("a.xml", Muster.bytes("<?xml version='1.0'?><a><b>Rechnung</b><c>4711</c></a>"))
                        .text())
                .isEqualTo("Rechnung\n4711");
        assertThat(lies("a.txt", Muster.bytes("vor\0nach \uFFFF")).text())
                .doesNotContain("\0")
                .contains("vornach");
    }

    @Test
    void was_sich_nicht_lesen_laesst_wird_erklaert() throws Exception {
        assertThat(lies("leer.pdf", new byte[0]).ergebnis().ursache()).contains("leer (0 Byte)");
        assertThat(lies("geheim.pdf", Muster.verschluesseltesPdf()).ergebnis().ursache())
                .contains("mit einem Kennwort verschlüsselt");
        assertThat(lies("kaputt.pdf", Muster.bytes("%PDF-1.7\nnichts weiter"))
                        .ergebnis()
                        .ursache())
                .contains("beschädigt");
        assertThat(lies(
                                "kaputt.png",
                                java.util.Arrays.copyOf(Muster.png(Muster.blatt(BufferedImage.TYPE_INT_RGB, "x")), 60))
                        .ergebnis()
                        .ursache())
                .contains("beschädigt");
        var unbekannt = lies("messung.xyz", new byte[] {1, 2, 3, 0, 9, (byte) 200});
        assertThat(unbekannt.ergebnis().ursache()).isNull();
        assertThat(unbekannt.ergebnis().textherkunft()).isEqualTo("keiner");
    }

    @Test
    void bomben_bleiben_klein() throws Exception {
        // 40,000 × 40,000 declared pixels in a PNG of a few bytes: refused or thinned out before any pixel is decoded.
        byte[] png = Muster.png(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY));
        java.nio.ByteBuffer.wrap(png).putInt(16, 40_000).putInt(20, 60_000);
        assertThat(lies("riese.png", png).ergebnis().ursache()).isNotNull();
        var zip = new ByteArrayOutputStream();
        try (var aus = new ZipOutputStream(zip)) {
            try (var docx = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(Muster.docx("x")))) {
                for (var eintrag = docx.getNextEntry(); eintrag != null; eintrag = docx.getNextEntry()) {
                    aus.putNextEntry(new ZipEntry(eintrag.getName()));
                    if (eintrag.getName().equals("word/document.xml")) {
                        aus.write(
                                Muster.bytes(
                                        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"));
                        byte[] luft = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                        for (int i = 0; i < 30; i++) aus.write(luft);
                        aus.write(Muster.bytes("</w:body></w:document>"));
                    } else {
                        docx.transferTo(aus);
                    }
                }
            }
        }
        assertThat(lies("bombe.docx", zip.toByteArray()).text()).hasSizeLessThan(1_000);
        assertThat(lies("danach.txt", Muster.bytes("Der Dienst geht weiter")).text())
                .isEqualTo("Der Dienst geht weiter");
    }

    @Test
    void wer_zu_lange_braucht_wird_beendet_und_ersetzt() throws Exception {
        try (var eilige = new Werkstatt(DATEN, 1, Duration.ofMillis(1), Duration.ofMinutes(1))) {
            try (var ordner = eilige.ordner()) {
                Files.write(ordner.original(), Muster.scanPdf("Zu langsam"));
                assertThatThrownBy(() -> eilige.lies(ordner, "x.pdf", Set.of(), Grenzen.UEBLICH))
                        .isInstanceOf(Ausfall.class)
                        .hasMessageContaining("dauerte länger als vorgesehen");
            }
            assertThat(eilige.pids()).isEmpty();
        }
    }

    @Test
    void ein_toter_arbeiter_faellt_auf_und_der_naechste_springt_ein() throws Exception {
        lies("vorher.txt", Muster.bytes("vorher"));
        long pid = werkstatt.pids().iterator().next();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        ProcessHandle.of(pid).ifPresent(p -> p.onExit().join());
        assertThat(lies("nachher.txt", Muster.bytes("nachher")).text()).isEqualTo("nachher");
        assertThat(werkstatt.pids()).doesNotContain(pid).hasSize(1);
    }
}
