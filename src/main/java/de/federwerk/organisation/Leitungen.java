package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who leads whom today: whoever holds a Leitung leads everybody in its unit and in the units below, never himself. */
@Component
public class Leitungen {

    /** The Stellen held today, by people and programs; {@code b.person_id}, {@code s.*}. */
    static final String BESETZT = """
            stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis)
              JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id AND gilt(e.gueltig_von, e.gueltig_bis)""";

    /** The units {@code :wer} leads, with all below them; for the head of a statement. */
    static final String AMT = """
            WITH RECURSIVE amt AS (
                SELECT s.einheit_id AS id FROM %s WHERE b.mandant_id = :m AND b.person_id = :wer AND s.leitung
                UNION SELECT e.id FROM einheit e JOIN amt a ON e.mandant_id = :m AND e.ueber_id = a.id WHERE gilt(e.gueltig_von, e.gueltig_bis))
            """.formatted(BESETZT);

    /** The people in them, but for {@code :wer}. */
    static final String GELEITETE = "SELECT b.person_id FROM " + BESETZT
            + " WHERE b.mandant_id = :m AND b.person_id <> :wer AND s.einheit_id IN (SELECT id FROM amt)";

    /**
     * All of them as {@code leute (person_id)}, for the head of a statement about many: put together once, else PostgreSQL may do it
     * for each row (0.6 s instead of 0.05 s for the head of 4,500 people, without fresh statistics).
     */
    static final String LEUTE = AMT + ", leute AS MATERIALIZED (" + GELEITETE + ") ";

    private final JdbcClient datenbank;

    Leitungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Whether {@code wer} holds a Leitung in a unit of {@code person} or above it. */
    @Transactional(readOnly = true)
    public boolean leitet(UUID wer, UUID person) {
        return datenbank
                .sql(AMT + "SELECT EXISTS (" + GELEITETE + " AND b.person_id = :person)")
                .param("m", mandant())
                .param("wer", wer)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** Whether {@code wer} leads whom work was sent to: a unit, a Stelle in it, or, as {@link #leitet}, a person. */
    @Transactional(readOnly = true)
    public boolean leitetEmpfaenger(UUID wer, UUID empfaenger) {
        return datenbank
                .sql(AMT + """
                SELECT EXISTS (SELECT FROM amt WHERE id = :empfaenger)
                    OR EXISTS (SELECT FROM stelle s WHERE s.mandant_id = :m AND s.id = :empfaenger AND s.einheit_id IN (SELECT id FROM amt))
                    OR EXISTS (%s AND b.person_id = :empfaenger)""".formatted(GELEITETE))
                .param("m", mandant())
                .param("wer", wer)
                .param("empfaenger", empfaenger)
                .query(Boolean.class)
                .single();
    }

    /** Whether this person leads any unit; a look by key, cheap enough for the start page. */
    @Transactional(readOnly = true)
    public boolean istLeitung(UUID wer) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM " + BESETZT
                        + " WHERE b.mandant_id = ? AND b.person_id = ? AND s.leitung)")
                .params(mandant(), wer)
                .query(Boolean.class)
                .single();
    }

    /** The units this person leads, with all below them. */
    @Transactional(readOnly = true)
    public List<UUID> geleiteteEinheiten(UUID wer) {
        return datenbank
                .sql(AMT + "SELECT id FROM amt")
                .param("m", mandant())
                .param("wer", wer)
                .query(UUID.class)
                .list();
    }

    /** Who leads this unit; if several, who did so first. */
    @Transactional(readOnly = true)
    public Optional<UUID> leitungDer(UUID einheit) {
        return datenbank
                .sql("""
                SELECT b.person_id FROM %s JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                 WHERE b.mandant_id = ? AND s.einheit_id = ? AND s.leitung AND p.art = 'mensch'
                 ORDER BY b.gueltig_von, b.id LIMIT 1""".formatted(BESETZT))
                .params(mandant(), einheit)
                .query(UUID.class)
                .optional();
    }

    /**
     * The nearest head above a person: of the unit in which the person has a Stelle ({@link Einheiten#von}), else of the next one above it
     * that somebody else leads. Empty at the top and without a Stelle.
     */
    @Transactional(readOnly = true)
    public Optional<UUID> leitungVon(UUID person) {
        return datenbank
                .sql("""
                WITH RECURSIVE ueber AS (
                    (SELECT s.einheit_id AS id, e.ueber_id, 0 AS weite FROM %1$s
                      WHERE b.mandant_id = :m AND b.person_id = :person ORDER BY s.leitung DESC, b.gueltig_von, b.id LIMIT 1)
                    -- Bounded, should a unit ever stand above itself.
                    UNION ALL SELECT e.id, e.ueber_id, u.weite + 1 FROM einheit e JOIN ueber u ON e.mandant_id = :m AND e.id = u.ueber_id WHERE u.weite < 50),
                leitung AS (
                    SELECT b.person_id, b.gueltig_von, b.id, u.weite FROM %1$s JOIN ueber u ON u.id = s.einheit_id
                      JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id AND gilt(p.gueltig_von, p.gueltig_bis)
                     WHERE b.mandant_id = :m AND s.leitung AND p.art = 'mensch')
                SELECT person_id FROM leitung l
                 -- Two who lead a unit together are not above each other.
                 WHERE NOT EXISTS (SELECT FROM leitung selbst WHERE selbst.weite = l.weite AND selbst.person_id = :person)
                 ORDER BY weite, gueltig_von, id LIMIT 1""".formatted(BESETZT))
                .param("m", mandant())
                .param("person", person)
                .query(UUID.class)
                .optional();
    }
}
