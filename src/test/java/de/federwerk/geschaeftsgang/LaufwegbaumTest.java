package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.VersionAngelegt;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Laufplan.Stand;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Laufwegmodell.Antwort;
import de.federwerk.geschaeftsgang.Laufwegmodell.Ausgang;
import de.federwerk.geschaeftsgang.Laufwegmodell.Halt;
import de.federwerk.geschaeftsgang.Laufwegmodell.Welt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.protokoll.Protokoll;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two people on four stations: everything that each of them can try at each station, in every order, against the real database. The Laufweg is
 * followed as a tree in one transaction, a savepoint before each act; at every knot the rows, the inboxes and what each may see are compared with
 * {@link Laufwegmodell}.
 */
class LaufwegbaumTest extends Teststadt {

    /** What is tried in a world. */
    private enum Tat {
        ERLEDIGEN,
        ZURUECKGEBEN,
        NEHMEN,
        WEITERGEBEN,
        UEBERSPRINGEN,
        EINFUEGEN,
        ZURUECKHOLEN,
        VERSION,
        /** Nothing that is tried: Anja is absent from after the beginning, Petra stands in. */
        VERTRETEN
    }

    private static final int VERSIONEN = 2;
    private static final int VERGEBENS = 2;
    private static final int TATEN = 40;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Aufgaben aufgaben;

    @Autowired
    Dokumente dokumente;

    @Autowired
    Dateien dateien;

    @Autowired
    Blobs blobs;

    private TransactionTemplate mitSicherung;

    @Autowired
    void merke(PlatformTransactionManager verwalter) {
        mitSicherung = new TransactionTemplate(verwalter);
        mitSicherung.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param anja begins it; is in the unit of the Vorgang, too
     * @param petra sees it by her tasks only
     * @param team the unit of both
     */
    private record Amt(UUID mandant, Anmeldung anja, Anmeldung petra, Empfaenger team, UUID vorgang, UUID dokument) {

        List<Anmeldung> leute() {
            return List.of(anja, petra);
        }
    }

    /** A Laufweg that is followed, and what was seen on the way. */
    private static final class Baum {
        final Amt amt;
        final UUID laufweg;
        final Set<Tat> taten;
        final UUID eingefuegte = Kennung.neu();
        final Set<Laufwegmodell> besucht = new HashSet<>();
        /** From where one comes there. */
        final Map<Laufwegmodell, Set<Laufwegmodell>> woher = new HashMap<>();

        /** What changes nothing, by who, what, where and why: it is tried the first few times that it comes up. */
        final Map<String, Integer> vergebens = new HashMap<>();

        final List<String> weg = new ArrayList<>();

        Baum(Amt amt, UUID laufweg, Set<Tat> taten) {
            this.amt = amt;
            this.laufweg = laufweg;
            this.taten = taten;
        }

        String weg() {
            return "auf diesem Weg:\n" + String.join("\n", weg) + "\n";
        }
    }

    private Amt amt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Zwei Leute");
        var bytes = Mandantenkontext.als(
                stadt.mandant(),
                () -> blobs.schreibe(new ByteArrayInputStream("Bescheid".getBytes(StandardCharsets.UTF_8))));
        return als(stadt.mandant(), () -> {
            var team = einheiten.richteEin(Protokoll.PROGRAMM, "PG 1", "Projektgruppe", null);
            for (var wer : List.of(stadt.anja(), stadt.petra())) {
                einheiten.besetze(Protokoll.PROGRAMM, team, "Mitglied", false, wer.person());
            }
            var dokument = dokumente.lege(
                    stadt.anja(),
                    Kennung.neu(),
                    vorgang.id(),
                    dateien.aufnehmen(bytes, "Bescheid.txt"),
                    Dokumente.Angaben.mitTitel("Bescheid"));
            return new Amt(
                    stadt.mandant(),
                    stadt.anja(),
                    stadt.petra(),
                    new Empfaenger("einheit", team),
                    vorgang.id(),
                    dokument.id());
        });
    }

