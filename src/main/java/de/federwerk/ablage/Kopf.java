package de.federwerk.ablage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The header before each record of a pack, so that a pack explains itself without the database. 96 bytes, big-endian:
 * <pre>
 *  0  8  "FEDERWRK"           32 16  blob id
 *  8  4  format version (1)   48  8  length in bytes, -1 = still being written
 * 12  4  key id (0 = plain)   56 32  SHA-256 of the bytes
 * 16 16  Mandant              88  4  zero          92  4  CRC-32C of bytes 0 to 91
 * </pre>
 *
 * @param schluessel which key the bytes are encrypted with; reserved, always 0 so far
 */
record Kopf(UUID mandant, UUID id, int schluessel, long laenge, byte[] sha256) {

    static final int GROESSE = 96;
    private static final long OFFEN = -1;
    private static final int VERSION = 1;
    private static final long ZEICHEN = 0x46454445_5257524BL;
    private static final int VOR_PRUEFSUMME = GROESSE - Integer.BYTES;

    /** The header of a record whose bytes are still coming: tells the next start that the tail may be cut. */
    static Kopf offen(UUID mandant, UUID id) {
        return new Kopf(mandant, id, 0, OFFEN, new byte[32]);
    }

    boolean istOffen() {
        return laenge == OFFEN;
    }

    /** How many bytes the record takes in its pack, header included. */
    long platz() {
        return GROESSE + laenge;
    }

    void schreibe(FileChannel pack, long stelle) throws IOException {
        var bytes = bytes();
        for (long ab = stelle; bytes.hasRemaining(); ) ab += pack.write(bytes, ab);
    }

    ByteBuffer bytes() {
        var bytes = ByteBuffer.allocate(GROESSE)
                .putLong(ZEICHEN)
                .putInt(VERSION)
                .putInt(schluessel)
                .putLong(mandant.getMostSignificantBits())
                .putLong(mandant.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(laenge)
                .put(sha256)
                .putInt(0);
        return bytes.putInt(pruefsumme(bytes)).flip();
    }

    /** The header at this place, or null if there is none: too short, other bytes, or a header that was changed. */
    static @Nullable Kopf lies(FileChannel pack, long stelle) throws IOException {
        var bytes = ByteBuffer.allocate(GROESSE);
        while (bytes.hasRemaining()) {
            if (pack.read(bytes, stelle + bytes.position()) < 0) return null;
        }
        int pruefsumme = pruefsumme(bytes);
        bytes.flip();
        if (bytes.getLong() != ZEICHEN || bytes.getInt() != VERSION || bytes.getInt(VOR_PRUEFSUMME) != pruefsumme)
            return null;
        int schluessel = bytes.getInt();
        var mandant = new UUID(bytes.getLong(), bytes.getLong());
        var id = new UUID(bytes.getLong(), bytes.getLong());
        long laenge = bytes.getLong();
        var sha256 = new byte[32];
        bytes.get(sha256);
        return new Kopf(mandant, id, schluessel, laenge, sha256);
    }

    @SuppressWarnings("ByteBufferBackingArray") // our own buffer, allocated above
    private static int pruefsumme(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, VOR_PRUEFSUMME);
        return (int) crc.getValue();
    }
}
