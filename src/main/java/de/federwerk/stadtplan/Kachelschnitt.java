package de.federwerk.stadtplan;

import de.federwerk.basis.Abgelehnt;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * A picture cut into squares, as a whole and halved again and again until it fits into one.
 *
 * @param breite in pixels, and {@code hoehe}
 */
public record Kachelschnitt(int breite, int hoehe, int stufen, List<Stueck> stuecke) {

    /** @param bild PNG */
    record Stueck(int stufe, int spalte, int zeile, byte[] bild) {}

    private static final int KLEINSTES = 256;
    private static final int LAENGSTE = 8_000;
    /** Pixels: read whole it takes three bytes for each. */
    private static final long FLAECHE = 16_000_000;

    /** @throws Abgelehnt (EINGABE) if it is no picture, or too small or too large; told before it is read whole */
    static Kachelschnitt aus(byte[] datei) {
        try (var ein = ImageIO.createImageInputStream(new ByteArrayInputStream(datei))) {
            var leser = ImageIO.getImageReaders(ein);
            if (!leser.hasNext()) {
                throw keinBild();
            }
            var einer = leser.next();
            try {
                einer.setInput(ein);
                int breite = einer.getWidth(0);
                int hoehe = einer.getHeight(0);
                if (Math.min(breite, hoehe) < KLEINSTES
                        || Math.max(breite, hoehe) > LAENGSTE
                        || (long) breite * hoehe > FLAECHE) {
                    throw Abgelehnt.eingabe(
                            "Das Bild hat %d × %d Pixel. Möglich sind %d bis %d auf jeder Seite und zusammen 16 Millionen. Es wurde nichts geändert."
                                    .formatted(breite, hoehe, KLEINSTES, LAENGSTE));
                }
                return aus(einer.read(0));
            } finally {
                einer.dispose();
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException kaputt) {
            throw keinBild();
        }
    }

    private static Abgelehnt keinBild() {
        return Abgelehnt.eingabe(
                "Die Datei ist kein lesbares Bild. Möglich sind PNG und JPEG. Es wurde nichts geändert.");
    }

    public static Kachelschnitt aus(BufferedImage bild) {
        int stufen = 1;
        while (Math.max(bild.getWidth(), bild.getHeight()) >> stufen - 1 > 2 * Stadtplan.KACHEL) {
            stufen++;
        }
        var stuecke = new ArrayList<Stueck>();
        var jetzt = bild;
        for (int stufe = stufen - 1; stufe >= 0; stufe--) {
            schneide(jetzt, stufe, stuecke);
            if (stufe > 0) {
                jetzt = gezeichnet(jetzt, Math.max(1, jetzt.getWidth() / 2), Math.max(1, jetzt.getHeight() / 2));
            }
        }
        return new Kachelschnitt(bild.getWidth(), bild.getHeight(), stufen, stuecke);
    }

    private static void schneide(BufferedImage bild, int stufe, List<Stueck> stuecke) {
        int seite = Stadtplan.KACHEL;
        for (int y = 0; y < bild.getHeight(); y += seite) {
            for (int x = 0; x < bild.getWidth(); x += seite) {
                var ausschnitt = bild.getSubimage(
                        x, y, Math.min(seite, bild.getWidth() - x), Math.min(seite, bild.getHeight() - y));
                var kachel = new BufferedImage(seite, seite, BufferedImage.TYPE_INT_RGB);
                var stift = kachel.createGraphics();
                stift.drawImage(ausschnitt, 0, 0, null);
                stift.dispose();
                stuecke.add(new Stueck(stufe, x / seite, y / seite, png(kachel)));
            }
        }
    }

    private static BufferedImage gezeichnet(BufferedImage bild, int breite, int hoehe) {
        var neu = new BufferedImage(breite, hoehe, BufferedImage.TYPE_INT_RGB);
        Graphics2D stift = neu.createGraphics();
        stift.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        stift.drawImage(bild, 0, 0, breite, hoehe, null);
        stift.dispose();
        return neu;
    }

    private static byte[] png(BufferedImage bild) {
        var aus = new ByteArrayOutputStream();
        try {
            ImageIO.write(bild, "png", aus);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return aus.toByteArray();
    }
}