    @Test
    void hintereinander_mit_rueckgabe_und_ueberspringen() {
        var amt = amt();
        var erste = station(1, 1, 1, Stationsart.MITZEICHNUNG, amt.team);
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.ZURUECKGEBEN, Tat.UEBERSPRINGEN),
                erste,
                mit(erste, station(2, 1, 1, Stationsart.MITZEICHNUNG, amt.team)),
                station(3, 1, 1, Stationsart.BEARBEITUNG, an(amt.petra)),
                station(4, 1, 1, Stationsart.KENNTNIS, an(amt.anja)));
    }

    @Test
    void nebeneinander_mit_rueckruf() {
        var amt = amt();
        var erste = station(1, 1, 1, Stationsart.MITZEICHNUNG, amt.team);
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.ZURUECKHOLEN),
                erste,
                mit(erste, station(1, 2, 1, Stationsart.MITZEICHNUNG, amt.team)),
                station(1, 3, 1, Stationsart.BEARBEITUNG, an(amt.petra)),
                station(1, 4, 1, Stationsart.KENNTNIS, amt.team));
    }

    @Test
    void gemischt_und_jemand_wird_unterwegs_vertreten() {
        var amt = amt();
        var erste = station(1, 1, 1, Stationsart.MITZEICHNUNG, an(amt.anja));
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.ZURUECKGEBEN, Tat.VERTRETEN),
                erste,
                station(1, 1, 2, Stationsart.BEARBEITUNG, amt.team),
                station(1, 2, 1, Stationsart.KENNTNIS, an(amt.petra)),
                mit(erste, station(2, 1, 1, Stationsart.MITZEICHNUNG, amt.team)));
    }

    @Test
    void nehmen_und_zuruecklegen() {
        var amt = amt();
        var erste = station(1, 1, 1, Stationsart.MITZEICHNUNG, amt.team);
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.NEHMEN),
                erste,
                mit(erste, station(2, 1, 1, Stationsart.MITZEICHNUNG, amt.team)),
                station(3, 1, 1, Stationsart.KENNTNIS, amt.team),
                station(3, 2, 1, Stationsart.KENNTNIS, amt.team));
    }

    @Test
    void weitergeben() {
        var amt = amt();
        var erste = station(1, 1, 1, Stationsart.MITZEICHNUNG, amt.team);
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.WEITERGEBEN),
                erste,
                mit(erste, station(2, 1, 1, Stationsart.MITZEICHNUNG, an(amt.petra))),
                station(3, 1, 1, Stationsart.KENNTNIS, an(amt.petra)),
                station(4, 1, 1, Stationsart.KENNTNIS, an(amt.anja)));
    }

    @Test
    void einfuegen() {
        var amt = amt();
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.EINFUEGEN),
                station(1, 1, 1, Stationsart.BEARBEITUNG, amt.team),
                station(1, 1, 2, Stationsart.MITZEICHNUNG, an(amt.petra)),
                station(2, 1, 1, Stationsart.KENNTNIS, an(amt.petra)));
    }

    @Test
    void neue_versionen_lassen_noch_einmal_zeichnen() {
        var amt = amt();
        folge(
                amt,
                Set.of(Tat.ERLEDIGEN, Tat.VERSION),
                station(1, 1, 1, Stationsart.MITZEICHNUNG, an(amt.petra)),
                station(2, 1, 1, Stationsart.MITZEICHNUNG, an(amt.anja)),
                station(2, 2, 1, Stationsart.KENNTNIS, amt.team),
                station(3, 1, 1, Stationsart.MITZEICHNUNG, amt.team));
    }

    @Test
    void lange_laufwege_mit_allem_was_vorkommt() {
        for (int saat = 1; saat <= 3; saat++) {
            var zufall = new Random(saat);
            var amt = amt();
            var taten = EnumSet.allOf(Tat.class);
            if (zufall.nextBoolean()) {
                taten.remove(Tat.VERTRETEN);
            }
            var stationen = viele(amt, zufall);
            var baum = beginne(amt, taten, stationen);
            baum.weg.add("Saat " + saat);
            alsVerworfen(amt.mandant, () -> {
                var jetzt = anfang(baum, stationen);
                for (int i = 0; i < TATEN && jetzt.laeuft(); i++) {
                    var versuch = irgendeiner(versuche(baum, jetzt), jetzt, zufall);
                    mitSicherung.executeWithoutResult(t -> {
                        tu(baum, versuch);
                        if (versuch.erwartet.antwort() != Antwort.GETAN) {
                            t.setRollbackOnly();
                        }
                    });
                    jetzt = versuch.erwartet.danach();
                    vergleicheLeute(baum, jetzt);
                }
            });
        }
    }

    /** Twelve in any shape; two that are signed make a pair. */
    private static Station[] viele(Amt amt, Random zufall) {
        var ziele = List.of(an(amt.anja), an(amt.petra), amt.team);
        var arten = List.of(Stationsart.MITZEICHNUNG, Stationsart.BEARBEITUNG, Stationsart.KENNTNIS);
        var alle = new ArrayList<>(List.of(station(1, 1, 1, Stationsart.MITZEICHNUNG, amt.team)));
        while (alle.size() < 11) {
            var l = alle.getLast();
            var art = arten.get(zufall.nextInt(3));
            var an = ziele.get(zufall.nextInt(3));
            alle.add(
                    switch (zufall.nextInt(3)) {
                        case 0 -> station(l.block() + 1, 1, 1, art, an);
                        case 1 -> station(l.block(), l.zweig() + 1, 1, art, an);
                        default -> station(l.block(), l.zweig(), l.platz() + 1, art, an);
                    });
        }
        alle.add(mit(alle.getFirst(), station(alle.getLast().block() + 1, 1, 1, Stationsart.MITZEICHNUNG, amt.team)));
        return alle.toArray(Station[]::new);
    }

    /** Mostly something that gets on. */
    private static Versuch irgendeiner(List<Versuch> alle, Laufwegmodell jetzt, Random zufall) {
        var wirksame = alle.stream()
                .filter(v -> v.wirkt(jetzt) && v.erwartet.danach().laeuft())
                .toList();
        var auswahl = wirksame.isEmpty() || zufall.nextInt(4) == 0 ? alle : wirksame;
        return auswahl.get(zufall.nextInt(auswahl.size()));
    }

    private static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person());
    }

    private static Station station(int block, int zweig, int platz, Stationsart art, Empfaenger an) {
        return new Station(Kennung.neu(), block, zweig, platz, art, an, "", null, null, false, null, null, null);
    }

    /** The second of a four-eyes pair. */
    private static Station mit(Station erste, Station s) {
        return new Station(
                s.id(),
                s.block(),
                s.zweig(),
                s.platz(),
                s.art(),
                s.empfaenger(),
                "",
                null,
                null,
                false,
                erste.id(),
                null,
                null);
    }

    private void folge(Amt amt, Set<Tat> taten, Station... stationen) {
        var baum = beginne(amt, taten, stationen);
        alsVerworfen(amt.mandant, () -> {
            var anfang = anfang(baum, stationen);
            vergleiche(baum, anfang);
            folge(baum, anfang);
        });
        assertThat(vonDenenMan(baum, "abgeschlossen"))
                .as("von überall kommt man zum Ende")
                .hasSizeGreaterThan(10)
                .containsAll(baum.besucht.stream().filter(Laufwegmodell::laeuft).toList());
    }

    /** Begun for good; what each may see is resolved and remembered before anything else is written. */
    private Baum beginne(Amt amt, Set<Tat> taten, Station... stationen) {
        boolean versionen = taten.contains(Tat.VERSION);
        var baum = new Baum(amt, Kennung.neu(), taten);
        als(
                amt.mandant,
                () -> laufwege.beginne(
                        amt.anja,
                        new Laufwegentwurf(
                                baum.laufweg,
                                amt.vorgang,
                                versionen ? amt.dokument : null,
                                "Zwei Leute",
                                versionen,
                                List.of(stationen))));
        if (taten.contains(Tat.VERTRETEN)) {
            als(
                    amt.mandant,
                    () -> jdbc.sql(
                                    "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute() + 3, ?)")
                            .params(
                                    amt.mandant,
                                    Kennung.neu(),
                                    amt.anja.person(),
                                    amt.petra.person(),
                                    amt.anja.person())
                            .update());
        }
        als(amt.mandant, () -> {
            for (var wer : amt.leute()) {
                berechtigungen.sicht(wer.person(), Recht.LESEN);
                berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
            }
        });
        return baum;
    }

    private Laufwegmodell anfang(Baum baum, Station... stationen) {
        var amt = baum.amt;
        int versionen = baum.taten.contains(Tat.VERSION) ? 1 : 0;
        var entwurf = jdbc.sql("SELECT id FROM station WHERE mandant_id = ? AND laufweg_id = ? AND art = 'entwurf'")
                .params(amt.mandant, baum.laufweg)
                .query(UUID.class)
                .single();
        var halte = new ArrayList<Halt>();
        halte.add(Halt.wartend(entwurf, 0, 1, 1, Stationsart.ENTWURF, an(amt.anja))
                .erledigt(Ergebnis.ERLEDIGT, amt.anja.person(), null, versionen));
        for (var s : stationen) {
            halte.add(Halt.wartend(s.id(), s.block(), s.zweig(), s.platz(), s.art(), s.empfaenger()));
        }
        return new Laufwegmodell(
                        new Welt(
                                amt.anja.person(),
                                amt.leute().stream().map(Anmeldung::person).toList(),
                                amt.team.id(),
                                baum.taten.contains(Tat.VERTRETEN)
                                        ? Map.of(amt.petra.person(), amt.anja.person())
                                        : Map.of(),
                                versionen > 0,
                                Stream.of(stationen)
                                        .filter(s -> s.vierAugenMit() != null)
                                        .flatMap(s -> Stream.of(s.id(), s.vierAugenMit()))
                                        .collect(Collectors.toSet())),
                        List.copyOf(halte),
                        "laeuft",
                        versionen)
                .weiter();
    }

    /** Something that somebody can try, whether he may or not. */
    private record Versuch(String was, Ausgang erwartet, Runnable tat) {

        boolean wirkt(Laufwegmodell vorher) {
            return !erwartet.danach().equals(vorher);
        }
    }

    private List<Versuch> versuche(Baum baum, Laufwegmodell jetzt) {
        var alle = new ArrayList<Versuch>();
        for (var wer : baum.amt.leute()) {
            var p = wer.person();
            for (var h : jetzt.halte()) {
                baum.taten.forEach(tat -> alle.addAll(versuche(baum, jetzt, wer, h, tat)));
            }
            if (baum.taten.contains(Tat.ZURUECKHOLEN)) {
                alle.add(new Versuch(
                        wer.name() + " holt zurück",
                        jetzt.holeZurueck(p),
                        () -> gang.holeZurueck(wer, baum.laufweg, "so")));
            }
            if (baum.taten.contains(Tat.VERSION) && jetzt.laeuft() && jetzt.versionen() < VERSIONEN) {
                alle.add(new Versuch(
                        wer.name() + " legt eine Version ab", jetzt.neueVersion(p), () -> neueVersion(baum.amt, wer)));
            }
        }
        return alle;
    }

    private List<Versuch> versuche(Baum baum, Laufwegmodell jetzt, Anmeldung wer, Halt h, Tat tat) {
        var p = wer.person();
        var id = h.id();
        var was = "%s %s %s (%s, Runde %d)".formatted(wer.name(), tat, id, h.stand(), h.runde());
        return switch (tat) {
            case ERLEDIGEN ->
                h.art().ergebnisse().stream()
                        .map(wie -> new Versuch(
                                was + " " + wie,
                                jetzt.erledige(p, id, wie),
                                () -> gang.erledige(wer, id, new Geschaeftsgang.Antwort(wie, "so", h.runde(), null))))
                        .toList();
            case ZURUECKGEBEN ->
                jetzt.halte().stream()
                        .map(ziel -> new Versuch(
                                was + " zu " + ziel.id() + " (" + ziel.stand() + ")",
                                jetzt.gibZurueck(p, id, ziel.id()),
                                () -> gang.gibZurueck(wer, id, ziel.id(), "so", h.runde())))
                        .toList();
            case NEHMEN ->
                List.of(
                        new Versuch(was, jetzt.nimm(p, id), () -> gang.nimm(wer, id, false)),
                        new Versuch(was + " und zurück", jetzt.legeZurueck(p, id), () -> gang.legeZurueck(wer, id)));
            case WEITERGEBEN ->
                Stream.of(an(baum.amt.anja), an(baum.amt.petra), baum.amt.team)
                        .map(an -> new Versuch(
                                was + " an " + an, jetzt.gibWeiter(p, id, an), () -> gang.gibWeiter(wer, id, an, "so")))
                        .toList();
            case UEBERSPRINGEN ->
                List.of(new Versuch(was, jetzt.ueberspringe(p, id), () -> gang.ueberspringe(wer, id, "so")));
            case EINFUEGEN -> {
                var neu = Station.schlicht(baum.eingefuegte, 1, Stationsart.KENNTNIS, an(baum.amt.petra));
                yield jetzt.halte().stream().anyMatch(o -> o.id().equals(neu.id()))
                        ? List.of()
                        : Stream.of(true, false)
                                .map(daneben -> new Versuch(
                                        was + (daneben ? " daneben" : " danach"),
                                        jetzt.fuegeEin(p, id, daneben, neu.id(), neu.empfaenger()),
                                        () -> gang.fuegeEin(wer, id, daneben, neu)))
                                .toList();
            }
            case VERTRETEN, ZURUECKHOLEN, VERSION -> List.of();
        };
    }

    /** Filed while a test looks at it in one transaction: with the time that it has in one of its own. */
    private void neueVersion(Amt amt, Anmeldung wer) {
        var id = Kennung.neu();
        jdbc.sql("""
                INSERT INTO version (mandant_id, id, dokument_id, nummer, datei_id, angelegt, angelegt_von)
                SELECT mandant_id, ?, dokument_id, nummer + 1, datei_id, clock_timestamp(), ? FROM version WHERE mandant_id = ? AND dokument_id = ?
                 ORDER BY nummer DESC LIMIT 1""").params(id, wer.person(), amt.mandant, amt.dokument).update();
        gang.nach(new VersionAngelegt(amt.vorgang, amt.dokument, id, wer.person()));
    }

    private void folge(Baum baum, Laufwegmodell jetzt) {
        if (!baum.besucht.add(jetzt.wesentliches())) {
            return;
        }
        vergleicheLeute(baum, jetzt);
        for (var versuch : versuche(baum, jetzt)) {
            if (versuch.wirkt(jetzt)
                    || baum.vergebens.merge(
                                    versuch.was.replaceAll("Runde .*?\\)", "") + versuch.erwartet.antwort(),
                                    1,
                                    Integer::sum)
                            <= VERGEBENS) {
                folge(baum, jetzt, versuch);
            }
        }
    }

    /** Tries it; then on from there, and back to where it was. */
    private void folge(Baum baum, Laufwegmodell jetzt, Versuch versuch) {
        var danach = versuch.erwartet.danach();
        mitSicherung.executeWithoutResult(t -> {
            t.setRollbackOnly();
            tu(baum, versuch);
            if (versuch.wirkt(jetzt)) {
                baum.woher
                        .computeIfAbsent(danach.wesentliches(), k -> new HashSet<>())
                        .add(jetzt.wesentliches());
                folge(baum, danach);
            }
        });
        baum.weg.removeLast();
    }

    private void tu(Baum baum, Versuch versuch) {
        baum.weg.add(versuch.was);
        assertThat(antwort(versuch.tat)).as(baum::weg).isEqualTo(versuch.erwartet.antwort());
        if (versuch.erwartet.antwort() == Antwort.GETAN) {
            vergleiche(baum, versuch.erwartet.danach());
        }
    }

    private static Antwort antwort(Runnable tat) {
        try {
            tat.run();
            return Antwort.GETAN;
        } catch (NichtGefunden e) {
            return Antwort.NICHT_GEFUNDEN;
        } catch (Abgelehnt e) {
            return Antwort.valueOf(e.art().name());
        }
    }

    private static Set<Laufwegmodell> vonDenenMan(Baum baum, String ende) {
        var alle = new HashSet<Laufwegmodell>();
        var offen = new ArrayDeque<>(
                baum.besucht.stream().filter(m -> m.stand().equals(ende)).toList());
        while (!offen.isEmpty()) {
            var hier = offen.pop();
            if (alle.add(hier)) {
                offen.addAll(baum.woher.getOrDefault(hier, Set.of()));
            }
        }
        return alle;
    }

    private record Zeile(
            UUID id,
            int block,
            int zweig,
            int platz,
            String stand,
            int runde,
            UUID empfaengerId,
            @Nullable UUID genommenVon,
            @Nullable String ergebnis,
            @Nullable UUID erledigtVon,
            @Nullable UUID erledigtFuer,
            boolean geliehen,
            String laufwegStand) {}

    private void vergleiche(Baum baum, Laufwegmodell soll) {
        var zeilen = jdbc.sql("""
                SELECT s.id, s.block, s.zweig, s.platz, s.stand, s.runde, s.empfaenger_id, CASE WHEN s.stand = 'offen' THEN s.genommen_von END AS genommen_von,
                       s.ergebnis, s.erledigt_von, s.erledigt_fuer,
                       EXISTS (SELECT FROM aufgabenrecht r WHERE r.mandant_id = s.mandant_id AND r.aufgabe_id = s.id AND r.subjekt_id = s.empfaenger_id) AS geliehen,
                       l.stand AS laufweg_stand
                  FROM station s JOIN laufweg l ON l.mandant_id = s.mandant_id AND l.id = s.laufweg_id WHERE s.mandant_id = ? AND s.laufweg_id = ?""")
                .params(baum.amt.mandant, baum.laufweg)
                .query(Zeile.class)
                .list();
        assertThat(zeilen)
                .as(baum::weg)
                .containsExactlyInAnyOrderElementsOf(soll.halte().stream()
                        .map(h -> new Zeile(
                                h.id(),
                                h.block(),
                                h.zweig(),
                                h.platz(),
                                h.stand().kennung(),
                                h.runde(),
                                h.an().id(),
                                h.offen() ? h.genommen() : null,
                                h.stand() == Stand.ERLEDIGT && h.ergebnis() != null
                                        ? h.ergebnis().kennung()
                                        : null,
                                h.von(),
                                h.fuer(),
                                h.offen(),
                                soll.stand()))
                        .toList());
    }

    /** No task is lost, nobody has signed twice; each has on the desk what is his, and sees the Vorgang for so long. */
    private void vergleicheLeute(Baum baum, Laufwegmodell soll) {
        assertThat(soll.offene().isEmpty()).as(baum::weg).isEqualTo(!soll.laeuft());
        assertThat(soll.offene())
                .as(baum::weg)
                .allMatch(h -> baum.amt.leute().stream().anyMatch(p -> soll.hat(p.person(), h)));
        assertThat(soll.halte().stream()
                        .filter(h -> soll.welt().paar().contains(h.id()) && h.gezeichnet())
                        .flatMap(h -> Laufwegmodell.augen(h.von(), h.fuer()).stream()))
                .as(baum::weg)
                .doesNotHaveDuplicates();
        for (var wer : baum.amt.leute()) {
            var p = wer.person();
            var seine = soll.offene().stream().filter(h -> soll.hat(p, h)).toList();
            var gruppen = new EnumMap<Gruppe, Anzahl>(Gruppe.class);
            for (var g : Gruppe.values()) {
                gruppen.put(
                        g,
                        Anzahl.genau(seine.stream()
                                .filter(h -> gruppe(soll, p, h) == g)
                                .count()));
            }
            assertThat(aufgaben.anzahlen(p)).as(() -> wer.name() + baum.weg()).isEqualTo(gruppen);
            assertThat(aufgaben.in(p, baum.amt.vorgang).stream().map(Aufgaben.Aufgabe::id))
                    .as(() -> wer.name() + baum.weg())
                    .containsExactlyInAnyOrderElementsOf(
                            seine.stream().map(Halt::id).toList());
            assertThat(vorgaenge
                            .finde(berechtigungen.sicht(p, Recht.LESEN), baum.amt.vorgang)
                            .isPresent())
                    .as(() -> wer.name() + " sieht " + baum.weg())
                    .isEqualTo(wer.equals(baum.amt.anja) || !seine.isEmpty());
        }
    }

    private static Gruppe gruppe(Laufwegmodell modell, UUID wer, Halt h) {
        if (wer.equals(h.an().id()) || wer.equals(h.genommen())) {
            return h.runde() > 1 ? Gruppe.ZURUECK : Gruppe.MIR;
        }
        return h.an().id().equals(modell.welt().team()) ? Gruppe.EINHEIT : Gruppe.VERTRETUNG;
    }
}
