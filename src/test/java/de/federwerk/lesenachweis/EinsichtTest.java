package de.federwerk.lesenachweis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.Browser;
import de.federwerk.Eignerzugang;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.organisation.Vertretungen;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two people open the Lesenachweis, and nobody else. */
class EinsichtTest extends Geheimtest {

    private final LocalDate heute = LocalDate.now(Anzeige.ZONE);

    @Autowired
    Vertretungen vertretungen;

    @Test
    void nur_die_zwei_sehen_hinein_und_jeder_blick_steht_im_protokoll() {
        var fall = fall();
        angemeldet(fall.mandant(), "anja.mueller").hole("/vorgaenge/" + fall.vorgang());
        mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        mitRolle(fall, "zweite.daten", "Zander", Rolle.DATENSCHUTZ);
        mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        mitRolle(fall, "zweiter.rat", "Rohde", Rolle.PERSONALRAT);
        var datenschutz = angemeldet(fall.mandant(), "daten.schutz");
        var personalrat = angemeldet(fall.mandant(), "personal.rat");

        var einsicht = beantrage(datenschutz, fall.aktenzeichen());
        var seite = "/lesenachweis/einsichten/" + einsicht;
        for (var browser : List.of(datenschutz, personalrat)) {
            assertThat(browser.hole(seite).text())
                    .contains("wartet auf den Personalrat")
                    .doesNotContain("Anja Müller");
        }
        assertThat(datenschutz.hole(seite).text()).contains("Zurückziehen").doesNotContain("Zustimmen</button>");
        assertThat(datenschutz.sendeVon("/lesenachweis", seite + "/zustimmung").status())
                .isEqualTo(403);

        assertThat(personalrat.sendeVon(seite, seite + "/zustimmung").ziel()).isEqualTo(seite);
        for (var browser : List.of(datenschutz, personalrat)) {
            assertThat(browser.hole(seite).text())
                    .contains("Anja Müller", "Dokument 1 im Vorgang " + fall.aktenzeichen(), "angesehen", "2 Einträge")
                    .as("worum es geht, muss hier niemand wissen")
                    .doesNotContain("Abmahnung", "Gutachten");
        }
        for (var andere : List.of("zweite.daten", "zweiter.rat")) {
            assertThat(angemeldet(fall.mandant(), andere).hole(seite).text())
                    .as(andere)
                    .contains("offen bis")
                    .doesNotContain("Anja Müller");
        }
        for (var fremde : List.of("anja.mueller", "petra.lueders")) {
            var browser = angemeldet(fall.mandant(), fremde);
            for (var pfad : List.of("/lesenachweis", seite)) {
                assertThat(browser.hole(pfad).status()).as(fremde + pfad).isEqualTo(403);
            }
            assertThat(browser.hole("/postkorb").text()).doesNotContain("href=\"/lesenachweis\"");
            assertThat(browser.hole("/akten/" + fall.akte() + "/protokoll").text())
                    .as("wer gelesen hat, erfährt nicht, dass danach gefragt wird")
                    .doesNotContain("insicht");
        }
        assertThat(datenschutz.hole("/postkorb").text()).contains("href=\"/lesenachweis\"");
        assertThat(handlungen(fall, einsicht))
                .containsExactly("einsicht.beantragt", "einsicht.zugestimmt", "einsicht.gesehen", "einsicht.gesehen");

        assertThat(personalrat.sendeVon(seite, seite + "/ende").ziel()).isEqualTo(seite);
        assertThat(datenschutz.hole(seite).text()).contains("beendet").doesNotContain("Anja Müller");
        // What is over does not begin again.
        assertThat(personalrat.sendeVon("/lesenachweis", seite + "/zustimmung").status())
                .isEqualTo(409);
        assertThat(personalrat.hole(seite).text()).doesNotContain("Anja Müller");
    }

    private UUID beantrage(Browser browser, String aktenzeichen) {
        var id = Kennung.neu();
        assertThat(antrag(browser, id, aktenzeichen, heute, "Beschwerde vom 3. März, siehe Schreiben")
                        .status())
                .isEqualTo(302);
        return id;
    }

