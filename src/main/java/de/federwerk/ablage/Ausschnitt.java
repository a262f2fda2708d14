package de.federwerk.ablage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A part of a pack as a stream, with a channel of its own. A pack that ends too early is an error, never a short answer. */
class Ausschnitt extends InputStream {

    private final FileChannel pack;
    private final long ende;
    private long stelle;

    Ausschnitt(FileChannel pack, long stelle, long laenge) {
        this.pack = pack;
        this.stelle = stelle;
        this.ende = stelle + laenge;
    }

    @Override
    public int read() throws IOException {
        var eins = new byte[1];
        return read(eins, 0, 1) < 0 ? -1 : eins[0] & 0xFF;
    }

    @Override
    public int read(byte[] ziel, int ab, int hoechstens) throws IOException {
        if (hoechstens == 0) return 0;
        if (stelle == ende) return -1;
        int n = pack.read(ByteBuffer.wrap(ziel, ab, (int) Math.min(hoechstens, ende - stelle)), stelle);
        if (n < 0) throw new EOFException("Ablage beschädigt: Pack endet vor Byte " + ende);
        stelle += n;
        return n;
    }

    @Override
    public long skip(long n) {
        long weit = Math.clamp(n, 0, ende - stelle);
        stelle += weit;
        return weit;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, ende - stelle);
    }

    @Override
    public void close() throws IOException {
        pack.close();
    }
}
