package de.federwerk.datei;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one thing we need from a camera's EXIF block: how it was held. */
final class Exif {

    private static final int AUSRICHTUNG = 0x0112;

    private Exif() {}

    /**
     * Orientation 1–8 of a JPEG file; 1 (upright) if it says nothing sensible. Walks the markers itself: Java refuses all
     * metadata when EXIF stands before JFIF, and many cameras write it so.
     */
    static int ausrichtung(Path jpeg) throws IOException {
        try (var ein = new DataInputStream(new BufferedInputStream(Files.newInputStream(jpeg)))) {
            if (ein.readUnsignedShort() != 0xFFD8) {
                return 1;
            }
            for (int i = 0; i < 50; i++) {
                int marke = ein.readUnsignedShort();
                int laenge = ein.readUnsignedShort() - 2;
                if (marke == 0xFFDA || (marke & 0xFF00) != 0xFF00 || laenge < 0) {
                    return 1;
                }
                byte[] inhalt = ein.readNBytes(laenge);
                if (marke == 0xFFE1 && istExif(inhalt)) {
                    return ausrichtung(inhalt);
                }
            }
        } catch (EOFException kurz) {
            // Cut off before the picture: the decoder will say so.
        }
        return 1;
    }

    private static boolean istExif(byte[] app1) {
        return app1.length >= 18 && new String(app1, 0, 4, StandardCharsets.US_ASCII).equals("Exif");
    }

    private static int ausrichtung(byte[] app1) {
        ByteBuffer tiff = ByteBuffer.wrap(app1, 6, app1.length - 6).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int verzeichnis = tiff.getInt(4);
        if (verzeichnis < 8 || verzeichnis > tiff.limit() - 2) {
            return 1;
        }
        int eintraege = tiff.getShort(verzeichnis) & 0xFFFF;
        for (int i = 0; i < eintraege; i++) {
            int stelle = verzeichnis + 2 + 12 * i;
            if (stelle + 12 > tiff.limit()) {
                return 1;
            }
            if ((tiff.getShort(stelle) & 0xFFFF) == AUSRICHTUNG) {
                int wert = tiff.getShort(stelle + 8);
                return wert >= 1 && wert <= 8 ? wert : 1;
            }
        }
        return 1;
    }
}
