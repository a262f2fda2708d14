package de.federwerk.aktenplan;

import de.federwerk.aktenplan.Aktenplan.Knoten;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The whole plan at one moment: what lies where, and what it inherits. Never changes; {@link #mit} makes another one. */
final class Planbild {

    /** Deeper than any plan: what is asked for beyond it lies in a circle. */
    static final int BODENLOS = 50;

    private static final UUID WURZEL = new UUID(0, 0);
    private static final Comparator<Position> FOLGE =
            Comparator.comparingInt(Position::rang).thenComparing(Position::kennzeichen);

    /** What comes down from above, and from which position. */
    private record Erbe(
            @Nullable Integer jahre,
            @Nullable String jahreVon,
            @Nullable String art,
            @Nullable String artVon,
            @Nullable String beginn,
            @Nullable String beginnVon) {

        static final Erbe NICHTS = new Erbe(null, null, null, null, null, null);

        Erbe unter(Position p) {
            return new Erbe(
                    p.aufbewahrung() != null ? p.aufbewahrung() : jahre,
                    p.aufbewahrung() != null ? p.kennzeichen() : jahreVon,
                    p.aussonderungsart() != null ? p.aussonderungsart() : art,
                    p.aussonderungsart() != null ? p.kennzeichen() : artVon,
                    p.fristbeginn() != null ? p.fristbeginn() : beginn,
                    p.fristbeginn() != null ? p.kennzeichen() : beginnVon);
        }
    }

    private final Map<UUID, Position> positionen = new LinkedHashMap<>();
    private final Map<String, Position> nachKennzeichen = new HashMap<>();
    private final Map<UUID, List<Position>> unter = new HashMap<>();

    Planbild(Collection<Position> alle) {
        for (var p : alle) {
            positionen.put(p.id(), p);
            nachKennzeichen.put(p.kennzeichen(), p);
            unter.computeIfAbsent(schluessel(p.ueberId()), id -> new ArrayList<>())
                    .add(p);
        }
        unter.values().forEach(kinder -> kinder.sort(FOLGE));
    }

    private static UUID schluessel(@Nullable UUID id) {
        return id == null ? WURZEL : id;
    }

    Planbild mit(List<Planaenderung> aenderungen) {
        var neue = new LinkedHashMap<>(positionen);
        aenderungen.forEach(a -> neue.put(a.nachher().id(), a.nachher()));
        return new Planbild(neue.values());
    }

    Collection<Position> alle() {
        return positionen.values();
    }

    @Nullable
    Position position(UUID id) {
        return positionen.get(id);
    }

    @Nullable
    Position mitKennzeichen(String kennzeichen) {
        return nachKennzeichen.get(kennzeichen);
    }

    /** Directly below, in their order, ended ones too. */
    List<Position> kinder(@Nullable UUID id) {
        return unter.getOrDefault(schluessel(id), List.of());
    }

    /** {@code unter 66.20} or {@code ganz oben}. */
    String ort(@Nullable UUID ueber) {
        var p = ueber == null ? null : positionen.get(ueber);
        return p == null ? "ganz oben" : "unter " + p.kennzeichen();
    }

    /** From 1; more than {@link #BODENLOS} if it lies in a circle. */
    int ebene(UUID id) {
        int ebene = 0;
        for (var p = positionen.get(id); p != null && ebene <= BODENLOS; ebene++) {
            p = p.ueberId() == null ? null : positionen.get(p.ueberId());
        }
        return ebene;
    }

    /** Whether it is that one or lies anywhere below it. */
    boolean istOderLiegtUnter(UUID id, UUID oben) {
        int weite = 0;
        for (var p = positionen.get(id); p != null && weite <= BODENLOS; weite++) {
            if (p.id().equals(oben)) {
                return true;
            }
            p = p.ueberId() == null ? null : positionen.get(p.ueberId());
        }
        return false;
    }

    /** This one and everything valid below it. */
    List<Position> mitUnteren(UUID id) {
        var gefunden = new ArrayList<Position>();
        sammle(positionen.get(id), gefunden, new HashSet<>());
        return gefunden;
    }

    private void sammle(@Nullable Position p, List<Position> gefunden, Set<UUID> gesehen) {
        if (p != null && p.gilt() && gesehen.add(p.id())) {
            gefunden.add(p);
            kinder(p.id()).forEach(k -> sammle(k, gefunden, gesehen));
        }
    }

    /** The way from the top to this position, itself last. */
    List<Position> weg(UUID id) {
        var weg = new LinkedHashSet<Position>();
        for (var p = positionen.get(id); p != null && weg.size() <= BODENLOS; ) {
            weg.addFirst(p);
            p = p.ueberId() == null ? null : positionen.get(p.ueberId());
        }
        return List.copyOf(weg);
    }

    /** What is valid, each after the one above it. */
    List<Knoten> knoten() {
        return knoten(false);
    }

    /** @param auchBeendete also what has ended, where it lay */
    List<Knoten> knoten(boolean auchBeendete) {
        var folge = new ArrayList<Knoten>(positionen.size());
        for (var p : kinder(null)) {
            steigeAb(p, 1, Erbe.NICHTS, auchBeendete, folge);
        }
        return folge;
    }

    private void steigeAb(Position p, int ebene, Erbe oben, boolean auchBeendete, List<Knoten> folge) {
        if (!p.gilt() && !auchBeendete || ebene > BODENLOS) {
            return;
        }
        var erbe = oben.unter(p);
        boolean blatt = true;
        int stelle = folge.size();
        for (var kind : kinder(p.id())) {
            blatt &= !kind.gilt();
            steigeAb(kind, ebene + 1, erbe, auchBeendete, folge);
        }
        folge.add(stelle, knoten(p, ebene, erbe, blatt));
    }

    private static Knoten knoten(Position p, int ebene, Erbe erbe, boolean blatt) {
        return new Knoten(
                p.id(),
                p.ueberId(),
                p.kennzeichen(),
                p.titel(),
                ebene,
                erbe.jahre,
                erbe.art,
                erbe.beginn == null ? Position.JAHRESENDE : erbe.beginn,
                p.aufbewahrung() == null ? erbe.jahreVon : null,
                p.aussonderungsart() == null ? erbe.artVon : null,
                p.fristbeginn() == null ? erbe.beginnVon : null,
                blatt,
                p.gilt());
    }

    /** One position with what it inherits; null if it is not here. */
    @Nullable
    Knoten knoten(UUID id) {
        var erbe = Erbe.NICHTS;
        var weg = weg(id);
        if (weg.isEmpty()) {
            return null;
        }
        for (var p : weg) {
            erbe = erbe.unter(p);
        }
        return knoten(weg.getLast(), weg.size(), erbe, kinder(id).stream().noneMatch(Position::gilt));
    }
}
