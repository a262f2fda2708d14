package de.federwerk.datei;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.GeneralPath;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.pdmodel.graphics.blend.BlendMode;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentGroup;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * One page as somebody sees it: its pixels, and the letters that were drawn into them. Not as a text extractor sees it: what is
 * invisible (render mode 3, layers switched off), lies outside the page or was drawn over is told apart, so that a copy takes over only
 * what a person could have looked at.
 */
final class Sichtblatt {

    static final float PUNKTE_JE_ZOLL = 72;

    /** Beyond this a page is no page but an attack; text that dense cannot be read either. */
    private static final int GLYPHEN = 200_000;

    /** From the baseline, in the size of the letter: what a line of text takes, umlauts and descenders with it. */
    private static final double OBEN = 0.95;

    private static final double UNTEN = -0.26;
    /** The body of a letter: lines that stand close do not touch with these. */
    private static final double KERN_OBEN = 0.72;

    private static final double KERN_UNTEN = -0.2;

    /**
     * A letter where it was drawn; everything in points from the upper left corner of the page as it is seen.
     *
     * @param x where its baseline begins
     * @param dx direction of the writing
     * @param groesse of the letter
     * @param breite along the writing
     * @param kasten what it takes on the page at most
     * @param kern its body: what touches this touches the letter
     */
    record Glyphe(
            String text,
            double x,
            double y,
            double dx,
            double dy,
            double groesse,
            double breite,
            Rectangle2D kasten,
            Rectangle2D kern,
            boolean sichtbar) {}

    private final PDDocument pdf;
    private final Zeichner zeichner;

    private List<Glyphe> glyphen = new ArrayList<>();
    private boolean unvollstaendig;
    private double massstab = 1;
    private PDRectangle flaeche = PDRectangle.A4;
    private int drehung;

    Sichtblatt(PDDocument pdf) {
        this.pdf = pdf;
        this.zeichner = new Zeichner(pdf);
        zeichner.setSubsamplingAllowed(true);
    }

    /** Width and height in points as it is seen, turned as it says. */
    static double[] mass(PDPage seite) {
        var flaeche = seite.getCropBox();
        boolean quer = winkel(seite) % 180 != 0;
        double b = Math.max(1, flaeche.getWidth());
        double h = Math.max(1, flaeche.getHeight());
        return quer ? new double[] {h, b} : new double[] {b, h};
    }

    private static int winkel(PDPage seite) {
        return Math.floorMod(seite.getRotation(), 360);
    }

    /**
     * Draws it, with all letters into {@link #glyphen}.
     *
     * @param bildpunkte that it may have at most; a large sheet gets a lower resolution
     */
    BufferedImage zeichne(int index, int dpi, int bildpunkte) throws IOException {
        var seite = pdf.getPage(index);
        flaeche = seite.getCropBox();
        drehung = winkel(seite);
        glyphen = new ArrayList<>();
        unvollstaendig = false;
        var mass = mass(seite);
        double zoll2 = Math.max(1e-6, mass[0] * mass[1] / (PUNKTE_JE_ZOLL * PUNKTE_JE_ZOLL));
        double hoechstens =
                Math.min(Math.sqrt(bildpunkte / zoll2), 20_000 * PUNKTE_JE_ZOLL / Math.max(mass[0], mass[1]));
        float gezeichnet = (float) Math.min(dpi, hoechstens) / PUNKTE_JE_ZOLL;
        massstab = gezeichnet;
        return zeichner.renderImage(index, gezeichnet, ImageType.RGB);
    }

    /**
     * Pixels to a point in which the last page was drawn, in both directions. Not to be had from the size of the picture: that is rounded
     * down, and on a long page the error is many pixels at its end.
     */
    double massstab() {
        return massstab;
    }

    /** What was drawn with the last page, in its order. */
    List<Glyphe> glyphen() {
        return glyphen;
    }

    /** Whether a part of the last page could not be drawn. */
    boolean unvollstaendig() {
        return unvollstaendig;
    }

    /** From the page as it is written to the page as it is seen. */
    private AffineTransform insBild() {
        double b = flaeche.getWidth();
        double h = flaeche.getHeight();
        var turn = switch (drehung) {
            case 90 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 180 -> new AffineTransform(-1, 0, 0, 1, b, 0);
            case 270 -> new AffineTransform(0, -1, -1, 0, h, b);
            default -> new AffineTransform(1, 0, 0, -1, 0, h);
        };
        turn.translate(-flaeche.getLowerLeftX(), -flaeche.getLowerLeftY());
        return turn;
    }

