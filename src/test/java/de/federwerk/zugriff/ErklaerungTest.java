package de.federwerk.zugriff;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen.Leihe;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.zugriff.Schutzgut.Art;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who sees a thing and by what: the explanation, and the pages that tell it. */
class ErklaerungTest extends Zugriffstest {

    @Autowired
    Ausschluesse ausschluesse;

    @Test
    void die_erklaerung_nennt_genau_die_die_es_sehen_und_keine_anderen() {
        var fall = fall();
        var stadt = fall.stadt();
        var akte = fall.vorgang().akteId();
        als(fall.mandant(), () -> {
            var rolle = personen.rolle(Rolle.DATENSCHUTZ);
            var uta = person(stadt.mandant(), "uta.hagedorn", "Uta", "Hagedorn", stadt.ordnung());
            var ben = person(stadt.mandant(), "ben.kurz", "Ben", "Kurz", stadt.ordnung());
            person(stadt.mandant(), "eva.lang", "Eva", "Lang", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, uta.person(), Rolle.DATENSCHUTZ);
            berechtigungen.gebeFrei(
                    Subjekt.ROLLE,
                    rolle,
                    Ziel.PLAN,
                    plan.gemeint("66", true).orElseThrow().id(),
                    Recht.VERWALTEN);
            ausnahmen.gebeFrei(
                    fall.karin(),
                    Kennung.neu(),
                    akte,
                    null,
                    ben.person(),
                    Recht.LESEN,
                    LocalDate.now(Anzeige.ZONE).plusDays(3),
                    "Mitarbeit");
            return null;
        });
        var gut = gut(fall, Art.AKTE, akte);
        var offen = als(fall.mandant(), () -> nachErklaerung(gut));
        // Anja and Karin work there, Uta administrates by role, Ben reads for a time; Petra and Eva see nothing.
        assertThat(offen).hasSize(4).isEqualTo(nachSicht(fall.mandant(), akte));

        als(
                fall.mandant(),
                () -> ausnahmen.schliesseAus(
                        fall.karin(), Kennung.neu(), akte, stadt.anja().person(), "Befangen"));
        assertThat(als(fall.mandant(), () -> nachErklaerung(gut)))
                .hasSize(3)
                .isEqualTo(nachSicht(fall.mandant(), akte));
        assertThat(als(
                        fall.mandant(),
                        () -> zugriffe.wege(
                                gut, sicht(fall.karin()), stadt.anja().person())))
                .isNotEmpty()
                .noneMatch(Zugriffe.Weg::wirkt);
        assertThat(als(fall.mandant(), () -> ausschluesse.von(akte, true)))
                .extracting(Ausschluesse.Ausgeschlossener::name)
                .containsExactly("Anja Müller");
    }

