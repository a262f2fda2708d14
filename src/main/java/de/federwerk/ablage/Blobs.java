package de.federwerk.ablage;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.unit.DataSize;

/** The register of blobs: which bytes a row names. Everything here is for the Mandant of the thread. */
@Component
public class Blobs {

    /** What a multipart request may have around its file, in bytes. */
    private static final long HUELLE = 1 << 20;

    private final Ablage ablage;
    private final JdbcClient jdbc;
    private final long hoechstens;

    Blobs(Ablage ablage, JdbcClient jdbc, @Value("${federwerk.ablage.hoechstens:2GB}") DataSize hoechstens) {
        this.ablage = ablage;
        this.jdbc = jdbc;
        this.hoechstens = hoechstens.toBytes();
    }

    /**
     * Writes the bytes durably, up to {@code federwerk.ablage.hoechstens}; {@link #merke} then names them. Call it before the
     * transaction: an upload may take minutes, and a connection is dear. Bytes that are never named harm nobody and are
     * reported by {@code bin/pruefe}.
     *
     * @throws de.federwerk.basis.Abgelehnt with GRENZE if too large or the disk is full
     * @throws UncheckedIOException if the source or the disk fails; nothing is left behind
     */
    public Blob schreibe(InputStream inhalt) {
        try {
            return ablage.schreibe(Mandantenkontext.mandant(), inhalt, hoechstens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #schreibe} for many files at once; see {@link Ablage.Stapel}. */
    public Ablage.Stapel stapel() {
        try {
            return ablage.stapel(Mandantenkontext.mandant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most bytes one file may have. */
    public long hoechstens() {
        return hoechstens;
    }

    /** Bytes that may still be written. */
    public long frei() {
        return ablage.frei();
    }

    /**
     * Refuses before the first byte what announces itself as too large.
     *
     * @param angekuendigt bytes of the whole request, with what is around the file; -1 if unknown
     * @throws de.federwerk.basis.Abgelehnt with GRENZE
     */
    public void verlangePlatzFuer(long angekuendigt) {
        if (angekuendigt > hoechstens + HUELLE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Die Datei ist zu groß: Angenommen werden höchstens %d MB. Es wurde nichts übernommen."
                            .formatted(hoechstens >> 20));
        }
    }

    /** Names the blob in the current transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void merke(Blob blob) {
        merke(List.of(blob));
    }

    /** Names the blobs in the current transaction, in one statement. One that has been named before stays: two files can be the same bytes. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void merke(List<Blob> neue) {
        jdbc.sql("""
                INSERT INTO blob (mandant_id, id, laenge, sha256, ort)
                SELECT ?, t.* FROM unnest(CAST(? AS uuid[]), CAST(? AS bigint[]), CAST(? AS bytea[]), CAST(? AS text[])) AS t
                ON CONFLICT (mandant_id, id) DO NOTHING""")
                .param(Mandantenkontext.mandant())
                .param(neue.stream().map(b -> b.id().toString()).toArray(String[]::new))
                .param(neue.stream().mapToLong(Blob::laenge).toArray())
                .param(neue.stream().map(Blob::sha256).toArray(byte[][]::new))
                .param(neue.stream().map(Blob::ort).toArray(String[]::new))
                .update();
    }

    /** @throws NichtGefunden if no row of this Mandant names it */
    @Transactional(readOnly = true)
    public Blob finde(UUID id) {
        return jdbc.sql("SELECT id, laenge, sha256, ort FROM blob WHERE id = ?")
                .param(id)
                .query(Blob.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
    }

    /** All bytes of a blob as a stream; the caller closes it. */
    @Transactional(readOnly = true)
    public InputStream lies(UUID id) {
        return lies(finde(id));
    }

    /** All bytes of a blob as a stream; the caller closes it. */
    public InputStream lies(Blob blob) {
        return lies(blob, 0, blob.laenge());
    }

    /** The bytes {@code [von, von + laenge)} as a stream; the caller closes it. */
    public InputStream lies(Blob blob, long von, long laenge) {
        try {
            return ablage.lies(Mandantenkontext.mandant(), blob, von, laenge);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
