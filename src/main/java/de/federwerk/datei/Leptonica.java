package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;

/**
 * Images that Java does not know (WebP, JPEG 2000, CMYK JPEG …), read by the library that Tesseract brings along. Native code
 * on foreign bytes: only ever in a worker.
 */
final class Leptonica {

    private Leptonica() {}

    /**
     * Decodes the first image of a file.
     *
     * @throws IOException if the bytes make no image, or one with more pixels than allowed
     */
    static BufferedImage lies(Path datei, int bildpunkte) throws IOException {
        leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
        int[] format = new int[1];
        int[] breite = new int[1];
        int[] hoehe = new int[1];
        int[] egal = new int[1];
        String name = datei.toString();
        if (leptonica.pixReadHeader(name, format, breite, hoehe, egal, new int[1], new int[1]) != 0) {
            throw new IOException("Kein bekanntes Bildformat");
        }
        if (breite[0] <= 0 || hoehe[0] <= 0 || (long) breite[0] * hoehe[0] > bildpunkte) {
            throw new IOException("Bild mit %d × %d Bildpunkten ist zu groß".formatted(breite[0], hoehe[0]));
        }
        PIX pix = leptonica.pixRead(name);
        if (pix == null) {
            throw new IOException("Bild lässt sich nicht entschlüsseln");
        }
        // A detour over a PNG file: slower than copying pixels, but every depth and palette comes out right.
        Path png = datei.resolveSibling(datei.getFileName() + ".png");
        try {
            if (leptonica.pixWrite(png.toString(), pix, leptonica.IFF_PNG) != 0) {
                throw new IOException("Bild lässt sich nicht umwandeln");
            }
            BufferedImage bild = ImageIO.read(png.toFile());
            if (bild == null) {
                throw new IOException("Bild lässt sich nicht umwandeln");
            }
            return bild;
        } finally {
            leptonica.pixDestroy(pix);
            Files.deleteIfExists(png);
        }
    }
}
