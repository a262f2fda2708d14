package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A town gives its Akten fields of its own; people fill them in, find by them, take them along. */
class AktenartTest extends Teststadt {

    @Autowired
    Aktenarten arten;

    /** @param felder by their place */
    private record Fall(Stadt stadt, Browser anja, UUID art, List<Aktenfeld> felder, UUID akte) {

        String pfad() {
            return "/akten/" + akte;
        }
    }

    private Fall fall() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var anja = angemeldet(stadt.mandant(), "anja.mueller");
        var art = Kennung.neu();
        anja.sendeVon("/verwaltung/aktenarten", "/verwaltung/aktenarten", "id", art.toString(), "name", "Vertrag");
        var geheim = anja.hole("/verwaltung/aktenarten/" + art).geheim();
        for (var feld : List.of(
                List.of("Partner", "TEXT", "", "true"),
                List.of("Summe", "GELD", "", ""),
                List.of("Ende", "DATUM", "", ""),
                List.of("Stufe", "AUSWAHL", "Rahmen\nEinzel", ""),
                List.of("Stück", "ZAHL", "", ""),
                List.of("Betreuung", "PERSON", "", ""))) {
            anja.sende(
                    "/verwaltung/aktenarten/" + art + "/felder",
                    geheim,
                    "feld",
                    Kennung.neu().toString(),
                    "name",
                    feld.get(0),
                    "art",
                    feld.get(1),
                    "auswahl",
                    feld.get(2),
                    "pflicht",
                    feld.get(3).isEmpty() ? "false" : "true",
                    "inListe",
                    "true");
        }
        var akte = Kennung.neu();
        assertThat(anja.sendeVon(
                                "/akten/neu",
                                "/akten",
                                "id",
                                akte.toString(),
                                "plan",
                                "66.20.03",
                                "titel",
                                "Streusalz",
                                "einheit",
                                stadt.tiefbau().toString(),
                                "aktenart",
                                art.toString())
                        .ziel())
                .isEqualTo("/akten/" + akte + "/bearbeiten");
        return new Fall(stadt, anja, art, als(stadt.mandant(), () -> arten.felder(art, false)), akte);
    }

    /** The whole form of the Akte, with these fields typed by their names. */
    private Browser.Seite fuelle(Fall fall, String... namenUndWerte) {
        var formular = fall.anja.hole(fall.pfad() + "/bearbeiten");
        var alle = new ArrayList<>(List.of("titel", "Streusalz", "war-titel", "Streusalz"));
        for (int i = 0; i < namenUndWerte.length; i += 2) {
            var name = namenUndWerte[i];
            var feld = fall.felder.stream()
                    .filter(f -> f.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            alle.addAll(List.of(feld.formname(), namenUndWerte[i + 1], "war-" + feld.formname(), war(formular, feld)));
        }
        return fall.anja.sende(fall.pfad() + "/angaben", formular.geheim(), alle.toArray(String[]::new));
    }

    private static String war(Browser.Seite formular, Aktenfeld feld) {
        var anfang = "name=\"war-" + feld.formname() + "\" value=\"";
        int von = formular.text().indexOf(anfang) + anfang.length();
        return formular.text().substring(von, formular.text().indexOf('"', von));
    }

    @Test
    void felder_werden_geprueft_einheitlich_geschrieben_und_gefunden() {
        var fall = fall();
        assertThat(fuelle(fall, "Summe", "1250").text()).contains("Bitte füllen Sie noch aus: Partner");
        for (var falsch : List.of(
                List.of("Summe", "viel", "ist keine Zahl"),
                List.of("Summe", "1,234", "höchstens zwei Stellen"),
                List.of("Ende", "31.02.2027", "ist kein Tag"),
                List.of("Stufe", "Groß", "steht nicht zur Auswahl"),
                List.of("Betreuung", "Niemand Nirgends", "heißt niemand im Haus"))) {
            var seite = fuelle(fall, "Partner", "Salzwerk", falsch.get(0), falsch.get(1));
            assertThat(seite.status()).as(falsch.toString()).isEqualTo(422);
            assertThat(seite.text()).contains(falsch.get(2)).contains("value=\"Salzwerk\"");
        }
        var gut = fuelle(
                fall,
                "Partner",
                "Salzwerk Bernburg",
                "Summe",
                "1250",
                "Ende",
                "1.3.2027",
                "Stufe",
                "rahmen",
                "Stück",
                "12.000,5",
                "Betreuung",
                "petra.lueders");
        assertThat(gut.ziel()).isEqualTo(fall.pfad());
        assertThat(fall.anja.hole(fall.pfad()).text())
                .contains("Salzwerk Bernburg", "1.250,00 €", "01.03.2027", "Rahmen", "12.000,5", "Petra Lüders")
                .contains("Summe: „“ → „1.250,00 €“");
        // Written otherwise it is the same: nothing was changed.
        fuelle(fall, "Summe", "1.250,00");
        assertThat(fall.anja.hole(fall.pfad()).text()).doesNotContain("„1.250,00 €“ →");

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(fall.anja.hole("/suche?q=Bernburg").text()).contains("Streusalz"));
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        assertThat(petra.hole("/suche?q=Bernburg").text()).contains("0 Treffer");
    }

    @Test
    void die_liste_grenzt_ein_und_zeigt_nur_was_man_lesen_darf() {
        var fall = fall();
        fuelle(fall, "Partner", "=Salzwerk", "Summe", "1250", "Ende", "01.03.2027");
        var liste = "/aktenarten/" + fall.art;
        var summe = "&feld=" + fall.felder.get(1).id();
        var ende = "&feld=" + fall.felder.get(2).id();
        for (var findet : List.of(
                "?q=",
                "?von=1.250" + summe,
                "?von=1000,5&bis=2000" + summe,
                "?bis=1.3.2027" + ende,
                "?q=salz&feld=" + fall.felder.getFirst().id())) {
            assertThat(fall.anja.hole(liste + findet).text()).as(findet).contains("Streusalz", "1.250,00 €");
        }
        for (var findetNicht : List.of(
                "?von=1250,01" + summe,
                "?bis=28.2.2027" + ende,
                "?q=Zucker&feld=" + fall.felder.getFirst().id())) {
            assertThat(fall.anja.hole(liste + findetNicht).text())
                    .as(findetNicht)
                    .doesNotContain("Streusalz")
                    .contains("fw-zahl\">0");
        }
        assertThat(fall.anja.hole(liste + "?von=bald" + ende).text()).contains("ist kein Tag");
        var csv = fall.anja.hole(liste + "/akten.csv").text();
        assertThat(csv.lines().findFirst().orElse(""))
                .contains("aktenzeichen;titel;einheit;stand;\"Partner\";\"Summe\"");
        assertThat(csv).contains("\"'=Salzwerk\"");
        // A mere reader of metadata, a colleague of another unit, another town: nothing, and no number.
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        assertThat(petra.hole(liste).text()).doesNotContain("Streusalz").contains("fw-zahl\">0");
        assertThat(petra.hole(liste + "/akten.csv").text()).doesNotContain("Streusalz");
        var fremder = angemeldet(stadt().mandant(), "anja.mueller");
        assertThat(fremder.hole(liste).status()).isEqualTo(404);
        assertThat(fremder.hole(liste + "/akten.csv").status()).isEqualTo(404);
    }

    @Test
    void ein_feld_das_benutzt_wird_bleibt_lesbar_wenn_es_entfernt_wird() {
        var fall = fall();
        fuelle(fall, "Partner", "Salzwerk", "Stufe", "Rahmen");
        var verwaltung = "/verwaltung/aktenarten/" + fall.art;
        var geheim = fall.anja.hole(verwaltung).geheim();
        var stufe = fall.felder.get(3);
        assertThat(fall.anja.hole(verwaltung).text()).contains("In 1 Akte steht etwas in diesem Feld");
        // A choice that is taken away stays where it was chosen.
        fall.anja.sende(
                verwaltung + "/felder/" + stufe.id(), geheim, "name", "Art", "auswahl", "Einzel", "inListe", "true");
        assertThat(fall.anja.hole(fall.pfad()).text()).contains("<dt>Art</dt><dd>Rahmen");
        assertThat(fuelle(fall, "Partner", "Salzwerk GmbH").ziel()).isEqualTo(fall.pfad());
        fall.anja.sende(verwaltung + "/felder/" + stufe.id(), geheim, "tun", "entfernen");
        assertThat(fall.anja.hole(fall.pfad()).text()).contains("Rahmen").contains("früheres Feld");
        assertThat(fall.anja.hole(fall.pfad() + "/bearbeiten").text()).doesNotContain(stufe.formname());
        // The name is free again; the other is another field.
        fall.anja.sende(verwaltung + "/felder", geheim, "feld", Kennung.neu().toString(), "name", "Art", "art", "TEXT");
        assertThat(als(fall.stadt.mandant(), () -> arten.felder(fall.art, true)).stream()
                        .filter(f -> f.name().equals("Art")))
                .hasSize(2);
        var doppelt = fall.anja.sende(
                verwaltung + "/felder", geheim, "feld", Kennung.neu().toString(), "name", "art", "art", "TEXT");
        assertThat(doppelt.status()).isEqualTo(409);
        fall.anja.sende(verwaltung + "/ende", geheim);
        assertThat(fall.anja.hole("/akten/neu").text()).doesNotContain("Vertrag");
        assertThat(fall.anja.hole(fall.pfad()).text()).contains("Salzwerk GmbH");
    }

    @Test
    void nur_die_administration_aendert_aktenarten() {
        var fall = fall();
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        var geheim = petra.hole("/akten/neu").geheim();
        var verwaltung = "/verwaltung/aktenarten";
        assertThat(petra.hole(verwaltung).status()).isEqualTo(403);
        for (var pfad : List.of(
                "",
                "/" + fall.art + "/angaben",
                "/" + fall.art + "/ende",
                "/" + fall.art + "/felder",
                "/" + fall.art + "/felder/" + fall.felder.getFirst().id())) {
            assertThat(petra.sende(
                                    verwaltung + pfad,
                                    geheim,
                                    "id",
                                    Kennung.neu().toString(),
                                    "feld",
                                    Kennung.neu().toString(),
                                    "name",
                                    "Eigenes",
                                    "art",
                                    "TEXT")
                            .status())
                    .as(pfad)
                    .isEqualTo(403);
        }
        assertThat(fall.anja.hole(verwaltung).text()).doesNotContain("Eigenes");
    }
}
