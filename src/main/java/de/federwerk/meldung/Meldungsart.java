package de.federwerk.meldung;

/** Kinds of Meldungen: what people call them, and whether they come by mail as long as nobody has chosen. */
public enum Meldungsart {
    AUFGABE_NEU("Neue Aufgabe", "assignment", Mailwahl.TAEGLICH),
    AUFGABE_ZURUECK("Aufgabe zurückgekommen", "assignment_return", Mailwahl.SOFORT),
    FRIST_BALD("Frist läuft bald ab", "schedule", Mailwahl.TAEGLICH),
    FRIST_UEBERSCHRITTEN("Frist überschritten", "error", Mailwahl.TAEGLICH),
    ESKALATION("Eskalation", "warning", Mailwahl.SOFORT),
    ERLEDIGT("Erledigt", "task_alt", Mailwahl.NIE),
    ERWAEHNT("Sie wurden erwähnt", "person", Mailwahl.SOFORT),
    KOMMENTAR("Kommentar", "edit_note", Mailwahl.NIE),
    VERTRETUNG("Vertretung", "supervisor_account", Mailwahl.SOFORT),
    SPERRE_AUFGEHOBEN("Sperre aufgehoben", "lock", Mailwahl.SOFORT),
    NOTFALLKONTO("Notfallkonto", "warning", Mailwahl.SOFORT),
    DATENSCHUTZ("Datenschutz", "lock", Mailwahl.TAEGLICH);

    private final String wort;
    private final String symbol;
    private final Mailwahl vorgabe;

    Meldungsart(String wort, String symbol, Mailwahl vorgabe) {
        this.wort = wort;
        this.symbol = symbol;
        this.vorgabe = vorgabe;
    }

    /** For people. */
    public String wort() {
        return wort;
    }

    String symbol() {
        return symbol;
    }

    Mailwahl vorgabe() {
        return vorgabe;
    }
}
