package de.federwerk.stand;

/**
 * How large the town is and how thoroughly it is measured. From 10,000 Dokumente on the organisation is that of a town with 4,500
 * persons; below it is small, so that {@code --kurz} is quick.
 *
 * @param dokumente N
 * @param positionen of the Aktenplan
 * @param einheiten units, three levels below the mayor
 * @param bereiche Schutzbereiche
 * @param grosseSicht how many of them one ordinary person holds
 * @param riesenposition Akten under one position of the plan
 * @param riesenvorgang Dokumente in one Vorgang
 * @param runden how often each scenario and its counterpart take turns
 * @param kurz only proves that everything runs
 */
record Umfang(
        int dokumente,
        int positionen,
        int einheiten,
        int bereiche,
        int personen,
        int grosseSicht,
        int riesenposition,
        int riesenvorgang,
        int runden,
        boolean kurz) {

    static Umfang fuer(int dokumente, boolean kurz) {
        int runden = kurz ? 1 : 5;
        return dokumente >= 10_000
                ? new Umfang(
                        dokumente,
                        1_500,
                        150,
                        50_000,
                        4_500,
                        20_000,
                        dokumente / 10,
                        Math.min(10_000, dokumente / 10),
                        runden,
                        kurz)
                : new Umfang(
                        dokumente,
                        60,
                        16,
                        300,
                        45,
                        120,
                        Math.max(10, dokumente / 10),
                        Math.max(10, dokumente / 10),
                        runden,
                        kurz);
    }

    /** {@code viele}, but only {@code wenige} where nothing is judged. */
    int je(int viele, int wenige) {
        return kurz ? wenige : viele;
    }

    /** The Mandant of this town. */
    String kuerzel() {
        return "stand-" + dokumente;
    }
}
