package de.federwerk.umbau;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static de.federwerk.umbau.Rechtelage.kette;

import de.federwerk.gesicht.Anzeige;
import de.federwerk.umbau.Rechtelage.Weg;
import de.federwerk.umbau.Rechtelage.Ziel;
import java.util.ArrayList;
import java.util.Collection;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who has which access, before and after: for everybody at once, and not by Dokument but by where they lie. Single Freigaben, exclusions and
 * the Ermächtigung do not change by an Umbau.
 *
 * <p>Whom a Freigabe means is asked of {@code Gemeinte}, by the statement that decides afterwards. What lies below its target is repeated here, a
 * few lines against the end of {@code Berechtigungen.bereiche}: the change is made and taken back (ADR 0019), but to let the database unfold
 * each person's targets to Schutzbereiche on both sides of it would be 4,500 × 50,000 rows twice, and the page is opened again for each step.
 * UmbauTest holds what is foretold here against the Sichten of everybody.
 */
@Component
class Zugriffsbild {

    private static final String[] RECHTE = {"Metadaten sehen", "lesen", "bearbeiten", "verwalten"};

    /** Somebody's access to something begins, rises, sinks or ends. */
    record Aenderung(UUID person, String name, boolean gewinnt, String was) {}

    private record Mensch(UUID id, String name) {}

    private record Wechsel(boolean gewinnt, String was) {}

    /** Single Akten that lie at one position and go the same way. */
    private record Einzelweg(UUID planKnoten, Weg weg) {}

    /** Single Akten for which the same changes. */
    private record Einzelwechsel(Weg weg, int war, int wird) {}

    private final JdbcClient datenbank;

