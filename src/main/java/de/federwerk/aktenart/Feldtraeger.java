package de.federwerk.aktenart;

/** What carries a field: the Akte itself, or each Vorgang in it. */
public enum Feldtraeger {
    AKTE("akte", "aktenwert", "akte_id"),
    VORGANG("vorgang", "vorgangswert", "vorgang_id");

    private final String kennung;
    private final String tabelle;
    private final String spalte;

    Feldtraeger(String kennung, String tabelle, String spalte) {
        this.kennung = kennung;
        this.tabelle = tabelle;
        this.spalte = spalte;
    }

    /** As it is stored, and as its own table is called. */
    public String kennung() {
        return kennung;
    }

    /** Where its values stand. */
    public String tabelle() {
        return tabelle;
    }

    /** Which column of that names it. */
    public String spalte() {
        return spalte;
    }

    static Feldtraeger von(String kennung) {
        return kennung.equals(VORGANG.kennung) ? VORGANG : AKTE;
    }
}
