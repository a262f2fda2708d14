package de.federwerk.rechteprobe;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Dokumentlisten;
import de.federwerk.akte.Vorgangslisten;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.geschaeftsgang.Aufgaben;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgaben.Reihenfolge;
import de.federwerk.posteingang.Posteingangsbuch;
import de.federwerk.rechteprobe.Rechtemodell.Ding;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Suche;
import de.federwerk.suche.Treffer;
import de.federwerk.zugriff.Erklaerungsprobe;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the program shows to the people of a {@link Rechtewelt} against what the model says, within one transaction and at its moment. */
final class Rechtevergleich {

    private static final int ALLE = 100;
    /** Of the Akten and Vorgänge, whose own lists are read. */
    private static final int EINIGE = 4;

    private final JdbcClient jdbc;
    private final Berechtigungen berechtigungen;
    private final Akten akten;
    private final Vorgangslisten vorgangslisten;
    private final Dokumentlisten dokumentlisten;
    private final Posteingangsbuch buch;
    private final Aufgaben aufgaben;
    private final Suche suche;
    private final Erklaerungsprobe erklaerung;
    private final Befunde befunde;

    Rechtevergleich(ApplicationContext haus, Befunde befunde) {
        this.jdbc = haus.getBean(JdbcClient.class);
        this.berechtigungen = haus.getBean(Berechtigungen.class);
        this.akten = haus.getBean(Akten.class);
        this.vorgangslisten = haus.getBean(Vorgangslisten.class);
        this.dokumentlisten = haus.getBean(Dokumentlisten.class);
        this.buch = haus.getBean(Posteingangsbuch.class);
        this.aufgaben = haus.getBean(Aufgaben.class);
        this.suche = haus.getBean(Suche.class);
        this.erklaerung = new Erklaerungsprobe(haus);
        this.befunde = befunde;
    }

    /** Everybody, at each level: everything there is; one of them, at one level: the lists and their numbers; two desks. */
    void alles(Rechtewelt welt) {
        var jetzt = jdbc.sql("SELECT now()").query(Timestamp.class).single().toInstant();
        var einer = welt.zufall.eines(welt.modell.personen.keySet());
        var eines = welt.zufall.recht();
        for (var person : welt.modell.personen.keySet()) {
            for (var recht : Recht.values()) {
                var soll = welt.modell.alles(person, recht, jetzt);
                var sicht = berechtigungen.sicht(person, recht);
                var wer = "person " + person + " " + recht + " um " + jetzt;
                befunde.gleich(wer + ", SQL", soll, sql(welt, sicht), welt.modell.dinge.size());
                if (person.equals(einer) && recht == eines) {
                    listen(welt, sicht, soll, wer);
                    einzeln(welt, sicht, soll, wer);
                }
            }
        }
        postkorb(welt, welt.zufall.eines(welt.modell.personen.keySet()), jetzt);
        postkorb(welt, einer, jetzt);
        erklaerung(welt, jetzt);
    }

    /** Who sees a thing, asked from the thing. */
    private void erklaerung(Rechtewelt welt, Instant jetzt) {
        for (var art : List.of("akte", "vorgang", "dokument")) {
            var ding = welt.zufall.eines(dinge(welt, d -> d.art().equals(art)).toList());
            var soll = new HashMap<UUID, Recht>();
            for (var person : welt.modell.personen.keySet()) {
                for (var recht : Recht.values()) {
                    if (welt.modell.darf(person, recht, ding, jetzt)) {
                        soll.put(person, recht);
                    }
                }
            }
            befunde.gleich(
                    "wer sieht " + art + " " + ding.id() + " um " + jetzt,
                    soll,
                    erklaerung.sehende(art, ding.id(), welt.modell.personen.keySet()));
        }
    }

    /** Everybody, at one level. */
    boolean fluechtig(Rechtewelt welt) {
        var jetzt = jdbc.sql("SELECT now()").query(Timestamp.class).single().toInstant();
        var recht = welt.zufall.recht();
        for (var person : welt.modell.personen.keySet()) {
            befunde.gleich(
                    "person " + person + " " + recht + " um " + jetzt + ", SQL, gleich danach",
                    welt.modell.alles(person, recht, jetzt),
                    sql(welt, berechtigungen.sicht(person, recht)),
                    welt.modell.dinge.size());
        }
        return true;
    }

