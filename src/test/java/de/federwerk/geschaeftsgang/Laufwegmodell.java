package de.federwerk.geschaeftsgang;

import de.federwerk.geschaeftsgang.Laufplan.Stand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Laufweg as the handbook tells it, in plain words of its own and without rows: who may do what at its stations, and what becomes of it.
 *
 * @param stand of the Laufweg, as in the database
 * @param versionen how many Versions the Dokument has; 0 if it is about the whole Vorgang
 */
record Laufwegmodell(Welt welt, List<Halt> halte, String stand, int versionen) {

    /** What becomes of an act. */
    enum Antwort {
        GETAN,
        NICHT_GEFUNDEN,
        KONFLIKT,
        RECHT,
        EINGABE
    }

    record Ausgang(Antwort antwort, Laufwegmodell danach) {}

    /**
     * Who there is.
     *
     * @param fuehrt began the Laufweg
     * @param team the unit both are in
     * @param vertritt for whom each stands in today
     * @param paar the two stations of the four-eyes pair; empty if there is none
     */
    record Welt(UUID fuehrt, List<UUID> leute, UUID team, Map<UUID, UUID> vertritt, boolean erneuern, Set<UUID> paar) {}

    /**
     * @param von who ended it, {@code fuer} whom
     * @param gesehen how many Versions there were when it was ended; while it is open: when it opened
     */
    record Halt(
            UUID id,
            int block,
            int zweig,
            int platz,
            Stationsart art,
            Empfaenger an,
            Stand stand,
            int runde,
            @Nullable Ergebnis ergebnis,
            @Nullable UUID von,
            @Nullable UUID fuer,
            @Nullable UUID genommen,
            int gesehen) {

        static Halt wartend(UUID id, int block, int zweig, int platz, Stationsart art, Empfaenger an) {
            return new Halt(id, block, zweig, platz, art, an, Stand.WARTET, 1, null, null, null, null, 0);
        }

        boolean vor(Halt o) {
            return block < o.block || block == o.block && zweig == o.zweig && platz < o.platz;
        }

        boolean offen() {
            return stand == Stand.OFFEN;
        }

        boolean gezeichnet() {
            return stand == Stand.ERLEDIGT && art.zeichnet();
        }

        Halt mit(Stand neuer) {
            return new Halt(id, block, zweig, platz, art, an, neuer, runde, ergebnis, von, fuer, genommen, gesehen);
        }

        Halt bei(Empfaenger neuer, @Nullable UUID nehmer, int versionen) {
            return new Halt(id, block, zweig, platz, art, neuer, stand, runde, ergebnis, von, fuer, nehmer, versionen);
        }

        Halt erledigt(Ergebnis wie, UUID wer, @Nullable UUID wessen, int versionen) {
            return new Halt(
                    id, block, zweig, platz, art, an, Stand.ERLEDIGT, runde, wie, wer, wessen, genommen, versionen);
        }

        /** As if it had not been begun yet. */
        Halt nochmal() {
            int wievielte = stand == Stand.WARTET ? runde : runde + 1;
            return new Halt(id, block, zweig, platz, art, an, Stand.WARTET, wievielte, null, null, null, null, 0);
        }
    }

    /** All that matters for what comes: not how often something was begun anew, nor who ended what is in no four-eyes pair. */
    Laufwegmodell wesentliches() {
        if (!laeuft()) {
            return new Laufwegmodell(welt, List.of(), stand, 0);
        }
        return mit(h -> {
            boolean paar = welt.paar.contains(h.id);
            return new Halt(
                    h.id,
                    h.block,
                    h.zweig,
                    h.platz,
                    h.art,
                    h.an,
                    h.stand,
                    1,
                    null,
                    paar ? h.von : null,
                    paar ? h.fuer : null,
                    h.offen() ? h.genommen : null,
                    h.art.zeichnet() ? h.gesehen : 0);
        });
    }

    boolean laeuft() {
        return stand.equals("laeuft");
    }

    Halt halt(UUID id) {
        return halte.stream().filter(h -> h.id.equals(id)).findFirst().orElseThrow();
    }

    List<Halt> offene() {
        return halte.stream().filter(Halt::offen).toList();
    }

    /** Whether it lies in an inbox of this person: the own, that of the unit, that of whoever is represented. */
    boolean hat(UUID wer, Halt h) {
        return wer.equals(h.an.id()) || welt.team.equals(h.an.id()) || h.an.id().equals(welt.vertritt.get(wer));
    }

