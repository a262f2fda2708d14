package de.federwerk.datenschutz;

/** On what ground something restricted is processed all the same: Art. 18 (2) DSGVO. */
enum Ausnahmegrund {
    EINWILLIGUNG("Einwilligung der betroffenen Person"),
    RECHTSANSPRUECHE("Geltendmachung, Ausübung oder Verteidigung von Rechtsansprüchen"),
    SCHUTZ_ANDERER("Schutz der Rechte einer anderen Person"),
    OEFFENTLICHES_INTERESSE("Wichtiges öffentliches Interesse der Union oder eines Mitgliedstaats");

    private final String wort;

    Ausnahmegrund(String wort) {
        this.wort = wort;
    }

    String wort() {
        return wort;
    }
}