    private Set<UUID> sql(Rechtewelt welt, Sicht sicht) {
        return jdbc.sql("""
                SELECT a.id FROM akte a WHERE a.mandant_id = :m AND %s
                UNION ALL SELECT v.id FROM vorgang v WHERE v.mandant_id = :m AND %s
                UNION ALL SELECT d.id FROM dokument d WHERE d.mandant_id = :m AND %s
                UNION ALL SELECT g.id FROM eingang g WHERE g.mandant_id = :m AND g.vorgang_id IS NULL AND %s
                UNION ALL SELECT g.id FROM eingang g WHERE g.mandant_id = :m AND g.vorgang_id IS NOT NULL AND %s""".formatted(
                                sicht.aufAkte("a"),
                                sicht.aufVorgang("v"),
                                sicht.aufDokument("d"),
                                sicht.aufBereich("g"),
                                sicht.aufDokument("g")))
                .param("m", welt.mandant)
                .params(sicht.parameter())
                .query(UUID.class)
                .set();
    }

    /** Asked with the coordinates of a Vorgang that is not read. */
    private void einzeln(Rechtewelt welt, Sicht sicht, Set<UUID> soll, String wer) {
        einige(welt, "vorgang")
                .forEach(v -> befunde.gleich(
                        wer + ", reicht für " + v.id(),
                        soll.contains(v.id()),
                        berechtigungen.reicht(sicht, v.bereich(), v.id(), Objects.requireNonNull(v.akte()))));
    }

    private void listen(Rechtewelt welt, Sicht sicht, Set<UUID> soll, String wer) {
        var jePosition = new HashMap<UUID, Long>();
        for (var position : welt.modell.positionen.keySet()) {
            var da = ids(welt, soll, d -> d.art().equals("akte") && position.equals(welt.akten.positionen.get(d.id())));
            if (!da.isEmpty()) {
                jePosition.put(position, (long) da.size());
            }
            befunde.gleich(
                    wer + ", Akten unter " + position,
                    da,
                    je(akten.unter(sicht, position, Stelle.ANFANG, ALLE).zeilen(), Akten.Zeile::id),
                    welt.akten.positionen.size());
            befunde.gleich(
                    wer + ", Zahl der Akten unter " + position,
                    (long) da.size(),
                    akten.anzahlUnter(sicht, position).zahl());
        }
        befunde.gleich(wer + ", Zahlen im Aktenplan", jePosition, akten.anzahlJePosition(sicht));
        einige(welt, "akte").forEach(akte -> {
            var da = ids(welt, soll, d -> d.art().equals("vorgang") && akte.id().equals(d.akte()));
            befunde.gleich(
                    wer + ", Vorgänge in " + akte.id(),
                    da,
                    je(vorgangslisten.in(sicht, akte.id(), Stelle.ANFANG, ALLE).zeilen(), v -> v.id()),
                    da.size() + 1);
            befunde.gleich(
                    wer + ", Zahl der Vorgänge in " + akte.id(),
                    (long) da.size(),
                    vorgangslisten.anzahlIn(sicht, akte.id()).zahl());
        });
        einige(welt, "vorgang").forEach(vorgang -> {
            var da = ids(
                    welt, soll, d -> d.art().equals("dokument") && vorgang.id().equals(d.vorgang()));
            befunde.gleich(
                    wer + ", Dokumente in " + vorgang.id(),
                    da,
                    je(
                            dokumentlisten
                                    .in(sicht, vorgang.id(), Stelle.ANFANG, ALLE)
                                    .zeilen(),
                            d -> d.id()),
                    da.size() + 1);
            befunde.gleich(
                    wer + ", Zahl der Dokumente in " + vorgang.id(),
                    (long) da.size(),
                    dokumentlisten.anzahlIn(sicht, vorgang.id()).zahl());
        });
        for (var status : List.of("offen", "abgelegt")) {
            var da = ids(welt, soll, d -> d.art().equals("eingang") && status.equals("offen") == (d.akte() == null));
            befunde.gleich(
                    wer + ", Eingänge " + status,
                    da,
                    je(buch.seite(sicht, status, Stelle.ANFANG, ALLE).zeilen(), e -> e.id()),
                    da.size() + 1);
            befunde.gleich(
                    wer + ", Zahl der Eingänge " + status,
                    (long) da.size(),
                    buch.anzahl(sicht, status).zahl());
        }
    }