    @Nullable
    UUID fuerWen(UUID wer, Halt h) {
        return wer.equals(h.an.id()) || welt.team.equals(h.an.id()) ? null : welt.vertritt.get(wer);
    }

    Ausgang erledige(UUID wer, UUID id, Ergebnis wie) {
        var h = halt(id);
        if (!hat(wer, h)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (h.stand == Stand.ERLEDIGT && wer.equals(h.von) && wie == h.ergebnis) {
            return getan(this);
        }
        if (!h.offen()) {
            return nein(Antwort.KONFLIKT);
        }
        var augen = augen(wer, fuerWen(wer, h));
        if (partner(h).stream().anyMatch(p -> p.stand == Stand.ERLEDIGT && !fremd(augen, augen(p.von, p.fuer)))) {
            return nein(Antwort.RECHT);
        }
        if (wie == Ergebnis.GEAENDERT && versionen > 0 && versionen == h.gesehen) {
            return nein(Antwort.EINGABE);
        }
        var danach = mit(o -> o.id.equals(id) ? o.erledigt(wie, wer, fuerWen(wer, o), versionen) : o);
        if (wie == Ergebnis.ABGELEHNT) {
            return getan(danach.beendet("abgelehnt"));
        }
        boolean alle = versionen == 0 && wie == Ergebnis.GEAENDERT;
        return getan((welt.erneuern && h.art.zeichnet()
                        ? danach.erneuert(o -> !o.id.equals(id) && (alle || o.gesehen < versionen))
                        : danach)
                .weiter());
    }

    Ausgang gibZurueck(UUID wer, UUID id, UUID zu) {
        var h = halt(id);
        var ziel = halt(zu);
        if (!hat(wer, h)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (!h.offen() || ziel.stand != Stand.ERLEDIGT || !ziel.vor(h)) {
            return nein(Antwort.KONFLIKT);
        }
        return getan(mit(o -> o.id.equals(zu) || ziel.vor(o) ? o.nochmal() : o).weiter());
    }

    Ausgang nimm(UUID wer, UUID id) {
        var h = halt(id);
        if (!hat(wer, h)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (!h.offen()) {
            return nein(Antwort.KONFLIKT);
        }
        if (!h.an.id().equals(welt.team) || wer.equals(h.genommen)) {
            return getan(this);
        }
        return h.genommen == null
                ? getan(mit(o -> o.id.equals(id) ? o.bei(o.an, wer, o.gesehen) : o))
                : nein(Antwort.KONFLIKT);
    }

    Ausgang legeZurueck(UUID wer, UUID id) {
        var h = halt(id);
        if (!hat(wer, h)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (!h.offen()) {
            return nein(Antwort.KONFLIKT);
        }
        return getan(wer.equals(h.genommen) ? mit(o -> o.id.equals(id) ? o.bei(o.an, null, o.gesehen) : o) : this);
    }

    Ausgang gibWeiter(UUID wer, UUID id, Empfaenger an) {
        var h = halt(id);
        if (!hat(wer, h) && !wer.equals(welt.fuehrt)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (!h.offen()) {
            return nein(Antwort.KONFLIKT);
        }
        for (var p : partner(h)) {
            var dort = p.stand == Stand.ERLEDIGT
                    ? List.of(augen(p.von, p.fuer))
                    : p.stand == Stand.UEBERSPRUNGEN ? List.<Set<UUID>>of() : zeichnende(p.an);
            if (!dort.isEmpty()
                    && zeichnende(an).stream().noneMatch(x -> dort.stream().anyMatch(y -> fremd(x, y)))) {
                return nein(Antwort.EINGABE);
            }
        }
        return getan(mit(o -> o.id.equals(id) ? o.bei(an, null, versionen) : o));
    }

    Ausgang ueberspringe(UUID wer, UUID id) {
        var h = halt(id);
        if (!wer.equals(welt.fuehrt)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (h.stand.zuEnde()) {
            return nein(Antwort.KONFLIKT);
        }
        var danach = mit(o -> o.id.equals(id) ? o.mit(Stand.UEBERSPRUNGEN) : o);
        return getan((welt.erneuern && h.art.zeichnet() && versionen > 0
                        ? danach.erneuert(o -> o.gesehen < versionen)
                        : danach)
                .weiter());
    }

    /** After that one, or beside it. */
    Ausgang fuegeEin(UUID wer, UUID nach, boolean daneben, UUID neu, Empfaenger an) {
        var h = halt(nach);
        if (!hat(wer, h) && !wer.equals(welt.fuehrt)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        if (h.stand.zuEnde() || !h.offen() && !wer.equals(welt.fuehrt)) {
            return nein(Antwort.KONFLIKT);
        }
        int zweig = daneben
                ? 1
                        + halte.stream()
                                .filter(o -> o.block == h.block)
                                .mapToInt(Halt::zweig)
                                .max()
                                .orElse(0)
                : h.zweig;
        var alle = new ArrayList<>(halte.stream()
                .map(o -> !daneben && h.vor(o) && o.block == h.block
                        ? new Halt(
                                o.id,
                                o.block,
                                o.zweig,
                                o.platz + 1,
                                o.art,
                                o.an,
                                o.stand,
                                o.runde,
                                o.ergebnis,
                                o.von,
                                o.fuer,
                                o.genommen,
                                o.gesehen)
                        : o)
                .toList());
        alle.add(Halt.wartend(neu, h.block, zweig, daneben ? 1 : h.platz + 1, Stationsart.KENNTNIS, an));
        return getan(new Laufwegmodell(welt, List.copyOf(alle), stand, versionen).weiter());
    }

    Ausgang holeZurueck(UUID wer) {
        if (!wer.equals(welt.fuehrt)) {
            return nein(Antwort.NICHT_GEFUNDEN);
        }
        return laeuft() ? getan(beendet("zurueckgeholt")) : nein(Antwort.KONFLIKT);
    }

    /** Whoever is about to sign files the change first; anybody else has those who signed asked again. */
    Ausgang neueVersion(UUID wer) {
        var neu = new Laufwegmodell(welt, halte, stand, versionen + 1);
        boolean zeichnetGerade = offene().stream().anyMatch(h -> h.art.zeichnet() && hat(wer, h));
        return getan(
                laeuft() && welt.erneuern && !zeichnetGerade
                        ? neu.erneuert(o -> true).weiter()
                        : neu);
    }

    private Laufwegmodell erneuert(Predicate<Halt> welche) {
        return mit(h -> h.gezeichnet() && welche.test(h) ? h.nochmal() : h);
    }

    private Laufwegmodell beendet(String wie) {
        return new Laufwegmodell(
                welt,
                halte.stream()
                        .map(h -> h.stand.zuEnde() ? h : h.mit(Stand.ENTFALLEN))
                        .toList(),
                wie,
                versionen);
    }

    /** Open is what has not ended and before which everything has. */
    Laufwegmodell weiter() {
        var danach = mit(h -> {
            if (h.stand.zuEnde()) {
                return h;
            }
            boolean dran = halte.stream().allMatch(o -> o.stand.zuEnde() || !o.vor(h));
            return dran == h.offen() ? h : dran ? h.mit(Stand.OFFEN).bei(h.an, null, versionen) : h.mit(Stand.WARTET);
        });
        return danach.halte.stream().allMatch(h -> h.stand.zuEnde())
                ? new Laufwegmodell(welt, danach.halte, "abgeschlossen", versionen)
                : danach;
    }

    private Laufwegmodell mit(UnaryOperator<Halt> wandel) {
        return new Laufwegmodell(welt, halte.stream().map(wandel).toList(), stand, versionen);
    }

    private List<Halt> partner(Halt h) {
        return welt.paar.contains(h.id)
                ? halte.stream()
                        .filter(o -> welt.paar.contains(o.id) && !o.id.equals(h.id))
                        .toList()
                : List.of();
    }

    /** Those who sign there today: whoever is represented leaves it to the deputy, in a unit everybody is for himself. */
    private List<Set<UUID>> zeichnende(Empfaenger an) {
        if (an.id().equals(welt.team)) {
            return welt.leute.stream().map(Set::of).toList();
        }
        return welt.leute.stream()
                .filter(p -> an.id().equals(welt.vertritt.get(p)))
                .findFirst()
                .map(p -> List.of(Set.of(p, an.id())))
                .orElse(List.of(Set.of(an.id())));
    }

    static Set<UUID> augen(@Nullable UUID von, @Nullable UUID fuer) {
        return Stream.of(von, fuer).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    static boolean fremd(Set<UUID> eine, Set<UUID> andere) {
        return eine.stream().noneMatch(andere::contains);
    }

    private Ausgang getan(Laufwegmodell danach) {
        return new Ausgang(Antwort.GETAN, danach);
    }

    private Ausgang nein(Antwort warum) {
        return new Ausgang(warum, this);
    }
}
