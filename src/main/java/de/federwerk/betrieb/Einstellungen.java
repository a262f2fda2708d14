package de.federwerk.betrieb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the place decides, before Spring runs: system property, else environment, else {@code DATEN/federwerk.properties}. */
class Einstellungen {

    private final Properties datei = new Properties();

    Einstellungen(Path daten) throws IOException {
        var pfad = datei(daten);
        if (Files.exists(pfad)) {
            try (var zeilen = Files.newBufferedReader(pfad)) {
                datei.load(zeilen);
            }
        }
    }

    static Path datei(Path daten) {
        return daten.resolve("federwerk.properties");
    }

    @Nullable
    String wert(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() ->
                        Optional.ofNullable(System.getenv(name.replace('.', '_').toUpperCase(Locale.ROOT))))
                .orElseGet(() -> datei.getProperty(name));
    }

    /** The town's own database, if one is named; checked as {@link Datenbankpruefung} says. */
    Optional<Zugang> eigeneDatenbank() {
        if (wert("federwerk.datenbank.url") == null) return Optional.empty();
        return Optional.of(new Zugang(
                noetig("url"), noetig("eigner.name"), noetig("eigner.passwort"), noetig("name"), noetig("passwort")));
    }

    private String noetig(String name) {
        var wert = wert("federwerk.datenbank." + name);
        if (wert == null)
            throw new Startfehler(
                    "Zu federwerk.datenbank.url fehlt die Angabe federwerk.datenbank.%s.".formatted(name));
        return wert;
    }
}