    /** What lies on the desk: tasks that came to this person and whose Vorgang the person may read. */
    private void postkorb(Rechtewelt welt, UUID person, Instant jetzt) {
        var soll = welt.modell.aufgaben.values().stream()
                .filter(a -> welt.modell.kommtZu(person, a, jetzt)
                        && welt.modell.darf(person, Recht.LESEN, welt.modell.dinge.get(a.vorgang()), jetzt))
                .map(a -> a.id())
                .collect(Collectors.toSet());
        var ist = Stream.of(Gruppe.values())
                .flatMap(g ->
                        aufgaben.seite(person, g, null, Reihenfolge.NEUESTE, Stelle.ANFANG, ALLE).zeilen().stream())
                .map(Aufgaben.Aufgabe::id)
                .toList();
        befunde.gleich("person " + person + ", Postkorb", soll, Set.copyOf(ist), welt.modell.aufgaben.size());
        befunde.gleich("person " + person + ", Postkorb, jede einmal", soll.size(), ist.size());
        befunde.gleich(
                "person " + person + ", Zahlen im Postkorb",
                (long) soll.size(),
                aufgaben.anzahlen(person).values().stream()
                        .mapToLong(a -> a.zahl())
                        .sum());
    }

    /** The search, without waiting for it: what it has not learned yet may be missing, and nothing may be there too much. */
    void index(Rechtewelt welt) {
        var jetzt = jdbc.sql("SELECT now()").query(Timestamp.class).single().toInstant();
        // What waits, waits before the question: it can only have become less meanwhile.
        var wartende = wartende(welt);
        for (var person : welt.modell.personen.keySet()) {
            for (var recht : Recht.values()) {
                var wer = "person " + person + " " + recht + " um " + jetzt + ", Suche";
                var darf = gesucht(welt, welt.modell.alles(person, recht, jetzt));
                var liste = suche.suche(
                        berechtigungen.sicht(person, recht),
                        new Anfrage(Rechtewelt.WORT, null, Stelle.ANFANG, ALLE, Anfrage.Reihenfolge.NEUESTE));
                var ist = je(liste.treffer(), Treffer::id);
                befunde.zwischen(wer, Befunde.ohne(darf, wartende), darf, ist, welt.modell.dinge.size());
                befunde.gleich(wer + ", Zahl", (long) ist.size(), liste.gesamt());
                befunde.gleich(
                        wer + ", Zahl je Art",
                        liste.treffer().stream().collect(Collectors.groupingBy(Treffer::art, Collectors.counting())),
                        liste.jeArt());
            }
        }
    }

    /** Whether the index is whole. */
    boolean ganz(Rechtewelt welt) {
        var irgendwer = welt.modell.personen.keySet().iterator().next();
        return Mandantenkontext.als(
                welt.mandant,
                () -> !suche.suche(berechtigungen.sicht(irgendwer, Recht.VERWALTEN), Anfrage.nach(Rechtewelt.WORT))
                        .imAufbau());
    }

    /** What the index still has to learn. */
    Set<UUID> wartende(Rechtewelt welt) {
        return jdbc.sql("SELECT objekt_id FROM index_rueckstand WHERE mandant_id = ?")
                .param(welt.mandant)
                .query(UUID.class)
                .set();
    }

    /** What the search knows of: a filed Eingang is found as its Dokumente. */
    static Set<UUID> gesucht(Rechtewelt welt, Set<UUID> alle) {
        return ids(welt, alle, d -> !d.art().equals("eingang") || d.akte() == null);
    }

    static Set<UUID> ids(Rechtewelt welt, Set<UUID> alle, Predicate<Ding> welche) {
        return dinge(welt, welche).map(Ding::id).filter(alle::contains).collect(Collectors.toSet());
    }

    private static List<Ding> einige(Rechtewelt welt, String art) {
        return welt.zufall.einige(dinge(welt, d -> d.art().equals(art)).toList(), EINIGE);
    }

    private static Stream<Ding> dinge(Rechtewelt welt, Predicate<Ding> welche) {
        return welt.modell.dinge.values().stream().filter(welche);
    }

    private static <Z> Set<UUID> je(List<Z> zeilen, Function<Z, UUID> id) {
        var alle = new HashSet<UUID>();
        zeilen.forEach(z -> alle.add(id.apply(z)));
        return alle;
    }
}
