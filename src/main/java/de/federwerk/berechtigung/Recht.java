package de.federwerk.berechtigung;

/** What may be done; each level includes the ones before. The ordinal is what {@code freigabe.recht} stores. */
public enum Recht {
    METADATEN("Metadaten"),
    LESEN("lesen"),
    BEARBEITEN("bearbeiten"),
    VERWALTEN("verwalten");

    private final String wort;

    Recht(String wort) {
        this.wort = wort;
    }

    /** As it stands on pages. */
    public String wort() {
        return wort;
    }
}
