package de.federwerk.papier;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import de.federwerk.datei.Hausschrift;
import de.federwerk.papier.Papierteile.Papierteil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Labels to print: one alone, or a sheet of 24 (three by eight, 70 × 37 mm, as the shops sell them). */
final class Etiketten {

    private static final float MM = 72 / 25.4f;
    private static final float BREITE = 70 * MM;
    private static final float HOEHE = 37 * MM;
    private static final float RAND = 4 * MM;
    private static final int SPALTEN = 3;
    private static final int ZEILEN = 8;

    private Etiketten() {}

    /** @param haus address of the house, e.g. {@code https://akten.musterstadt.de}: what a telephone opens that scans the label */
    static byte[] eines(Papierteil teil, String haus) {
        return pdf(List.of(teil), haus, false);
    }

    static byte[] bogen(List<Papierteil> teile, String haus) {
        return pdf(teile, haus, true);
    }

    private static byte[] pdf(List<Papierteil> teile, String haus, boolean bogen) {
        try (var pdf = new PDDocument();
                var bytes = new ByteArrayOutputStream()) {
            pdf.getDocumentInformation().setTitle("Etiketten");
            var schrift = new Hausschrift(pdf);
            float oben = (PDRectangle.A4.getHeight() - ZEILEN * HOEHE) / 2;
            int je = bogen ? SPALTEN * ZEILEN : 1;
            for (int i = 0; i < teile.size(); i += je) {
                var blatt = new PDPage(bogen ? PDRectangle.A4 : new PDRectangle(BREITE, HOEHE));
                pdf.addPage(blatt);
                try (var stift = new PDPageContentStream(pdf, blatt)) {
                    for (int k = 0; k < je && i + k < teile.size(); k++) {
                        float x = bogen ? k % SPALTEN * BREITE : 0;
                        float y = bogen ? PDRectangle.A4.getHeight() - oben - (k / SPALTEN + 1) * HOEHE : 0;
                        zeichne(stift, schrift, teile.get(i + k), haus, x, y);
                    }
                }
            }
            pdf.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void zeichne(
            PDPageContentStream stift, Hausschrift schrift, Papierteil teil, String haus, float x, float y)
            throws IOException {
        float seite = HOEHE - 2 * RAND;
        code(stift, haus + "/papier/" + teil.kennzeichen(), x + RAND, y + RAND, seite);
        float links = x + RAND + seite + 2 * MM;
        float platz = BREITE - seite - 2 * RAND - 2 * MM;
        zeile(stift, schrift, teil.kennzeichen(), 13, links, y + HOEHE - RAND - 10, platz);
        zeile(stift, schrift, teil.aktenzeichen(), 7.5f, links, y + HOEHE - RAND - 24, platz);
        zeile(stift, schrift, teil.titel(), 7.5f, links, y + HOEHE - RAND - 36, platz);
        zeile(stift, schrift, teil.umfang(), 7.5f, links, y + HOEHE - RAND - 48, platz);
        zeile(stift, schrift, teil.ort(), 6.5f, links, y + RAND + 2, platz);
    }

    private static void zeile(
            PDPageContentStream stift, Hausschrift schrift, String text, float grad, float x, float y, float platz)
            throws IOException {
        if (text.isEmpty()) {
            return;
        }
        stift.beginText();
        stift.setFont(schrift.schrift(), grad);
        stift.newLineAtOffset(x, y);
        stift.showText(schrift.gekuerzt(text, grad, platz));
        stift.endText();
    }

    /** As squares and not as a picture: sharp on any printer. */
    private static void code(PDPageContentStream stift, String inhalt, float x, float y, float seite)
            throws IOException {
        try {
            var bild = new QRCodeWriter().encode(inhalt, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, 0));
            float punkt = seite / bild.getWidth();
            for (int spalte = 0; spalte < bild.getWidth(); spalte++) {
                for (int zeile = 0; zeile < bild.getHeight(); zeile++) {
                    if (bild.get(spalte, zeile)) {
                        stift.addRect(x + spalte * punkt, y + seite - (zeile + 1) * punkt, punkt, punkt);
                    }
                }
            }
            stift.fill();
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }
}
