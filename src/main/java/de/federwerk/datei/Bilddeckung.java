package de.federwerk.datei;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.jspecify.annotations.Nullable;

/** Which letters of a page a picture hides that is laid over them: one with holes only those where it has none. */
final class Bilddeckung {

    /** Pixels that are looked at in one direction. */
    private static final int FEINHEIT = 2_000;

    private final PDImage bild;
    private final AffineTransform lage;
    private @Nullable BufferedImage durchsicht;
    private boolean gelesen;

    /**
     * @param insBild from the page as it is written to the page as it is seen
     * @param lage from the unit square of the picture to the page as it is written
     */
    Bilddeckung(PDImage bild, AffineTransform insBild, AffineTransform lage) {
        this.bild = bild;
        this.lage = new AffineTransform(insBild);
        this.lage.concatenate(lage);
    }

    /** @param kern the body of a letter that lies under it, on the page as it is seen */
    boolean deckt(Rectangle2D kern) {
        try {
            if (!hatLoecher()) {
                return true;
            }
            if (!gelesen) {
                gelesen = true;
                durchsicht = lies();
            }
            return durchsicht != null && deckt(durchsicht, lage.createInverse(), kern);
        } catch (IOException | RuntimeException | NoninvertibleTransformException unklar) {
            // What is not known to be covered may be seen.
            return false;
        }
    }

    private boolean hatLoecher() throws IOException {
        return bild.isStencil()
                || bild instanceof PDImageXObject x
                        && (x.getSoftMask() != null || x.getMask() != null || x.getColorKeyMask() != null);
    }

    private BufferedImage lies() throws IOException {
        int feinheit = Math.max(1, Math.max(bild.getWidth(), bild.getHeight()) / FEINHEIT);
        return bild.isStencil() ? bild.getStencilImage(Color.BLACK) : bild.getImage(null, feinheit);
    }

    private static boolean deckt(BufferedImage bild, AffineTransform insQuadrat, Rectangle2D kern) {
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 3; j++) {
                var p = insQuadrat.transform(
                        new Point2D.Double(
                                kern.getX() + kern.getWidth() * (i + 0.5) / 5,
                                kern.getY() + kern.getHeight() * (j + 0.5) / 3),
                        null);
                int x = (int) Math.floor(p.getX() * bild.getWidth());
                int y = (int) Math.floor((1 - p.getY()) * bild.getHeight());
                boolean darauf = x >= 0 && x < bild.getWidth() && y >= 0 && y < bild.getHeight();
                if (darauf && bild.getRGB(x, y) >>> 24 < 255) {
                    return false;
                }
            }
        }
        return true;
    }
}
