package de.federwerk.datei;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Files as they come in at a town hall, made on the spot. */
public final class Muster {

    private Muster() {}

    /** A small sheet as from a scanner: black letters on white. */
    public static BufferedImage blatt(int art, String... zeilen) {
        var bild = new BufferedImage(1300, 140 + 70 * zeilen.length, art);
        var stift = bild.createGraphics();
        stift.setColor(Color.WHITE);
        stift.fillRect(0, 0, bild.getWidth(), bild.getHeight());
        stift.setColor(Color.BLACK);
        stift.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 34));
        for (int i = 0; i < zeilen.length; i++) {
            stift.drawString(zeilen[i], 80, 120 + 70 * i);
        }
        stift.dispose();
        return bild;
    }

    public static byte[] textPdf(String... seiten) {
        return pdf(seiten, false, null);
    }

    public static byte[] scanPdf(String... seiten) {
        return pdf(seiten, true, null);
    }

    public static byte[] verschluesseltesPdf() {
        return pdf(new String[] {"Geheim"}, false, "kennwort");
    }

    private static byte[] pdf(String[] seiten, boolean alsBild, String kennwort) {
        try (var pdf = new PDDocument()) {
            for (String text : seiten) {
                var blatt = new PDPage(PDRectangle.A4);
                pdf.addPage(blatt);
                try (var stift = new PDPageContentStream(pdf, blatt)) {
                    if (alsBild) {
                        var bild = blatt(BufferedImage.TYPE_BYTE_GRAY, text.split("\n"));
                        float hoehe = 595f * bild.getHeight() / bild.getWidth();
                        stift.drawImage(JPEGFactory.createFromImage(pdf, bild), 0, 842 - hoehe, 595, hoehe);
                    } else {
                        stift.beginText();
                        stift.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
                        stift.newLineAtOffset(60, 760);
                        stift.showText(text);
                        stift.endText();
                    }
                }
            }
            if (kennwort != null) {
                pdf.protect(new StandardProtectionPolicy(kennwort, kennwort, new AccessPermission()));
            }
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] tiff(BufferedImage... seiten) {
        return bild("tiff", "CCITT T.6", seiten);
    }

    public static byte[] jpeg(BufferedImage bild) {
        return bild("jpeg", null, bild);
    }

    public static byte[] png(BufferedImage bild) {
        return bild("png", null, bild);
    }

    private static byte[] bild(String format, String verfahren, BufferedImage... seiten) {
        var schreiber = ImageIO.getImageWritersByFormatName(format).next();
        var bytes = new ByteArrayOutputStream();
        try (var aus = ImageIO.createImageOutputStream(bytes)) {
            schreiber.setOutput(aus);
            ImageWriteParam wie = schreiber.getDefaultWriteParam();
            if (verfahren != null) {
                wie.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                wie.setCompressionType(verfahren);
            }
            if (seiten.length == 1) {
                schreiber.write(null, new IIOImage(seiten[0], null, null), wie);
            } else {
                schreiber.prepareWriteSequence(null);
                for (BufferedImage seite : seiten) {
                    schreiber.writeToSequence(new IIOImage(seite, null, null), wie);
                }
                schreiber.endWriteSequence();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            schreiber.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same JPEG, held sideways by the camera: an EXIF block says how to turn it. */
    public static byte[] mitAusrichtung(byte[] jpeg, int ausrichtung) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, 2);
        bytes.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 34});
        bytes.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {
            'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) ausrichtung, 0, 0, 0, 0, 0, 0
        });
        bytes.write(jpeg, 2, jpeg.length - 2);
        return bytes.toByteArray();
    }

    public static byte[] docx(String... absaetze) {
        try (var dokument = new XWPFDocument()) {
            for (String absatz : absaetze) {
                dokument.createParagraph().createRun().setText(absatz);
            }
            var bytes = new ByteArrayOutputStream();
            dokument.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] windows(String text) {
        return text.getBytes(Charset.forName("windows-1252"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    /** A mail with body in two forms, a PDF, a text file with an RFC 2231 name, and a mail in the mail. */
    public static byte[] mail(byte[] pdf) {
        return bytes("""
                Return-Path: <j.mueller@example.org>
                Received: from mail.example.org by rathaus.example.org; Mon, 23 Nov 2026 09:00:00 +0100
                From: =?UTF-8?Q?J=C3=BCrgen_M=C3=BCller?= <j.mueller@example.org>
                To: "Stadt Musterstadt" <post@musterstadt.example>
                Subject: =?UTF-8?B?RmFoclN0dcOfZSBkZXIg?=
                 =?UTF-8?Q?Gr=C3?= =?UTF-8?Q?=BCnanlage?=
                Date: Mon, 23 Nov 2026 08:59:30 +0100 (CET)
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="AAA"

                --AAA
                Content-Type: multipart/alternative; boundary="BBB"

                --BBB
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Sehr geehrte Damen und Herren, die B=C3=A4nke sind morsch.
                --BBB
                Content-Type: text/html; charset=utf-8

                <p>Sehr geehrte Damen und Herren, <b>nur html</b><script>alert(1)</script></p>
                --BBB--
                --AAA
                Content-Type: application/pdf; name="antrag.pdf"
                Content-Disposition: attachment; filename="../=?ISO-8859-1?Q?Antrag_Gr=FCnanlage?=.pdf"
                Content-Transfer-Encoding: base64

                %s
                --AAA
                Content-Type: text/plain; charset=windows-1252
                Content-Disposition: attachment; filename*0*=UTF-8''Stra%%C3%%9Fen; filename*1*=verzeichnis.txt
                Content-Transfer-Encoding: base64

                %s
                --AAA
                Content-Type: message/rfc822

                From: kind@example.org
                Subject: Weitergeleitet: Spielplatz
                Date: Sun, 22 Nov 2026 10:00:00 +0100

                Die Schaukel quietscht.
                --AAA--
                """.formatted(base64(pdf), base64(windows("Goethestraße, Mühlenweg")))
                .replace("\n", "\r\n"));
    }
}
