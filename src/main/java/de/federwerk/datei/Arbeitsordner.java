package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A working folder for one file, shared with the worker that reads it; it vanishes when closed. */
record Arbeitsordner(Path pfad) implements AutoCloseable {

    Path original() {
        return pfad.resolve(Auftrag.ORIGINAL);
    }

    /**
     * A file the worker made. Its word is not trusted: only plain names, only regular files.
     *
     * @throws IOException if there is no such file
     */
    Path ergebnis(String name) throws IOException {
        Path datei = pfad.resolve(name);
        if (!name.matches("[a-z0-9.-]{1,60}") || !Files.isRegularFile(datei, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("Der Arbeiter nennt eine Datei, die es nicht gibt: " + name);
        }
        return datei;
    }

    /** More than was asked for is not put down, and not read into memory: the worker may have been taken over. */
    void pruefe(Ergebnis ergebnis, Grenzen grenzen) throws Ausfall {
        long textbytes = 4L * grenzen.textzeichen() + 100_000;
        try {
            if (ergebnis.passtZu(grenzen)
                    && (ergebnis.text() == null || Files.size(ergebnis(ergebnis.text())) <= textbytes)) {
                return;
            }
        } catch (IOException fehlt) {
            // As bad as too much.
        }
        throw new Ausfall(
                Ausfall.Art.ABSTURZ, "Beim Lesen der Datei ist ein Fehler aufgetreten.", 0, "Ergebnis passt nicht");
    }

    /** Removes what a worker left that did not come to an end, for the next one to begin afresh. */
    void leereBisAufOriginal() throws IOException {
        try (var reste = Files.newDirectoryStream(pfad, rest -> !rest.equals(original()))) {
            reste.forEach(Arbeitsordner::loesche);
        }
    }

    @Override
    public void close() {
        loesche(pfad);
    }

    /** Removes a folder with everything in it, as far as possible. */
    static void loesche(Path ordner) {
        try {
            Files.walkFileTree(ordner, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path datei, BasicFileAttributes art) throws IOException {
                    Files.deleteIfExists(datei);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path datei, IOException fehler) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path leer, @Nullable IOException fehler) throws IOException {
                    Files.deleteIfExists(leer);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException bleibt) {
            // The next start clears it away.
        }
    }
}
