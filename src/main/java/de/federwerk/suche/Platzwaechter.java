package de.federwerk.suche;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/**
 * Lets the index stop before the disk is full: it can be built again, but PostgreSQL on the same disk could no longer write. A merge
 * must fit as a whole.
 */
final class Platzwaechter extends FilterDirectory {

    /** No room; the index closes itself, and is opened again when there is some. */
    static final class KeinPlatz extends IOException {
        KeinPlatz(long frei, long noetig) {
            super("Auf der Festplatte sind %d MB frei, nötig sind %d MB".formatted(frei >> 20, noetig >> 20));
        }
    }

    private final Path ordner;
    private final long reserve;

    Platzwaechter(Directory innen, Path ordner, long reserve) {
        super(innen);
        this.ordner = ordner;
        this.reserve = reserve;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext wofuer) throws IOException {
        pruefe(wofuer);
        return super.createOutput(name, wofuer);
    }

    @Override
    public IndexOutput createTempOutput(String vorn, String hinten, IOContext wofuer) throws IOException {
        pruefe(wofuer);
        return super.createTempOutput(vorn, hinten, wofuer);
    }

    private void pruefe(IOContext wofuer) throws IOException {
        var merge = wofuer.mergeInfo();
        pruefe(ordner, reserve + (merge == null ? 0 : merge.estimatedMergeBytes()));
    }

    /** @throws KeinPlatz if less than this is free where the folder lies; a folder that is gone says nothing about room */
    static void pruefe(Path ordner, long noetig) throws KeinPlatz {
        var datei = ordner.toFile();
        long frei = datei.getUsableSpace();
        if (frei < noetig && datei.exists()) {
            throw new KeinPlatz(frei, noetig);
        }
    }
}
