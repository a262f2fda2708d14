package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What would be if: the change is made, measured by the same statements that decide afterwards, and taken back. So what a page foretells
 * cannot be another rule than the one that holds.
 */
@Component
class Wirkungen {

    /** As many are named; the others are counted. */
    static final int GENANNTE = 50;

    /** As many persons are looked at when a Freigabe changes: each may hold thousands of Schutzbereiche. */
    static final int GEMESSENE = 25;

    /** Somebody for whom one thing changes. @param vorher null: saw it not @param nachher null: sees it no longer */
    record Betroffener(
            String name, @Nullable Recht vorher, @Nullable Recht nachher) {}

    /** What changes at one thing. @param gleich for how many nothing changes */
    record Wirkung(List<Betroffener> gewinnen, List<Betroffener> verlieren, long gleich) {

        boolean keine() {
            return gewinnen.isEmpty() && verlieren.isEmpty();
        }
    }

    /** Somebody whom a Freigabe reaches. @param vorher Akten at this level below the target before @param nachher and after */
    record Erreichter(String name, long vorher, long nachher) {}

    /** What a Freigabe changes. @param alle whom it reaches, also beyond those named @param akten there are below the target */
    record Reichweite(List<Erreichter> genannte, long alle, long akten) {}

    private record Zahl(UUID personId, String name, long akten, long alle, long gesamt) {}

    private final JdbcClient datenbank;
    private final Zugriffe zugriffe;
    private final Schutzgueter gueter;
    private final TransactionTemplate verworfen;

