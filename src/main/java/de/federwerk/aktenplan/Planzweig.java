package de.federwerk.aktenplan;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of the tree in the editor. @param akten at and below it @param kinder what stands below it, only where it is opened */
record Planzweig(Knoten knoten, boolean offen, boolean gewaehlt, long akten, List<Planzweig> kinder) {

    private static final UUID OBEN = new UUID(0, 0);

    /** The top level, and below it only what lies on the way to the selected position. */
    static List<Planzweig> zweige(Planbild bild, @Nullable UUID gewaehlt, Map<UUID, Long> akten) {
        var baum = bild.knoten(true);
        var summe = new HashMap<>(akten);
        var kinder = new HashMap<UUID, ArrayList<Knoten>>();
        for (int i = baum.size() - 1; i >= 0; i--) {
            var k = baum.get(i);
            kinder.computeIfAbsent(k.ueberId() == null ? OBEN : k.ueberId(), id -> new ArrayList<>())
                    .addFirst(k);
            if (k.ueberId() != null) {
                summe.merge(k.ueberId(), summe.getOrDefault(k.id(), 0L), Long::sum);
            }
        }
        Set<UUID> weg = new HashSet<>();
        if (gewaehlt != null) {
            bild.weg(gewaehlt).forEach(p -> weg.add(p.id()));
        }
        return zweige(OBEN, kinder, gewaehlt, weg, summe);
    }

    private static List<Planzweig> zweige(
            UUID oben,
            Map<UUID, ArrayList<Knoten>> kinder,
            @Nullable UUID gewaehlt,
            Set<UUID> weg,
            Map<UUID, Long> summe) {
        return kinder.getOrDefault(oben, new ArrayList<>()).stream()
                .map(k -> {
                    boolean offen = weg.contains(k.id()) && kinder.containsKey(k.id());
                    return new Planzweig(
                            k,
                            offen,
                            k.id().equals(gewaehlt),
                            summe.getOrDefault(k.id(), 0L),
                            offen ? zweige(k.id(), kinder, gewaehlt, weg, summe) : List.of());
                })
                .toList();
    }
}
