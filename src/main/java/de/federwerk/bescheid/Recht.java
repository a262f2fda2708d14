package de.federwerk.bescheid;

import java.util.Locale;

/** The law by which a Bescheid is made known. */
enum Recht {
    VWVFG("Verwaltungsverfahrensgesetz des Landes"),
    /** Taxes, and what the KAG of a Land sends there: fees, contributions, Hundesteuer. */
    AO("Abgabenordnung (Steuern, Kommunalabgaben)");

    private final String wort;

    Recht(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }

    String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Recht von(String kennung) {
        return valueOf(kennung.toUpperCase(Locale.ROOT));
    }
}
