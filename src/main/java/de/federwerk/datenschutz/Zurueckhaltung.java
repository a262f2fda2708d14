package de.federwerk.datenschutz;

/** Why something about the person is not given to her. The words go into the answer. */
enum Zurueckhaltung {
    RECHTE_ANDERER("Rechte und Freiheiten anderer Personen", "Art. 15 Abs. 4 DSGVO"),
    GEHEIM("muss ihrem Wesen nach geheim bleiben", "§ 29 Abs. 1 Satz 2 BDSG"),
    AUFGABENERFUELLUNG(
            "die Auskunft würde öffentliche Sicherheit oder Aufgabenerfüllung gefährden",
            "Art. 23 DSGVO mit dem Landesdatenschutzgesetz"),
    NUR_AUFBEWAHRT(
            "nur noch wegen Aufbewahrungsvorschriften gespeichert", "§ 34 Abs. 1 Nr. 2 BDSG, Landesdatenschutzgesetz"),
    OFFENKUNDIG_UNBEGRUENDET("offenkundig unbegründet oder exzessiv", "Art. 12 Abs. 5 DSGVO");

    private final String wort;
    private final String norm;

    Zurueckhaltung(String wort, String norm) {
        this.wort = wort;
        this.norm = norm;
    }

    String wort() {
        return wort;
    }

    String norm() {
        return norm;
    }
}
