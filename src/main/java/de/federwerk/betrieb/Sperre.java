package de.federwerk.betrieb;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One program per data folder. The operating system holds the lock as long as the process lives, so that a killed program
 * leaves none behind.
 */
final class Sperre implements AutoCloseable {

    private final FileChannel datei;

    private Sperre(FileChannel datei) {
        this.datei = datei;
    }

    /** The lock, or empty if another program has it. */
    static Optional<Sperre> versuche(Path daten) throws IOException {
        var datei = FileChannel.open(daten.resolve("federwerk.sperre"), CREATE, WRITE);
        try {
            if (datei.tryLock() != null) return Optional.of(new Sperre(datei));
        } catch (OverlappingFileLockException inDiesemProgramm) {
            // As good as taken.
        }
        datei.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        datei.close();
    }
}
