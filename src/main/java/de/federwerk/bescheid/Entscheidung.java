package de.federwerk.bescheid;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How an Antrag was decided. */
enum Entscheidung {
    POSITIV("bewilligt"),
    TEILWEISE("teilweise bewilligt"),
    ABGELEHNT("abgelehnt"),
    ZURUECKGENOMMEN("Antrag zurückgenommen");

    private final String wort;

    Entscheidung(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }

    String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Entscheidung> mit(String kennung) {
        return Arrays.stream(values()).filter(e -> e.kennung().equals(kennung)).findFirst();
    }
}
