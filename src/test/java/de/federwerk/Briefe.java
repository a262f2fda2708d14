package de.federwerk;

import de.federwerk.datei.Muster;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** The post of the story: letters as a scanner at 300 dpi makes them, and a citizen's mail. */
final class Briefe {

    private Briefe() {}

    /** One A4 page at 300 dpi without a text layer. */
    static byte[] gescannt(String... zeilen) {
        var bild = new BufferedImage(2480, 3508, BufferedImage.TYPE_BYTE_GRAY);
        var stift = bild.createGraphics();
        stift.setColor(Color.WHITE);
        stift.fillRect(0, 0, bild.getWidth(), bild.getHeight());
        stift.setColor(Color.BLACK);
        // 11 pt at 300 dpi
        stift.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 46));
        for (int i = 0; i < zeilen.length; i++) {
            stift.drawString(zeilen[i], 290, 420 + 75 * i);
        }
        stift.dispose();
        try (var pdf = new PDDocument()) {
            var blatt = new PDPage(PDRectangle.A4);
            pdf.addPage(blatt);
            try (var inhalt = new PDPageContentStream(pdf, blatt)) {
                inhalt.drawImage(
                        LosslessFactory.createFromImage(pdf, bild),
                        0,
                        0,
                        blatt.getMediaBox().getWidth(),
                        blatt.getMediaBox().getHeight());
            }
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Subject with umlauts, body, a PDF and a text file attached. */
    static byte[] mail() {
        return """
                From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <j.mueller@example.org>
                To: post@musterstadt.example
                Subject: =?UTF-8?Q?B=C3=A4nke_in_der_Gr=C3=BCnanlage?=
                Date: Mon, 23 Nov 2026 08:59:30 +0100
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="teil"

                --teil
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 8bit

                Sehr geehrte Damen und Herren, die Sitzbänke sind morsch.
                --teil
                Content-Type: application/pdf; name="Lageplan.pdf"
                Content-Disposition: attachment; filename="Lageplan.pdf"
                Content-Transfer-Encoding: base64

                %s
                --teil
                Content-Type: text/plain; charset=utf-8; name="Liste.txt"
                Content-Disposition: attachment; filename="Liste.txt"
                Content-Transfer-Encoding: base64

                %s
                --teil--
                """.formatted(
                        base64(Muster.textPdf("Lageplan der Rosenlaube")),
                        base64("Bank 1, Bank 2".getBytes(StandardCharsets.UTF_8)))
                .replace("\n", "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }
}
