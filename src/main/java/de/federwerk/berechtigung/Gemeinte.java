package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whom a Freigabe means, the one place that says it: a person, whoever holds a Stelle, whoever holds one in a unit or below it, whoever has a
 * role. For one person, as {@link Berechtigungen} asks, or for all at once.
 */
@Component
public class Gemeinte {

    /** Somebody has {@code recht} on a target, by whatever way. @param art {@code plan}, {@code einheit} or {@code sonder} */
    public record Zielrecht(UUID person, String art, UUID ziel, int recht) {}

    private final JdbcClient datenbank;

    Gemeinte(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * The last of these, {@code subjekte (person_id, id)}, holds every id by which somebody is meant. A member of a unit is a member of the
     * units above. Goes behind {@code WITH RECURSIVE}; parameter :m.
     *
     * @param wer whose, as the right side of a comparison: {@code = :person}
     */
    static String subjekte(String wer) {
        return """
                stellen AS (
                    SELECT b.person_id, s.id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = :m AND b.person_id %1$s
                       AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
                einheiten AS (
                    SELECT person_id, einheit_id AS id FROM stellen
                    UNION SELECT u.person_id, e.ueber_id FROM einheit e JOIN einheiten u ON e.mandant_id = :m AND e.id = u.id WHERE e.ueber_id IS NOT NULL),
                subjekte AS (
                    SELECT p.id AS person_id, p.id FROM person p WHERE p.mandant_id = :m AND p.id %1$s
                    UNION SELECT person_id, id FROM stellen
                    UNION SELECT person_id, id FROM einheiten
                    UNION SELECT b.person_id, r.id FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                           WHERE b.mandant_id = :m AND b.person_id %1$s AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis))""".formatted(wer);
    }

    /** What Freigaben open now to each who may read anything, with the highest right on each target. Not yet what lies below the targets. */
    @Transactional(readOnly = true)
    public List<Zielrecht> aller() {
        return datenbank
                .sql("""
                WITH RECURSIVE
                leute AS (SELECT id FROM person WHERE mandant_id = :m AND art <> 'notfall' AND gilt(gueltig_von, gueltig_bis)),
                %s
                SELECT s.person_id AS person, f.ziel_art AS art, f.ziel_id AS ziel, max(f.recht) AS recht FROM subjekte s
                  JOIN freigabe f ON f.mandant_id = :m AND f.subjekt_id = s.id AND gilt(f.gueltig_von, f.gueltig_bis)
                 GROUP BY s.person_id, f.ziel_art, f.ziel_id""".formatted(subjekte("IN (SELECT id FROM leute)")))
                .param("m", mandant())
                .query(Zielrecht.class)
                .list();
    }
}
