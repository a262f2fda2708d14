package de.federwerk.akte;

/** Why processing is restricted: the four cases of Art. 18 (1) DSGVO. */
public enum Einschraenkungsgrund {
    RICHTIGKEIT("Richtigkeit bestritten", "a"),
    UNRECHTMAESSIG("Verarbeitung unrechtmäßig, Löschung abgelehnt", "b"),
    BENOETIGT("Nicht mehr benötigt, aber für Rechtsansprüche der Person", "c"),
    WIDERSPRUCH("Widerspruch eingelegt, Prüfung läuft", "d");

    private final String wort;
    private final String buchstabe;

    Einschraenkungsgrund(String wort, String buchstabe) {
        this.wort = wort;
        this.buchstabe = buchstabe;
    }

    /** For people. */
    public String wort() {
        return wort;
    }

    public String rechtsgrundlage() {
        return "Art. 18 Abs. 1 Buchst. " + buchstabe + " DSGVO";
    }
}
