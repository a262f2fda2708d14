package de.federwerk.bescheid;

import java.util.Locale;

/** How a Bescheid goes out. */
enum Kanal {
    POST("mit der Post"),
    POSTFACH("ins Postfach");

    private final String wort;

    Kanal(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }

    String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Kanal von(String kennung) {
        return valueOf(kennung.toUpperCase(Locale.ROOT));
    }
}
