package de.federwerk.akte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.federwerk.Browser;
import de.federwerk.Teststadt;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Recht;
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

    @Autowired
    Aktenfelder aktenfelder;

    @Autowired
    Aktenartlisten listen;

    @Autowired
    Indexquellen.AusVorgaengen quelle;

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
        return new Fall(stadt, anja, art, als(stadt.mandant(), () -> arten.felder(Feldtraeger.AKTE, art, false)), akte);
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
        // The name is free again; the other is another field, made and told of once.
        var neues = Kennung.neu().toString();
        for (int i = 0; i < 2; i++) {
            fall.anja.sende(verwaltung + "/felder", geheim, "feld", neues, "name", "Art", "art", "TEXT");
        }
        assertThat(als(
                        fall.stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT count(*) FROM protokoll p JOIN protokoll_inhalt i ON i.mandant_id = p.mandant_id AND i.eintrag_id = p.id WHERE p.mandant_id = ? AND p.handlung = 'aktenfeld.eingerichtet' AND i.wert = 'Art (Text)'")
                                .param(fall.stadt.mandant())
                                .query(Long.class)
                                .single()))
                .isEqualTo(1);
        assertThat(als(fall.stadt.mandant(), () -> arten.felder(Feldtraeger.AKTE, fall.art, true)).stream()
                        .filter(f -> f.name().equals("Art")))
                .hasSize(2);
        var doppelt = fall.anja.sende(
                verwaltung + "/felder", geheim, "feld", Kennung.neu().toString(), "name", "art", "art", "TEXT");
        assertThat(doppelt.status()).isEqualTo(409);
        // As it was typed, with the reason at the field.
        assertThat(doppelt.text()).contains("id=\"neu-name-fehler\"", "value=\"art\"");
        assertThat(fall.anja
                        .sende(
                                verwaltung + "/felder",
                                geheim,
                                "feld",
                                Kennung.neu().toString(),
                                "name",
                                "Leere Wahl",
                                "art",
                                "AUSWAHL",
                                "traeger",
                                "vorgang")
                        .text())
                .contains("id=\"vorgangsfeld-auswahl-fehler\"", "value=\"Leere Wahl\"")
                .contains("value=\"AUSWAHL\" selected");
        fall.anja.sende(verwaltung + "/ende", geheim);
        assertThat(fall.anja.hole("/akten/neu").text()).doesNotContain("Vertrag");
        assertThat(fall.anja.hole(fall.pfad()).text()).contains("Salzwerk GmbH");
    }

    @Test
    void wer_einen_von_zwei_gleichen_namen_aus_der_liste_waehlt_meint_diesen() {
        var fall = fall();
        var mandant = fall.stadt.mandant();
        var zweite = als(mandant, () -> person(mandant, "petra.l2", "Petra", "Lüders", fall.stadt.ordnung()));
        assertThat(fuelle(fall, "Partner", "Salzwerk", "Betreuung", "Petra Lüders")
                        .text())
                .contains("oder mehrere heißen so");
        var feld = fall.felder.get(5).formname();
        var formular = fall.anja.hole(fall.pfad() + "/bearbeiten");
        var felder = new String[] {
            fall.felder.getFirst().formname(),
            "Salzwerk",
            "war-" + fall.felder.getFirst().formname(),
            "",
            feld,
            "Petra Lüders",
            "war-" + feld,
            "",
            feld + "-id",
            "person:" + zweite.person()
        };
        assertThat(fall.anja
                        .sende(fall.pfad() + "/angaben", formular.geheim(), felder)
                        .ziel())
                .isEqualTo(fall.pfad());
        assertThat(als(
                        mandant,
                        () -> jdbc.sql("SELECT person_id FROM aktenwert WHERE mandant_id = ? AND person_id IS NOT NULL")
                                .param(mandant)
                                .query(UUID.class)
                                .single()))
                .isEqualTo(zweite.person());
        // The same name, and the other one who bears it: from the list, and by a program.
        fall.anja.sende(
                fall.pfad() + "/angaben",
                formular.geheim(),
                feld,
                "Petra Lüders",
                "war-" + feld,
                "Petra Lüders",
                feld + "-id",
                "person:" + fall.stadt.petra().person());
        assertThat(betreut(mandant)).isEqualTo(fall.stadt.petra().person());
        als(mandant, () -> felder(fall, "petra.l2"));
        assertThat(betreut(mandant)).isEqualTo(zweite.person());
        assertThat(fall.anja.hole(fall.pfad() + "/protokoll").text().split("eine andere Person dieses Namens", -1))
                .hasSize(3);
    }

    private void felder(Fall fall, String anmeldename) {
        aktenfelder.trageEin(fall.stadt.anja(), fall.akte, java.util.Map.of("Betreuung", anmeldename));
    }

    private UUID betreut(UUID mandant) {
        return als(
                mandant,
                () -> jdbc.sql("SELECT person_id FROM aktenwert WHERE mandant_id = ? AND person_id IS NOT NULL")
                        .param(mandant)
                        .query(UUID.class)
                        .single());
    }

    private void vorgangsfeld(Fall fall, String name, String art, boolean pflicht) {
        var verwaltung = "/verwaltung/aktenarten/" + fall.art;
        fall.anja.sendeVon(
                verwaltung,
                verwaltung + "/felder",
                "feld",
                Kennung.neu().toString(),
                "traeger",
                "vorgang",
                "name",
                name,
                "art",
                art,
                "pflicht",
                String.valueOf(pflicht),
                "inListe",
                "true");
    }

    @Test
    void vorgaenge_haben_felder_ihrer_aktenart_und_zwei_die_zugleich_schreiben_verlieren_nichts() {
        var fall = fall();
        vorgangsfeld(fall, "Rechnungsnummer", "TEXT", true);
        vorgangsfeld(fall, "Betrag", "GELD", false);
        var felder = als(fall.stadt.mandant(), () -> arten.felder(Feldtraeger.VORGANG, fall.art, false));
        var nummer = felder.getFirst().formname();
        var betrag = felder.getLast().formname();
        var eroeffnet = fall.anja.sendeVon(
                fall.pfad(),
                fall.pfad() + "/vorgaenge",
                "vorgang",
                Kennung.neu().toString(),
                "titel",
                "Lieferung");
        assertThat(eroeffnet.ziel()).endsWith("/bearbeiten");
        var pfad = eroeffnet.ziel().substring(0, eroeffnet.ziel().length() - "/bearbeiten".length());
        var geheim = fall.anja.hole(eroeffnet.ziel()).geheim();
        var titel = List.of("titel", "Lieferung", "war-titel", "Lieferung");
        assertThat(fall.anja
                        .sende(pfad + "/angaben", geheim, paare(titel, betrag, "12", "war-" + betrag, ""))
                        .text())
                .contains("Bitte füllen Sie noch aus: Rechnungsnummer");
        assertThat(fall.anja
                        .sende(
                                pfad + "/angaben",
                                geheim,
                                paare(
                                        titel,
                                        nummer,
                                        "R-Bernstein",
                                        "war-" + nummer,
                                        "",
                                        betrag,
                                        "",
                                        "war-" + betrag,
                                        ""))
                        .ziel())
                .isEqualTo(pfad);
        // Somebody who opened the form before writes another field: both stand there. The same field: nothing is lost,
        // she is asked.
        assertThat(fall.anja
                        .sende(
                                pfad + "/angaben",
                                geheim,
                                paare(titel, nummer, "", "war-" + nummer, "", betrag, "1250", "war-" + betrag, ""))
                        .ziel())
                .isEqualTo(pfad);
        assertThat(fall.anja.hole(pfad).text())
                .contains("<dt>Rechnungsnummer</dt><dd>R-Bernstein", "<dt>Betrag</dt><dd>1.250,00 €");
        var streit = fall.anja.sende(
                pfad + "/angaben",
                geheim,
                paare(titel, nummer, "R-Kiesel", "war-" + nummer, "", betrag, "", "war-" + betrag, ""));
        assertThat(streit.status()).isEqualTo(409);
        assertThat(streit.text()).contains("Jetzt steht hier: „R-Bernstein“", "value=\"R-Kiesel\"");

        var liste = "/aktenarten/" + fall.art + "/vorgaenge";
        var von = "?von=1000&feld=" + felder.getLast().id();
        assertThat(fall.anja.hole(liste + von).text()).contains("Lieferung", "R-Bernstein", "1.250,00 €");
        assertThat(fall.anja
                        .hole(liste + "?von=1251&feld=" + felder.getLast().id())
                        .text())
                .doesNotContain("Lieferung");
        // Akte by Akte, page by page, forwards and backwards.
        var zweiter = als(
                fall.stadt.mandant(),
                () -> vorgaenge.eroeffne(fall.stadt.anja(), Kennung.neu(), fall.akte, "Zweite Lieferung"));
        als(fall.stadt.mandant(), () -> {
            var sicht = berechtigungen.sicht(fall.stadt.anja().person(), Recht.LESEN);
            var erste =
                    listen.von(sicht, Feldtraeger.VORGANG, fall.art, Aktenartlisten.Filter.KEINER, Stelle.ANFANG, 1);
            var zweite = listen.von(
                    sicht,
                    Feldtraeger.VORGANG,
                    fall.art,
                    Aktenartlisten.Filter.KEINER,
                    Aktenartlisten.ordnung(Feldtraeger.VORGANG).lies(erste.weiter()),
                    1);
            assertThat(zweite.zeilen()).extracting(Aktenartlisten.Zeile::id).containsExactly(zweiter.id());
            assertThat(listen.von(
                                    sicht,
                                    Feldtraeger.VORGANG,
                                    fall.art,
                                    Aktenartlisten.Filter.KEINER,
                                    Aktenartlisten.ordnung(Feldtraeger.VORGANG).lies(zweite.zurueck()),
                                    1)
                            .zeilen())
                    .isEqualTo(erste.zeilen());
        });
        assertThat(fall.anja.hole(liste + ".csv").text())
                .contains("stand;\"Rechnungsnummer\";\"Betrag\"")
                .contains("\"R-Bernstein\";\"1.250,00 €\"");
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() ->
                        assertThat(fall.anja.hole("/suche?q=Bernstein").text()).contains("Lieferung"));
        var petra = angemeldet(fall.stadt.mandant(), "petra.lueders");
        assertThat(petra.hole(liste).text() + petra.hole(liste + ".csv").text())
                .doesNotContain("Bernstein", "Lieferung");
        assertThat(petra.hole("/suche?q=Bernstein").text()).contains("0 Treffer");
        assertThat(angemeldet(stadt().mandant(), "anja.mueller")
                        .hole(liste + ".csv")
                        .status())
                .isEqualTo(404);
        // In an Akte of no kind any more the field is not shown, but what stands in it is still found.
        als(fall.stadt.mandant(), () -> {
            jdbc.sql("UPDATE akte SET aktenart_id = NULL WHERE mandant_id = ? AND id = ?")
                    .params(fall.stadt.mandant(), fall.akte)
                    .update();
            assertThat(quelle.lies(List.of(UUID.fromString(pfad.substring("/vorgaenge/".length()))))
                            .getFirst()
                            .text())
                    .contains("R-Bernstein");
        });
    }

    private static String[] paare(List<String> zuerst, String... dann) {
        var alle = new ArrayList<>(zuerst);
        alle.addAll(List.of(dann));
        return alle.toArray(String[]::new);
    }

    @Test
    void eine_akte_beginnt_mit_dem_was_ihre_aktenart_vorgibt() {
        var fall = fall();
        var verwaltung = "/verwaltung/aktenarten/" + fall.art;
        assertThat(fall.anja
                        .sendeVon(
                                verwaltung,
                                verwaltung + "/vorgaben",
                                "vorgaenge",
                                "Antrag\nPrüfung\n\nAntrag",
                                "vorgangstitel",
                                "Nachforderung",
                                "dokumentart",
                                "Vertragsurkunde")
                        .ziel())
                .isEqualTo(verwaltung + "#vorgaben");
        var akte = Kennung.neu();
        for (int i = 0; i < 2; i++) {
            assertThat(fall.anja
                            .sendeVon(
                                    "/akten/neu",
                                    "/akten",
                                    "id",
                                    akte.toString(),
                                    "plan",
                                    "66.20.03",
                                    "titel",
                                    "Kies",
                                    "einheit",
                                    fall.stadt.tiefbau().toString(),
                                    "aktenart",
                                    fall.art.toString())
                            .ziel())
                    .isEqualTo("/akten/" + akte + "/bearbeiten");
        }
        var vorgaenge = als(
                fall.stadt.mandant(),
                () -> jdbc.sql("SELECT titel FROM vorgang WHERE mandant_id = ? AND akte_id = ? ORDER BY ordnung")
                        .params(fall.stadt.mandant(), akte)
                        .query(String.class)
                        .list());
        assertThat(vorgaenge).containsExactly("Antrag", "Prüfung");
        assertThat(fall.anja.hole("/akten/" + akte).text()).contains("<option value=\"Nachforderung\">");
        var vorgang = als(
                fall.stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM vorgang WHERE mandant_id = ? AND akte_id = ? AND titel = 'Antrag'")
                        .params(fall.stadt.mandant(), akte)
                        .query(UUID.class)
                        .single());
        fall.anja.ladeHoch(
                "/vorgaenge/" + vorgang,
                "/vorgaenge/" + vorgang + "/dokumente",
                "kies.txt",
                "Kies".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(fall.anja.hole("/vorgaenge/" + vorgang).text()).contains("Vertragsurkunde");
        var dokument = als(
                fall.stadt.mandant(),
                () -> jdbc.sql("SELECT id FROM dokument WHERE mandant_id = ? AND vorgang_id = ?")
                        .params(fall.stadt.mandant(), vorgang)
                        .query(UUID.class)
                        .single());
        fall.anja.sendeVon(
                "/dokumente/" + dokument + "/bearbeiten",
                "/dokumente/" + dokument + "/angaben",
                "titel",
                "Kiesvertrag",
                "war-titel",
                "kies",
                "art",
                "",
                "war-art",
                "Vertragsurkunde");
        assertThat(als(
                        fall.stadt.mandant(),
                        () -> jdbc.sql(
                                        "SELECT titel || ': ' || dokumentart FROM dokument WHERE mandant_id = ? AND id = ?")
                                .params(fall.stadt.mandant(), dokument)
                                .query(String.class)
                                .single()))
                .isEqualTo("Kiesvertrag: Vertragsurkunde");
        var zuLang = fall.anja.sendeVon(
                verwaltung, verwaltung + "/vorgaben", "vorgaenge", "Anhörung", "dokumentart", "x".repeat(61));
        assertThat(zuLang.status()).isEqualTo(422);
        assertThat(zuLang.text()).contains("höchstens 60 Zeichen", "Anhörung");
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
                "/" + fall.art + "/vorgaben",
                "/" + fall.art + "/laufwege",
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
