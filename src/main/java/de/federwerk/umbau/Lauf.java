package de.federwerk.umbau;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * One run through the steps of an Umbau, real or for the preview. In the preview everything that decides about rights is really changed and
 * rolled back; what is only many – Akten, Vorgänge, tasks – is counted: nobody may wait because somebody looks.
 */
final class Lauf {

    private static final int NAMEN = 50;

    final boolean probe;
    /** Who decided; in the preview, who looks. */
    final UUID wer;
    /** The same person, as the Protokoll names them. */
    final UUID pseudonym;

    private final List<Zuordnung> zeilen = new ArrayList<>();
    private final Map<UUID, Set<UUID>> zugeflossen = new HashMap<>();
    private final Set<UUID> nachziehen = new LinkedHashSet<>();
    private final Map<UUID, Einzelne> einzelne = new LinkedHashMap<>();
    private final List<Gang> gaenge = new ArrayList<>();

    /** A single Akte that goes. @param ort its Schutzbereich before the Umbau @param nach the unit */
    record Einzelne(int ort, UUID nach) {}

    /** Which Akten went from unit to unit in one go: all, those at positions, or single ones. */
    private record Gang(UUID von, UUID nach, boolean alles, Set<UUID> positionen, Set<UUID> akten) {

        boolean nimmt(UUID akte, UUID position) {
            return alles || positionen.contains(position) || akten.contains(akte);
        }
    }

    Lauf(UUID wer, UUID pseudonym, boolean probe) {
        this.wer = wer;
        this.pseudonym = pseudonym;
        this.probe = probe;
    }

    void merke(Schritt schritt, String was, Einheit von, Einheit nach, long anzahl, List<String> namen) {
        if (anzahl > 0) {
            zeilen.add(new Zuordnung(
                    schritt.nummer(),
                    was,
                    von.id(),
                    von.anzeige(),
                    nach.id(),
                    nach.anzeige(),
                    anzahl,
                    String.join(", ", namen.subList(0, Math.min(NAMEN, namen.size())))
                            + (namen.size() > NAMEN ? " …" : "")));
        }
    }

    /** Something that does not go from unit to unit: a name, a place in the tree. */
    void merke(Schritt schritt, String was, Einheit einheit, String von, String nach) {
        zeilen.add(new Zuordnung(schritt.nummer(), was, einheit.id(), von, einheit.id(), nach, 1, ""));
    }

    /** All that {@code von} led has gone over: a later step that names {@code nach} finds it there, also where it was only counted. */
    void allesGing(UUID von, UUID nach) {
        zugeflossen.computeIfAbsent(nach, n -> new LinkedHashSet<>()).addAll(herkunft(von));
        zugeflossen.remove(von);
        gaenge.add(new Gang(von, nach, true, Set.of(), Set.of()));
    }

    private Set<UUID> herkunft(UUID einheit) {
        var alle = new LinkedHashSet<>(Set.of(einheit));
        alle.addAll(zugeflossen.getOrDefault(einheit, Set.of()));
        return alle;
    }

    /** In whose rows to count for this unit, as an array literal. */
    String herkunftAlsFeld(UUID einheit) {
        return (probe ? herkunft(einheit) : Set.of(einheit))
                .stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** A part has gone over: the Akten at these positions, or these. */
    void gingen(UUID von, UUID nach, Set<UUID> positionen, Set<UUID> akten) {
        gaenge.add(new Gang(von, nach, false, positionen, akten));
    }

    /** Which unit leads an Akte by now. @param einheit as its row says: in the preview it still stands where it was */
    UUID wo(UUID akte, UUID position, UUID einheit) {
        var hier = einheit;
        if (probe) {
            for (var gang : gaenge) {
                if (gang.von.equals(hier) && gang.nimmt(akte, position)) {
                    hier = gang.nach;
                }
            }
        }
        return hier;
    }

    void gingEinzeln(UUID akte, int ort, UUID nach) {
        einzelne.merge(akte, new Einzelne(ort, nach), (erst, dann) -> new Einzelne(erst.ort, dann.nach));
    }

    Collection<Einzelne> einzelne() {
        return List.copyOf(einzelne.values());
    }

    /** What this unit leads carries another Kürzel in the index from now on. */
    void zieheNach(UUID einheit) {
        nachziehen.add(einheit);
    }

    Set<UUID> nachzuziehen() {
        return nachziehen;
    }

    List<Zuordnung> zeilen() {
        return List.copyOf(zeilen);
    }
}
