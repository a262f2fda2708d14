package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.geschaeftsgang.Empfaengerkreis.Kandidat;
import de.federwerk.geschaeftsgang.Laufplan.Ort;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import de.federwerk.geschaeftsgang.Stationen.Station;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Fall;
import de.federwerk.geschaeftsgang.Zustaendigkeit.Laufweg;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two people, up to four stations in every shape, any two of them a four-eyes pair, the one perhaps the deputy of the other: every order of signing,
 * changing, giving back, passing on, leaving out and new Versions. The rules are those of the program ({@link Laufplan}, {@link Fall},
 * {@link Startpruefung}); only how often something was begun anew does not count, so that all of it is finite.
 */
class ZweiLeuteTest {

    private static final UUID A = new UUID(0, 'A');
    private static final UUID B = new UUID(0, 'B');
    private static final UUID TEAM = new UUID(0, 'T');
    private static final List<Empfaenger> EMPFAENGER =
            List.of(new Empfaenger("person", A), new Empfaenger("person", B), new Empfaenger("einheit", TEAM));

    /** Who signs, and for whom. */
    private record Hand(UUID wer, @Nullable UUID fuer) {}

    /** What a station of the pair remembers. {@code hand}: by whom it is done; null if it is not. */
    private record Auge(int an, @Nullable Hand hand) {}

    private enum Umfang {
        /** Only that; and whoever is absent and represented leaves it to the deputy. */
        ZEICHNEN,
        /** Also Rückgabe, passing on, new Versions. */
        LEUTE,
        /** Also leaving out, as whoever leads the Laufweg can. */
        ALLES
    }

    private record Zustand(int plan, Auge eines, Auge anderes) {

        Auge auge(boolean erstes) {
            return erstes ? eines : anderes;
        }
    }

    /** Shape, pair and who stands in: where one can get to from where. */
    private static final class Welt {
        final Plaene plaene;
        final int eine;
        final int andere;
        final boolean vertreten;
        final Map<Empfaenger, List<Kandidat>> kandidaten;
        /** Answers of the rules, by what they depend on. */
        final Map<List<Object>, Boolean> regeln = new HashMap<>();

        Welt(Plaene plaene, int eine, int andere, boolean vertreten) {
            this.plaene = plaene;
            this.eine = eine;
            this.andere = andere;
            this.vertreten = vertreten;
            this.kandidaten = kandidaten(vertreten);
        }
    }

    /** As {@link Empfaengerkreis} finds them: the absent and the deputy, in a unit everybody for himself. */
    private static Map<Empfaenger, List<Kandidat>> kandidaten(boolean vertreten) {
        var a = kandidat(A, null, vertreten);
        var b = kandidat(B, null, false);
        return Map.of(
                EMPFAENGER.get(0),
                vertreten ? List.of(a, kandidat(B, A, false)) : List.of(a),
                EMPFAENGER.get(1),
                List.of(b),
                EMPFAENGER.get(2),
                List.of(a, b));
    }

    private static Kandidat kandidat(UUID wer, @Nullable UUID fuer, boolean abwesend) {
        return new Kandidat("", TEAM, wer, wer.equals(A) ? "A" : "B", fuer, abwesend, 3, true);
    }

    /** All states of a Laufplan of one shape, and what each act makes of each. */
    private static final class Plaene {
        final List<Laufplan> alle = new ArrayList<>();
        final Map<Laufplan, Integer> nummern = new HashMap<>();
        final Map<List<Object>, Integer> danach = new HashMap<>();
        final int stationen;

        Plaene(List<int[]> form) {
            stationen = form.size();
            nummer(new Laufplan(IntStream.range(0, stationen)
                            .mapToObj(i ->
                                    new Ort(id(i), form.get(i)[0], form.get(i)[1], form.get(i)[2], Stand.WARTET, 1))
                            .toList())
                    .beginne());
        }

