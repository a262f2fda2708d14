package de.federwerk.datei;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HashSet;

/**
 * The chain of directories in a TIFF file, one per page: each names the place of the next. One that leads back makes a file of a few
 * bytes endless, and a decoder that counts by index follows it for ever.
 */
final class Tiffkette {

    private Tiffkette() {}

    /** Number of different directories, at most {@code hoechstens}; that, too, if it is no (classic) TIFF file. */
    static int seiten(Path datei, int hoechstens) throws IOException {
        try (var tiff = new RandomAccessFile(datei.toFile(), "r")) {
            int ordnung = tiff.readUnsignedShort();
            boolean klein = ordnung == 0x4949;
            if (!klein && ordnung != 0x4D4D || kurz(tiff, klein) != 42) {
                return hoechstens;
            }
            var gesehen = new HashSet<Long>();
            long stelle = lang(tiff, klein);
            while (stelle != 0 && gesehen.size() < hoechstens && gesehen.add(stelle)) {
                tiff.seek(stelle);
                tiff.seek(stelle + 2 + 12L * kurz(tiff, klein));
                stelle = lang(tiff, klein);
            }
            return gesehen.size();
        } catch (EOFException kurz) {
            // Cut off in the chain: the decoder says which page is broken.
            return hoechstens;
        }
    }

    private static int kurz(RandomAccessFile tiff, boolean klein) throws IOException {
        int wert = tiff.readUnsignedShort();
        return klein ? Short.toUnsignedInt(Short.reverseBytes((short) wert)) : wert;
    }

    private static long lang(RandomAccessFile tiff, boolean klein) throws IOException {
        int wert = tiff.readInt();
        return Integer.toUnsignedLong(klein ? Integer.reverseBytes(wert) : wert);
    }
}
