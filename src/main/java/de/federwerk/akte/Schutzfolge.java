package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.suche.Index;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How rights follow Schriftgut that is moved: position and unit become those of the new place; a Sonderbereich of its own goes along, an inherited
 * one stays behind; a Vertraulichkeitsstufe never falls by moving, for that is the act of another role.
 */
@Component
class Schutzfolge {

    /** A Schutzbereich as a coordinate (ADR 0006). */
    record Koordinate(
            int id,
            @Nullable UUID planKnoten,
            @Nullable UUID einheitId,
            int stufe,
            @Nullable UUID sonderId) {

        /** Whether more than position and unit guard what lies here. */
        boolean eng() {
            return stufe > 0 || sonderId != null;
        }

        Koordinate unter(@Nullable UUID neuerPlan, @Nullable UUID neueEinheit) {
            return new Koordinate(id, neuerPlan, neueEinheit, stufe, sonderId);
        }

        Koordinate mitStufe(int neue) {
            return new Koordinate(id, planKnoten, einheitId, neue, sonderId);
        }

        /** What it becomes by going from one place to another. */
        Koordinate von(Koordinate alterOrt, Koordinate neuerOrt) {
            var geerbt = java.util.Objects.equals(sonderId, alterOrt.sonderId);
            return new Koordinate(
                    id,
                    neuerOrt.planKnoten,
                    neuerOrt.einheitId,
                    Math.max(stufe, neuerOrt.stufe),
                    geerbt ? neuerOrt.sonderId : sonderId);
        }
    }

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Index index;

    Schutzfolge(JdbcClient datenbank, Berechtigungen berechtigungen, Index index) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.index = index;
    }

    Koordinate koordinate(int bereich) {
        return koordinaten(List.of(bereich)).getFirst();
    }

    private List<Koordinate> koordinaten(Collection<Integer> bereiche) {
        return datenbank
                .sql(
                        "SELECT id, plan_knoten, einheit_id, stufe, sonder_id FROM schutzbereich WHERE mandant_id = ? AND id IN (SELECT unnest(CAST(? AS int[])))")
                .params(mandant(), feld(bereiche))
                .query(Koordinate.class)
                .list();
    }

    /** The Schutzbereich of a coordinate. */
    int bereich(Koordinate k) {
        return berechtigungen.schutzbereich(k.planKnoten, k.einheitId, k.stufe, k.sonderId);
    }

    /**
     * Gives everything in a container another Schutzbereich, and hides it from the search until the index has it again: it stands in another
     * Vorgang or Akte now, by which single grants and exclusions count, even where its Schutzbereich stays.
     *
     * @param tabelle akte, vorgang or dokument; from code
     * @param spalte that names the container; from code
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void folge(String tabelle, String spalte, Collection<UUID> behaelter, UnaryOperator<Koordinate> wohin) {
        var neue = new HashMap<Integer, Integer>();
        for (var alt : koordinaten(bereiche(tabelle, spalte, behaelter))) {
            neue.put(alt.id, bereich(wohin.apply(alt)));
        }
        index.vormerkenUndSperren(tabelle, setze(tabelle, spalte, behaelter, neue));
    }

    private List<Integer> bereiche(String tabelle, String spalte, Collection<UUID> behaelter) {
        return datenbank
                .sql("SELECT DISTINCT schutzbereich_id FROM " + tabelle + " WHERE mandant_id = ? AND " + spalte
                        + " IN (SELECT unnest(CAST(? AS uuid[])))")
                .params(mandant(), feld(behaelter))
                .query(Integer.class)
                .list();
    }

    private List<UUID> setze(String tabelle, String spalte, Collection<UUID> behaelter, Map<Integer, Integer> neue) {
        return datenbank
                .sql(
                        "UPDATE " + tabelle
                                + " x SET schutzbereich_id = n.neu FROM unnest(CAST(:alt AS int[]), CAST(:neu AS int[])) AS n (alt, neu)"
                                + " WHERE x.mandant_id = :m AND x." + spalte
                                + " IN (SELECT unnest(CAST(:behaelter AS uuid[]))) AND x.schutzbereich_id = n.alt RETURNING x.id")
                .param("m", mandant())
                .param("behaelter", feld(behaelter))
                .param("alt", feld(neue.keySet()))
                .param("neu", feld(neue.values()))
                .query(UUID.class)
                .list();
    }

    static String feld(Collection<?> werte) {
        return werte.stream().map(Object::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