        int nummer(Laufplan plan) {
            var ohneRunden = new Laufplan(plan.orte().stream()
                    .map(o -> new Ort(o.id(), o.block(), o.zweig(), o.platz(), o.stand(), 1))
                    .toList());
            return nummern.computeIfAbsent(ohneRunden, p -> {
                alle.add(p);
                return alle.size() - 1;
            });
        }

        Stand stand(int plan, int station) {
            return alle.get(plan).orte().get(station).stand();
        }
    }

    private static UUID id(int station) {
        return new UUID(1, station);
    }

    @Test
    void keine_aufgabe_geht_verloren_niemand_zeichnet_zweimal_und_jeder_weg_hat_ein_ende() {
        int zustaende = 0;
        for (var form : LaufplanTest.formen()) {
            var plaene = new Plaene(form);
            for (int i = 0; i < form.size(); i++) {
                for (int j = 0; j < form.size(); j++) {
                    if (i != j) {
                        zustaende += pruefe(new Welt(plaene, i, j, false));
                        zustaende += pruefe(new Welt(plaene, i, j, true));
                    }
                }
            }
        }
        assertThat(zustaende).isGreaterThan(500_000);
    }

    private static int pruefe(Welt welt) {
        var woher = new HashMap<Zustand, List<Zustand>>();
        var alle = verfolge(
                welt, IntStream.range(0, 9).mapToObj(ZweiLeuteTest::anfang).toList(), Umfang.ALLES, woher);
        var zumEnde = zurueck(
                alle.stream().filter(z -> welt.plaene.alle.get(z.plan).fertig()).toList(), woher);
        var begonnene = new ArrayList<Zustand>();
        for (int an = 0; an < 9; an++) {
            var anfang = anfang(an);
            boolean beginnt = Startpruefung.vierAugen(entwurf(welt, anfang), welt.kandidaten)
                    .isEmpty();
            // What is not let begin would hang as long as people only sign; nothing else is kept back.
            assertThat(verfolge(welt, List.of(anfang), Umfang.ZEICHNEN, new HashMap<>()).stream()
                            .anyMatch(z -> welt.plaene.alle.get(z.plan).fertig()))
                    .as("%s", anfang)
                    .isEqualTo(beginnt);
            if (beginnt) {
                begonnene.add(anfang);
            }
        }
        // Whatever people do, from there they can come to the end, without anybody leaving out a station.
        assertThat(verfolge(welt, begonnene, Umfang.LEUTE, new HashMap<>()).stream()
                        .filter(z -> !zumEnde.contains(z))
                        .findFirst())
                .isEmpty();
        return alle.size();
    }

    private static Zustand anfang(int an) {
        return new Zustand(0, new Auge(an / 3, null), new Auge(an % 3, null));
    }

    private static List<Laufwegentwurf.Station> entwurf(Welt welt, Zustand z) {
        return welt.plaene.alle.getFirst().orte().stream()
                .map(o -> {
                    int nr = (int) o.id().getLeastSignificantBits();
                    return new Laufwegentwurf.Station(
                            o.id(),
                            o.block(),
                            o.zweig(),
                            o.platz(),
                            Stationsart.MITZEICHNUNG,
                            EMPFAENGER.get(an(welt, z, nr)),
                            "",
                            null,
                            null,
                            false,
                            nr == welt.eine ? id(welt.andere) : null,
                            null,
                            null);
                })
                .toList();
    }

    /** Stations outside of the pair go to the unit: there everybody can do everything. */
    private static int an(Welt welt, Zustand z, int station) {
        return station == welt.eine ? z.eines.an : station == welt.andere ? z.anderes.an : 2;
    }

