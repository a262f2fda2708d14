package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An Akte is divided into Bände and Teilakten; and before something goes elsewhere one sees who would see it there. */
class AktenteilTest extends Teststadt {

    @Autowired
    Aktenteile teile;

    @Autowired
    Verlegung verlegung;

    @Autowired
    Index index;

    @Autowired
    Indexquellen.AusAkten aktenquelle;

    @Autowired
    Ausnahmen ausnahmen;

    private record Fall(Stadt stadt, Browser anja, String geheim, Vorgaenge.Vorgang vorgang) {

        String akte() {
            return "/akten/" + vorgang.akteId();
        }

        Browser.Seite sende(String pfad, String... felder) {
            return anja.sende(pfad, geheim, felder);
        }
    }

    private Fall fall() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Marktbrunnen");
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        return new Fall(
                stadt, anja, anja.hole("/akten/" + vorgang.akteId() + "/teile").geheim(), vorgang);
    }

    private Vorgaenge.Vorgang gelesen(Fall fall, UUID id) {
        return als(
                fall.stadt.mandant(),
                () -> vorgaenge.vorgang(berechtigungen.sicht(fall.stadt.anja().person(), Recht.LESEN), id));
    }

    private static UUID stadt(Fall fall) {
        return fall.stadt.mandant();
    }

    private String ort(Fall fall, UUID id) {
        return String.valueOf(gelesen(fall, id).teil());
    }

    private UUID eroeffne(Fall fall, String titel) {
        return als(
                fall.stadt.mandant(),
                () -> vorgaenge
                        .eroeffne(fall.stadt.anja(), Kennung.neu(), fall.vorgang.akteId(), titel)
                        .id());
    }

    private String neuerBand(Fall fall) {
        var id = Kennung.neu().toString();
        var felder = new String[] {"neu", id, "schliesst", offener(fall)};
        assertThat(fall.sende(fall.akte() + "/baende", felder).ziel()).isEqualTo(fall.akte() + "/teile");
        // Sent twice, it is made once.
        fall.sende(fall.akte() + "/baende", felder);
        return id;
    }

    /** The Band that the page would close. */
    private static String offener(Fall fall) {
        var seite = fall.anja.hole(fall.akte() + "/teile").text();
        var anfang = "name=\"schliesst\" value=\"";
        int von = seite.indexOf(anfang) + anfang.length();
        return seite.substring(von, seite.indexOf('"', von));
    }

    private String neueTeilakte(Fall fall, String titel) {
        var id = Kennung.neu().toString();
        assertThat(fall.sende(fall.akte() + "/teilakten", "neu", id, "titel", titel)
                        .ziel())
                .isEqualTo(fall.akte() + "/teile");
        return id;
    }

    @Test
    void neues_kommt_in_den_neuesten_band_und_was_offen_ist_geht_mit() {
        var fall = fall();
        var eins = neuerBand(fall);
        var fertig = eroeffne(fall, "Abgeschlossener Vorgang");
        assertThat(List.of(ort(fall, fall.vorgang.id()), ort(fall, fertig))).containsOnly("Band 1");
        als(fall.stadt.mandant(), () -> vorgaenge.schliesse(fall.stadt.anja(), fertig));
        var zwei = neuerBand(fall);
        assertThat(ort(fall, fall.vorgang.id())).isEqualTo("Band 2");
        assertThat(ort(fall, fertig)).isEqualTo("Band 1");
        assertThat(ort(fall, eroeffne(fall, "Später"))).isEqualTo("Band 2");
        // Whoever saw Band 1 open does not close Band 2, which somebody else has begun.
        assertThat(fall.sende(fall.akte() + "/baende", "neu", Kennung.neu().toString(), "schliesst", eins)
                        .text())
                .contains("offen ist: Band 2")
                .doesNotContain("Band 3");

        // Nothing goes into what is closed: not by the form, not past it, and not when it is opened there.
        var zurueck = fall.sende(
                "/vorgaenge/" + fall.vorgang.id() + "/einordnung", "teil", eins, "grund", "gehört zum Anfang");
        assertThat(zurueck.status()).isEqualTo(409);
        assertThat(zurueck.text()).contains("ist geschlossen").contains("value=\"gehört zum Anfang\"");
        var zuSpaet = fall.sende(
                fall.akte() + "/vorgaenge", "vorgang", Kennung.neu().toString(), "titel", "Zu spät", "teil", eins);
        assertThat(zuSpaet.status()).isEqualTo(409);
        assertThat(zuSpaet.text()).contains("ist geschlossen");
        assertThatThrownBy(() -> als(
                        fall.stadt.mandant(),
                        () -> jdbc.sql("UPDATE vorgang SET teil_id = ? WHERE id = ?")
                                .params(UUID.fromString(eins), fall.vorgang.id())
                                .update()))
                .hasMessageContaining("kommt nichts hinein");
        // What comes from another Akte arrives in the open Band; taken up again, it does not stay in a closed one.
        var fremder = vorgang(fall.stadt, "Brunnenfigur");
        als(
                fall.stadt.mandant(),
                () -> verlegung.verlegeVorgang(
                        fall.stadt.anja(), fremder.id(), fall.vorgang.akteId(), "gehört hierher"));
        assertThat(ort(fall, fremder.id())).isEqualTo("Band 2");
        assertThat(fall.sende("/vorgaenge/" + fertig + "/wiederaufnahme", "grund", "Widerspruch")
                        .ziel())
                .isEqualTo("/vorgaenge/" + fertig);
        assertThat(ort(fall, fertig)).isEqualTo("Band 2");

        assertThat(fall.anja.hole(fall.akte()).text())
                .contains("Band 1", "Band 2", "geschlossen", "Abgeschlossener Vorgang")
                .contains("hat einen Band begonnen", "hat den Vorgang anders eingeordnet");
        assertThat(fall.anja.hole(fall.akte() + "?teil=" + eins).text())
                .contains("Noch kein Vorgang")
                .doesNotContain("fw-zeile__titel\">Brunnenfigur");
        assertThat(fall.anja.hole(fall.akte() + "?teil=" + zwei).text()).contains("Brunnenfigur");
        assertThat(fall.anja.hole(fall.akte() + "/protokoll").text()).contains("Band 1 → Band 2");
        assertThat(fall.anja.hole("/vorgaenge/" + fertig).text()).contains("Band 2");
    }

    @Test
    void eine_teilakte_hat_ihre_nummer_wird_gefunden_und_haelt_die_akte_offen() {
        var fall = fall();
        var figur = neueTeilakte(fall, "Wasserspeier");
        assertThat(fall.sende(fall.akte() + "/teilakten", "neu", Kennung.neu().toString(), "titel", "wasserspeier")
                        .text())
                .contains("gibt es in dieser Akte schon")
                .contains("value=\"wasserspeier\"");
        var name = gelesen(fall, fall.vorgang.id()).aktenzeichen().replaceFirst("-01$", "-T1") + " Wasserspeier";
        var neu = fall.sende(
                fall.akte() + "/vorgaenge", "vorgang", Kennung.neu().toString(), "titel", "Reinigung", "teil", figur);
        var vorgang = UUID.fromString(neu.ziel().substring("/vorgaenge/".length()));
        assertThat(ort(fall, vorgang)).isEqualTo(name);
        assertThat(ort(fall, fall.vorgang.id())).isEqualTo("null");
        // Refused, what was typed still stands there.
        assertThat(fall.sende("/vorgaenge/" + fall.vorgang.id() + "/einordnung", "teil", figur, "grund", "")
                        .text())
                .contains("value=\"" + figur + "\" selected");
        assertThat(fall.sende(
                                fall.akte() + "/vorgaenge",
                                "vorgang",
                                Kennung.neu().toString(),
                                "titel",
                                "x".repeat(301))
                        .text())
                .contains("value=\"" + "x".repeat(301));
        assertThat(fall.sende("/vorgaenge/" + fall.vorgang.id() + "/einordnung", "teil", figur, "grund", "gehört dazu")
                        .ziel())
                .isEqualTo("/vorgaenge/" + fall.vorgang.id());
        assertThat(ort(fall, fall.vorgang.id())).isEqualTo(name);
        assertThat(fall.sende("/vorgaenge/" + fall.vorgang.id() + "/einordnung", "teil", "", "grund", "doch nicht")
                        .ziel())
                .isEqualTo("/vorgaenge/" + fall.vorgang.id());
        assertThat(ort(fall, fall.vorgang.id())).isEqualTo("null");
        assertThat(fall.anja.hole(fall.akte() + "?teil=akte").text())
                .contains("Marktbrunnen")
                .doesNotContain("fw-zeile__titel\">Reinigung");

        // Closing says what is in the way; what is closed can be taken up again.
        var pfad = fall.akte() + "/teilakten/" + figur;
        assertThat(fall.sende(pfad + "/abschluss").text()).contains("noch nicht alles", "Reinigung");
        als(fall.stadt.mandant(), () -> {
            vorgaenge.schliesse(fall.stadt.anja(), vorgang);
            vorgaenge.schliesse(fall.stadt.anja(), fall.vorgang.id());
        });
        assertThat(fall.sende(fall.akte() + "/abschluss").text()).contains("ist noch offen: Teilakte " + name);
        var entwurf = fall.sende(
                        fall.akte() + "/vorgaenge",
                        "vorgang",
                        Kennung.neu().toString(),
                        "titel",
                        "Weggelegt",
                        "teil",
                        figur,
                        "entwurf",
                        "true")
                .ziel();
        fall.sende(entwurf + "/verwerfung");
        assertThat(fall.sende(pfad + "/abschluss").ziel()).isEqualTo(fall.akte() + "/teile");
        // What was thrown away does not come back into what is closed by now.
        var rueckgabe = fall.sende(entwurf.replace("vorgaenge", "papierkorb") + "/rueckgabe");
        assertThat(rueckgabe.status()).isEqualTo(409);
        assertThat(rueckgabe.text()).contains("inzwischen geschlossen");
        assertThat(fall.sende(pfad + "/wiederaufnahme", "grund", "y".repeat(301))
                        .text())
                .contains("value=\"" + "y".repeat(301));
        assertThat(fall.sende("/vorgaenge/" + vorgang + "/wiederaufnahme", "grund", "Nachtrag")
                        .text())
                .contains("zuerst die Teilakte");
        assertThat(fall.sende(pfad + "/wiederaufnahme", "grund", "Nachtrag").ziel())
                .isEqualTo(fall.akte() + "/teile");
        fall.sende(pfad + "/angaben", "titel", "Wasserspeier Nord");
        fall.sende(pfad + "/abschluss");
        var band = neuerBand(fall);
        assertThat(fall.sende(fall.akte() + "/abschluss").ziel()).isEqualTo(fall.akte());
        assertThat(fall.anja.hole(fall.akte() + "/teile").text()).contains("Geteilt wird sie erst");
        assertThat(fall.sende(fall.akte() + "/baende", "neu", Kennung.neu().toString())
                        .status())
                .isEqualTo(409);
        fall.sende(fall.akte() + "/wiederaufnahme", "grund", "Nachtrag");
        assertThat(ort(fall, eroeffne(fall, "Nachtrag"))).isEqualTo("Band 1");
        // The folder on the shelf is one of the parts.
        var papier = fall.sende(
                fall.akte() + "/papier",
                "teil",
                Kennung.neu().toString(),
                "vorgang",
                band,
                "titel",
                "Ordner",
                "standort",
                "Keller");
        assertThat(fall.anja.hole(papier.ziel()).text()).contains("<dd>Band 1</dd>");
        assertThat(fall.anja.hole(fall.akte()).text()).contains("· Band 1 · Keller");

        // Under the number it had, too.
        assertThat(fall.sende(
                                fall.akte() + "/umprotokollierung",
                                "plan",
                                "66.20.05",
                                "einheit",
                                fall.stadt.tiefbau().toString(),
                                "grund",
                                "neuer Plan")
                        .ziel())
                .isEqualTo(fall.akte());
        assertThat(als(
                        fall.stadt.mandant(),
                        () -> aktenquelle
                                .lies(List.of(fall.vorgang.akteId()))
                                .getFirst()
                                .text()))
                .contains(name.replace(" Wasserspeier", ""), "66.20.05");
        // Found at the Akte and at its Vorgänge, by whoever may see them.
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(
                                fall.anja.hole("/suche?q=Wasserspeier+Nord").text())
                        .contains("Marktbrunnen", "Reinigung"));
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        assertThat(petra.hole("/suche?q=Wasserspeier").text()).contains("0 Treffer");
    }

    @Test
    void fremde_erfahren_nichts_von_den_teilen_und_aendern_nichts() {
        var fall = fall();
        var figur = neueTeilakte(fall, "Wasserspeier");
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        var andere = stadt();
        for (var fremde : List.of(petra, angemeldet(andere.mandant(), "anja.mueller"))) {
            var geheim = fremde.hole("/akten/neu").geheim();
            assertThat(fremde.hole(fall.akte() + "/teile").status()).isEqualTo(404);
            for (var pfad : List.of(
                    "/baende",
                    "/teilakten",
                    "/teilakten/" + figur + "/angaben",
                    "/teilakten/" + figur + "/abschluss",
                    "/teilakten/" + figur + "/wiederaufnahme")) {
                var id = Kennung.neu().toString();
                assertThat(fremde.sende(
                                        fall.akte() + pfad,
                                        geheim,
                                        "neu",
                                        id,
                                        "titel",
                                        "Unterschoben",
                                        "grund",
                                        "darum")
                                .status())
                        .as(pfad)
                        .isEqualTo(404);
            }
            assertThat(fremde.sende(
                                    "/vorgaenge/" + fall.vorgang.id() + "/einordnung",
                                    geheim,
                                    "teil",
                                    figur,
                                    "grund",
                                    "darum")
                            .status())
                    .isEqualTo(404);
        }
        // Whoever works on one Vorgang alone learns no name of a part, not even of the one in which it lies.
        als(stadt(fall), () -> {
            var chef = person(stadt(fall), "karin.ahrens", "Karin", "Ahrens", fall.stadt.tiefbau());
            berechtigungen.gebeFrei(Subjekt.PERSON, chef.person(), Ziel.EINHEIT, fall.stadt.tiefbau(), Recht.VERWALTEN);
            personen.ermaechtige(fall.stadt.anja().pseudonym(), chef.person(), 9);
            ausnahmen.gebeFrei(
                    chef,
                    Kennung.neu(),
                    fall.vorgang.akteId(),
                    fall.vorgang.id(),
                    fall.stadt.petra().person(),
                    Recht.BEARBEITEN,
                    LocalDate.now(Anzeige.ZONE).plusDays(9),
                    "Mitarbeit");
        });
        var einer = "/vorgaenge/" + fall.vorgang.id();
        fall.sende(einer + "/einordnung", "teil", figur, "grund", "gehört dazu");
        assertThat(fall.anja.hole(einer).text()).contains("Wasserspeier");
        for (var seite : List.of(einer, einer + "/bearbeiten")) {
            assertThat(petra.hole(seite).text()).contains("Marktbrunnen").doesNotContain("Wasserspeier");
        }
        fall.sende(einer + "/einordnung", "teil", "", "grund", "doch nicht");
        // A part of another Akte, even of one's own, is none of this one; whoever only reads changes nothing.
        var anderer = vorgang(fall.stadt, "Anderes");
        assertThat(fall.sende("/akten/" + anderer.akteId() + "/teilakten", "neu", figur, "titel", "Untergeschoben")
                        .status())
                .isEqualTo(409);
        assertThat(fall.sende("/vorgaenge/" + anderer.id() + "/einordnung", "teil", figur, "grund", "darum")
                        .status())
                .isEqualTo(404);
        als(
                fall.stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, fall.stadt.petra().person(), Ziel.EINHEIT, fall.stadt.tiefbau(), Recht.LESEN));
        assertThat(petra.hole(fall.akte()).text()).contains("Wasserspeier");
        // What is kept from her in a part is not counted there either.
        var geheimes = fall.sende(
                        fall.akte() + "/vorgaenge",
                        "vorgang",
                        Kennung.neu().toString(),
                        "titel",
                        "Geheimgang",
                        "teil",
                        figur)
                .ziel();
        assertThat(petra.hole(fall.akte() + "?teil=" + figur).text()).contains("Geheimgang");
        als(stadt(fall), () -> {
            int streng = berechtigungen.schutzbereich(null, fall.stadt.tiefbau(), 3, null);
            var id = UUID.fromString(geheimes.substring("/vorgaenge/".length()));
            jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                    .params(streng, id)
                    .update();
            index.vormerkenUndSperren("vorgang", id);
        });
        assertThat(petra.hole(fall.akte() + "?teil=" + figur).text())
                .contains("Noch kein Vorgang")
                .doesNotContain("Geheimgang");
        assertThat(als(
                        stadt(fall),
                        () -> teile.von(
                                berechtigungen.sicht(fall.stadt.petra().person(), Recht.LESEN), fall.vorgang.akteId())))
                .extracting(Aktenteile.Teil::vorgaenge)
                .containsExactly(0L);
        assertThat(petra.hole(fall.akte() + "/teile").status()).isEqualTo(403);
        assertThat(petra.sende(
                                fall.akte() + "/baende",
                                petra.hole("/akten/neu").geheim(),
                                "neu",
                                Kennung.neu().toString())
                        .status())
                .isEqualTo(403);
        assertThat(als(
                        fall.stadt.mandant(),
                        () -> teile.von(
                                berechtigungen.sicht(fall.stadt.anja().person(), Recht.LESEN), fall.vorgang.akteId())))
                .extracting(Aktenteile.Teil::titel)
                .containsExactly("Wasserspeier");
    }

    @Test
    void vor_dem_verlegen_sieht_man_wer_es_dann_sieht_und_erfaehrt_nicht_mehr_als_man_darf() {
        var fall = fall();
        var stadt = fall.stadt;
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.tiefbau(), Recht.VERWALTEN));
        var felder =
                new String[] {"plan", "66.20.05", "einheit", stadt.ordnung().toString(), "grund", "", "tun", "vorschau"
                };
        var pfad = fall.akte() + "/umprotokollierung";
        // Anja would lose it, and so does not learn who is there, nor who of hers would be.
        assertThat(fall.sende(pfad, felder).text())
                .contains("Sie selbst sehen es dort nicht mehr")
                .contains("1 Person sieht oder darf dann mehr.", "1 Person sieht oder darf dann weniger.")
                .doesNotContain("Petra Lüders", "sieht es dann nicht mehr</span>");
        als(
                stadt.mandant(),
                () -> berechtigungen.gebeFrei(
                        Subjekt.PERSON, stadt.anja().person(), Ziel.EINHEIT, stadt.ordnung(), Recht.LESEN));
        assertThat(fall.sende(pfad, felder).text())
                .contains("Petra Lüders", "sah es nicht, darf dann bearbeiten")
                .contains("dann nur noch lesen")
                .contains("value=\"66.20.05\"")
                .doesNotContain("Sie selbst sehen");
        assertThat(gelesen(fall, fall.vorgang.id()).aktenzeichen()).isEqualTo(fall.vorgang.aktenzeichen());
        // What would be refused is refused before.
        assertThat(fall.sende(pfad, "plan", "66.20", "einheit", stadt.ordnung().toString(), "tun", "vorschau")
                        .status())
                .isEqualTo(422);

        var ziel = vorgang(stadt, "Nachbarakte");
        assertThat(fall.sende(
                                "/vorgaenge/" + fall.vorgang.id() + "/verlegung",
                                "akte",
                                ziel.aktenzeichen().replaceFirst("-01$", ""),
                                "akteId",
                                ziel.akteId().toString(),
                                "tun",
                                "vorschau")
                        .text())
                .contains("Für niemanden ändert sich etwas")
                .contains("name=\"akteId\" value=\"" + ziel.akteId() + "\"");
        assertThat(gelesen(fall, fall.vorgang.id()).akteId()).isEqualTo(fall.vorgang.akteId());
        var petra = angemeldet(stadt.mandant(), "petra.lueders");
        assertThat(petra.sende(pfad, petra.hole("/akten/neu").geheim(), felder).status())
                .isEqualTo(404);
    }
}
