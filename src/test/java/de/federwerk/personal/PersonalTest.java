package de.federwerk.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Teststadt;
import de.federwerk.akte.Aktenverlauf;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Hinterlassenes;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class PersonalTest extends Teststadt {

    @Autowired
    Personalien personalien;

    @Autowired
    Besetzungen besetzungen;

    @Autowired
    Nachlass nachlass;

    @Autowired
    Hinterlassenes hinterlassenes;

    @Autowired
    Laufwege laufwege;

    @Autowired
    Vertretungen vertretungen;

    @Autowired
    Aktenverlauf verlauf;

    /** With Anja as the administrator. */
    private Stadt verwaltete() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        return stadt;
    }

    private static String grund(Runnable tat) {
        try {
            tat.run();
            return "";
        } catch (Abgelehnt e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void der_letzten_person_wird_die_administration_nicht_genommen() {
        var stadt = verwaltete();
        var anja = stadt.anja();
        assertThat(grund(() -> als(stadt.mandant(), () -> personalien.nimm(anja, anja.person(), Rolle.ADMINISTRATION))))
                .contains("niemand mehr da, der verwalten darf");
        for (boolean sofort : List.of(true, false)) {
            assertThat(grund(() -> als(
                            stadt.mandant(),
                            () -> personalien.verlaesst(anja, anja.person(), LocalDate.now(Anzeige.ZONE), sofort))))
                    .contains("niemand mehr da, der verwalten darf");
        }
        als(stadt.mandant(), () -> personalien.gib(anja, stadt.petra().person(), Rolle.ADMINISTRATION));
        // Who leaves next year does not count as somebody who stays.
        als(
                stadt.mandant(),
                () -> personalien.verlaesst(
                        anja,
                        stadt.petra().person(),
                        LocalDate.now(Anzeige.ZONE).plusYears(1),
                        false));
        assertThat(grund(() -> als(stadt.mandant(), () -> personalien.nimm(anja, anja.person(), Rolle.ADMINISTRATION))))
                .contains("niemand mehr da");
        als(stadt.mandant(), () -> personalien.verlaesst(anja, stadt.petra().person(), null, false));
        als(stadt.mandant(), () -> personalien.nimm(anja, anja.person(), Rolle.ADMINISTRATION));
        als(stadt.mandant(), () -> {
            assertThat(personalien.rollen(anja.person())).containsExactly(Rolle.POSTEINGANG);
            assertThat(personalien.rollen(stadt.petra().person())).containsExactly(Rolle.ADMINISTRATION);
        });
    }

    @Test
    void zwei_die_sich_zugleich_die_administration_nehmen_lassen_eine_uebrig() throws Exception {
        var stadt = verwaltete();
        als(stadt.mandant(), () -> personalien.gib(stadt.anja(), stadt.petra().person(), Rolle.ADMINISTRATION));
        try (var leute = Executors.newFixedThreadPool(2)) {
            Callable<String> eine = () -> nimm(stadt, stadt.anja(), stadt.petra());
            Callable<String> andere = () -> nimm(stadt, stadt.petra(), stadt.anja());
            var ausgaenge = List.of(leute.submit(eine), leute.submit(andere));
            assertThat(List.of(ausgaenge.get(0).get(), ausgaenge.get(1).get()))
                    .containsOnlyOnce("")
                    .anyMatch(a -> a.contains("niemand mehr da") || a.contains("Rolle „Administration“"));
        }
        assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT count(*) FROM rollenbesetzung b JOIN rolle r ON r.id = b.rolle_id WHERE r.kennung = 'ADMINISTRATION' AND gilt(b.gueltig_von, b.gueltig_bis)")
                                .query(Long.class)
                                .single()))
                .isOne();
    }

    private String nimm(Stadt stadt, Anmeldung wer, Anmeldung wem) {
        return grund(() -> als(stadt.mandant(), () -> personalien.nimm(wer, wem.person(), Rolle.ADMINISTRATION)));
    }

    @Test
    void datenschutz_und_personalrat_sind_nie_dieselbe_person() {
        var stadt = verwaltete();
        var petra = stadt.petra().person();
        als(stadt.mandant(), () -> personalien.gib(stadt.anja(), petra, Rolle.DATENSCHUTZ));
        assertThat(grund(() -> als(stadt.mandant(), () -> personalien.gib(stadt.anja(), petra, Rolle.PERSONALRAT))))
                .contains("nur zwei verschiedene Menschen gemeinsam");
        // Nor past the program.
        assertThatThrownBy(() -> als(
                        stadt.mandant(),
                        () -> jdbc.sql(
                                        "INSERT INTO rollenbesetzung (mandant_id, id, rolle_id, person_id) VALUES (?, gen_random_uuid(), ?, ?)")
                                .params(stadt.mandant(), personen.rolle(Rolle.PERSONALRAT), petra)
                                .update()))
                .hasMessageContaining("nie dieselbe Person");
        als(stadt.mandant(), () -> personalien.nimm(stadt.anja(), petra, Rolle.DATENSCHUTZ));
        als(stadt.mandant(), () -> personalien.gib(stadt.anja(), petra, Rolle.PERSONALRAT));
        assertThat(als(stadt.mandant(), () -> personalien.rollen(petra))).containsExactly(Rolle.PERSONALRAT);
    }

    @Test
    void ermaechtigen_darf_nur_der_geheimschutz_und_hoechstens_zur_hoechsten_stufe_der_gemeinde() {
        var stadt = verwaltete();
        var petra = stadt.petra().person();
        assertThat(grund(() -> als(stadt.mandant(), () -> personalien.ermaechtige(stadt.anja(), petra, 1))))
                .contains("Geheimschutz");
        als(stadt.mandant(), () -> {
            personalien.gib(stadt.anja(), stadt.anja().person(), Rolle.GEHEIMSCHUTZ);
            berechtigungen.schutzbereich(null, stadt.tiefbau(), 2, null);
        });
        assertThat(grund(() -> als(stadt.mandant(), () -> personalien.ermaechtige(stadt.anja(), petra, 3))))
                .contains("Stufen 0 bis 2");
        als(stadt.mandant(), () -> personalien.ermaechtige(stadt.anja(), petra, 2));
        assertThat(als(stadt.mandant(), () -> personalien.person(petra)).ermaechtigung())
                .isEqualTo(2);
    }

    @Test
    void eine_stelle_bringt_ihre_rechte_und_nimmt_sie_mit() {
        var stadt = verwaltete();
        var vorgang = vorgang(stadt, "Baugerüst");
        var petra = stadt.petra().person();
        als(
                stadt.mandant(),
                () -> besetzungen.richteEin(stadt.anja(), petra, stadt.tiefbau(), "Straßenaufsicht", false, true));
        assertThat(sieht(stadt, vorgang.id())).isTrue();
        // The list of Freigaben says whose act each was.
        assertThat(angemeldet(stadt.mandant(), "anja.mueller")
                        .hole("/verwaltung/rechte")
                        .text())
                .containsPattern("Anja Müller, [0-9.]+<br><span class=\"fw-leise\">mit der Stelle eingerichtet")
                .containsPattern("vom Programm, [0-9.]+<br><span class=\"fw-leise\">bei der Gründung");
        var sitze = als(stadt.mandant(), () -> besetzungen.von(petra));
        assertThat(sitze).extracting(Besetzungen.Zeile::bezeichnung).contains("Straßenaufsicht");
        als(
                stadt.mandant(),
                () -> besetzungen.beende(
                        stadt.anja(),
                        sitze.stream()
                                .filter(s -> s.bezeichnung().equals("Straßenaufsicht"))
                                .findFirst()
                                .orElseThrow()
                                .id()));
        assertThat(sieht(stadt, vorgang.id())).isFalse();
    }

    private boolean sieht(Stadt stadt, UUID vorgang) {
        return als(
                stadt.mandant(),
                () -> vorgaenge
                        .finde(berechtigungen.sicht(stadt.petra().person(), Recht.LESEN), vorgang)
                        .isPresent());
    }

    @Test
    void wer_geht_wird_abgemeldet_und_was_liegen_blieb_geht_an_jemand_anderen() {
        var stadt = verwaltete();
        var mandant = stadt.mandant();
        var karl = als(mandant, () -> person(mandant, "karl.orth", "Karl", "Orth", stadt.tiefbau()));
        var ina = als(mandant, () -> person(mandant, "ina.schulz", "Ina", "Schulz", stadt.tiefbau()));
        var vorgang = vorgang(stadt, "Baugerüst");
        als(mandant, () -> {
            jdbc.sql("UPDATE vorgang SET bearbeiter_id = ?")
                    .param(karl.person())
                    .update();
            laufwege.beginne(
                    karl,
                    new Laufwegentwurf(
                            Kennung.neu(),
                            vorgang.id(),
                            null,
                            "Bescheid",
                            false,
                            List.of(
                                    Laufwegentwurf.Station.schlicht(
                                            Kennung.neu(), 1, Stationsart.BEARBEITUNG, an(karl)),
                                    Laufwegentwurf.Station.schlicht(
                                            Kennung.neu(), 2, Stationsart.KENNTNIS, an(karl)))));
        });
        var heute = LocalDate.now(Anzeige.ZONE);
        Mandantenkontext.als(
                mandant,
                () -> vertretungen.trageEin(
                        stadt.anja(),
                        Kennung.neu(),
                        stadt.anja().person(),
                        karl.person(),
                        heute,
                        heute.plusDays(3),
                        false));
        var browser = angemeldet(mandant, "karl.orth");
        var verwaltung = angemeldet(mandant, "anja.mueller");
        var seite = "/verwaltung/personen/" + karl.person();
        assertThat(verwaltung
                        .sendeVon(seite, seite + "/austritt", "tag", heute.toString(), "sofort", "true")
                        .ziel())
                .isEqualTo(seite + "?getan=austritt");
        assertThat(browser.hole("/postkorb").ziel()).startsWith("/anmelden");
        assertThat(verwaltung.hole(seite).text())
                .contains("nicht mehr gültig", "Offene Aufgaben", "Vorgänge in Bearbeitung", "Begonnene Laufwege")
                .contains("/vorgaenge/" + vorgang.id())
                .contains("Dazu kommen 1 Station");
        var bericht = Mandantenkontext.als(
                mandant,
                () -> nachlass.uebergib(
                        stadt.anja(),
                        karl.person(),
                        Set.of("aufgaben", "vorgaenge", "vertretungen"),
                        an(ina),
                        "verlässt das Haus"));
        assertThat(bericht)
                .contains(
                        "1 Vorgang ist übergeben.", "1 von 1 Aufgaben sind übergeben, dazu 1 Station, die noch kommen.")
                .anyMatch(s -> s.startsWith("Die Vertretung für Anja Müller ist übergeben"));
        als(mandant, () -> {
            // Who sees the Vorgang reads there who has given what to whom, and why.
            assertThat(verlauf.juengste(berechtigungen.sicht(ina.person(), Recht.LESEN), vorgang.akteId(), 20))
                    .filteredOn(e -> e.was().contains("verlässt das Haus"))
                    .extracting(e -> e.wer() + " " + e.inWorten() + " " + e.was())
                    .contains(
                            "Anja Müller hat übergeben, was im Laufweg noch kommt: 1 Station, Karl Orth → Ina Schulz. Grund: verlässt das Haus · Bescheid",
                            "Anja Müller hat den Vorgang jemand anderem übergeben verlässt das Haus")
                    .hasSize(3);
            assertThat(hinterlassenes.bestand(karl.person()).offen()).isZero();
            assertThat(hinterlassenes.bestand(karl.person()).kommend()).isZero();
            assertThat(hinterlassenes.bestand(ina.person()).offen()).isOne();
            assertThat(vertretungen
                            .abwesende(List.of(stadt.anja().person()))
                            .get(stadt.anja().person())
                            .vertreterId())
                    .isEqualTo(ina.person());
            // Nothing is deleted.
            assertThat(personalien.person(karl.person()).gueltig()).isFalse();
        });
        // To a unit go tasks only.
        assertThat(grund(() -> Mandantenkontext.als(mandant, () -> {
                    nachlass.uebergib(
                            stadt.anja(),
                            ina.person(),
                            Set.of("vorgaenge"),
                            new Empfaenger("einheit", stadt.tiefbau()),
                            "weil");
                })))
                .contains("gehen nur Aufgaben");
    }

    private static Empfaenger an(Anmeldung wer) {
        return new Empfaenger("person", wer.person());
    }

    @Test
    void ohne_die_rolle_und_aus_einer_anderen_stadt_geht_nichts() {
        var stadt = verwaltete();
        var fremde = verwaltete();
        var seite = "/verwaltung/personen/" + stadt.petra().person();
        assertThat(angemeldet(stadt.mandant(), "petra.lueders").hole(seite).status())
                .isEqualTo(403);
        var fremder = angemeldet(fremde.mandant(), "anja.mueller");
        assertThat(fremder.hole(seite).status()).isEqualTo(404);
        for (var was : List.of("angaben", "stellen", "rollen", "rollen/ende", "austritt", "uebergabe")) {
            assertThat(fremder.sendeVon(
                                    "/postkorb",
                                    seite + "/" + was,
                                    "nachname",
                                    "Böse",
                                    "rolle",
                                    "ADMINISTRATION",
                                    "einheit",
                                    stadt.tiefbau().toString(),
                                    "bezeichnung",
                                    "x",
                                    "tag",
                                    LocalDate.now(Anzeige.ZONE).toString())
                            .status())
                    .as(was)
                    .isEqualTo(404);
        }
        assertThat(als(stadt.mandant(), () -> personalien.person(stadt.petra().person()))
                        .name())
                .isEqualTo("Petra Lüders");
    }
}