    @Test
    void eine_aufgabe_oeffnet_ihren_vorgang_auch_der_vertretung_und_die_erklaerung_sagt_es() {
        var fall = fall();
        var stadt = fall.stadt();
        als(fall.mandant(), () -> {
            var eva = person(stadt.mandant(), "eva.lang", "Eva", "Lang", stadt.ordnung());
            jdbc.sql(
                            "INSERT INTO vertretung (mandant_id, id, person_id, vertreter_id, von, bis, eingetragen_von) VALUES (?, ?, ?, ?, heute(), heute() + 3, ?)")
                    .params(fall.mandant(), Kennung.neu(), stadt.petra().person(), eva.person(), eva.person())
                    .update();
            berechtigungen.wechsle(
                    List.of(),
                    List.of(new Leihe(
                            Kennung.neu(), fall.vorgang().id(), stadt.petra().person(), Recht.LESEN, false)));
        });
        var gut = gut(fall, Art.VORGANG, fall.vorgang().id());
        var quellen = als(
                fall.mandant(),
                () -> zugriffe.quellen(gut, sicht(stadt.anja()), Stelle.ANFANG, 50)
                        .zeilen());
        assertThat(quellen)
                .filteredOn(z -> z.art().equals("aufgabe"))
                .extracting(Zugriffe.Zeile::subjekt)
                .containsExactlyInAnyOrder("Petra Lüders", "Eva Lang");
        assertThat(quellen)
                .filteredOn(z -> "Petra Lüders".equals(z.vertretener()))
                .singleElement()
                .satisfies(z -> assertThat(Erklaerung.warum(z, gut)).startsWith("Vertritt Petra Lüders"));
        assertThat(als(
                        fall.mandant(),
                        () -> menschen.quellen(
                                        stadt.petra().person(),
                                        berechtigungen.sicht(stadt.petra().person(), Recht.LESEN),
                                        Stelle.ANFANG,
                                        50)
                                .zeilen()))
                .anyMatch(z ->
                        z.art().equals("aufgabe") && String.valueOf(z.ziel()).contains("Werbeanlage"));
        // Whoever does not see the Vorgang learns of the task, but not of what it is about.
        assertThat(als(
                        fall.mandant(),
                        () -> menschen.quellen(
                                        stadt.petra().person(),
                                        berechtigungen.sicht(fall.karin().person(), Recht.VERWALTEN),
                                        Stelle.ANFANG,
                                        50)
                                .zeilen()))
                .filteredOn(z -> z.art().equals("aufgabe"))
                .singleElement()
                .satisfies(z -> assertThat(z.ziel()).isNull());
    }

    @Test
    void die_seiten_zeigen_wer_es_sieht_und_aendern_nur_wer_darf() {
        var fall = fall();
        var stadt = fall.stadt();
        var pfad = "/akten/" + fall.vorgang().akteId() + "/zugriff";
        var anja = angemeldet(fall.mandant(), "anja.mueller");
        assertThat(anja.hole(pfad).text())
                .contains("Wer sieht diese Akte, und warum?", "2 Personen haben Zugriff", "FD 66 Tiefbau");
        assertThat(anja.hole(pfad + "?wen=petra.lueders").text())
                .contains("Petra Lüders sieht diese Akte", "Keine Freigabe am Aktenplan");
        assertThat(anja.hole(pfad + "?wen=karin.ahrens").text()).contains("Mitglied");
        assertThat(anja.hole(pfad + "?quelle=alle").text()).contains("Karin Ahrens");
        assertThat(anja.hole(pfad + ".csv").text()).contains("\"Karin Ahrens\"");
        // Anja works there, but does not say who sees it.
        assertThat(anja.hole(pfad + "/freigabe").status()).isEqualTo(403);
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(pfad).status())
                .isEqualTo(404);
        assertThat(anja.hole("/personen/" + stadt.petra().person() + "/zugriff").status())
                .isEqualTo(404);
        assertThat(anja.hole("/personen/" + stadt.anja().person() + "/zugriff").text())
                .contains("Was sieht diese Person", "liest 1 Akte");
        assertThat(anja.hole("/verwaltung/rechte").status()).isEqualTo(403);

