package de.federwerk.betrieb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code bin/pruefe} for tests outside this package. */
public final class Pruefzugang {

    private Pruefzugang() {}

    /** As {@link #schaeden(Path)}, in a database that the caller has started and goes on using. */
    public static List<String> schaeden(Path daten, Datenbank datenbank) throws Exception {
        var zeilen = new ArrayList<String>();
        Bestandspruefung.pruefe(daten, datenbank.zugang(), zeilen::add);
        return zeilen.stream().filter(z -> z.startsWith("SCHADEN")).toList();
    }

    /** The lines that {@code bin/pruefe} prints for damage, as it works beside a running program. */
    public static List<String> schaeden(Path daten) throws Exception {
        var zeilen = new ArrayList<String>();
        boolean heil = Pruefung.pruefe(daten, zeilen::add);
        var schaeden = zeilen.stream().filter(z -> z.startsWith("SCHADEN")).toList();
        return heil || !schaeden.isEmpty() ? schaeden : List.of("SCHADEN ohne Zeile: " + zeilen);
    }
}
