package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.CCITTFactory;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/** The PDF that shows a scan or photo: made anew from decoded pixels, so nothing of a hostile original reaches a browser. */
final class BildPdf implements AutoCloseable {

    /** Enough to read the small print, small enough to send. */
    private static final int DPI = 200;

    private static final float PUNKTE_JE_ZOLL = 72;

    private final PDDocument pdf;

    BildPdf(Path ordner) {
        MemoryUsageSetting speicher = MemoryUsageSetting.setupMixed(16L << 20);
        speicher.setTempDir(ordner.toFile());
        this.pdf = new PDDocument(speicher.streamCache);
    }

    /** Appends a page. Bilevel stays bilevel (CCITT G4), the rest becomes JPEG of at most 200 dpi. */
    void seite(BufferedImage bild, int dpi) throws IOException {
        PDRectangle flaeche = flaeche(bild, dpi);
        PDImageXObject inhalt;
        if (Bilder.schwarzweiss(bild)) {
            inhalt = CCITTFactory.createFromImage(pdf, bild);
        } else {
            double faktor = Math.min(1, flaeche.getWidth() / PUNKTE_JE_ZOLL * DPI / bild.getWidth());
            inhalt = JPEGFactory.createFromImage(pdf, Bilder.farbe(Bilder.skaliert(bild, faktor)), 0.75f);
        }
        var blatt = new PDPage(flaeche);
        pdf.addPage(blatt);
        try (var stift = new PDPageContentStream(pdf, blatt)) {
            stift.drawImage(inhalt, 0, 0, flaeche.getWidth(), flaeche.getHeight());
        }
    }

    /** The paper it came from where the resolution is known; otherwise as large as fits on A4. */
    private static PDRectangle flaeche(BufferedImage bild, int dpi) {
        float breite = bild.getWidth();
        float hoehe = bild.getHeight();
        float lang = PDRectangle.A4.getHeight();
        float faktor;
        if (dpi > 0) {
            faktor = Math.min(PUNKTE_JE_ZOLL / dpi, 4 * lang / Math.max(breite, hoehe));
        } else {
            float kurz = PDRectangle.A4.getWidth();
            faktor = breite > hoehe ? Math.min(lang / breite, kurz / hoehe) : Math.min(kurz / breite, lang / hoehe);
        }
        return new PDRectangle(Math.max(1, breite * faktor), Math.max(1, hoehe * faktor));
    }

    void speichere(Path ziel) throws IOException {
        if (pdf.getNumberOfPages() > 0) {
            pdf.save(ziel.toFile());
        }
    }

    @Override
    public void close() throws IOException {
        pdf.close();
    }
}