    private static Set<Zustand> verfolge(
            Welt welt, List<Zustand> anfaenge, Umfang umfang, Map<Zustand, List<Zustand>> woher) {
        var gesehen = new HashSet<Zustand>();
        var offen = new ArrayDeque<>(anfaenge);
        while (!offen.isEmpty()) {
            var jetzt = offen.pop();
            if (!gesehen.add(jetzt)) {
                continue;
            }
            pruefe(welt, jetzt);
            taten(welt, jetzt, umfang, (danach, zumEnde) -> {
                if (zumEnde) {
                    woher.computeIfAbsent(danach, k -> new ArrayList<>()).add(jetzt);
                }
                offen.push(danach);
            });
        }
        return gesehen;
    }

    private static void pruefe(Welt welt, Zustand z) {
        var plan = welt.plaene.alle.get(z.plan);
        assertThat(plan.fertig()).isEqualTo(plan.offene().isEmpty());
        if (z.eines.hand != null && z.anderes.hand != null) {
            assertThat(Laufwegmodell.fremd(
                            Laufwegmodell.augen(z.eines.hand.wer, z.eines.hand.fuer),
                            Laufwegmodell.augen(z.anderes.hand.wer, z.anderes.hand.fuer)))
                    .as("zwei verschiedene in %s", z)
                    .isTrue();
        }
    }

    /**
     * Everything that can happen next.
     *
     * @param dann with whether the people of the stations can do it themselves
     */
    private static void taten(Welt welt, Zustand z, Umfang umfang, BiConsumer<Zustand, Boolean> dann) {
        boolean alles = umfang != Umfang.ZEICHNEN;
        for (int s = 0; s < welt.plaene.stationen; s++) {
            if (welt.plaene.stand(z.plan, s).zuEnde()) {
                continue;
            }
            if (umfang == Umfang.ALLES) {
                dann.accept(mit(welt, z, plan(welt, z, "überspringen", s, 0), s, null), false);
            }
            if (welt.plaene.stand(z.plan, s) != Stand.OFFEN) {
                continue;
            }
            for (var hand : haende(welt, an(welt, z, s), alles)) {
                if (darf(welt, z, s, hand)) {
                    dann.accept(mit(welt, z, plan(welt, z, "zeichnen", s, 0), s, hand), true);
                    if (alles) {
                        dann.accept(mit(welt, z, plan(welt, z, "ändern", s, 0), s, hand), true);
                    }
                }
            }
            if (!alles) {
                continue;
            }
            for (int ziel = 0; ziel < welt.plaene.stationen; ziel++) {
                var orte = welt.plaene.alle.get(z.plan).orte();
                if (orte.get(ziel).stand() == Stand.ERLEDIGT && orte.get(ziel).vor(orte.get(s))) {
                    dann.accept(mit(welt, z, plan(welt, z, "zurück", s, ziel), s, null), true);
                }
            }
            for (int an = 0; an < 3 && (s == welt.eine || s == welt.andere); an++) {
                if (gehtAn(welt, z, s, an)) {
                    dann.accept(
                            s == welt.eine
                                    ? new Zustand(z.plan, new Auge(an, null), z.anderes)
                                    : new Zustand(z.plan, z.eines, new Auge(an, null)),
                            true);
                }
            }
        }
        if (alles && !welt.plaene.alle.get(z.plan).fertig()) {
            dann.accept(mit(welt, z, plan(welt, z, "Version", 0, 0), 0, null), false);
        }
    }

    /** Whose task it is. @param auchAbwesende whoever is absent and represented may sign as well, but need not */
    private static List<Hand> haende(Welt welt, int an, boolean auchAbwesende) {
        return switch (an) {
            case 0 ->
                !welt.vertreten
                        ? List.of(new Hand(A, null))
                        : auchAbwesende ? List.of(new Hand(A, null), new Hand(B, A)) : List.of(new Hand(B, A));
            case 1 -> List.of(new Hand(B, null));
            default -> List.of(new Hand(A, null), new Hand(B, null));
        };
    }

    private static boolean darf(Welt welt, Zustand z, int s, Hand hand) {
        if (s != welt.eine && s != welt.andere) {
            return true;
        }
        var dort = z.auge(s != welt.eine);
        return welt.regeln.computeIfAbsent(
                List.of("darf", s, dort, hand),
                k -> fall(welt, z, s, hand.fuer).schonGezeichnet(hand.wer).isEmpty());
    }

