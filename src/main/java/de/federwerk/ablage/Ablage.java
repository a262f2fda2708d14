package de.federwerk.ablage;

import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;

/** Where bytes lie: pack files by default, an S3 store when the town outgrows one machine. */
public interface Ablage {

    /**
     * Writes what {@code inhalt} yields until its end. On return the bytes are durable (they outlive a power cut), though no
     * row names them yet. Does not close {@code inhalt}. Whatever fails leaves nothing behind.
     *
     * @param hoechstens most bytes allowed
     * @throws de.federwerk.basis.Abgelehnt with GRENZE if there are more, or if the disk is (nearly) full
     * @throws IOException if the source or the disk fails
     */
    Blob schreibe(UUID mandant, InputStream inhalt, long hoechstens) throws IOException;

    /**
     * The bytes {@code [von, von + laenge)} of a blob, read as they are consumed. The caller closes the stream.
     *
     * @throws IndexOutOfBoundsException if the range does not lie within the blob
     * @throws IOException if the place does not hold this blob of this Mandant
     */
    InputStream lies(UUID mandant, Blob blob, long von, long laenge) throws IOException;
}
