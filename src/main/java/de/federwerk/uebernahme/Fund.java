package de.federwerk.uebernahme;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file below the folder.
 *
 * @param pfad within the folder, with slashes, composed (NFC), for people
 * @param schluessel of the path as its bytes are
 * @param ordner names of the folders on the way, the uppermost first
 * @param laenge bytes
 * @param geaendert whole microseconds, as PostgreSQL keeps them
 * @param hinweis German, if something about its name must be said
 */
record Fund(
        Path datei,
        String pfad,
        UUID schluessel,
        List<String> ordner,
        String name,
        long laenge,
        Instant geaendert,
        @Nullable String hinweis) {

    /** @throws Quellstrom.Fehler here and while it is read, whenever it is the old drive that fails */
    InputStream oeffne() throws Quellstrom.Fehler {
        return Quellstrom.oeffne(datei);
    }

    /** Whether nobody has written to it since it was found. */
    boolean unveraendert() throws IOException {
        return Files.readAttributes(datei, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .lastModifiedTime()
                .toInstant()
                .truncatedTo(ChronoUnit.MICROS)
                .equals(geaendert);
    }

    /** SHA-256 of what lies there now; null if it cannot be read. */
    byte @Nullable [] pruefsumme() {
        try (var strom = new DigestInputStream(oeffne(), Kennwert.sha256())) {
            strom.transferTo(OutputStream.nullOutputStream());
            return strom.getMessageDigest().digest();
        } catch (IOException e) {
            return null;
        }
    }

    String ordnerpfad() {
        return String.join("/", ordner);
    }
}
