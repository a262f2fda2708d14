package de.federwerk.umbau;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who stands where and what is granted, at one moment: before an Umbau, and after it.
 *
 * @param ziele of each person, with the highest right on each target
 * @param orte where Akten and Eingänge lie, by the id of the Schutzbereich; without those whose inheritance is cut
 * @param stellen in which unit, also those that nobody holds
 * @param freigaben to a unit or on one, that hold or will
 */
record Rechtelage(
        Map<UUID, Map<Ziel, Integer>> ziele,
        Map<UUID, Knoten> einheiten,
        Map<UUID, Knoten> plan,
        Map<Integer, Ort> orte,
        Map<UUID, UUID> stellen,
        List<Freigabe> freigaben) {

    /** What is granted on. */
    record Ziel(String art, UUID id) {}

    /** @param planKnoten null where Eingänge lie */
    record Ort(int id, @Nullable UUID planKnoten, UUID einheitId) {}

    record Knoten(
            UUID id,
            @Nullable UUID ueberId,
            String anzeige,
            @Nullable UUID nachfolgerId,
            boolean gueltig) {}

    record Freigabe(
            UUID id,
            String subjektArt,
            UUID subjektId,
            String zielArt,
            UUID zielId,
            int recht,
            Instant gueltigVon,
            @Nullable Instant gueltigBis) {

        boolean anEinheit() {
            return subjektArt.equals("einheit");
        }

        boolean aufEinheit() {
            return zielArt.equals("einheit");
        }
    }

    /** From which unit to which: somebody's Stelle, or Akten. One may be the other. */
    record Weg(UUID vorher, UUID nachher) {}

    /** The node and those above it, the nearest first. */
    static List<UUID> kette(Map<UUID, Knoten> baum, @Nullable UUID von) {
        var kette = new ArrayList<UUID>();
        var hier = von;
        while (hier != null && kette.size() < 50) {
            kette.add(hier);
            var knoten = baum.get(hier);
            hier = knoten == null ? null : knoten.ueberId;
        }
        return kette;
    }

    /** The unit itself, or the one that has taken over what it led. */
    UUID heute(UUID einheit) {
        var knoten = einheiten.get(einheit);
        return knoten == null || knoten.gueltig || knoten.nachfolgerId == null ? einheit : knoten.nachfolgerId;
    }

    String anzeige(UUID einheit) {
        var knoten = einheiten.get(einheit);
        return knoten == null ? "" : knoten.anzeige;
    }
}
