package de.federwerk.betrieb;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** A letter for the demo: one page, sender, subject, text. */
final class Musterbrief {

    private static final float RAND = 70;
    private static final float BREITE = PDRectangle.A4.getWidth() - 2 * RAND;

    private Musterbrief() {}

    static InputStream pdf(String absender, String betreff, String text) throws IOException {
        var schrift = new PDType1Font(FontName.HELVETICA);
        var fett = new PDType1Font(FontName.HELVETICA_BOLD);
        try (var dokument = new PDDocument()) {
            var seite = new PDPage(PDRectangle.A4);
            dokument.addPage(seite);
            try (var inhalt = new PDPageContentStream(dokument, seite)) {
                float y = 760;
                y = absatz(inhalt, schrift, 11, y, absender.isEmpty() ? "Stadt Musterstadt" : absender) - 60;
                y = absatz(inhalt, fett, 13, y, betreff) - 24;
                y = absatz(inhalt, schrift, 11, y, "Sehr geehrte Damen und Herren,") - 10;
                y = absatz(inhalt, schrift, 11, y, text) - 24;
                absatz(inhalt, schrift, 11, y, "Mit freundlichen Grüßen");
            }
            var bytes = new ByteArrayOutputStream();
            dokument.save(bytes);
            return new ByteArrayInputStream(bytes.toByteArray());
        }
    }

    private static float absatz(PDPageContentStream inhalt, PDType1Font schrift, float grad, float y, String text)
            throws IOException {
        var zeile = new StringBuilder();
        for (var wort : text.split(" ")) {
            var mehr = zeile.isEmpty() ? wort : zeile + " " + wort;
            if (schrift.getStringWidth(mehr) / 1000 * grad > BREITE) {
                y = schreibe(inhalt, schrift, grad, y, zeile.toString());
                zeile.setLength(0);
                zeile.append(wort);
            } else {
                zeile.setLength(0);
                zeile.append(mehr);
            }
        }
        return schreibe(inhalt, schrift, grad, y, zeile.toString());
    }

    private static float schreibe(PDPageContentStream inhalt, PDType1Font schrift, float grad, float y, String zeile)
            throws IOException {
        inhalt.beginText();
        inhalt.setFont(schrift, grad);
        inhalt.newLineAtOffset(RAND, y);
        inhalt.showText(zeile);
        inhalt.endText();
        return y - grad * 1.45f;
    }
}
