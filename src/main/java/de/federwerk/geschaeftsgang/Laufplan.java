package de.federwerk.geschaeftsgang;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Where the stations of a Laufweg stand, and what each act makes of them. Knows nothing of people and rows, so that every order in which
 * things can happen is tried in a test.
 *
 * <p>Blocks follow one another; in a block, branches run side by side; in a branch, stations follow one another. A station is open as soon as
 * everything before it has ended: so long as one is not ended, one is open.
 */
record Laufplan(List<Ort> orte) {

    enum Stand {
        WARTET,
        OFFEN,
        ERLEDIGT,
        UEBERSPRUNGEN,
        ENTFALLEN;

        boolean zuEnde() {
            return this != WARTET && this != OFFEN;
        }

        String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Stand von(String kennung) {
            return valueOf(kennung.toUpperCase(Locale.ROOT));
        }
    }

    /** @param runde how often it was begun, from 1 */
    record Ort(UUID id, int block, int zweig, int platz, Stand stand, int runde) {

        /** Whether everything here ended before that one could begin. */
        boolean vor(Ort anderer) {
            return block < anderer.block || block == anderer.block && zweig == anderer.zweig && platz < anderer.platz;
        }

        private Ort mit(Stand neuer) {
            return new Ort(id, block, zweig, platz, neuer, runde);
        }

        private Ort nochmal() {
            return new Ort(id, block, zweig, platz, Stand.WARTET, stand == Stand.WARTET ? runde : runde + 1);
        }
    }

    /** Nothing has begun: opens the first. */
    Laufplan beginne() {
        return weiter();
    }

    /** @throws IllegalStateException if it is not open */
    Laufplan erledigt(UUID id) {
        return abgehakt(id).weiter();
    }

    /** This one is done, and nothing has followed from it yet. @throws IllegalStateException if it is not open */
    Laufplan abgehakt(UUID id) {
        verlange(id, ort -> ort.stand == Stand.OFFEN);
        return mit(ort -> ort.id.equals(id) ? ort.mit(Stand.ERLEDIGT) : ort);
    }

    /** @throws IllegalStateException if it has ended */
    Laufplan uebersprungen(UUID id) {
        verlange(id, ort -> !ort.stand.zuEnde());
        return mit(ort -> ort.id.equals(id) ? ort.mit(Stand.UEBERSPRUNGEN) : ort)
                .weiter();
    }

    /**
     * From an open station back to one that was done before it. That one and everything that came after it begin again; what runs beside it is
     * left alone.
     *
     * @throws IllegalStateException if there is no way back from here to there
     */
    Laufplan zurueck(UUID von, UUID zu) {
        var start = verlange(von, ort -> ort.stand == Stand.OFFEN);
        var ziel = verlange(zu, ort -> ort.stand == Stand.ERLEDIGT && ort.vor(start));
        return mit(ort -> ort.id.equals(zu) || ziel.vor(ort) ? ort.nochmal() : ort)
                .weiter();
    }

    /** These begin again, because what they were about has changed; nothing else that has ended does. */
    Laufplan erneuert(Set<UUID> ids) {
        return mit(ort -> ids.contains(ort.id) && ort.stand == Stand.ERLEDIGT ? ort.nochmal() : ort)
                .weiter();
    }

    /** Nothing more is going to happen. */
    Laufplan beendet() {
        return mit(ort -> ort.stand.zuEnde() ? ort : ort.mit(Stand.ENTFALLEN));
    }

    /** A new station right after another one in its branch; what stood there moves up. */
    Laufplan eingefuegt(UUID nach, UUID neu) {
        var davor = verlange(nach, ort -> true);
        return mitNeuer(
                ort -> ort.block == davor.block && ort.zweig == davor.zweig && ort.platz > davor.platz
                        ? new Ort(ort.id, ort.block, ort.zweig, ort.platz + 1, ort.stand, ort.runde)
                        : ort,
                new Ort(neu, davor.block, davor.zweig, davor.platz + 1, Stand.WARTET, 1));
    }

    /** A new station beside another one, in a branch of its own. */
    Laufplan daneben(UUID neben, UUID neu) {
        var dort = verlange(neben, ort -> true);
        int zweig = orte.stream()
                .filter(ort -> ort.block == dort.block)
                .mapToInt(Ort::zweig)
                .max()
                .orElse(0);
        return mitNeuer(ort -> ort, new Ort(neu, dort.block, zweig + 1, 1, Stand.WARTET, 1));
    }

    private Laufplan mitNeuer(UnaryOperator<Ort> alte, Ort neuer) {
        var alle = new java.util.ArrayList<>(orte.stream().map(alte).toList());
        alle.add(neuer);
        return new Laufplan(List.copyOf(alle)).weiter();
    }

    boolean fertig() {
        return orte.stream().allMatch(ort -> ort.stand.zuEnde());
    }

    Ort ort(UUID id) {
        return verlange(id, ort -> true);
    }

    Set<UUID> offene() {
        return orte.stream()
                .filter(ort -> ort.stand == Stand.OFFEN)
                .map(Ort::id)
                .collect(Collectors.toSet());
    }

    /** What differs from an earlier state, by id; new ones, too. */
    Map<UUID, Ort> anders(Laufplan vorher) {
        var alt = vorher.orte.stream().collect(Collectors.toMap(Ort::id, ort -> ort));
        var neu = new HashMap<UUID, Ort>();
        orte.stream().filter(ort -> !ort.equals(alt.get(ort.id))).forEach(ort -> neu.put(ort.id, ort));
        return neu;
    }

    private Laufplan weiter() {
        int block = orte.stream()
                .filter(ort -> !ort.stand.zuEnde())
                .mapToInt(Ort::block)
                .min()
                .orElse(-1);
        return mit(ort -> {
            if (ort.stand.zuEnde()) {
                return ort;
            }
            boolean dran = ort.block == block
                    && orte.stream().noneMatch(o -> o.block == block && o.vor(ort) && !o.stand.zuEnde());
            return ort.mit(dran ? Stand.OFFEN : Stand.WARTET);
        });
    }

    private Laufplan mit(UnaryOperator<Ort> wandel) {
        return new Laufplan(orte.stream().map(wandel).toList());
    }

    private Ort verlange(UUID id, Predicate<Ort> bedingung) {
        return orte.stream()
                .filter(ort -> ort.id.equals(id) && bedingung.test(ort))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("So steht die Station nicht: " + id));
    }
}
