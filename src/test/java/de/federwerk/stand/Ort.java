package de.federwerk.stand;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;

/** Finds what the scenarios need in the town. */
final class Ort {

    private Ort() {}

    static Anmeldung anmeldung(Haus haus, String anmeldename) {
        return haus.als(() -> haus.jdbc()
                .sql(
                        "SELECT mandant_id AS mandant, id AS person, pseudonym, nachname AS name FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(Mandantenkontext.mandant(), anmeldename)
                .query(Anmeldung.class)
                .single());
    }

    static UUID akte(Haus haus, String titel) {
        return id(haus, "SELECT id FROM akte WHERE mandant_id = ? AND titel = ? ORDER BY id LIMIT 1", titel);
    }

    static UUID vorgang(Haus haus, String titel) {
        return id(haus, "SELECT id FROM vorgang WHERE mandant_id = ? AND titel = ? ORDER BY id LIMIT 1", titel);
    }

    /** The position of the plan with the most Akten. */
    static UUID riesenposition(Haus haus) {
        return haus.als(() -> haus.jdbc()
                .sql(
                        "SELECT planknoten_id FROM akte WHERE mandant_id = ? GROUP BY planknoten_id ORDER BY count(*) DESC LIMIT 1")
                .param(Mandantenkontext.mandant())
                .query(UUID.class)
                .single());
    }

    private static UUID id(Haus haus, String sql, String titel) {
        return haus.als(() -> haus.jdbc()
                .sql(sql)
                .params(Mandantenkontext.mandant(), titel)
                .query(UUID.class)
                .single());
    }
}
