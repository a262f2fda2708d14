package de.federwerk.stand;

import de.federwerk.suche.Index;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a town has that no import brings: a Posteingangsbuch in which every tenth Dokument stands as filed, single Freigaben and
 * exclusions of the people who measure. Set-based: filing 100,000 Eingänge one by one is not what is measured here.
 */
final class Nachbau {

    private static final int STAPEL = 10_000;

    private final Haus haus;
    private final JdbcTemplate jdbc;

    Nachbau(Haus haus) {
        this.haus = haus;
        this.jdbc = haus.bohne(JdbcTemplate.class);
    }

    void baue() {
        haus.als(() -> {
            posteingangsbuch();
            einzelneRechte();
        });
        List<UUID> ids;
        UUID nach = new UUID(0, 0);
        do {
            UUID ab = nach;
            ids = haus.als(() -> {
                var stapel = jdbc.queryForList(
                        "SELECT id FROM eingang WHERE mandant_id = ? AND id > ? ORDER BY id LIMIT " + STAPEL,
                        UUID.class,
                        haus.mandant(),
                        ab);
                haus.bohne(Index.class).vormerken("eingang", stapel);
                return stapel;
            });
            nach = ids.isEmpty() ? nach : ids.getLast();
        } while (ids.size() == STAPEL);
    }

    private void posteingangsbuch() {
        int anzahl = jdbc.update("""
                INSERT INTO eingang (mandant_id, id, nummer, eingegangen, kanal, datei_id, einheit_id, schutzbereich_id, status, vorgang_id, dokument_id,
                                     abgelegt, abgelegt_von)
                SELECT d.mandant_id, gen_random_uuid(), '2025-' || lpad(CAST(row_number() OVER (ORDER BY d.id) AS text), 6, '0'), now(), 'scan', v.datei_id,
                       g.einheit_id, d.schutzbereich_id, 'abgelegt', d.vorgang_id, d.id, now(), d.angelegt_von
                  FROM (SELECT *, row_number() OVER (ORDER BY id) AS nr FROM dokument WHERE mandant_id = ?) d
                  JOIN version v ON v.mandant_id = d.mandant_id AND v.dokument_id = d.id AND v.nummer = 1
                  JOIN vorgang g ON g.mandant_id = d.mandant_id AND g.id = d.vorgang_id
                 WHERE d.nr % 10 = 0""", haus.mandant());
        jdbc.update(
                "INSERT INTO zaehler (mandant_id, name, stand) VALUES (?, 'eingang:2025', ?)",
                haus.mandant(),
                Math.max(1, anzahl));
    }

    /** F and X, as they come about in a year: twenty Vorgänge of others, three Akten that stay shut. */
    private void einzelneRechte() {
        for (var wer : List.of(Stadtbau.WENIG, Stadtbau.VIEL)) {
            jdbc.update("""
                    INSERT INTO einzelfreigabe (mandant_id, id, person_id, vorgang_id, recht, grund)
                    SELECT p.mandant_id, gen_random_uuid(), p.id, v.id, 1, 'Beteiligung'
                      FROM person p CROSS JOIN LATERAL (SELECT id FROM vorgang WHERE mandant_id = p.mandant_id ORDER BY id DESC LIMIT 20) v
                     WHERE p.mandant_id = ? AND p.anmeldename = ?""", haus.mandant(), wer);
            jdbc.update("""
                    INSERT INTO ausschluss (mandant_id, id, person_id, akte_id, grund)
                    SELECT p.mandant_id, gen_random_uuid(), p.id, a.id, 'Befangenheit'
                      FROM person p CROSS JOIN LATERAL (SELECT id FROM akte WHERE mandant_id = p.mandant_id ORDER BY id DESC LIMIT 3) a
                     WHERE p.mandant_id = ? AND p.anmeldename = ?""", haus.mandant(), wer);
        }
    }
}
