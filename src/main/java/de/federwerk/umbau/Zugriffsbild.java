package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has which access, before and after: resolved for everybody at once, as {@code Berechtigungen} does for one. Not by Dokument but by
 * where they lie, so that it does not grow with them. Single Freigaben, exclusions and the Ermächtigung do not change by an Umbau.
 */
@Component
class Zugriffsbild {

    private static final String[] RECHTE = {"Metadaten sehen", "lesen", "bearbeiten", "verwalten"};

    /** Somebody's access to something begins, rises, sinks or ends. */
    record Aenderung(UUID person, String name, boolean gewinnt, String was) {}

    /** What is granted on. */
    private record Ziel(String art, UUID id) {}

    /** A Schutzbereich without a cut: where Akten lie. */
    private record Ort(int id, UUID planKnoten, UUID einheitId) {}

    private record Knoten(
            UUID id,
            @Nullable UUID ueberId,
            String anzeige,
            @Nullable UUID nachfolgerId,
            boolean gueltig) {}

    private record Freigabe(UUID person, String art, UUID ziel, int recht) {}

    private record Mensch(UUID id, String name) {}

    /** @param ziele of each person, with the highest right on each */
    record Bild(
            Map<UUID, Map<Ziel, Integer>> ziele,
            Map<UUID, Knoten> einheiten,
            Map<UUID, Knoten> plan,
            Map<Integer, Ort> orte) {}

    /** Akten that lay with one unit and lie with another, or the same. @param positionen where in the plan */
    private record Gruppe(UUID vorher, UUID nachher) {}

    private final JdbcClient datenbank;

