package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.stream.Stream;

/** What a process and all it started take of the machine, as the kernel counts it. */
final class Verbrauch {

    /** More files than this are too many, however small: each costs an inode and the removal of each costs time. */
    static final int DATEIEN = 10_000;

    private Verbrauch() {}

    /**
     * Resident anonymous memory of the whole family in bytes, heap and native; 0 where the system does not tell. Looks at every process
     * of the machine for its parent: some milliseconds.
     */
    static long speicher(ProcessHandle prozess) {
        return Stream.concat(Stream.of(prozess), prozess.descendants())
                .mapToLong(p -> speicher(p.pid()))
                .sum();
    }

    /** The same for one process without what it started. */
    static long speicher(long pid) {
        try {
            for (String zeile : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (zeile.startsWith("RssAnon:")) {
                    return Long.parseLong(zeile.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException | NumberFormatException unbekannt) {
            // Gone, or not Linux: the limit of the heap and the kernel's own have to do.
        }
        return 0;
    }

    /**
     * Bytes that lie in a folder and below it. Stops counting at the limit; too many files count as the limit.
     *
     * @param ohne what does not count: the received bytes are ours, not the worker's
     */
    static long platz(Path ordner, Set<Path> ohne, long hoechstens) {
        long[] summe = {0, 0};
        try {
            Files.walkFileTree(ordner, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path datei, BasicFileAttributes art) {
                    if (!ohne.contains(datei)) {
                        summe[0] += art.size();
                    }
                    if (++summe[1] > DATEIEN) {
                        summe[0] = Math.max(summe[0], hoechstens + 1);
                    }
                    return summe[0] > hoechstens ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path datei, IOException weg) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path da, IOException weg) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException | RuntimeException weg) {
            // The folder vanishes while we count: then it needs nothing.
        }
        return summe[0];
    }
}
