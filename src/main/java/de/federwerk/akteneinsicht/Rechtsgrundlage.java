package de.federwerk.akteneinsicht;

/** By what right somebody sees an Akte. */
public enum Rechtsgrundlage {
    VWVFG("§ 29 VwVfG – Beteiligte am Verfahren"),
    VWGO("§ 99 VwGO – Vorlage an das Gericht"),
    IFG("Informationsfreiheit (IFG, Landesrecht)"),
    DSGVO("Art. 15 DSGVO – Auskunft"),
    ANDERE("andere Rechtsgrundlage");

    private final String wort;

    Rechtsgrundlage(String wort) {
        this.wort = wort;
    }

    public String wort() {
        return wort;
    }
}
