package de.federwerk.suche;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** One Lucene index in one folder. A rebuild makes the next generation beside the one that is searched. */
final class Generation implements Closeable {

    private static final String ANALYSE = "analyse";
    private static final String STAND = "stand";
    private static final String VORHER = "vorher";
    private static final double PUFFER_MB = 32;

    final Path ordner;
    final IndexWriter schreiber;
    final SearcherManager sucher;
    private final Directory verzeichnis;

    private Generation(Path ordner, Suchkopf kopf, long reserve) throws IOException {
        this.ordner = ordner;
        Files.createDirectories(ordner);
        verzeichnis = new Platzwaechter(FSDirectory.open(ordner), ordner, reserve);
        IndexWriter halb = null;
        try {
            halb = new IndexWriter(
                    verzeichnis,
                    new IndexWriterConfig(Analyse.INDEX)
                            .setRAMBufferSizeMB(PUFFER_MB)
                            .setCommitOnClose(false));
            schreiber = halb;
            sucher = new SearcherManager(schreiber, kopf);
        } catch (IOException | RuntimeException e) {
            IOUtils.closeWhileHandlingException(halb, verzeichnis);
            throw e;
        }
    }

    /**
     * Opens the folder, or makes an empty index in it.
     *
     * @param reserve free bytes on the disk that it never uses up
     * @throws org.apache.lucene.index.CorruptIndexException or another IOException if what lies there is no whole index
     */
    static Generation oeffne(Path ordner, Suchkopf kopf, long reserve) throws IOException {
        return new Generation(ordner, kopf, reserve);
    }

    void setze(Indexeintrag eintrag) throws IOException {
        schreiber.updateDocument(Indexdokument.schluessel(eintrag.art(), eintrag.id()), Indexdokument.aus(eintrag));
    }

    void entferne(String art, UUID id) throws IOException {
        schreiber.deleteDocuments(Indexdokument.schluessel(art, id));
    }

    /** Durable and visible on return. {@code stand} is what the database will know this commit by, {@code vorher} the one before. */
    void schreibeFest(@Nullable UUID stand, @Nullable UUID vorher) throws IOException {
        schreiber.setLiveCommitData(
                Map.of(ANALYSE, Analyse.FASSUNG, STAND, String.valueOf(stand), VORHER, String.valueOf(vorher))
                        .entrySet());
        schreiber.commit();
        sucher.maybeRefreshBlocking();
    }

    /**
     * Whether this index is what the database believes it to be. The commit before is right too: the program was killed after
     * Lucene's commit and before the database's, so the rows are still waiting. Anything else means that one of the two was
     * restored from a backup.
     */
    boolean standPasst(@Nullable UUID stand) {
        String gesucht = String.valueOf(stand);
        return gesucht.equals(angabe(STAND)) || gesucht.equals(angabe(VORHER));
    }

    /** Whether its terms were made the way queries make them now. */
    boolean analysePasst() {
        return Analyse.FASSUNG.equals(angabe(ANALYSE));
    }

    private @Nullable String angabe(String name) {
        var angaben = schreiber.getLiveCommitData();
        if (angaben != null) {
            for (var angabe : angaben) {
                if (angabe.getKey().equals(name)) {
                    return angabe.getValue();
                }
            }
        }
        return null;
    }

    /** Closes without committing: what was not committed is still noted in the database. */
    @Override
    public void close() throws IOException {
        IOUtils.close(sucher, schreiber::rollback, verzeichnis);
    }

    void loesche() throws IOException {
        IOUtils.close(this);
        IOUtils.rm(ordner);
    }
}
