package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pages of an image file, decoded one at a time and never larger than the limit: dimensions are read before pixels. */
final class Bildquelle implements AutoCloseable {

    /** Above this many declared pixels (a sheet A0 at 600 dpi has 560 million) decoding is refused even thinned out: it would only burn time. */
    private static final long UNSINNIG = 600_000_000L;
    /** Directories of a TIFF that are counted; above any limit of pages. */
    private static final int SEITEN_GEZAEHLT = 50_000;

    /**
     * One upright page.
     *
     * @param dpi resolution the file claims; 0 if it claims none or nonsense
     */
    record Seite(BufferedImage bild, int dpi) {}

    private final Path datei;
    private final ImageInputStream strom;
    private final @Nullable ImageReader leser;
    private final int bildpunkte;
    private final int seiten;

    private Bildquelle(Path datei, ImageInputStream strom, @Nullable ImageReader leser, int bildpunkte)
            throws IOException {
        this.datei = datei;
        this.strom = strom;
        this.leser = leser;
        this.bildpunkte = bildpunkte;
        this.seiten = Tiffkette.seiten(datei, SEITEN_GEZAEHLT);
    }

    static Bildquelle oeffne(Path datei, int bildpunkte) throws IOException {
        ImageIO.setUseCache(false);
        ImageInputStream strom = ImageIO.createImageInputStream(datei.toFile());
        if (strom == null) {
            throw new IOException("Kein Zugriff auf " + datei.getFileName());
        }
        Iterator<ImageReader> leser = ImageIO.getImageReaders(strom);
        var quelle = new Bildquelle(datei, strom, leser.hasNext() ? leser.next() : null, bildpunkte);
        if (quelle.leser != null) {
            quelle.leser.setInput(strom, false, false);
        }
        return quelle;
    }

    /** Most pages the file can have; more than that are the same ones again. */
    int seiten() {
        return seiten;
    }

    /**
     * The page with this index (from 0); null after the last one.
     *
     * @throws Befund if the image is absurdly large
     * @throws IOException if the bytes make no image
     */
    @Nullable
    Seite seite(int index) throws IOException, Befund {
        if (leser == null) {
            return index == 0 ? new Seite(Leptonica.lies(datei, bildpunkte), 0) : null;
        }
        if (index >= seiten) {
            return null;
        }
        int breite;
        int hoehe;
        try {
            breite = leser.getWidth(index);
            hoehe = leser.getHeight(index);
        } catch (IndexOutOfBoundsException keineMehr) {
            return null;
        }
        int schritt = schritt(breite, hoehe);
        ImageReadParam wie = leser.getDefaultReadParam();
        wie.setSourceSubsampling(schritt, schritt, 0, 0);
        BufferedImage bild;
        try {
            bild = leser.read(index, wie);
        } catch (IOException | RuntimeException unbekannt) {
            // JPEG in CMYK, old-style JPEG in TIFF and the like: Leptonica knows more dialects, but only the first
            // page.
            if (index > 0) {
                throw unbekannt;
            }
            return new Seite(Leptonica.lies(datei, bildpunkte), 0);
        }
        return aufgerichtet(index, bild, schritt);
    }

    private int schritt(int breite, int hoehe) throws Befund {
        long punkte = (long) breite * hoehe;
        if (punkte > UNSINNIG) {
            throw new Befund(String.format(
                    Locale.GERMANY,
                    "Das Bild ist mit %,d × %,d Bildpunkten zu groß, um gelesen zu werden. Die Datei ist unverändert aufbewahrt.",
                    breite,
                    hoehe));
        }
        return (int) Math.max(1, Math.ceil(Math.sqrt((double) punkte / bildpunkte)));
    }

    private Seite aufgerichtet(int index, BufferedImage bild, int schritt) {
        int ausrichtung = 1;
        double x = 0;
        double y = 0;
        try {
            ausrichtung = Exif.ausrichtung(datei);
            IIOMetadata angaben = leser == null ? null : leser.getImageMetadata(index);
            if (angaben != null) {
                ausrichtung = Math.max(ausrichtung, ausrichtung(angaben));
                x = dpi(angaben, "HorizontalPixelSize") / schritt;
                y = dpi(angaben, "VerticalPixelSize") / schritt;
            }
        } catch (IOException | RuntimeException ohneAngaben) {
            // Broken metadata are no reason to refuse a readable image.
        }
        if (x > 50 && y > 50 && x < 1300 && y < 1300 && Math.max(x, y) / Math.min(x, y) > 1.3) {
            // A fax has 204 × 98 dpi: stretched to square pixels it becomes legible again.
            bild = x > y
                    ? Bilder.skaliert(bild, bild.getWidth(), (int) Math.round(bild.getHeight() * x / y))
                    : Bilder.skaliert(bild, (int) Math.round(bild.getWidth() * y / x), bild.getHeight());
            x = Math.max(x, y);
        }
        return new Seite(Bilder.aufgerichtet(bild, ausrichtung), x >= 90 && x <= 1300 ? (int) Math.round(x) : 0);
    }

    private static double dpi(IIOMetadata angaben, String richtung) {
        if (!angaben.isStandardMetadataFormatSupported()) {
            return 0;
        }
        NodeList treffer = ((Element) angaben.getAsTree("javax_imageio_1.0")).getElementsByTagName(richtung);
        if (treffer.getLength() == 0) {
            return 0;
        }
        double millimeter = Double.parseDouble(((Element) treffer.item(0)).getAttribute("value"));
        return millimeter > 0 ? 25.4 / millimeter : 0;
    }

    private static int ausrichtung(IIOMetadata angaben) throws IOException {
        String format = angaben.getNativeMetadataFormatName();
        if ("javax_imageio_tiff_image_1.0".equals(format)) {
            TIFFField feld = TIFFDirectory.createFromMetadata(angaben).getTIFFField(274);
            return feld == null ? 1 : feld.getAsInt(0);
        }
        return 1;
    }

    @Override
    public void close() throws IOException {
        if (leser != null) {
            leser.dispose();
        }
        strom.close();
    }
}