    private Browser.Seite antrag(Browser browser, UUID id, String aktenzeichen, LocalDate von, String grund) {
        return browser.sendeVon(
                "/lesenachweis",
                "/lesenachweis/einsichten",
                "id",
                id.toString(),
                "aktenzeichen",
                aktenzeichen,
                "von",
                von.toString(),
                "bis",
                heute.toString(),
                "grund",
                grund);
    }

    private List<String> handlungen(Fall fall, UUID einsicht) {
        return als(
                fall.mandant(),
                () -> jdbc.sql("SELECT handlung FROM protokoll WHERE objekt_id = ? ORDER BY id")
                        .param(einsicht)
                        .query(String.class)
                        .list());
    }

    @Test
    void niemand_oeffnet_allein_und_auch_nicht_mit_der_eigenen_vertretung() {
        var fall = fall();
        var datenschutz = mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        assertThatThrownBy(() -> als(
                        fall.mandant(),
                        () -> personen.gib(Protokoll.PROGRAMM, datenschutz.person(), Rolle.PERSONALRAT)))
                .hasMessageContaining("zwei verschiedene Menschen");
        var rat = mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var unabhaengig = mitRolle(fall, "zweiter.rat", "Rohde", Rolle.PERSONALRAT);
        var dazwischen = als(
                fall.mandant(),
                () -> person(
                        fall.mandant(), "jan.orth", "Jan", "Orth", fall.stadt().ordnung()));
        var browser = angemeldet(fall.mandant(), "daten.schutz");
        var einsicht = beantrage(browser, fall.aktenzeichen());
        var seite = "/lesenachweis/einsichten/" + einsicht;
        assertThat(browser.sendeVon("/lesenachweis", seite + "/zustimmung").status())
                .isIn(403, 409);
        assertThat(browser.hole(seite).text()).contains("wartet auf den Personalrat");

        // Over a chain: the Datenschutz is away, Jan stands in and is away, too.
        vertritt(datenschutz, dazwischen);
        vertritt(dazwischen, rat);
        var personalrat = angemeldet(fall.mandant(), "personal.rat");
        assertThat(personalrat.sendeVon(seite, seite + "/zustimmung").text())
                .contains("vertritt eine der beiden Personen die andere");
        assertThat(browser.hole(seite).text()).contains("wartet auf den Personalrat");

        assertThat(angemeldet(fall.mandant(), "zweiter.rat")
                        .sendeVon(seite, seite + "/zustimmung")
                        .status())
                .isEqualTo(302);
        assertThat(browser.hole(seite).text()).contains("offen bis");
        assertThat(unabhaengig.person()).isNotEqualTo(datenschutz.person());
    }

    private void vertritt(Anmeldung wer, Anmeldung durch) {
        als(
                wer.mandant(),
                () -> vertretungen.trageEin(wer, Kennung.neu(), wer.person(), durch.person(), heute, heute, false));
    }

    @Test
    void wer_administriert_sieht_auch_mit_beiden_rollen_nichts_und_beendet_so_was_offen_war() {
        var fall = fall();
        angemeldet(fall.mandant(), "anja.mueller").hole("/akten/" + fall.akte());
        var vogt = mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var datenschutz = angemeldet(fall.mandant(), "daten.schutz");
        var personalrat = angemeldet(fall.mandant(), "personal.rat");
        var seite = "/lesenachweis/einsichten/" + beantrage(datenschutz, fall.aktenzeichen());
        personalrat.sendeVon(seite, seite + "/zustimmung");
        assertThat(personalrat.hole(seite).text()).contains("Anja Müller");

        als(fall.mandant(), () -> personen.gib(Protokoll.PROGRAMM, vogt.person(), Rolle.ADMINISTRATION));
        var abgewiesen = datenschutz.hole(seite);
        assertThat(abgewiesen.status()).isEqualTo(403);
        assertThat(abgewiesen.text()).contains("Administration").doesNotContain("Anja Müller");
        assertThat(datenschutz.hole("/postkorb").text()).doesNotContain("href=\"/lesenachweis\"");
        assertThat(personalrat.hole(seite).text()).contains("abgelaufen").doesNotContain("Anja Müller");
        assertThat(personalrat.hole("/lesenachweis").text()).contains("auch Administration, sieht nichts");
    }

