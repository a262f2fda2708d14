package de.federwerk.geschaeftsgang;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Teststadt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.Stelle;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.geschaeftsgang.Durchlaufzeiten.Gruppe;
import de.federwerk.geschaeftsgang.Durchlaufzeiten.Zeitraum;
import de.federwerk.geschaeftsgang.Geschaeftsgang.Antwort;
import de.federwerk.geschaeftsgang.Laufwegentwurf.Station;
import de.federwerk.geschaeftsgang.Umverteilung.Auftrag;
import de.federwerk.geschaeftsgang.Umverteilung.Bericht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class LeitungTest extends Teststadt {

    @Autowired
    Laufwege laufwege;

    @Autowired
    Geschaeftsgang gang;

    @Autowired
    Auslastung auslastung;

    @Autowired
    Umverteilung umverteilung;

    @Autowired
    Durchlaufzeiten zeiten;

    @Autowired
    Vertretungen vertretungen;

    @Autowired
    Arbeitskalender kalender;

    /** The town with a third clerk and a head of tiefbau, and a Vorgang of Anja's. */
    private record Amt(Stadt stadt, Anmeldung joerg, Anmeldung karin, UUID vorgang) {

        UUID mandant() {
            return stadt.mandant();
        }
    }

    private Amt amt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage");
        return als(
                stadt.mandant(),
                () -> new Amt(
                        stadt,
                        person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau()),
                        leitung(stadt, "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau()),
                        vorgang.id()));
    }

    private Anmeldung leitung(Stadt stadt, String anmeldename, String vorname, String nachname, UUID einheit) {
        var wer = person(stadt.mandant(), anmeldename, vorname, nachname, einheit);
        einheiten.besetze(Protokoll.PROGRAMM, einheit, "Leitung", true, wer.person());
        return wer;
    }

    private static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person());
    }

    /** All of them open side by side. */
    private List<UUID> sende(Amt amt, Stationsart art, Empfaenger... empfaenger) {
        var stationen = IntStream.range(0, empfaenger.length)
                .mapToObj(i -> new Station(
                        Kennung.neu(), 1, i + 1, 1, art, empfaenger[i], "", null, null, false, null, null, null))
                .toList();
        als(
                amt.mandant(),
                () -> laufwege.beginne(
                        amt.stadt.anja(),
                        new Laufwegentwurf(Kennung.neu(), amt.vorgang, null, "Bescheid", false, stationen)));
        return stationen.stream().map(Station::id).toList();
    }

    private Anzahl offen(UUID mandant, Anmeldung wer) {
        return als(
                mandant,
                () -> auslastung
                        .summe(wer.person(), auslastung.einheiten(wer.person(), null))
                        .offen());
    }

    private List<UUID> aufgaben(Amt amt, Anmeldung wer) {
        return als(
                amt.mandant(),
                () -> auslastung
                        .aufgaben(wer.person(), auslastung.einheiten(wer.person(), null), null, Stelle.ANFANG, 50)
                        .zeilen()
                        .stream()
                        .map(Auslastung.Aufgabe::id)
                        .toList());
    }

    private String bei(Amt amt, UUID station) {
        return als(
                amt.mandant(),
                () -> jdbc.sql(
                                "SELECT empfaenger_art || ':' || empfaenger_id FROM station WHERE mandant_id = ? AND id = ?")
                        .params(amt.mandant(), station)
                        .query(String.class)
                        .single());
    }

    @Test
    void eine_leitung_sieht_genau_was_bei_ihren_leuten_liegt_und_andere_sehen_nichts() {
        var amt = amt();
        var ines = als(amt.mandant(), () -> leitung(amt.stadt, "ines.voss", "Ines", "Voss", amt.stadt.ordnung()));
        var stationen = sende(
                amt,
                Stationsart.BEARBEITUNG,
                an(amt.joerg),
                new Empfaenger("einheit", amt.stadt.tiefbau()),
                an(amt.stadt.petra()),
                an(amt.karin));
        assertThat(aufgaben(amt, amt.karin)).containsExactlyInAnyOrder(stationen.get(0), stationen.get(1));
        assertThat(offen(amt.mandant(), amt.karin)).isEqualTo(Anzahl.genau(2));
        // Ines leads Petra, but may not see the Vorgang; Anja leads nobody.
        assertThat(offen(amt.mandant(), ines)).isEqualTo(Anzahl.genau(0));
        assertThat(offen(amt.mandant(), amt.stadt.anja())).isEqualTo(Anzahl.genau(0));

        // What was taken out of the inbox of the unit lies with whoever took it, and with Karin herself it is not
        // counted.
        als(amt.mandant(), () -> gang.nimm(amt.joerg, stationen.get(1), false));
        als(
                amt.mandant(),
                () -> assertThat(auslastung
                                .zeilen(amt.karin.person(), List.of(amt.stadt.tiefbau()), Stelle.ANFANG, 50)
                                .zeilen())
                        .extracting(Auslastung.Zeile::name, Auslastung.Zeile::offen)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple("Anja Müller", 0L),
                                org.assertj.core.groups.Tuple.tuple("Jörg Sander", 2L)));
        als(amt.mandant(), () -> gang.nimm(amt.karin, stationen.get(1), true));
        assertThat(offen(amt.mandant(), amt.karin)).isEqualTo(Anzahl.genau(1));

        var fremde = stadt();
        als(
                fremde.mandant(),
                () -> einheiten.besetze(
                        Protokoll.PROGRAMM,
                        fremde.tiefbau(),
                        "Leitung",
                        true,
                        fremde.anja().person()));
        Mandantenkontext.als(
                amt.mandant(),
                () -> vertretungen.trageEin(
                        amt.joerg,
                        Kennung.neu(),
                        amt.joerg.person(),
                        null,
                        LocalDate.now(Anzeige.ZONE),
                        LocalDate.now(Anzeige.ZONE).plusDays(3),
                        false));
        var karin = angemeldet(amt.mandant(), "karin.ahrens");
        assertThat(karin.hole("/postkorb").text()).contains("href=\"/leitung\"");
        assertThat(karin.hole("/leitung").text()).contains("Jörg Sander", "ohne Vertretung", "1 offene Aufgabe");
        assertThat(angemeldet(amt.mandant(), "anja.mueller").hole("/postkorb").text())
                .doesNotContain("href=\"/leitung\"");
        for (var anderer : List.of(
                angemeldet(amt.mandant(), "anja.mueller"),
                angemeldet(amt.mandant(), "ines.voss"),
                angemeldet(fremde.mandant(), "anja.mueller"))) {
            for (var seite : List.of("", "/aufgaben", "/tafel", "/zeiten")) {
                for (var frage :
                        List.of("", "?einheit=" + amt.stadt.tiefbau(), "?bei=" + amt.joerg.person() + "&einheit=")) {
                    var antwort = anderer.hole("/leitung" + seite + frage);
                    assertThat(antwort.status()).isEqualTo(200);
                    assertThat(antwort.text())
                            .as(seite + frage)
                            .doesNotContain("Werbeanlage", "Jörg Sander", "66.20.03-")
                            .doesNotContainPattern("[1-9]\\d* offene Aufgabe");
                }
            }
        }
    }

    @Test
    void was_bei_jemandem_liegt_geht_an_jemand_anderen_und_was_nicht_geht_wird_genannt() {
        var amt = amt();
        var joerg = an(amt.joerg);
        var stationen = sende(amt, Stationsart.BEARBEITUNG, joerg, joerg, joerg, an(amt.karin));
        var karin = angemeldet(amt.mandant(), "karin.ahrens");
        assertThat(karin.sendeVon(
                                "/leitung/aufgaben",
                                "/leitung/umverteilungen",
                                "bei",
                                amt.joerg.person().toString(),
                                "alle",
                                "true",
                                "an",
                                "anja.mueller")
                        .text())
                .contains("Bitte schreiben Sie dazu, warum");
        assertThat(bei(amt, stationen.get(0))).isEqualTo(joerg.toString());

        als(
                amt.mandant(),
                () -> gang.erledige(amt.joerg, stationen.get(0), new Antwort(Ergebnis.ERLEDIGT, "", 1, null)));
        var seite = karin.sendeVon(
                "/leitung/aufgaben",
                "/leitung/umverteilungen",
                "aufgabe",
                stationen.get(0) + " " + joerg,
                "aufgabe",
                stationen.get(1) + " " + joerg,
                "aufgabe",
                stationen.get(2) + " " + an(amt.stadt.anja()),
                "aufgabe",
                "Unfug",
                "anId",
                an(amt.stadt.anja()).toString(),
                "grund",
                "Abwesenheit");
        assertThat(seite.status()).isEqualTo(422);
        assertThat(seite.text())
                .contains(
                        "1 von 3 Aufgaben sind umverteilt",
                        "Werbeanlage: Diese Aufgabe ist schon erledigt: von Jörg Sander",
                        "Die Aufgabe liegt schon dort");
        assertThat(bei(amt, stationen.get(1))).isEqualTo(an(amt.stadt.anja()).toString());
        assertThat(bei(amt, stationen.get(2))).isEqualTo(joerg.toString());

        var alles = karin.sendeVon(
                "/leitung/aufgaben",
                "/leitung/umverteilungen",
                "bei",
                amt.joerg.person().toString(),
                "alle",
                "true",
                "an",
                "petra.lueders",
                "grund",
                "Abwesenheit");
        assertThat(alles.ziel()).contains("getan=1");
        assertThat(bei(amt, stationen.get(2))).isEqualTo(an(amt.stadt.petra()).toString());
        als(
                amt.mandant(),
                () -> assertThat(jdbc.sql(
                                        "SELECT count(*) FROM protokoll_inhalt WHERE mandant_id = ? AND feld = 'text' AND wert = 'Abwesenheit'")
                                .param(amt.mandant())
                                .query(Long.class)
                                .single())
                        .isEqualTo(2));

        // A clerk, and somebody who leads others, move nothing; sent again, it is done already.
        var anja = angemeldet(amt.mandant(), "anja.mueller");
        anja.sendeVon(
                "/leitung/aufgaben",
                "/leitung/umverteilungen",
                "aufgabe",
                stationen.get(3) + " " + an(amt.karin),
                "anId",
                joerg.toString(),
                "grund",
                "x");
        assertThat(bei(amt, stationen.get(3))).isEqualTo(an(amt.karin).toString());
        var nochmal = verteile(amt, amt.karin, List.of(new Auftrag(stationen.get(2), joerg)), an(amt.stadt.petra()));
        assertThat(nochmal.ganz()).isTrue();
    }

    private Bericht verteile(Amt amt, Anmeldung wer, List<Auftrag> auftraege, Empfaenger an) {
        return Mandantenkontext.als(amt.mandant(), () -> umverteilung.verteile(wer, auftraege, an, "Abwesenheit"));
    }

    @Test
    void zwei_leitungen_zugleich_verteilen_jede_aufgabe_einmal() throws Exception {
        var amt = amt();
        var jan = als(amt.mandant(), () -> leitung(amt.stadt, "jan.orth", "Jan", "Orth", amt.stadt.tiefbau()));
        var joerg = an(amt.joerg);
        var stationen = new ArrayList<UUID>();
        for (int i = 0; i < 8; i++) {
            stationen.addAll(sende(amt, Stationsart.BEARBEITUNG, joerg));
        }
        var auftraege = stationen.stream().map(id -> new Auftrag(id, joerg)).toList();
        int getan = 0;
        try (var leute = Executors.newFixedThreadPool(2)) {
            Callable<Bericht> eine = () -> verteile(amt, amt.karin, auftraege, an(amt.stadt.anja()));
            Callable<Bericht> andere = () -> verteile(amt, jan, auftraege.reversed(), an(amt.stadt.petra()));
            for (var bericht : leute.invokeAll(List.of(eine, andere))) {
                getan += bericht.get().getan();
                assertThat(bericht.get().nicht())
                        .allMatch(n -> n.contains("liegt inzwischen") || n.contains("nicht für Sie"));
            }
        }
        assertThat(getan).isEqualTo(8);
        assertThat(stationen)
                .allSatisfy(s -> assertThat(bei(amt, s))
                        .isIn(
                                an(amt.stadt.anja()).toString(),
                                an(amt.stadt.petra()).toString()));
    }

    @Test
    void zeiten_stehen_nur_da_wo_fuenf_menschen_es_waren() {
        var amt = amt();
        var leute = new ArrayList<Anmeldung>();
        for (int i = 1; i <= 5; i++) {
            int nummer = i;
            leute.add(als(
                    amt.mandant(),
                    () -> person(amt.mandant(), "person" + nummer, "Person", "Nr" + nummer, amt.stadt.tiefbau())));
        }
        // Five people for one kind; five cases of four people, and one of the head's own, for the other.
        sende(amt, Stationsart.KENNTNIS, leute.stream().map(LeitungTest::an).toArray(Empfaenger[]::new));
        sende(
                amt,
                Stationsart.BEARBEITUNG,
                an(leute.get(0)),
                an(leute.get(1)),
                an(leute.get(2)),
                an(leute.get(3)),
                an(leute.get(3)),
                an(amt.karin));
        var vor = LocalDate.now(Anzeige.ZONE).minusDays(20);
        als(amt.mandant(), () -> {
            jdbc.sql(
                            "UPDATE station SET stand = 'erledigt', offen_seit = CAST(? AS timestamp) AT TIME ZONE 'Europe/Berlin', erledigt = now(), erledigt_von = empfaenger_id WHERE mandant_id = ? AND art IN ('kenntnis', 'bearbeitung')")
                    .params(vor, amt.mandant())
                    .update();
        });
        var gruppen = gruppen(amt, amt.karin);
        assertThat(gruppen).extracting(Gruppe::art).containsExactly("kenntnis", "bearbeitung");
        double erwartet = als(amt.mandant(), () -> kalender.arbeitstageBis(vor, LocalDate.now(Anzeige.ZONE)));
        assertThat(gruppen.getFirst())
                .extracting(Gruppe::anzahl, Gruppe::median, Gruppe::p90)
                .containsExactly(5L, erwartet, erwartet);
        assertThat(gruppen.getLast().ausgewiesen()).isFalse();
        assertThat(gruppen.getLast()).extracting(Gruppe::median, Gruppe::p90).containsOnlyNulls();
        assertThat(angemeldet(amt.mandant(), "karin.ahrens")
                        .hole("/leitung/zeiten")
                        .text())
                .contains("weniger als fünf – nicht ausgewiesen", "<svg", "FD 66 · Zur Kenntnis")
                .doesNotContain("FD 66 · Zur Bearbeitung", "Nr1");
        assertThat(gruppen(amt, amt.stadt.anja())).isEmpty();
    }

    private List<Gruppe> gruppen(Amt amt, Anmeldung wer) {
        return als(
                amt.mandant(),
                () -> zeiten.gruppen(wer.person(), auslastung.einheiten(wer.person(), null), Zeitraum.QUARTAL));
    }
}
