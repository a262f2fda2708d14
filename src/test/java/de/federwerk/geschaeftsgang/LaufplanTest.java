package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Every order in which things can happen at up to four stations; thousands of random ones at many. */
class LaufplanTest {

    private static final int RUNDEN = 2;

    /** All ways to put four stations into blocks, branches and places. */
    static List<List<int[]>> formen() {
        var formen = new ArrayList<List<int[]>>();
        ergaenze(formen, List.of(new int[] {1, 1, 1}));
        return formen;
    }

    private static void ergaenze(List<List<int[]>> formen, List<int[]> bisher) {
        formen.add(bisher);
        if (bisher.size() == 4) {
            return;
        }
        var letzter = bisher.getLast();
        for (var naechster :
                List.of(new int[] {letzter[0] + 1, 1, 1}, new int[] {letzter[0], letzter[1] + 1, 1}, new int[] {
                    letzter[0], letzter[1], letzter[2] + 1
                })) {
            var mehr = new ArrayList<>(bisher);
            mehr.add(naechster);
            ergaenze(formen, mehr);
        }
    }

    private static Laufplan plan(List<int[]> form) {
        return new Laufplan(form.stream()
                        .map(p -> new Ort(UUID.randomUUID(), p[0], p[1], p[2], Stand.WARTET, 1))
                        .toList())
                .beginne();
    }

    @Test
    void in_jeder_reihenfolge_kommt_jeder_laufweg_zu_seinem_ende() {
        var gesehen = new HashSet<Laufplan>();
        formen().forEach(form -> verfolge(plan(form), gesehen));
        assertThat(gesehen).hasSizeGreaterThan(500);
    }

    /** Everything that two people, or one after the other, can do from here: finish any open station, give back from any to any, leave out any. */
    private static void verfolge(Laufplan plan, Set<Laufplan> gesehen) {
        var offen = new ArrayList<Laufplan>(List.of(plan));
        while (!offen.isEmpty()) {
            var jetzt = offen.removeLast();
            if (!gesehen.add(jetzt)) {
                continue;
            }
            pruefe(jetzt);
            for (var ort : jetzt.orte()) {
                if (ort.stand() == Stand.OFFEN) {
                    var danach = jetzt.erledigt(ort.id());
                    assertThat(danach.ort(ort.id()).stand()).isEqualTo(Stand.ERLEDIGT);
                    // Not twice: whoever comes second in the same round is refused.
                    assertThatThrownBy(() -> danach.erledigt(ort.id())).isInstanceOf(IllegalStateException.class);
                    offen.add(danach);
                    for (var ziel : jetzt.orte()) {
                        if (ziel.stand() == Stand.ERLEDIGT && ziel.vor(ort) && ziel.runde() < RUNDEN) {
                            offen.add(zurueck(jetzt, ort, ziel));
                        }
                    }
                }
                if (!ort.stand().zuEnde()) {
                    offen.add(jetzt.uebersprungen(ort.id()));
                }
            }
        }
    }

    private static Laufplan zurueck(Laufplan jetzt, Ort von, Ort ziel) {
        var danach = jetzt.zurueck(von.id(), ziel.id());
        assertThat(danach.ort(ziel.id()).stand()).isEqualTo(Stand.OFFEN);
        assertThat(danach.ort(ziel.id()).runde()).isEqualTo(ziel.runde() + 1);
        for (var ort : danach.orte()) {
            var vorher = jetzt.ort(ort.id());
            // Nothing that was before the goal begins again, and nothing after it counts as done.
            if (vorher.vor(ziel)) {
                assertThat(ort).isEqualTo(vorher);
            }
            if (ziel.vor(vorher)) {
                assertThat(ort.stand()).isEqualTo(Stand.WARTET);
            }
        }
        return danach;
    }

    /** No dead end, no task too early, none lost. */
    private static void pruefe(Laufplan plan) {
        assertThat(plan.fertig()).isEqualTo(plan.offene().isEmpty());
        for (var ort : plan.orte()) {
            boolean davorFertig = plan.orte().stream()
                    .filter(o -> o.vor(ort))
                    .allMatch(o -> o.stand().zuEnde());
            if (!ort.stand().zuEnde()) {
                assertThat(ort.stand() == Stand.OFFEN)
                        .as("offen genau wenn davor alles fertig ist")
                        .isEqualTo(davorFertig);
            }
        }
    }

    @Test
    void lange_laufwege_mit_einfuegen_und_erneuern_bleiben_ganz() {
        var zufall = new Random(4);
        for (int i = 0; i < 60; i++) {
            var form = new ArrayList<int[]>(List.of(new int[] {1, 1, 1}));
            for (int s = 1; s < 40; s++) {
                var l = form.getLast();
                form.add(
                        switch (zufall.nextInt(3)) {
                            case 0 -> new int[] {l[0] + 1, 1, 1};
                            case 1 -> new int[] {l[0], l[1] + 1, 1};
                            default -> new int[] {l[0], l[1], l[2] + 1};
                        });
            }
            var plan = plan(form);
            for (int tat = 0; tat < 200 && !plan.fertig(); tat++) {
                plan = irgendetwas(plan, zufall);
                pruefe(plan);
                assertThat(plan.orte().stream().map(o -> List.of(o.block(), o.zweig(), o.platz())))
                        .doesNotHaveDuplicates();
            }
            while (!plan.fertig()) {
                plan = plan.erledigt(plan.offene().iterator().next());
            }
        }
    }

    private static Laufplan irgendetwas(Laufplan plan, Random zufall) {
        var offene = new ArrayList<>(plan.offene());
        var einer = offene.get(zufall.nextInt(offene.size()));
        return switch (zufall.nextInt(8)) {
            case 0 -> plan.eingefuegt(einer, UUID.randomUUID());
            case 1 -> plan.daneben(einer, UUID.randomUUID());
            case 2 -> plan.uebersprungen(einer);
            case 3 -> {
                var fruehere = plan.orte().stream()
                        .filter(o -> o.stand() == Stand.ERLEDIGT && o.vor(plan.ort(einer)))
                        .toList();
                yield fruehere.isEmpty()
                        ? plan
                        : plan.zurueck(
                                einer,
                                fruehere.get(zufall.nextInt(fruehere.size())).id());
            }
            case 4 -> {
                var getane = plan.orte().stream()
                        .filter(o -> o.stand() == Stand.ERLEDIGT)
                        .map(Ort::id)
                        .limit(2)
                        .collect(java.util.stream.Collectors.toSet());
                var erneuert = plan.erneuert(getane);
                getane.forEach(
                        id -> assertThat(erneuert.ort(id).stand().zuEnde()).isFalse());
                yield erneuert;
            }
            default -> plan.erledigt(einer);
        };
    }

    @Test
    void zurueckgeholt_ist_nichts_mehr_offen_und_was_getan_ist_bleibt_getan() {
        var plan = plan(formen().getLast());
        var erste = plan.offene().iterator().next();
        var beendet = plan.erledigt(erste).beendet();
        assertThat(beendet.offene()).isEmpty();
        assertThat(beendet.ort(erste).stand()).isEqualTo(Stand.ERLEDIGT);
        assertThat(beendet.fertig()).isTrue();
    }
}
