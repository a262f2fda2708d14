package de.federwerk.uebernahme;

import java.nio.file.Path;
import java.time.Instant;
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

    String ordnerpfad() {
        return String.join("/", ordner);
    }
}
