package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** A page as a picture of itself, with its text invisibly above it: looks the same, can be searched, and needs nothing from outside. */
final class Seitenbildner {

    private static final float PUNKTE_JE_ZOLL = 72;
    private static final int DPI = 150;
    private static final float GUETE = 0.82f;
    private static final int WENIG_BUNT = 12;

    private final PDFRenderer zeichner;
    private final Textlage texte;
    private final PDDocument ziel;
    private final Hausschrift schrift;
    private final int bildpunkte;

    Seitenbildner(PDDocument quelle, PDDocument ziel, Hausschrift schrift, int bildpunkte) {
        this.zeichner = new PDFRenderer(quelle);
        zeichner.setSubsamplingAllowed(true);
        this.texte = new Textlage(quelle, schrift);
        this.ziel = ziel;
        this.schrift = schrift;
        this.bildpunkte = bildpunkte;
    }

    /** @param nummer of the page in its source, from 0 */
    COSDictionary bilde(int nummer, PDPage seite) throws IOException {
        PDRectangle flaeche = seite.getCropBox();
        boolean quer = seite.getRotation() % 180 != 0;
        float breite = quer ? flaeche.getHeight() : flaeche.getWidth();
        float hoehe = quer ? flaeche.getWidth() : flaeche.getHeight();
        double zoll2 = Math.max(1, (double) breite * hoehe) / (PUNKTE_JE_ZOLL * PUNKTE_JE_ZOLL);
        double dpi = Math.min(DPI, Math.sqrt(bildpunkte / 2.0 / zoll2));
        BufferedImage bild = zeichner.renderImageWithDPI(nummer, (float) dpi, ImageType.RGB);
        var inhalt = JPEGFactory.createFromImage(ziel, bunt(bild) ? bild : Bilder.grau(bild), GUETE);

        var blatt = new PDPage(new PDRectangle(breite, hoehe));
        var mittel = new PDResources();
        mittel.put(COSName.getPDFName("Bild"), inhalt);
        mittel.put(COSName.getPDFName("Text"), schrift.schrift());
        blatt.setResources(mittel);
        var befehle = new StringBuilder(
                String.format(Locale.ROOT, "q %.2f 0 0 %.2f 0 0 cm /Bild Do Q\nBT 3 Tr\n", breite, hoehe));
        texte.schreibe(seite, hoehe, befehle);
        befehle.append("ET\n");
        blatt.getCOSObject().setItem(COSName.CONTENTS, strom(befehle.toString()));
        return blatt.getCOSObject();
    }

    private COSStream strom(String befehle) throws IOException {
        COSStream strom = ziel.getDocument().createCOSStream();
        try (var aus = strom.createOutputStream(COSName.FLATE_DECODE)) {
            aus.write(befehle.getBytes(StandardCharsets.US_ASCII));
        }
        return strom;
    }

    /** A page in grey needs a third of the bytes. */
    private static boolean bunt(BufferedImage bild) {
        for (int y = 0; y < bild.getHeight(); y += 3) {
            for (int x = 0; x < bild.getWidth(); x += 3) {
                int farbe = bild.getRGB(x, y);
                int r = farbe >> 16 & 255;
                int g = farbe >> 8 & 255;
                int b = farbe & 255;
                if (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b)) > WENIG_BUNT) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where which text stands, line by line, as a person sees the page. */
    private static final class Textlage extends PDFTextStripper {

        private StringBuilder befehle = new StringBuilder();
        private float hoehe;
        private final Hausschrift schrift;

        Textlage(PDDocument pdf, Hausschrift schrift) {
            this.schrift = schrift;
            document = pdf;
            // The page counter stays at 0 because we hand in pages ourselves.
            setStartPage(0);
        }

        void schreibe(PDPage seite, float hoehe, StringBuilder befehle) {
            this.befehle = befehle;
            this.hoehe = hoehe;
            output = new StringWriter();
            try {
                processPage(seite);
            } catch (RuntimeException | IOException ohneText) {
                // The picture is there; text that cannot be read cannot be searched.
            }
        }

        @Override
        protected void writeString(String text, List<TextPosition> stellen) throws IOException {
            var zeile = schrift.setzbar(text);
            if (zeile.isBlank() || stellen.isEmpty()) {
                return;
            }
            var erste = stellen.getFirst();
            var letzte = stellen.getLast();
            float grad = Math.clamp(erste.getFontSizeInPt(), 1, 200);
            float breite = letzte.getXDirAdj() + letzte.getWidthDirAdj() - erste.getXDirAdj();
            float eigene = schrift.breite(zeile, grad);
            float dehnung = eigene <= 0 ? 100 : Math.clamp(breite / eigene * 100, 1, 1_000);
            befehle.append(String.format(
                            Locale.ROOT,
                            "/Text %.2f Tf %.1f Tz 1 0 0 1 %.2f %.2f Tm ",
                            grad,
                            dehnung,
                            erste.getXDirAdj(),
                            hoehe - erste.getYDirAdj()))
                    .append(schrift.hex(zeile))
                    .append(" Tj\n");
        }
    }
}
