package de.federwerk.datei;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Small arithmetic on decoded images; nothing here reads a file. */
final class Bilder {

    /** Page images: wide enough to read a letter on a screen, small enough to leaf through. */
    private static final int SEITENBILD_BREITE = 1_000;

    private static final int SEITENBILD_HOEHE = 3_000;

    private Bilder() {}

    static boolean schwarzweiss(BufferedImage bild) {
        return bild.getType() == BufferedImage.TYPE_BYTE_BINARY
                && bild.getColorModel().getPixelSize() == 1;
    }

    /** The image in 8-bit grey, on white where it is transparent; the same object if it is grey already. */
    static BufferedImage grau(BufferedImage bild) {
        return alsTyp(bild, BufferedImage.TYPE_BYTE_GRAY);
    }

    /** The image in a type that JPEG can hold: grey stays grey, everything else becomes RGB on white. */
    static BufferedImage farbe(BufferedImage bild) {
        boolean ohneFarbe =
                bild.getColorModel().getNumComponents() == 1 && bild.getType() == BufferedImage.TYPE_BYTE_GRAY
                        || schwarzweiss(bild);
        return alsTyp(bild, ohneFarbe ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    }

    private static BufferedImage alsTyp(BufferedImage bild, int typ) {
        if (bild.getType() == typ) {
            return bild;
        }
        var neu = new BufferedImage(bild.getWidth(), bild.getHeight(), typ);
        Graphics2D stift = neu.createGraphics();
        stift.drawImage(bild, 0, 0, Color.WHITE, null);
        stift.dispose();
        return neu;
    }

    /** Scales to exactly this size; halves step by step on the way down, so that thin strokes do not vanish. */
    static BufferedImage skaliert(BufferedImage bild, int breite, int hoehe) {
        BufferedImage jetzt = bild.getType() == BufferedImage.TYPE_BYTE_GRAY ? bild : farbe(bild);
        while (jetzt.getWidth() != breite || jetzt.getHeight() != hoehe) {
            int b = Math.max(breite, (jetzt.getWidth() + 1) / 2);
            int h = Math.max(hoehe, (jetzt.getHeight() + 1) / 2);
            var neu = new BufferedImage(b, h, jetzt.getType());
            Graphics2D stift = neu.createGraphics();
            stift.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            stift.drawImage(jetzt, 0, 0, b, h, null);
            stift.dispose();
            jetzt = neu;
        }
        return jetzt;
    }

    /** Scales by one factor in both directions, never below one pixel. */
    static BufferedImage skaliert(BufferedImage bild, double faktor) {
        return skaliert(bild, (int) Math.max(1, Math.round(bild.getWidth() * faktor)), (int)
                Math.max(1, Math.round(bild.getHeight() * faktor)));
    }

    /** Turns and mirrors as EXIF orientation 1–8 asks, so that the page stands upright. */
    static BufferedImage aufgerichtet(BufferedImage bild, int ausrichtung) {
        if (ausrichtung < 2 || ausrichtung > 8) {
            return bild;
        }
        int b = bild.getWidth();
        int h = bild.getHeight();
        var drehung = switch (ausrichtung) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, b, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, b, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, b);
            default -> new AffineTransform(0, -1, 1, 0, 0, b);
        };
        boolean quer = ausrichtung >= 5;
        BufferedImage quelle = schwarzweiss(bild) ? bild : farbe(bild);
        var neu = new BufferedImage(quer ? h : b, quer ? b : h, quelle.getType());
        Graphics2D stift = neu.createGraphics();
        stift.drawImage(quelle, drehung, null);
        stift.dispose();
        return neu;
    }

    /** Whether a grey page carries nothing: fewer than one in 20,000 pixels is dark. Saves recognising empty backs. */
    static boolean weiss(BufferedImage grau) {
        byte[] punkte = ((DataBufferByte) grau.getRaster().getDataBuffer()).getData();
        int dunkel = 0;
        for (byte punkt : punkte) {
            if ((punkt & 0xFF) < 160) {
                dunkel++;
            }
        }
        return dunkel < Math.max(20, punkte.length / 20_000);
    }

    /** Writes the page image (JPEG) and remembers it, if this page still gets one. */
    static void seitenbild(Lesung lesung, int seite, BufferedImage bild) throws IOException {
        if (lesung.seitenbilder.size() >= lesung.grenzen.seitenbilder()) {
            return;
        }
        BufferedImage klein = farbe(skaliert(bild, faktor(bild.getWidth(), bild.getHeight())));
        String name = "seite-%04d.jpg".formatted(seite);
        jpeg(klein, lesung.neben(name), 0.75f);
        lesung.seitenbilder.add(new Ergebnis.Seitenbild(seite, name, klein.getWidth(), klein.getHeight()));
    }

    /** Small enough for a page image, whichever way the page may still have to be turned. */
    static BufferedImage verkleinert(BufferedImage bild) {
        double faktor = Math.max(faktor(bild.getWidth(), bild.getHeight()), faktor(bild.getHeight(), bild.getWidth()));
        return faktor < 1 ? skaliert(bild, faktor) : bild;
    }

    private static double faktor(int breite, int hoehe) {
        return Math.min(1.0, Math.min((double) SEITENBILD_BREITE / breite, (double) SEITENBILD_HOEHE / hoehe));
    }

    static void jpeg(BufferedImage bild, Path ziel, float guete) throws IOException {
        ImageWriter schreiber = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (OutputStream datei = Files.newOutputStream(ziel);
                var aus = ImageIO.createImageOutputStream(datei)) {
            ImageWriteParam wie = schreiber.getDefaultWriteParam();
            wie.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            wie.setCompressionQuality(guete);
            schreiber.setOutput(aus);
            schreiber.write(null, new IIOImage(bild, null, null), wie);
        } finally {
            schreiber.dispose();
        }
    }
}
