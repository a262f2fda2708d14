package de.federwerk.papier;

import org.jspecify.annotations.Nullable;

/** How an Akte is kept that is not electronic alone; the three kinds the cities live with. */
public enum Papierform {
    REGISTRIERT(
            "registriert",
            "Papierakte, vollständig registriert",
            "Die Schriftstücke liegen auf Papier; jedes ist hier mit seinem Standort verzeichnet."),
    HYBRID(
            "hybrid",
            "Hybridakte",
            "Ein Teil der Schriftstücke liegt elektronisch vor, ein Teil auf Papier; beides ist hier verzeichnet."),
    REST(
            "rest",
            "Papier-Resteakte",
            "Die Akte ist elektronisch vollständig; auf Papier bleibt nur, was im Original aufzuheben ist.");

    private final String kennung;
    private final String wort;
    private final String bedeutung;

    Papierform(String kennung, String wort, String bedeutung) {
        this.kennung = kennung;
        this.wort = wort;
        this.bedeutung = bedeutung;
    }

    public String kennung() {
        return kennung;
    }

    public String wort() {
        return wort;
    }

    public String bedeutung() {
        return bedeutung;
    }

    static @Nullable Papierform von(String kennung) {
        for (var form : values()) {
            if (form.kennung.equals(kennung)) {
                return form;
            }
        }
        return null;
    }
}
