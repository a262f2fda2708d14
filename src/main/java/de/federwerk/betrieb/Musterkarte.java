package de.federwerk.betrieb;

import static java.util.Objects.requireNonNull;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/** A map of a town that does not exist: a river, a ring, streets with names, a park. */
final class Musterkarte implements AutoCloseable {

    private static final int SEITE = 1_024;
    private static final String SCHRIFT = "/de/federwerk/satz/schrift/400Regular/FiraSans_400Regular.ttf";

    private final BufferedImage bild = new BufferedImage(SEITE, SEITE, BufferedImage.TYPE_INT_RGB);
    private final Graphics2D stift = bild.createGraphics();
    /** Letters as shapes: a machine without fonts of its own has no others to draw with. */
    private final TrueTypeFont schrift;

    private Musterkarte() throws IOException {
        try (var ein = requireNonNull(Musterkarte.class.getResourceAsStream(SCHRIFT))) {
            schrift = new TTFParser(true).parse(new RandomAccessReadBuffer(ein.readAllBytes()));
        }
        stift.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    static BufferedImage zeichne() {
        try (var karte = new Musterkarte()) {
            karte.land();
            karte.strassen();
            karte.haeuser();
            karte.namen();
            return karte.bild;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void land() {
        flaeche(new Rectangle2D.Double(0, 0, SEITE, SEITE), 0xf3efe4);
        flaeche(new Ellipse2D.Double(610, 560, 260, 200), 0xd3e6c3);
        flaeche(new Rectangle2D.Double(60, 70, 220, 160), 0xd3e6c3);
        linie(new CubicCurve2D.Double(-20, 700, 300, 560, 360, 980, 1_050, 860), 0xa9cde4, 54);
    }

    private void strassen() {
        var ring = new Ellipse2D.Double(250, 220, 420, 400);
        var wege = new Shape[] {
            ring,
            new Line2D.Double(0, 420, 1_024, 420),
            new Line2D.Double(460, 0, 460, 1_024),
            new Line2D.Double(120, 0, 300, 300),
            new Line2D.Double(640, 300, 960, 40),
            new Line2D.Double(620, 560, 1_000, 700),
            new Line2D.Double(330, 580, 200, 1_024),
            new Line2D.Double(0, 240, 270, 330),
            new Line2D.Double(760, 420, 760, 1_024),
            new Line2D.Double(860, 0, 860, 420)
        };
        for (var weg : wege) {
            linie(weg, 0xb9b2a3, 22);
        }
        for (var weg : wege) {
            linie(weg, 0xffffff, 17);
        }
        flaeche(new Rectangle2D.Double(415, 380, 90, 80), 0xfff6d8);
    }

    private void haeuser() {
        int[][] orte = {
            {300, 340}, {345, 300}, {380, 345}, {520, 300}, {560, 345}, {585, 470}, {520, 500}, {370, 490}, {320, 460},
            {90, 300}, {150, 360}, {180, 470}, {90, 480}, {700, 210}, {780, 240}, {900, 180}, {900, 300}, {820, 480},
            {900, 520}, {830, 650}, {690, 940}, {820, 960}, {930, 940}, {520, 760}, {600, 700}, {100, 860}, {90, 940},
            {320, 900}, {390, 940}, {520, 120}, {600, 80}, {340, 110}, {240, 180}
        };
        for (var ort : orte) {
            flaeche(new Rectangle2D.Double(ort[0], ort[1], 34, 26), 0xd9cdbb);
        }
        flaeche(new Rectangle2D.Double(428, 392, 40, 30), 0xb56a4a);
    }

    private void namen() {
        text("Rathausplatz", 420, 476, 17, 0);
        text("Hauptstraße", 800, 411, 17, 0);
        text("Lindenstraße", 40, 411, 17, 0);
        text("Bauhofstraße", 776, 700, 17, 90);
        text("Gartenweg", 876, 60, 17, 90);
        text("Bahnhofstraße", 478, 60, 17, 90);
        text("Ring", 610, 260, 17, 40);
        text("Mühlenweg", 250, 830, 17, -70);
        text("Stadtpark", 690, 620, 22, 0);
        text("Friedhof", 130, 155, 20, 0);
        text("Muster", 420, 850, 22, 20);
    }

    private void flaeche(Shape form, int farbe) {
        stift.setColor(new Color(farbe));
        stift.fill(form);
    }

    private void linie(Shape form, int farbe, float breite) {
        stift.setColor(new Color(farbe));
        stift.setStroke(new BasicStroke(breite, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        stift.draw(form);
    }

    /** @param drehung degrees, clockwise */
    private void text(String text, int x, int y, int groesse, int drehung) {
        try {
            var zeichen = schrift.getUnicodeCmapLookup();
            double mass = (double) groesse / schrift.getUnitsPerEm();
            var zeile = new Path2D.Double();
            double weiter = 0;
            for (int c : text.codePoints().toArray()) {
                int nummer = zeichen.getGlyphId(c);
                var form = schrift.getGlyph().getGlyph(nummer);
                if (form != null) {
                    zeile.append(
                            AffineTransform.getTranslateInstance(weiter, 0).createTransformedShape(form.getPath()),
                            false);
                }
                weiter += schrift.getAdvanceWidth(nummer);
            }
            var lage = AffineTransform.getTranslateInstance(x, y);
            lage.rotate(Math.toRadians(drehung));
            lage.scale(mass, -mass);
            var gesetzt = lage.createTransformedShape(zeile);
            linie(gesetzt, 0xffffff, 3);
            flaeche(gesetzt, 0x33363f);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        stift.dispose();
        schrift.close();
    }
}