    @Test
    void nach_einer_stunde_ist_es_fuer_beide_zu_und_antraege_verfallen() {
        var fall = fall();
        angemeldet(fall.mandant(), "anja.mueller").hole("/akten/" + fall.akte());
        mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var datenschutz = angemeldet(fall.mandant(), "daten.schutz");
        var personalrat = angemeldet(fall.mandant(), "personal.rat");
        var einsicht = beantrage(datenschutz, fall.aktenzeichen());
        var alt = beantrage(datenschutz, fall.aktenzeichen());
        var seite = "/lesenachweis/einsichten/" + einsicht;
        personalrat.sendeVon(seite, seite + "/zustimmung");
        assertThat(datenschutz.hole(seite).text()).contains("Anja Müller");

        Eignerzugang.tu(
                datenbank().zugang(),
                fall.mandant(),
                "ALTER TABLE einsicht DISABLE TRIGGER bleibt",
                "UPDATE einsicht SET zugestimmt = zugestimmt - interval '61 minutes' WHERE id = '" + einsicht + "'",
                "UPDATE einsicht SET beantragt = beantragt - interval '8 days' WHERE id = '" + alt + "'",
                "ALTER TABLE einsicht ENABLE TRIGGER bleibt");
        for (var browser : List.of(datenschutz, personalrat)) {
            assertThat(browser.hole(seite).text()).contains("abgelaufen").doesNotContain("Anja Müller");
        }
        var verfallen = "/lesenachweis/einsichten/" + alt;
        assertThat(personalrat.hole(verfallen).text()).contains("verfallen").doesNotContain("Zustimmen</button>");
        assertThat(personalrat
                        .sendeVon("/lesenachweis", verfallen + "/zustimmung")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void ein_antrag_nennt_akte_zeitraum_und_anlass_und_was_fehlt_wird_gesagt() {
        var fall = fall();
        mitRolle(fall, "daten.schutz", "Vogt", Rolle.DATENSCHUTZ);
        mitRolle(fall, "personal.rat", "Reimer", Rolle.PERSONALRAT);
        var datenschutz = angemeldet(fall.mandant(), "daten.schutz");
        assertThat(datenschutz.hole("/lesenachweis").text())
                .as("nach einer Person kann man nicht fragen")
                .doesNotContain("name=\"person\"", "name=\"personId\"");
        for (var falsch : List.of(
                antrag(datenschutz, Kennung.neu(), "gibt es nicht", heute, "Beschwerde vom 3. März"),
                antrag(datenschutz, Kennung.neu(), fall.aktenzeichen(), heute, "kurz"),
                antrag(datenschutz, Kennung.neu(), fall.aktenzeichen(), heute.minusDays(800), "Beschwerde vom 3. März"),
                antrag(datenschutz, Kennung.neu(), fall.aktenzeichen(), heute.plusDays(1), "Beschwerde vom 3. März"))) {
            assertThat(falsch.status()).isEqualTo(422);
            assertThat(falsch.text()).contains("Das ging nicht");
        }
        var personalrat = angemeldet(fall.mandant(), "personal.rat");
        assertThat(antrag(personalrat, Kennung.neu(), fall.aktenzeichen(), heute, "Beschwerde vom 3. März")
                        .status())
                .isEqualTo(403);
        assertThat(personalrat
                        .sendeVon("/lesenachweis", "/lesenachweis/frist", "monate", "36")
                        .status())
                .isEqualTo(403);
        assertThat(datenschutz
                        .sendeVon("/lesenachweis", "/lesenachweis/frist", "monate", "37")
                        .status())
                .isEqualTo(422);
        // Sent twice, it is asked for once; the other may refuse.
        var id = Kennung.neu();
        antrag(datenschutz, id, fall.aktenzeichen(), heute, "Beschwerde vom 3. März");
        antrag(datenschutz, id, fall.aktenzeichen(), heute, "Beschwerde vom 3. März");
        var seite = "/lesenachweis/einsichten/" + id;
        assertThat(personalrat.hole(seite).text()).contains("Ablehnen");
        personalrat.sendeVon(seite, seite + "/ende");
        assertThat(datenschutz.hole(seite).text()).contains("abgelehnt");
        assertThat(handlungen(fall, id)).containsExactly("einsicht.beantragt", "einsicht.abgelehnt");
        assertThat(datenschutz.hole("/lesenachweis/einsichten/" + Kennung.neu()).status())
                .isEqualTo(404);
    }
}
