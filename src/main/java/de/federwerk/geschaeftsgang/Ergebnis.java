package de.federwerk.geschaeftsgang;

import java.util.Locale;

/** How a station ended. */
public enum Ergebnis {
    KENNTNIS("zur Kenntnis genommen", "Zur Kenntnis genommen", false),
    ERLEDIGT("erledigt", "Erledigt", false),
    STELLUNG("Stellung genommen", "Stellungnahme abgeben", true),
    GEZEICHNET("gezeichnet", "Zeichnen", false),
    GEAENDERT("mit Änderung gezeichnet", "Mit Änderung zeichnen", true),
    ABGELEHNT("abgelehnt", "Ablehnen", true),
    /** Not an end: back to an earlier station. */
    ZURUECK("zurückgegeben", "Zurückgeben", true),
    /** By whoever leads the Laufweg. */
    UEBERSPRUNGEN("übersprungen", "Überspringen", true);

    private final String wort;
    private final String knopf;
    private final boolean mitBemerkung;

    Ergebnis(String wort, String knopf, boolean mitBemerkung) {
        this.wort = wort;
        this.knopf = knopf;
        this.mitBemerkung = mitBemerkung;
    }

    /** In a Verfügungsvermerk. */
    public String wort() {
        return wort;
    }

    /** On the button. */
    public String knopf() {
        return knopf;
    }

    /** Whether others must be told why. */
    public boolean mitBemerkung() {
        return mitBemerkung;
    }

    public String kennung() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Ergebnis von(String kennung) {
        return valueOf(kennung.toUpperCase(Locale.ROOT));
    }
}
