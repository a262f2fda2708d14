package de.federwerk.schwaerzung;

import java.util.Arrays;
import java.util.Optional;

/** Why something is blacked out; the grounds on which the laws on access to files refuse. */
enum Grund {
    PERSON("Personenbezogene Daten Dritter", "Art. 6 DSGVO, § 5 IFG, § 29 VwVfG"),
    BETRIEB("Betriebs- und Geschäftsgeheimnis", "§ 6 IFG, § 30 VwVfG"),
    ENTSCHEIDUNG("Schutz des Entscheidungsprozesses", "§ 4 IFG"),
    SICHERHEIT("Öffentliche Sicherheit, laufendes Verfahren", "§ 3 IFG"),
    URHEBER("Urheberrecht, geistiges Eigentum", "§ 6 IFG, UrhG"),
    BERUF("Berufs- oder Amtsgeheimnis", "§ 203 StGB, § 3 Nr. 4 IFG"),
    OHNE_BEZUG("Ohne Bezug zum Antrag", "nicht vom Antrag umfasst"),
    SONSTIGES("Anderer Grund", "bitte erläutern");

    private final String wort;
    private final String recht;

    Grund(String wort, String recht) {
        this.wort = wort;
        this.recht = recht;
    }

    String wort() {
        return wort;
    }

    /** Where it stands; a hint, the Land has laws of its own. */
    String recht() {
        return recht;
    }

    static Optional<Grund> von(String name) {
        return Arrays.stream(values()).filter(g -> g.name().equals(name)).findFirst();
    }
}