        var karin = angemeldet(fall.mandant(), "karin.ahrens");
        var felder = new String[] {
            "id",
            Kennung.neu().toString(),
            "wer",
            "petra.lueders",
            "recht",
            "lesen",
            "bis",
            LocalDate.now(Anzeige.ZONE).plusDays(9).toString(),
            "grund",
            "Stellungnahme"
        };
        // Only what was shown is done: saved unseen, it is shown.
        var gesehen = karin.sendeVon(pfad + "/freigabe", pfad + "/freigabe", mit(felder, "tun", "speichern"));
        assertThat(gesehen.text()).contains("Noch ist nichts geändert", "Petra Lüders");
        var wert = gesehen.text().replaceAll("(?s).*name=\"gesehen\" value=\"([0-9a-f]+)\".*", "$1");
        var getan = karin.sendeVon(
                pfad + "/freigabe", pfad + "/freigabe", mit(felder, "tun", "speichern", "gesehen", wert));
        assertThat(getan.ziel()).isEqualTo(pfad + "?erledigt=freigabe");
        assertThat(angemeldet(fall.mandant(), "petra.lueders").hole(pfad).text())
                .contains("nur auf Zeit")
                .doesNotContain("Stellungnahme");
        assertThat(karin.hole(pfad).text()).contains("Stellungnahme");
    }

    @Test
    void wer_nur_metadaten_darf_sieht_titel_und_keinen_inhalt() {
        var fall = fall();
        var stadt = fall.stadt();
        als(fall.mandant(), () -> {
            vorgaenge.vermerke(stadt.anja(), Kennung.neu(), fall.vorgang().id(), "Vertraulicher Vermerk");
            freigaben.erteile(
                    stadt.anja(),
                    new Freigaben.Neu(
                            Kennung.neu(),
                            Subjekt.PERSON,
                            stadt.petra().person(),
                            Ziel.EINHEIT,
                            stadt.tiefbau(),
                            Recht.METADATEN,
                            null,
                            null,
                            ""));
        });
        var petra = angemeldet(fall.mandant(), "petra.lueders");
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId()).text())
                .contains("Werbeanlage", "Nur Metadaten")
                .doesNotContain("hat ein Dokument abgelegt", "Wer sieht diese Akte");
        for (var dokument : List.of("", "?dokument=" + fall.dokument())) {
            assertThat(petra.hole("/vorgaenge/" + fall.vorgang().id() + dokument)
                            .text())
                    .contains("Werbeanlage", "Bescheid", "Nur Metadaten", "Den Inhalt dürfen Sie nicht lesen")
                    .doesNotContain("Vertraulicher Vermerk", "Zylinderkopf", "/dokumente/" + fall.dokument());
        }
        assertThat(petra.hole("/dokumente/" + fall.dokument() + "/inhalt").status())
                .isEqualTo(404);
        assertThat(petra.hole("/vorgaenge/" + fall.vorgang().id() + "/merkpunkte")
                        .status())
                .isEqualTo(404);
        assertThat(petra.hole("/akten/" + fall.vorgang().akteId() + "/protokoll")
                        .status())
                .isEqualTo(404);
        assertThat(petra.hole("/suche?q=Werbeanlage").text()).contains("0 Treffer");
    }

    @Test
    void die_seite_der_akte_verraet_keinen_vorgang_der_darin_zu_ist() {
        var fall = fall();
        var stadt = fall.stadt();
        als(fall.mandant(), () -> {
            berechtigungen.wechsle(
                    List.of(),
                    List.of(new Leihe(
                            Kennung.neu(), fall.vorgang().id(), stadt.petra().person(), Recht.LESEN, false)));
            person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
        });
        var pfad = "/akten/" + fall.vorgang().akteId() + "/zugriff";
        var joerg = angemeldet(fall.mandant(), "joerg.sander");
        assertThat(joerg.hole(pfad).text()).contains("Petra Lüders", "4 Personen");
        als(
                fall.mandant(),
                () -> wechsel.unterbreche(
                        fall.karin(), Art.VORGANG, fall.vorgang().id(), Kennung.neu(), false, Map.of(), "Beschwerde"));
        assertThat(joerg.hole(pfad).text())
                .contains("3 Personen")
                .doesNotContain("Petra Lüders", fall.vorgang().aktenzeichen(), "Vererbung unterbrochen");
        assertThat(joerg.hole(pfad + "?wen=petra.lueders").text())
                .contains("Petra Lüders sieht diese Akte <strong>nicht")
                .doesNotContain(fall.vorgang().aktenzeichen());
        assertThat(angemeldet(fall.mandant(), "karin.ahrens").hole(pfad).text())
                .contains("Petra Lüders", fall.vorgang().aktenzeichen());
    }
}
