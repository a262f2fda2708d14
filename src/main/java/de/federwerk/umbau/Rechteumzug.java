package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Freigaben of a unit – given to it, or on what it leads – that go over to another one. The old ones end, new ones begin: nothing is changed
 * that somebody could see yesterday.
 */
@Component
class Rechteumzug {

    /** Those that hold, or will. */
    private static final String GELTEND = "f.mandant_id = :m AND (f.gueltig_bis IS NULL OR f.gueltig_bis > now())";

    private final JdbcClient datenbank;

    Rechteumzug(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All of a unit that ends. @return how many Freigaben */
    @Transactional(propagation = Propagation.MANDATORY)
    long alle(UUID von, UUID nach) {
        var betroffen = "(f.subjekt_id = :von OR f.ziel_id = :von)";
        long zahl = zahl(betroffen, von, nach, "{}");
        kopiere(
                "CASE WHEN f.subjekt_id = :von THEN CAST(:nach AS uuid) ELSE f.subjekt_id END",
                "CASE WHEN f.ziel_id = :von THEN CAST(:nach AS uuid) ELSE f.ziel_id END",
                betroffen,
                von,
                nach,
                "{}");
        beende(betroffen, von, nach, "{}");
        return zahl;
    }

    /**
     * Of a unit that gives a part away. The part gets what the unit has for its own, and what the unit was given elsewhere; who else had access
     * to the unit keeps it to the part. Those who stay do not see the part any more, nor those who went the rest, but for other Freigaben.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    long teil(UUID von, UUID nach, List<UUID> stellen) {
        var ids = Umzug.feld(stellen);
        // Stellen have moved by now: those still in the unit are the ones that stay.
        var bleibt =
                "EXISTS (SELECT FROM stelle s WHERE s.mandant_id = :m AND s.id = f.subjekt_id AND s.einheit_id = :von)";
        var gegangen = "f.ziel_id = :von AND f.subjekt_id IN (SELECT unnest(CAST(:stellen AS uuid[])))";
        var derEinheit = "f.subjekt_id = :von";
        var vonAnderen = "f.ziel_id = :von AND f.subjekt_id <> :von AND NOT " + bleibt
                + " AND f.subjekt_id NOT IN (SELECT unnest(CAST(:stellen AS uuid[])))";
        long zahl =
                zahl(gegangen, von, nach, ids) + zahl(derEinheit, von, nach, ids) + zahl(vonAnderen, von, nach, ids);
        kopiere("f.subjekt_id", "CAST(:nach AS uuid)", gegangen, von, nach, ids);
        beende(gegangen, von, nach, ids);
        kopiere(
                "CAST(:nach AS uuid)",
                "CASE WHEN f.ziel_id = :von THEN CAST(:nach AS uuid) ELSE f.ziel_id END",
                derEinheit,
                von,
                nach,
                ids);
        kopiere("f.subjekt_id", "CAST(:nach AS uuid)", vonAnderen, von, nach, ids);
        return zahl;
    }

    private long zahl(String welche, UUID von, UUID nach, String stellen) {
        return frage("SELECT count(*) FROM freigabe f WHERE " + GELTEND + " AND " + welche, von, nach, stellen)
                .query(Long.class)
                .single();
    }

    /** Copies with all columns there are, but with another subject and target; unless there is one already that says as much for as long. */
    private void kopiere(String subjekt, String ziel, String welche, UUID von, UUID nach, String stellen) {
        frage("""
                INSERT INTO freigabe SELECT n.* FROM freigabe f
                  CROSS JOIN LATERAL (SELECT %1$s AS subjekt, %2$s AS ziel) z
                  CROSS JOIN LATERAL jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'subjekt_id', z.subjekt, 'ziel_id', z.ziel,
                                                       'gueltig_von', greatest(now(), f.gueltig_von))) n
                 WHERE %3$s AND %4$s
                   AND NOT EXISTS (SELECT FROM freigabe g WHERE g.mandant_id = :m AND g.id <> f.id AND g.subjekt_art = f.subjekt_art AND g.subjekt_id = z.subjekt
                                  AND g.ziel_art = f.ziel_art AND g.ziel_id = z.ziel AND g.recht >= f.recht
                                  AND g.gueltig_von <= greatest(now(), f.gueltig_von)
                                  AND (g.gueltig_bis IS NULL OR g.gueltig_bis > now() AND g.gueltig_bis >= f.gueltig_bis))""".formatted(subjekt, ziel, GELTEND, welche), von, nach, stellen).update();
    }

    /** What has not begun ends as it begins. */
    private void beende(String welche, UUID von, UUID nach, String stellen) {
        frage("""
                UPDATE freigabe f SET gueltig_bis = greatest(now(), f.gueltig_von + interval '1 microsecond') WHERE %s AND %s""".formatted(GELTEND, welche), von, nach, stellen).update();
    }

    private JdbcClient.StatementSpec frage(String sql, UUID von, UUID nach, String stellen) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("von", von)
                .param("nach", nach)
                .param("stellen", stellen);
    }
}
