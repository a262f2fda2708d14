package de.federwerk.suche;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of one Mandant: a folder with one generation, named by the file {@code aktuell}, and while a rebuild runs a second
 * one beside it. Without the file the index is not whole, whatever lies there, and is built anew.
 */
final class Mandantenindex implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Mandantenindex.class);
    static final String ZEIGER = "aktuell";
    /** Lies there from the first opening until the first index is whole. */
    private static final String ERSTER_AUFBAU = "erster-aufbau";

    private static final String DEFEKT = "defekt";

    /** Held by whoever reads from the database and writes here: else an older reading could overwrite a newer one. */
    final ReentrantLock schreibsperre = new ReentrantLock(true);

    private final Path ordner;
    private final Suchkopf kopf;
    private final long reserve;
    private volatile Generation aktuell;
    private volatile boolean vollstaendig;
    /** What was found instead of a whole index that should have been there; null if all was well, or there never was one. */
    private @Nullable String verlust;

    private volatile @Nullable Generation naechste;

    /**
     * Opens what {@code aktuell} names; whatever is broken, or belongs to another state of the database, is moved aside (one such
     * index is kept for the curious).
     *
     * @param stand which commit of the index the database knows
     * @param reserve free bytes on the disk that the index never uses up
     * @throws LockObtainFailedException if another program has the folder open
     */
    Mandantenindex(Path ordner, Suchkopf kopf, @Nullable UUID stand, long reserve) throws IOException {
        this.ordner = ordner;
        this.kopf = kopf;
        this.reserve = reserve;
        Files.createDirectories(ordner);
        Generation gefunden = null;
        Path zeiger = ordner.resolve(ZEIGER);
        if (Files.exists(zeiger)) {
            gefunden = oeffne(ordner.resolve(Files.readString(zeiger).strip()), stand);
        }
        // Killed while the first one was being built: nothing is missing that anybody ever had.
        Path erster = ordner.resolve(ERSTER_AUFBAU);
        if (gefunden == null && stand != null && verlust == null && !Files.exists(erster)) {
            verlust = "Der Index fehlt";
        }
        if (gefunden != null) {
            Files.deleteIfExists(erster);
        } else if (verlust == null && !Files.exists(erster)) {
            Files.createFile(erster);
        }
        raeumeAuf(gefunden);
        vollstaendig = gefunden != null;
        aktuell = gefunden != null ? gefunden : Generation.oeffne(neuerOrdner(), kopf, reserve);
    }

    private @Nullable Generation oeffne(Path pfad, @Nullable UUID stand) throws IOException {
        if (!Files.isDirectory(pfad)) {
            return null;
        }
        Generation generation = null;
        try {
            generation = Generation.oeffne(pfad, kopf, reserve);
            if (!generation.standPasst(stand)) {
                throw new IOException("Index und Datenbank haben verschiedene Stände");
            }
            return generation;
        } catch (LockObtainFailedException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn(
                    "Suchindex {} ist unbrauchbar, wird beiseitegelegt und neu aufgebaut: {}",
                    ordner.getFileName(),
                    e.toString());
            IOUtils.closeWhileHandlingException(generation);
            verlust = e.toString();
            legeBeiseite(pfad);
            return null;
        }
    }

    private void legeBeiseite(Path pfad) throws IOException {
        Path ziel = ordner.resolve(DEFEKT);
        IOUtils.rm(ziel);
        Files.move(pfad, ziel);
    }

    /** Half-built generations of a killed program: their contents are in the database. */
    private void raeumeAuf(@Nullable Generation behalten) throws IOException {
        if (behalten == null) {
            Files.deleteIfExists(ordner.resolve(ZEIGER));
        }
        try (var inhalt = Files.list(ordner)) {
            for (Path pfad : inhalt.filter(Files::isDirectory).toList()) {
                boolean gebraucht = pfad.getFileName().toString().equals(DEFEKT)
                        || (behalten != null && pfad.equals(behalten.ordner));
                if (!gebraucht) {
                    IOUtils.rm(pfad);
                }
            }
        }
    }

    private Path neuerOrdner() {
        return ordner.resolve(UUID.randomUUID().toString());
    }

    /** Whether every thing of the Mandant is in the index that is searched, but for what waits. */
    boolean vollstaendig() {
        return vollstaendig;
    }

    /** Why it has to be built anew although there was one; null if that is not so. */
    @Nullable
    String verlust() {
        return vollstaendig ? null : verlust;
    }

    /** Whether the folder is still where it was; Lucene itself would go on with files that have been removed. */
    boolean daheim() {
        return !vollstaendig || Files.exists(ordner.resolve(ZEIGER));
    }

    /** Marks it as not whole, durably: whoever opens it next begins anew. */
    void verwirf() throws IOException {
        Files.deleteIfExists(ordner.resolve(ZEIGER));
    }

    /** Reads every byte and compares it with Lucene's checksums. @throws org.apache.lucene.index.CorruptIndexException */
    void pruefeBytes() throws IOException {
        mit(sucher -> {
            for (var abschnitt : sucher.getIndexReader().leaves()) {
                abschnitt.reader().checkIntegrity();
            }
            return true;
        });
    }

    /** Whether it should be built anew: it is not whole, or its terms were made by an older program. */
    boolean brauchtAufbau() {
        return !vollstaendig || !aktuell.analysePasst();
    }

    void setze(Indexeintrag eintrag) throws IOException {
        aktuell.setze(eintrag);
        var daneben = naechste;
        if (daneben != null) {
            daneben.setze(eintrag);
        }
    }

    void entferne(String art, UUID id) throws IOException {
        aktuell.entferne(art, id);
        var daneben = naechste;
        if (daneben != null) {
            daneben.entferne(art, id);
        }
    }

    void schreibeFest(UUID stand, @Nullable UUID vorher) throws IOException {
        aktuell.schreibeFest(stand, vorher);
    }

    /** Begins a rebuild: beside a whole index, inside one that is not whole. Needs the {@link #schreibsperre}. */
    void beginneAufbau() throws IOException {
        verwirfAufbau();
        if (vollstaendig) {
            naechste = Generation.oeffne(neuerOrdner(), kopf, reserve);
        }
    }

    /** What the rebuild reads goes only where it is missing. */
    void baueEin(Indexeintrag eintrag) throws IOException {
        imBau().setze(eintrag);
    }

    /** For a rebuild into the searched index: lets people find what is already there. */
    void zeigeZwischenstand() throws IOException {
        if (naechste == null) {
            aktuell.sucher.maybeRefresh();
        }
    }

    /** Makes the rebuilt index the one that is searched, at once and durably. Needs the {@link #schreibsperre}. */
    void schliesseAufbauAb(@Nullable UUID stand) throws IOException {
        var alt = aktuell;
        var neu = imBau();
        neu.schreibeFest(stand, stand);
        zeigeAuf(neu);
        Files.deleteIfExists(ordner.resolve(ERSTER_AUFBAU));
        aktuell = neu;
        naechste = null;
        vollstaendig = true;
        if (alt != neu) {
            alt.loesche();
        }
    }

    private Generation imBau() {
        var daneben = naechste;
        return daneben != null ? daneben : aktuell;
    }

    private void zeigeAuf(Generation generation) throws IOException {
        Path entwurf = ordner.resolve(ZEIGER + ".neu");
        Files.writeString(entwurf, generation.ordner.getFileName().toString());
        try (var kanal = FileChannel.open(entwurf, StandardOpenOption.WRITE)) {
            kanal.force(true);
        }
        Files.move(
                entwurf, ordner.resolve(ZEIGER), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        IOUtils.fsync(ordner, true);
    }

    void verwirfAufbau() throws IOException {
        var halb = naechste;
        if (halb != null) {
            naechste = null;
            halb.loesche();
        }
    }

    /** Whether Lucene still takes writes: after a full disk it does not until opened anew. */
    boolean offen() {
        var daneben = naechste;
        return aktuell.schreiber.isOpen() && (daneben == null || daneben.schreiber.isOpen());
    }

    /** A search on one consistent state of the index. */
    <R> R mit(Lesen<R> arbeit) throws IOException {
        while (true) {
            SearcherManager manager = aktuell.sucher;
            IndexSearcher sucher;
            try {
                sucher = manager.acquire();
            } catch (AlreadyClosedException getauscht) {
                if (manager == aktuell.sucher) {
                    throw getauscht;
                }
                continue;
            }
            try {
                return arbeit.lies(sucher);
            } finally {
                manager.release(sucher);
            }
        }
    }

    interface Lesen<R> {
        R lies(IndexSearcher sucher) throws IOException;
    }

    @Override
    public void close() throws IOException {
        schreibsperre.lock();
        try {
            verwirfAufbau();
            aktuell.close();
        } finally {
            schreibsperre.unlock();
        }
    }
}
