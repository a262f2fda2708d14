package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;

/**
 * A plain picture in 8-bit grey, as scanners deliver letters: its bytes are the pixels. PDFBox turns each pixel into a colour one by
 * one, through three objects, which took 9 % of the time of a recognised page (profile of 24.11.2026).
 */
final class Graubild {

    /** Smaller than this it may stand on the page a thousand times: PDFBox keeps what it converted, we do not. */
    private static final long SEITENGROSS = 1_000_000;

    private Graubild() {}

    /** Whether it is as large as a page and its bytes mean what they say – nothing masks, inverts or shifts them – and nothing hides it. */
    static boolean ist(PDImageXObject bild) throws IOException {
        return (long) bild.getWidth() * bild.getHeight() >= SEITENGROSS
                && !bild.isStencil()
                && !"jpx".equals(bild.getSuffix())
                && bild.getBitsPerComponent() == 8
                && bild.getColorSpace() == PDDeviceGray.INSTANCE
                && bild.getDecode() == null
                && bild.getMask() == null
                && bild.getSoftMask() == null
                && bild.getColorKeyMask() == null
                && bild.getOptionalContent() == null;
    }

    /** The same picture, but its pixels as they are. A proxy, because the class is final and the interface has two dozen methods. */
    static PDImage von(PDImageXObject bild) {
        return (PDImage) Proxy.newProxyInstance(
                PDImage.class.getClassLoader(), new Class<?>[] {PDImage.class}, (selbst, frage, werte) -> {
                    boolean duenn = werte != null && werte.length == 2 && (int) werte[1] > 1;
                    if (frage.getName().equals("getImage") && !duenn) {
                        return punkte(bild);
                    }
                    try {
                        return frage.invoke(bild, werte);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static BufferedImage punkte(PDImageXObject bild) throws IOException {
        // As colours, and not as TYPE_BYTE_GRAY: what makes an image smaller by much would take its greys for linear
        // and brighten them.
        var farbig = new BufferedImage(bild.getWidth(), bild.getHeight(), BufferedImage.TYPE_INT_RGB);
        int[] farben = ((DataBufferInt) farbig.getRaster().getDataBuffer()).getData();
        byte[] zeile = new byte[bild.getWidth()];
        try (InputStream bytes = bild.createInputStream()) {
            for (int i = 0; i < farben.length; ) {
                if (bytes.readNBytes(zeile, 0, zeile.length) < zeile.length) {
                    return bild.getImage();
                }
                for (byte grau : zeile) {
                    farben[i++] = (grau & 0xFF) * 0x010101;
                }
            }
            // More than one byte for each pixel: not what it says it is.
            return bytes.read() < 0 ? farbig : bild.getImage();
        }
    }
}
