package de.federwerk.gesicht;

/** The areas of the main navigation, in its order. */
public enum Bereich {
    POSTKORB("Postkorb", "/postkorb", "inbox"),
    AKTEN("Akten", "/akten", "folder"),
    LISTEN("Listen", "/listen", "filter_list"),
    POSTEINGANG("Posteingang", "/posteingang", "move_to_inbox"),
    SUCHE("Suche", "/suche", "search"),
    STOERUNGEN("Störungen", "/stoerungen", "warning"),
    VERWALTUNG("Verwaltung", "/verwaltung", "settings");

    private final String wort;
    private final String pfad;
    private final String symbol;

    Bereich(String wort, String pfad, String symbol) {
        this.wort = wort;
        this.pfad = pfad;
        this.symbol = symbol;
    }

    public String wort() {
        return wort;
    }

    /** The word below the icon of the 72 px rail, where a long one does not fit. */
    String kurz() {
        return this == POSTEINGANG ? "Eingang" : wort;
    }

    /** Whether the bar of a phone has it under "Mehr". */
    boolean selten() {
        return this != POSTKORB && this != AKTEN && this != SUCHE;
    }

    public String pfad() {
        return pfad;
    }

    String symbol() {
        return symbol;
    }
}