    Wirkungen(JdbcClient datenbank, Zugriffe zugriffe, Schutzgueter gueter, PlatformTransactionManager transaktionen) {
        this.datenbank = datenbank;
        this.zugriffe = zugriffe;
        this.gueter = gueter;
        this.verworfen = new TransactionTemplate(transaktionen);
        this.verworfen.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Who would see this thing more or less. What the change refuses, it refuses here as well. */
    Wirkung an(Schutzgut gut, Runnable aenderung) {
        return Objects.requireNonNull(verworfen.execute(status -> {
            status.setRollbackOnly();
            var vorher = zugriffe.alle(gut);
            aenderung.run();
            return vergleich(vorher, zugriffe.alle(gueter.jetzt(gut)));
        }));
    }

    private static Wirkung vergleich(Map<UUID, Zugriffe.Sehender> vorher, Map<UUID, Zugriffe.Sehender> nachher) {
        var gewinnen = new ArrayList<Betroffener>();
        var verlieren = new ArrayList<Betroffener>();
        vorher.forEach((id, war) -> {
            var ist = nachher.get(id);
            if (ist == null || ist.recht() < war.recht()) {
                verlieren.add(new Betroffener(war.name(), recht(war), ist == null ? null : recht(ist)));
            }
        });
        nachher.forEach((id, ist) -> {
            var war = vorher.get(id);
            if (war == null || war.recht() < ist.recht()) {
                gewinnen.add(new Betroffener(ist.name(), war == null ? null : recht(war), recht(ist)));
            }
        });
        var alle = new HashSet<>(vorher.keySet());
        alle.addAll(nachher.keySet());
        return new Wirkung(gewinnen, verlieren, alle.size() - gewinnen.size() - verlieren.size());
    }

    private static Recht recht(Zugriffe.Sehender sehender) {
        return Recht.values()[sehender.recht()];
    }

    /** How many Akten below a target those whom a Freigabe is for see at its level, before and after. */
    Reichweite unter(Subjekt subjekt, UUID subjektId, Ziel ziel, UUID zielId, Recht recht, Runnable aenderung) {
        return Objects.requireNonNull(verworfen.execute(status -> {
            status.setRollbackOnly();
            var vorher = miss(subjekt, subjektId, ziel, zielId, recht);
            aenderung.run();
            var nachher = miss(subjekt, subjektId, ziel, zielId, recht);
            var genannte = new ArrayList<Erreichter>();
            for (int i = 0; i < Math.min(vorher.size(), nachher.size()); i++) {
                genannte.add(new Erreichter(vorher.get(i).name, vorher.get(i).akten, nachher.get(i).akten));
            }
            return new Reichweite(
                    genannte,
                    vorher.isEmpty() ? 0 : vorher.getFirst().alle,
                    vorher.isEmpty() ? 0 : vorher.getFirst().gesamt);
        }));
    }

    private List<Zahl> miss(Subjekt subjekt, UUID subjektId, Ziel ziel, UUID zielId, Recht recht) {
        return datenbank
                .sql("""
                WITH RECURSIVE
                besetzt AS MATERIALIZED (
                    SELECT b.person_id, s.id AS stelle_id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
                unter AS (
                    SELECT CAST(:subjekt AS uuid) AS id UNION SELECT e.id FROM einheit e JOIN unter u ON e.mandant_id = :m AND e.ueber_id = u.id),
                gemeint AS (
                    SELECT CAST(:subjekt AS uuid) AS person_id WHERE :art = 'person'
                    UNION SELECT person_id FROM besetzt WHERE :art = 'stelle' AND stelle_id = :subjekt
                    UNION SELECT person_id FROM besetzt WHERE :art = 'einheit' AND einheit_id IN (SELECT id FROM unter)
                    UNION SELECT b.person_id FROM rollenbesetzung b WHERE :art = 'rolle' AND b.mandant_id = :m AND b.rolle_id = :subjekt AND gilt(b.gueltig_von, b.gueltig_bis)),
                alle AS (
                    SELECT p.id AS person_id, trim(p.vorname || ' ' || p.nachname) AS name, p.ermaechtigung, p.nachname || ' ' || p.vorname AS folge
                      FROM gemeint g JOIN person p ON p.mandant_id = :m AND p.id = g.person_id AND p.art <> 'notfall' AND gilt(p.gueltig_von, p.gueltig_bis)),
                wer AS MATERIALIZED (SELECT * FROM alle ORDER BY folge, person_id LIMIT :hoechstens),
                aemter AS (
                    SELECT b.person_id, b.einheit_id AS id FROM besetzt b JOIN wer w ON w.person_id = b.person_id
                    UNION SELECT a.person_id, e.ueber_id FROM einheit e JOIN aemter a ON e.mandant_id = :m AND e.id = a.id WHERE e.ueber_id IS NOT NULL),
                subjekte AS (
                    SELECT person_id, person_id AS id FROM wer
                    UNION SELECT b.person_id, b.stelle_id FROM besetzt b JOIN wer w ON w.person_id = b.person_id
                    UNION SELECT person_id, id FROM aemter
                    UNION SELECT b.person_id, r.id FROM wer w JOIN rollenbesetzung b ON b.mandant_id = :m AND b.person_id = w.person_id AND gilt(b.gueltig_von, b.gueltig_bis)
                           JOIN rolle r ON r.mandant_id = :m AND r.id = b.rolle_id AND gilt(r.gueltig_von, r.gueltig_bis)),
                offen AS MATERIALIZED (
                    SELECT DISTINCT s.person_id, f.ziel_art, f.ziel_id FROM subjekte s JOIN freigabe f ON f.mandant_id = :m AND f.subjekt_id = s.id
                     WHERE f.recht >= :recht AND gilt(f.gueltig_von, f.gueltig_bis)),
                plan AS (SELECT CAST(:ziel AS uuid) AS id UNION SELECT k.id FROM planknoten k JOIN plan p ON k.mandant_id = :m AND k.ueber_id = p.id),
                amt AS (SELECT CAST(:ziel AS uuid) AS id UNION SELECT e.id FROM einheit e JOIN amt a ON e.mandant_id = :m AND e.ueber_id = a.id),
                gebiet AS MATERIALIZED (
                    SELECT s.id, s.plan_knoten, s.einheit_id, s.stufe, s.sonder_id, b.anzahl
                      FROM (SELECT schutzbereich_id, sum(anzahl) AS anzahl FROM aktenbestand WHERE mandant_id = :m GROUP BY 1 HAVING sum(anzahl) > 0) b
                      JOIN schutzbereich s ON s.mandant_id = :m AND s.id = b.schutzbereich_id
                     WHERE CASE :zielArt WHEN 'plan' THEN s.sonder_id IS NULL AND s.plan_knoten IN (SELECT id FROM plan)
                                         WHEN 'einheit' THEN s.sonder_id IS NULL AND s.einheit_id IN (SELECT id FROM amt)
                                         ELSE s.sonder_id = :ziel END),
                planweg AS (
                    SELECT DISTINCT plan_knoten AS von, plan_knoten AS oben FROM gebiet WHERE plan_knoten IS NOT NULL
                    UNION SELECT w.von, k.ueber_id FROM planweg w JOIN planknoten k ON k.mandant_id = :m AND k.id = w.oben WHERE k.ueber_id IS NOT NULL),
                amtweg AS (
                    SELECT DISTINCT einheit_id AS von, einheit_id AS oben FROM gebiet WHERE einheit_id IS NOT NULL
                    UNION SELECT w.von, e.ueber_id FROM amtweg w JOIN einheit e ON e.mandant_id = :m AND e.id = w.oben WHERE e.ueber_id IS NOT NULL),
                deckt AS (
                    SELECT g.id, o.person_id FROM gebiet g JOIN planweg w ON w.von = g.plan_knoten JOIN offen o ON o.ziel_art = 'plan' AND o.ziel_id = w.oben WHERE g.sonder_id IS NULL
                    UNION SELECT g.id, o.person_id FROM gebiet g JOIN amtweg w ON w.von = g.einheit_id JOIN offen o ON o.ziel_art = 'einheit' AND o.ziel_id = w.oben WHERE g.sonder_id IS NULL
                    UNION SELECT g.id, o.person_id FROM gebiet g JOIN offen o ON o.ziel_art = 'sonder' AND o.ziel_id = g.sonder_id)
                SELECT w.person_id, w.name, coalesce(sum(g.anzahl) FILTER (WHERE g.stufe <= w.ermaechtigung), 0) AS akten,
                       (SELECT count(*) FROM alle) AS alle, (SELECT coalesce(sum(anzahl), 0) FROM gebiet) AS gesamt
                  FROM wer w LEFT JOIN deckt d ON d.person_id = w.person_id LEFT JOIN gebiet g ON g.id = d.id
                 GROUP BY w.person_id, w.name, w.folge ORDER BY w.folge, w.person_id""")
                .param("m", mandant())
                .param("art", subjekt.name().toLowerCase(Locale.ROOT))
                .param("subjekt", subjektId)
                .param("zielArt", ziel.name().toLowerCase(Locale.ROOT))
                .param("ziel", zielId)
                .param("recht", recht.ordinal())
                .param("hoechstens", GEMESSENE)
                .query(Zahl.class)
                .list();
    }
}