    private final class Zeichner extends PDFRenderer {

        Zeichner(PDDocument pdf) {
            super(pdf);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters angaben) throws IOException {
            return new Stift(angaben);
        }
    }

    private final class Stift extends PageDrawer {

        private final AffineTransform insBild = insBild();
        private final Rectangle2D blatt;
        /** The place in {@link #glyphen} of a letter that was drawn somewhere. */
        private final Map<String, Integer> schon = new HashMap<>();

        private int verborgen;
        private boolean imBuchstaben;

        Stift(PageDrawerParameters angaben) throws IOException {
            super(angaben);
            boolean quer = drehung % 180 != 0;
            blatt = new Rectangle2D.Double(
                    0,
                    0,
                    quer ? flaeche.getHeight() : flaeche.getWidth(),
                    quer ? flaeche.getWidth() : flaeche.getHeight());
        }

        @Override
        protected void operatorException(Operator befehl, List<COSBase> werte, IOException fehler) throws IOException {
            unvollstaendig = true;
            super.operatorException(befehl, werte, fehler);
        }

        @Override
        protected void showFontGlyph(Matrix wo, PDFont schrift, int zeichen, Vector weiter) throws IOException {
            merke(wo, schrift, zeichen, weiter);
            super.showFontGlyph(wo, schrift, zeichen, weiter);
        }

        @Override
        protected void showType3Glyph(Matrix wo, PDType3Font schrift, int zeichen, Vector weiter) throws IOException {
            merke(wo, schrift, zeichen, weiter);
            // Its strokes are the letter and no bar over it.
            boolean vorher = imBuchstaben;
            imBuchstaben = true;
            try {
                super.showType3Glyph(wo, schrift, zeichen, weiter);
            } finally {
                imBuchstaben = vorher;
            }
        }

        private void merke(Matrix wo, PDFont schrift, int zeichen, Vector weiter) {
            if (glyphen.size() >= GLYPHEN) {
                return;
            }
            String text;
            try {
                text = schrift.toUnicode(zeichen);
            } catch (RuntimeException kaputt) {
                text = null;
            }
            if (text == null || text.isEmpty()) {
                return;
            }
            var lage = new AffineTransform(insBild);
            lage.concatenate(wo.createAffineTransform());
            double laenge = weiter.getX();
            boolean senkrecht = laenge == 0 && weiter.getY() != 0;
            var anfang = lage.transform(new Point2D.Double(0, 0), null);
            var ende = lage.transform(new Point2D.Double(senkrecht ? 0 : laenge, senkrecht ? weiter.getY() : 0), null);
            var gestalt = schrift instanceof PDType3Font bilder ? Bildschrift.gestalt(bilder, zeichen) : null;
            double groesse = Math.hypot(lage.getShearX(), lage.getScaleY())
                    * (gestalt == null ? 1 : Bildschrift.hoehe((PDType3Font) schrift, gestalt));
            double breite = anfang.distance(ende);
            if (!(groesse > 0.1 && groesse < 10_000 && breite < 10_000)) {
                return;
            }
            // Letters are often drawn twice, a hair apart, to look bold. One that was covered meanwhile and is drawn
            // again is seen again.
            var stelle = text + '\n' + Math.round(anfang.getX() * 2) + '\n' + Math.round(anfang.getY() * 2);
            var vorher = schon.get(stelle);
            if (vorher != null && glyphen.get(vorher).sichtbar) {
                return;
            }
            double dx = breite > 0 ? (ende.getX() - anfang.getX()) / breite : 1;
            double dy = breite > 0 ? (ende.getY() - anfang.getY()) / breite : 0;
            var kasten = gestalt != null
                    ? lage.createTransformedShape(gestalt).getBounds2D()
                    : kasten(lage, senkrecht, laenge, weiter.getY(), UNTEN, OBEN);
            var kern = gestalt != null ? kasten : kasten(lage, senkrecht, laenge, weiter.getY(), KERN_UNTEN, KERN_OBEN);
            var art = getGraphicsState().getTextState().getRenderingMode();
            boolean sichtbar = verborgen == 0
                    && art != RenderingMode.NEITHER
                    && art != RenderingMode.NEITHER_CLIP
                    && blatt.contains(kern.getCenterX(), kern.getCenterY())
                    && imAusschnitt(
                            wo,
                            gestalt != null ? gestalt.getCenterX() : senkrecht ? 0 : laenge / 2,
                            gestalt != null ? gestalt.getCenterY() : 0.25);
            if (vorher != null && !sichtbar) {
                return;
            }
            schon.put(stelle, glyphen.size());
            glyphen.add(
                    new Glyphe(text, anfang.getX(), anfang.getY(), dx, dy, groesse, breite, kasten, kern, sichtbar));
        }

