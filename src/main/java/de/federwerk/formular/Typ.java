package de.federwerk.formular;

/** What an expression may yield. */
enum Typ {
    ZAHL("eine Zahl"),
    TEXT("ein Text"),
    DATUM("ein Datum"),
    WAHR("eine Aussage"),
    MENGE("eine Mehrfachauswahl");

    private final String wort;

    Typ(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }
}