    Zugriffsbild(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** By name; those who lose first. @param einzelne Akten that a split gives away singly */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Aenderung> vergleiche(Rechtelage vorher, Rechtelage nachher, Collection<Lauf.Einzelne> einzelne) {
        var gruppen = gruppen(vorher, nachher);
        var bewegte = gruppen.keySet().stream()
                .filter(g -> !kette(vorher.einheiten(), g.vorher()).equals(kette(nachher.einheiten(), g.nachher())))
                .toList();
        var einzelwege = einzelwege(vorher, nachher, einzelne);
        var leute = new HashSet<>(vorher.ziele().keySet());
        leute.addAll(nachher.ziele().keySet());
        var namen = new HashMap<UUID, String>();
        datenbank
                .sql("SELECT id, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = ?")
                .param(mandant())
                .query(Mensch.class)
                .list()
                .forEach(m -> namen.put(m.id, m.name));
        var aenderungen = new ArrayList<Aenderung>();
        for (var person : leute) {
            var alt = vorher.ziele().getOrDefault(person, Map.of());
            var neu = nachher.ziele().getOrDefault(person, Map.of());
            var wechsel = new ArrayList<Wechsel>();
            for (var gruppe : alt.equals(neu) ? bewegte : gruppen.keySet()) {
                einheit(vorher, nachher, gruppe, gruppen.getOrDefault(gruppe, Set.of()), alt, neu)
                        .ifPresent(wechsel::add);
            }
            wechsel.addAll(einzelne(vorher, nachher, einzelwege, alt, neu));
            wechsel.addAll(andere(nachher, alt, neu));
            var name = namen.getOrDefault(person, "");
            wechsel.forEach(w -> aenderungen.add(new Aenderung(person, name, w.gewinnt, w.was)));
        }
        aenderungen.sort(Comparator.comparing(Aenderung::gewinnt)
                .thenComparing(Aenderung::name)
                .thenComparing(Aenderung::was));
        return aenderungen;
    }

    /** Where Akten lie and lay, with their positions in the plan; and all units, also those that lead nothing yet. */
    private static Map<Weg, Set<UUID>> gruppen(Rechtelage vorher, Rechtelage nachher) {
        var gruppen = new LinkedHashMap<Weg, Set<UUID>>();
        for (var einheit : vorher.einheiten().values()) {
            if (einheit.gueltig() && nachher.einheiten().containsKey(einheit.id())) {
                gruppen.put(new Weg(einheit.id(), nachher.heute(einheit.id())), new HashSet<>());
            }
        }
        vorher.orte().values().forEach(o -> {
            var dann = nachher.orte().getOrDefault(o.id(), o);
            if (o.planKnoten() != null) {
                gruppen.computeIfAbsent(new Weg(o.einheitId(), dann.einheitId()), g -> new HashSet<>())
                        .add(o.planKnoten());
            }
        });
        return gruppen;
    }

    /** How many go which way. Whose inheritance is cut opens by its own Freigaben alone: for it nothing changes. */
    private static Map<Einzelweg, Integer> einzelwege(
            Rechtelage vorher, Rechtelage nachher, Collection<Lauf.Einzelne> einzelne) {
        var wege = new LinkedHashMap<Einzelweg, Integer>();
        for (var e : einzelne) {
            var ort = vorher.orte().get(e.ort());
            if (ort != null && ort.planKnoten() != null) {
                wege.merge(
                        new Einzelweg(ort.planKnoten(), new Weg(ort.einheitId(), nachher.heute(e.nach()))),
                        1,
                        Integer::sum);
            }
        }
        return wege;
    }

    private static int recht(Map<Ziel, Integer> ziele, String art, List<UUID> kette) {
        int recht = -1;
        for (var id : kette) {
            recht = Math.max(recht, ziele.getOrDefault(new Ziel(art, id), -1));
        }
        return recht;
    }

    private static Optional<Wechsel> einheit(
            Rechtelage vorher,
            Rechtelage nachher,
            Weg gruppe,
            Set<UUID> positionen,
            Map<Ziel, Integer> alt,
            Map<Ziel, Integer> neu) {
        int war = recht(alt, "einheit", kette(vorher.einheiten(), gruppe.vorher()));
        int wird = recht(neu, "einheit", kette(nachher.einheiten(), gruppe.nachher()));
        if (war == wird) {
            return Optional.empty();
        }
        // Whoever has the same by the Aktenplan neither gains nor loses.
        var durchPlan = war > wird ? neu : alt;
        int reicht = Math.max(war, wird);
        boolean gedeckt = !positionen.isEmpty()
                && durchPlan.keySet().stream().anyMatch(z -> z.art().equals("plan"))
                && positionen.stream().allMatch(p -> recht(durchPlan, "plan", kette(nachher.plan(), p)) >= reicht);
        if (gedeckt) {
            return Optional.empty();
        }
        return Optional.of(wechsel("Akten der Einheit " + wohin(vorher, nachher, gruppe), war, wird));
    }

    private static String wohin(Rechtelage vorher, Rechtelage nachher, Weg weg) {
        return vorher.anzeige(weg.vorher())
                + (weg.vorher().equals(weg.nachher()) ? "" : ", künftig " + nachher.anzeige(weg.nachher()));
    }

    /** Each Akte by its unit and by its position. */
    private static List<Wechsel> einzelne(
            Rechtelage vorher,
            Rechtelage nachher,
            Map<Einzelweg, Integer> wege,
            Map<Ziel, Integer> alt,
            Map<Ziel, Integer> neu) {
        var wechsel = new LinkedHashMap<Einzelwechsel, Integer>();
        wege.forEach((e, zahl) -> {
            var position = kette(nachher.plan(), e.planKnoten);
            int war = Math.max(
                    recht(alt, "plan", position), recht(alt, "einheit", kette(vorher.einheiten(), e.weg.vorher())));
            int wird = Math.max(
                    recht(neu, "plan", position), recht(neu, "einheit", kette(nachher.einheiten(), e.weg.nachher())));
            if (war != wird) {
                wechsel.merge(new Einzelwechsel(e.weg, war, wird), zahl, Integer::sum);
            }
        });
        return wechsel.entrySet().stream()
                .map(w -> wechsel(
                        Anzeige.anzahl(w.getValue(), "einzelne Akte", "einzelne Akten") + " der Einheit "
                                + wohin(vorher, nachher, w.getKey().weg),
                        w.getKey().war,
                        w.getKey().wird))
                .toList();
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
    private static List<Wechsel> andere(Rechtelage nachher, Map<Ziel, Integer> alt, Map<Ziel, Integer> neu) {
        var alle = new HashSet<>(alt.keySet());
        alle.addAll(neu.keySet());
        return alle.stream()
                .filter(z ->
                        !z.art().equals("einheit") && !Objects.equals(alt.getOrDefault(z, -1), neu.getOrDefault(z, -1)))
                .map(z -> wechsel(
                        z.art().equals("plan") && nachher.plan().containsKey(z.id())
                                ? "Akten unter "
                                        + Objects.requireNonNull(nachher.plan().get(z.id()))
                                                .anzeige()
                                : "Ein Sonderbereich",
                        alt.getOrDefault(z, -1),
                        neu.getOrDefault(z, -1)))
                .toList();
    }
}