        private Rectangle2D kasten(
                AffineTransform lage, boolean senkrecht, double laenge, double hinab, double unten, double oben) {
            var form = senkrecht
                    ? new Rectangle2D.Double(-0.5, Math.min(hinab, 0), 1, Math.abs(hinab))
                    : new Rectangle2D.Double(Math.min(0, laenge), unten, Math.abs(laenge), oben - unten);
            return lage.createTransformedShape(form).getBounds2D();
        }

        private boolean imAusschnitt(Matrix wo, double mitte, double hoehe) {
            Area ausschnitt = getGraphicsState().getCurrentClippingPath();
            if (ausschnitt == null) {
                return true;
            }
            var punkt = wo.createAffineTransform().transform(new Point2D.Double(mitte, hoehe), null);
            return ausschnitt.contains(punkt);
        }

        /** What is drawn over opaquely is not seen any more: a name under a white or black bar is no text of the page. */
        private void verdecke(Shape form, Predicate<Rectangle2D> deckung) {
            var zustand = getGraphicsState();
            if (verborgen > 0
                    || imBuchstaben
                    || zustand.getNonStrokeAlphaConstant() < 1
                    || !BlendMode.NORMAL.equals(zustand.getBlendMode())
                    || zustand.getSoftMask() != null
                    || glyphen.isEmpty()) {
                return;
            }
            var imBild = insBild.createTransformedShape(form);
            var grenzen = imBild.getBounds2D();
            Area ausschnitt = zustand.getCurrentClippingPath();
            Shape gezeigt = null;
            for (int i = 0; i < glyphen.size(); i++) {
                var g = glyphen.get(i);
                double x = g.kern.getCenterX();
                double y = g.kern.getCenterY();
                if (!g.sichtbar || !grenzen.contains(x, y) || !imBild.contains(x, y)) {
                    continue;
                }
                if (gezeigt == null) {
                    gezeigt = ausschnitt == null ? imBild : insBild.createTransformedShape(ausschnitt);
                }
                if (gezeigt.contains(x, y) && deckung.test(g.kern)) {
                    glyphen.set(
                            i, new Glyphe(g.text, g.x, g.y, g.dx, g.dy, g.groesse, g.breite, g.kasten, g.kern, false));
                }
            }
        }

        private Shape gefuellt(int regel) {
            var form = (GeneralPath) getLinePath().clone();
            form.setWindingRule(regel);
            return form;
        }

        @Override
        public void fillPath(int regel) throws IOException {
            verdecke(gefuellt(regel), kern -> true);
            super.fillPath(regel);
        }

        @Override
        public void fillAndStrokePath(int regel) throws IOException {
            verdecke(gefuellt(regel), kern -> true);
            super.fillAndStrokePath(regel);
        }

        @Override
        public void drawImage(PDImage bild) throws IOException {
            var lage = getGraphicsState().getCurrentTransformationMatrix().createAffineTransform();
            verdecke(
                    lage.createTransformedShape(new Rectangle2D.Double(0, 0, 1, 1)),
                    new Bilddeckung(bild, insBild, lage)::deckt);
            super.drawImage(bild instanceof PDImageXObject x && Graubild.ist(x) ? Graubild.von(x) : bild);
        }

        @Override
        public void beginMarkedContentSequence(COSName marke, @Nullable COSDictionary angaben) {
            if (verborgen > 0 || COSName.OC.equals(marke) && angaben != null && verbirgt(angaben)) {
                verborgen++;
            }
            super.beginMarkedContentSequence(marke, angaben);
        }

        @Override
        public void endMarkedContentSequence() {
            if (verborgen > 0) {
                verborgen--;
            }
            super.endMarkedContentSequence();
        }

        /** A layer switched off, or a rule about layers that is not plain: its text is not taken over, its pixels are as PDFBox decides. */
        private boolean verbirgt(COSDictionary angaben) {
            return !(PDPropertyList.create(angaben) instanceof PDOptionalContentGroup gruppe)
                    || !getRenderer().isGroupEnabled(gruppe);
        }
    }
}
