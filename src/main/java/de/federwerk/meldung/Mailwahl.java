package de.federwerk.meldung;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a kind of Meldung also comes by mail. */
enum Mailwahl {
    SOFORT("sofort"),
    TAEGLICH("einmal am Tag"),
    NIE("nie");

    private final String wort;

    Mailwahl(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }

    /** As it stands in the database and in a form. */
    String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Mailwahl> mit(String kennung) {
        return Arrays.stream(values()).filter(w -> w.kennung().equals(kennung)).findFirst();
    }
}