    private static boolean gehtAn(Welt welt, Zustand z, int s, int an) {
        var andere = s == welt.eine ? welt.andere : welt.eine;
        var dort = z.auge(s != welt.eine);
        return welt.regeln.computeIfAbsent(
                List.of("an", s, an, dort, welt.plaene.stand(z.plan, andere)),
                k -> !Startpruefung.bliebeNurEiner(
                        EMPFAENGER.get(an), Stationsart.MITZEICHNUNG, station(welt, z, andere), welt.kandidaten));
    }

    private static Fall fall(Welt welt, Zustand z, int s, @Nullable UUID fuer) {
        return new Fall(
                new Laufweg(TEAM, TEAM, TEAM, 1, null, "", true, "laeuft", A, null),
                IntStream.range(0, welt.plaene.stationen)
                        .mapToObj(i -> station(welt, z, i))
                        .toList(),
                station(welt, z, s),
                fuer,
                null);
    }

    private static Station station(Welt welt, Zustand z, int s) {
        var ort = welt.plaene.alle.get(z.plan).orte().get(s);
        var hand = s == welt.eine ? z.eines.hand : s == welt.andere ? z.anderes.hand : null;
        var an = EMPFAENGER.get(an(welt, z, s));
        return new Station(
                id(s),
                TEAM,
                TEAM,
                ort.block(),
                ort.zweig(),
                ort.platz(),
                "mitzeichnung",
                an.art(),
                an.id(),
                false,
                null,
                null,
                s == welt.eine ? id(welt.andere) : null,
                null,
                null,
                ort.stand().kennung(),
                1,
                null,
                null,
                hand == null ? null : hand.wer,
                hand == null ? null : hand.fuer);
    }

    private static int plan(Welt welt, Zustand z, String tat, int s, int ziel) {
        var plaene = welt.plaene;
        return plaene.danach.computeIfAbsent(List.of(z.plan, tat, s, ziel), k -> {
            var plan = plaene.alle.get(z.plan);
            var andere = new HashSet<UUID>();
            plan.orte().forEach(o -> andere.add(o.id()));
            andere.remove(id(s));
            return plaene.nummer(
                    switch (tat) {
                        case "zeichnen" -> plan.erledigt(id(s));
                        case "ändern" -> plan.erledigt(id(s)).erneuert(andere);
                        case "zurück" -> plan.zurueck(id(s), id(ziel));
                        case "überspringen" -> plan.uebersprungen(id(s));
                        default -> {
                            andere.add(id(s));
                            yield plan.erneuert(andere);
                        }
                    });
        });
    }

    /** After an act at a station; who signed what begins anew is forgotten. */
    private static Zustand mit(Welt welt, Zustand z, int plan, int s, @Nullable Hand hand) {
        return new Zustand(
                plan,
                auge(welt, plan, welt.eine, s == welt.eine && hand != null ? new Auge(z.eines.an, hand) : z.eines),
                auge(
                        welt,
                        plan,
                        welt.andere,
                        s == welt.andere && hand != null ? new Auge(z.anderes.an, hand) : z.anderes));
    }

    private static Auge auge(Welt welt, int plan, int station, Auge auge) {
        return welt.plaene.stand(plan, station) == Stand.ERLEDIGT ? auge : new Auge(auge.an, null);
    }

    private static Set<Zustand> zurueck(List<Zustand> ziele, Map<Zustand, List<Zustand>> woher) {
        var alle = new HashSet<Zustand>();
        var offen = new ArrayDeque<>(ziele);
        while (!offen.isEmpty()) {
            var hier = offen.pop();
            if (alle.add(hier)) {
                offen.addAll(woher.getOrDefault(hier, List.of()));
            }
        }
        return alle;
    }
}
