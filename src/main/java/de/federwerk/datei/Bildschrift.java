package de.federwerk.datei;

import java.awt.geom.Rectangle2D;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.jspecify.annotations.Nullable;

/** Letters that are drawings of their own (Type 3): such a font measures in units of its own, and 1 is not its size. */
final class Bildschrift {

    private Bildschrift() {}

    /**
     * What a letter takes, in the size of the text.
     *
     * @return null if the font does not say
     */
    static @Nullable Rectangle2D gestalt(PDType3Font schrift, int zeichen) {
        try {
            var bild = schrift.getCharProc(zeichen);
            var eigene = bild == null ? null : inTextgroesse(schrift, bild.getGlyphBBox());
            return eigene != null ? eigene : inTextgroesse(schrift, schrift.getFontBBox());
        } catch (IOException | RuntimeException kaputt) {
            return null;
        }
    }

    /** Of the whole font where it says so: letters without ascenders belong to the same line as those with. */
    static double hoehe(PDType3Font schrift, Rectangle2D gestalt) {
        try {
            var ganze = inTextgroesse(schrift, schrift.getFontBBox());
            return ganze == null ? gestalt.getHeight() : Math.max(gestalt.getHeight(), ganze.getHeight());
        } catch (RuntimeException kaputt) {
            return gestalt.getHeight();
        }
    }

    private static @Nullable Rectangle2D inTextgroesse(PDType3Font schrift, @Nullable PDRectangle kasten) {
        if (kasten == null || !(kasten.getWidth() > 0 && kasten.getHeight() > 0)) {
            return null;
        }
        return schrift.getFontMatrix()
                .createAffineTransform()
                .createTransformedShape(kasten.toGeneralPath())
                .getBounds2D();
    }
}
