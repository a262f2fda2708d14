package de.federwerk.berechtigung;

/** What may be done; each level includes the ones before. The ordinal is what {@code freigabe.recht} stores. */
public enum Recht {
    METADATEN,
    LESEN,
    BEARBEITEN,
    VERWALTEN
}