    Zugriffsbild(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    Bild lies() {
        var ziele = new HashMap<UUID, Map<Ziel, Integer>>();
        datenbank
                .sql("""
                WITH RECURSIVE leute AS (SELECT id FROM person WHERE mandant_id = :m AND gilt(gueltig_von, gueltig_bis)),
                sitze AS (
                    SELECT b.person_id, s.id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                      JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                     WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
                glieder AS (
                    SELECT person_id, einheit_id AS id FROM sitze
                    UNION SELECT g.person_id, e.ueber_id FROM glieder g JOIN einheit e ON e.mandant_id = :m AND e.id = g.id WHERE e.ueber_id IS NOT NULL),
                subjekte AS (
                    SELECT id AS person_id, id FROM leute
                    UNION SELECT person_id, id FROM sitze
                    UNION SELECT person_id, id FROM glieder
                    UNION SELECT b.person_id, r.id FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                           WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis))
                SELECT s.person_id AS person, f.ziel_art AS art, f.ziel_id AS ziel, max(f.recht) AS recht FROM subjekte s JOIN leute l ON l.id = s.person_id
                  JOIN freigabe f ON f.mandant_id = :m AND f.subjekt_id = s.id AND gilt(f.gueltig_von, f.gueltig_bis)
                 GROUP BY s.person_id, f.ziel_art, f.ziel_id""")
                .param("m", mandant())
                .query(Freigabe.class)
                .list()
                .forEach(f ->
                        ziele.computeIfAbsent(f.person, p -> new HashMap<>()).put(new Ziel(f.art, f.ziel), f.recht));
        return new Bild(
                ziele,
                knoten(
                        "SELECT id, ueber_id, kuerzel || ' ' || name AS anzeige, nachfolger_id, gueltig_bis IS NULL AS gueltig FROM einheit WHERE mandant_id = ?"),
                knoten(
                        "SELECT id, ueber_id, kennzeichen || ' ' || titel AS anzeige, CAST(NULL AS uuid) AS nachfolger_id, true AS gueltig FROM planknoten WHERE mandant_id = ?"),
                orte());
    }

    private Map<UUID, Knoten> knoten(String sql) {
        var alle = new HashMap<UUID, Knoten>();
        datenbank.sql(sql).param(mandant()).query(Knoten.class).list().forEach(k -> alle.put(k.id, k));
        return alle;
    }

    private Map<Integer, Ort> orte() {
        var alle = new HashMap<Integer, Ort>();
        datenbank
                .sql(
                        "SELECT id, plan_knoten, einheit_id FROM schutzbereich WHERE mandant_id = ? AND sonder_id IS NULL AND plan_knoten IS NOT NULL AND einheit_id IS NOT NULL")
                .param(mandant())
                .query(Ort.class)
                .list()
                .forEach(o -> alle.put(o.id, o));
        return alle;
    }

    /** By name; those who lose first. */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Aenderung> vergleiche(Bild vorher, Bild nachher) {
        var gruppen = gruppen(vorher, nachher);
        var bewegte = gruppen.keySet().stream()
                .filter(g -> !kette(vorher.einheiten, g.vorher).equals(kette(nachher.einheiten, g.nachher)))
                .toList();
        var leute = new HashSet<>(vorher.ziele.keySet());
        leute.addAll(nachher.ziele.keySet());
        var namen = new HashMap<UUID, String>();
        datenbank
                .sql("SELECT id, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ?")
                .param(mandant())
                .query(Mensch.class)
                .list()
                .forEach(m -> namen.put(m.id, m.name));
        var aenderungen = new ArrayList<Aenderung>();
        for (var person : leute) {
            var alt = vorher.ziele.getOrDefault(person, Map.of());
            var neu = nachher.ziele.getOrDefault(person, Map.of());
            var name = namen.getOrDefault(person, "");
            for (var gruppe : alt.equals(neu) ? bewegte : gruppen.keySet()) {
                einheit(vorher, nachher, gruppe, gruppen.getOrDefault(gruppe, Set.of()), alt, neu)
                        .ifPresent(a -> aenderungen.add(new Aenderung(person, name, a.gewinnt, a.was)));
            }
            andere(nachher, alt, neu).forEach(a -> aenderungen.add(new Aenderung(person, name, a.gewinnt, a.was)));
        }
        aenderungen.sort(Comparator.comparing(Aenderung::gewinnt)
                .thenComparing(Aenderung::name)
                .thenComparing(Aenderung::was));
        return aenderungen;
    }

    private record Wechsel(boolean gewinnt, String was) {}

    /** Where Akten lie and lay; and all units, also those that lead nothing yet. */
    private static Map<Gruppe, Set<UUID>> gruppen(Bild vorher, Bild nachher) {
        var gruppen = new LinkedHashMap<Gruppe, Set<UUID>>();
        for (var einheit : vorher.einheiten.values()) {
            var dann = nachher.einheiten.get(einheit.id);
            if (einheit.gueltig && dann != null) {
                gruppen.put(
                        new Gruppe(einheit.id, dann.gueltig || dann.nachfolgerId == null ? dann.id : dann.nachfolgerId),
                        new HashSet<>());
            }
        }
        vorher.orte.values().forEach(o -> {
            var dann = nachher.orte.getOrDefault(o.id, o);
            gruppen.computeIfAbsent(new Gruppe(o.einheitId, dann.einheitId), g -> new HashSet<>())
                    .add(o.planKnoten);
        });
        return gruppen;
    }

    /** The unit and those above it, the nearest first. */
    private static List<UUID> kette(Map<UUID, Knoten> baum, @Nullable UUID von) {
        var kette = new ArrayList<UUID>();
        var hier = von;
        while (hier != null && kette.size() < 50) {
            kette.add(hier);
            var knoten = baum.get(hier);
            hier = knoten == null ? null : knoten.ueberId;
        }
        return kette;
    }

    private static int recht(Map<Ziel, Integer> ziele, String art, List<UUID> kette) {
        int recht = -1;
        for (var id : kette) {
            recht = Math.max(recht, ziele.getOrDefault(new Ziel(art, id), -1));
        }
        return recht;
    }

    private static Optional<Wechsel> einheit(
            Bild vorher,
            Bild nachher,
            Gruppe gruppe,
            Set<UUID> positionen,
            Map<Ziel, Integer> alt,
            Map<Ziel, Integer> neu) {
        int war = recht(alt, "einheit", kette(vorher.einheiten, gruppe.vorher));
        int wird = recht(neu, "einheit", kette(nachher.einheiten, gruppe.nachher));
        if (war == wird) {
            return Optional.empty();
        }
        // Whoever has the same by the Aktenplan neither gains nor loses.
        var durchPlan = war > wird ? neu : alt;
        int reicht = Math.max(war, wird);
        boolean gedeckt = !positionen.isEmpty()
                && durchPlan.keySet().stream().anyMatch(z -> z.art.equals("plan"))
                && positionen.stream().allMatch(p -> recht(durchPlan, "plan", kette(nachher.plan, p)) >= reicht);
        if (gedeckt) {
            return Optional.empty();
        }
        var von = vorher.einheiten.get(gruppe.vorher);
        var was = "Akten der Einheit " + (von == null ? "" : von.anzeige);
        if (!gruppe.vorher.equals(gruppe.nachher)) {
            was += ", künftig " + Objects.requireNonNull(nachher.einheiten.get(gruppe.nachher)).anzeige;
        }
        return Optional.of(wechsel(was, war, wird));
    }

    private static Wechsel wechsel(String was, int war, int wird) {
        return new Wechsel(
                wird > war,
                was + ": "
                        + (wird < 0
                                ? "nicht mehr " + RECHTE[war]
                                : RECHTE[wird] + (war < 0 ? "" : " statt " + RECHTE[war])));
    }

    /** Positions and Sonderbereiche: there a Freigabe comes or goes with the unit it was given to. */
    private static List<Wechsel> andere(Bild nachher, Map<Ziel, Integer> alt, Map<Ziel, Integer> neu) {
        var alle = new HashSet<>(alt.keySet());
        alle.addAll(neu.keySet());
        return alle.stream()
                .filter(z ->
                        !z.art.equals("einheit") && !Objects.equals(alt.getOrDefault(z, -1), neu.getOrDefault(z, -1)))
                .map(z -> wechsel(
                        z.art.equals("plan") && nachher.plan.containsKey(z.id)
                                ? "Akten unter " + Objects.requireNonNull(nachher.plan.get(z.id)).anzeige
                                : "Ein Sonderbereich",
                        alt.getOrDefault(z, -1),
                        neu.getOrDefault(z, -1)))
                .toList();
    }
}
