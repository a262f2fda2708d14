package de.federwerk.datei;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * JPEG 2000, as colour scans in PDF use it: PDFBox asks Java for a reader of that name, and Java has none. Decoded by Leptonica, which
 * Tesseract brings along; worker only.
 */
final class Jpeg2000 extends ImageReader {

    private static final int BILDPUNKTE = Grenzen.UEBLICH.bildpunkte();

    private @Nullable BufferedImage bild;

    private Jpeg2000(ImageReaderSpi art) {
        super(art);
    }

    /** From here on this process can read it. */
    static void meldeAn() {
        IIORegistry.getDefaultInstance().registerServiceProvider(new Art());
    }

    private BufferedImage bild() throws IOException {
        BufferedImage fertig = bild;
        if (fertig == null) {
            Path datei = Files.createTempFile("bild", ".jp2");
            try (var aus = Files.newOutputStream(datei)) {
                var ein = (ImageInputStream) input;
                byte[] stueck = new byte[1 << 16];
                for (int n = ein.read(stueck); n > 0; n = ein.read(stueck)) {
                    aus.write(stueck, 0, n);
                }
                aus.flush();
                fertig = Leptonica.lies(datei, BILDPUNKTE);
            } finally {
                Files.deleteIfExists(datei);
            }
            bild = fertig;
        }
        return fertig;
    }

    /** Grey or RGB in exactly the order in which PDFBox takes the bytes out. */
    @Override
    public BufferedImage read(int index, @Nullable ImageReadParam wie) throws IOException {
        BufferedImage ganz = bild();
        var ausschnitt = new Rectangle(ganz.getWidth(), ganz.getHeight());
        int x = 1;
        int y = 1;
        if (wie != null) {
            ausschnitt = getSourceRegion(wie, ganz.getWidth(), ganz.getHeight());
            x = wie.getSourceXSubsampling();
            y = wie.getSourceYSubsampling();
        }
        boolean grau = ganz.getColorModel().getNumColorComponents() == 1;
        int farben = grau ? 1 : 3;
        int breite = (ausschnitt.width + x - 1) / x;
        int hoehe = (ausschnitt.height + y - 1) / y;
        var raster = Raster.createInterleavedRaster(
                DataBuffer.TYPE_BYTE,
                breite,
                hoehe,
                breite * farben,
                farben,
                grau ? new int[] {0} : new int[] {0, 1, 2},
                null);
        int[] punkt = new int[farben];
        for (int j = 0; j < hoehe; j++) {
            for (int i = 0; i < breite; i++) {
                int rgb = ganz.getRGB(ausschnitt.x + i * x, ausschnitt.y + j * y);
                punkt[0] = rgb >> 16 & 0xFF;
                if (!grau) {
                    punkt[1] = rgb >> 8 & 0xFF;
                    punkt[2] = rgb & 0xFF;
                } else {
                    punkt[0] = ganz.getRaster().getSample(ausschnitt.x + i * x, ausschnitt.y + j * y, 0)
                            * 255
                            / ((1 << ganz.getSampleModel().getSampleSize(0)) - 1);
                }
                raster.setPixel(i, j, punkt);
            }
        }
        var farbraum = ColorSpace.getInstance(grau ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
        return new BufferedImage(
                new ComponentColorModel(farbraum, false, false, BufferedImage.OPAQUE, DataBuffer.TYPE_BYTE),
                raster,
                false,
                null);
    }

    @Override
    public int getNumImages(boolean suchen) {
        return 1;
    }

    @Override
    public int getWidth(int index) throws IOException {
        return bild().getWidth();
    }

    @Override
    public int getHeight(int index) throws IOException {
        return bild().getHeight();
    }

    @Override
    public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
        return Collections.emptyIterator();
    }

    @Override
    public @Nullable IIOMetadata getStreamMetadata() {
        return null;
    }

    @Override
    public @Nullable IIOMetadata getImageMetadata(int index) {
        return null;
    }

    /** Never chosen by content: files that are JPEG 2000 themselves go to Leptonica directly. */
    private static final class Art extends ImageReaderSpi {

        Art() {
            super(
                    "Federwerk",
                    "1",
                    new String[] {"JPEG2000", "jpeg2000"},
                    null,
                    null,
                    Jpeg2000.class.getName(),
                    new Class<?>[] {ImageInputStream.class},
                    null,
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public boolean canDecodeInput(Object quelle) {
            return false;
        }

        @Override
        public ImageReader createReaderInstance(Object erweiterung) {
            return new Jpeg2000(this);
        }

        @Override
        public String getDescription(Locale sprache) {
            return "JPEG 2000";
        }
    }
}
