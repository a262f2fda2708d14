package de.federwerk.betrieb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code bin/pruefe}: is every stored byte still what the database says it is? Runs without Spring, while the program runs (then
 * it joins its database) or not (then it starts and stops the database itself). Prints one German line per damage and one at
 * the end; ends with 0 = whole, 1 = damage, 2 = could not check.
 */
public final class Pruefung {

    private Pruefung() {}

    // Held: what nobody holds forgets its level.
    private static final Logger LUCENE =
            Logger.getLogger("org.apache.lucene.internal.vectorization.VectorizationProvider");

    public static void main(String[] argumente) {
        // Lucene would advise people to start another JVM.
        LUCENE.setLevel(Level.OFF);
        try {
            System.exit(pruefe(daten(argumente), System.out::println) ? 0 : 1);
        } catch (Startfehler | Optionen.Unverstanden e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            System.err.println("Die Prüfung ist gescheitert, nichts ist damit bewiesen: " + e);
        }
        System.exit(2);
    }

    private static Path daten(String[] argumente) {
        var daten = "daten";
        for (int i = 0; i < argumente.length; i++) {
            if (!argumente[i].equals("--daten"))
                throw new Optionen.Unverstanden(
                        "Unbekannte Option „%s“; Aufruf: bin/pruefe --daten DIR".formatted(argumente[i]));
            daten = Optionen.wert(argumente, ++i);
        }
        return Path.of(daten).toAbsolutePath().normalize();
    }

    /** @return whether everything is whole */
    static boolean pruefe(Path daten, Consumer<String> zeilen) throws Exception {
        var eigene = new Einstellungen(daten).eigeneDatenbank();
        if (eigene.isPresent()) return Bestandspruefung.pruefe(daten, eigene.get(), zeilen);
        if (!Files.isDirectory(daten.resolve("datenbank")))
            throw new Startfehler("In %s liegen keine Daten von Federwerk.".formatted(daten));
        var sperre = sperre(daten);
        if (sperre == null) return Bestandspruefung.pruefe(daten, Datenbank.laufende(daten), zeilen);
        try (sperre;
                var datenbank = Datenbank.starte(daten)) {
            return Bestandspruefung.pruefe(daten, datenbank.zugang(), zeilen);
        }
    }

    private static @Nullable Sperre sperre(Path daten) throws IOException {
        return Sperre.versuche(daten).orElse(null);
    }
}
