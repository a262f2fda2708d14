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
     * Many files one after the other, made durable together: one fdatasync for all. Closed without {@link Stapel#sichere} it
     * leaves nothing behind.
     */
    Stapel stapel(UUID mandant) throws IOException;

    /** Bytes that may still be written before the house refuses, to say beforehand that something will not fit. */
    long frei();

    /** Files on their way into the Ablage; for one thread. */
    interface Stapel extends AutoCloseable {

        /**
         * Takes one file until its end; durable only after {@link #sichere}. If it fails, the files before it are not touched.
         *
         * @throws Speichervoll if the disk is (nearly) full
         * @throws de.federwerk.basis.Abgelehnt with GRENZE if there are more bytes than {@code hoechstens}
         * @throws IOException if the source or the disk fails
         */
        Blob nimm(InputStream inhalt, long hoechstens) throws IOException;

        /** Makes all files durable; rows may name them from now on. Nothing can be added any more. */
        void sichere() throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * The bytes {@code [von, von + laenge)} of a blob, read as they are consumed. The caller closes the stream.
     *
     * @throws IndexOutOfBoundsException if the range does not lie within the blob
     * @throws IOException if the place does not hold this blob of this Mandant
     */
    InputStream lies(UUID mandant, Blob blob, long von, long laenge) throws IOException;
}
