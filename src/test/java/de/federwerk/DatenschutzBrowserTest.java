package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.suche.Index;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a person may ask for: to know what the house holds about her, and that nobody goes on with it for the time being. */
class DatenschutzBrowserTest extends Browsertest {

    @Autowired
    private Index index;

    @Test
    void die_einheit_prueft_was_das_haus_fand_und_die_auskunft_liegt_im_vorgang() {
        var stadt = stadt();
        vorgang(stadt, "Schlagloch, gemeldet von Nadja Wieczorek");
        var antwort = als(stadt.mandant(), () -> {
            var kim = person(stadt.mandant(), "kim.vogt", "Kim", "Vogt", stadt.ordnung());
            personen.gib(Protokoll.PROGRAMM, kim.person(), Rolle.DATENSCHUTZ);
            var akte = akten.legeAn(
                    kim, Kennung.neu(), plan.gemeint("66.20.05").orElseThrow().id(), stadt.ordnung(), "Auskünfte");
            var neuer = vorgaenge.eroeffne(kim, Kennung.neu(), akte.id(), "Auskunft Wieczorek");
            nurFuer(stadt, kim, neuer.id());
            return neuer;
        });
        var kim = melde(fenster(), stadt, "kim.vogt");
        kim.navigate("/datenschutz");
        kim.locator("a:has-text('Ersuchen aufnehmen')").click();
        kim.locator("[name=vorname]").fill("Nadja");
        kim.locator("[name=nachname]").fill("Wieczorek");
        kim.locator("[name=eingegangen]").fill(LocalDate.now(Anzeige.ZONE).toString());
        kim.locator("[name=vorgang]").fill(antwort.aktenzeichen());
        kim.locator("button:has-text('Aufnehmen')").click();
        kim.locator("button:has-text('Im ganzen Haus suchen')").click();
        assertThat(kim.locator("main")).containsText("zu prüfen");
        assertThat(kim.locator("main")).containsText("FD 66");
        assertThat(kim.locator("main")).not().containsText("Schlagloch");

        var anja = anja(stadt);
        assertThat(anja.locator("main")).containsText("Auskunft: zu prüfen");
        anja.locator("main a[href*='/auskunft']").first().click();
        anja.locator("main a:has-text('Nadja Wieczorek')").first().click();
        var offene = anja.locator("summary:text-matches('^Entscheiden')");
        assertThat(offene).not().hasCount(0);
        for (int noch = offene.count(); noch > 0; noch--) {
            offene.first().click();
            var dieses = anja.locator("details[open] form:has([name=entscheid])");
            dieses.locator("input[type=radio]").first().check();
            dieses.locator("button").click();
            assertThat(offene).hasCount(noch - 1);
        }
        assertThat(anja.locator("main")).containsText("gehört zur Person");

        kim.reload();
        assertThat(kim.locator("main")).containsText("Schlagloch");
        kim.locator("summary:has-text('Identität bestätigen')").click();
        kim.locator("[name=wie]").first().fill("Personalausweis vorgelegt");
        kim.locator("button:text-is('Bestätigen')").click();
        kim.locator("[name=weg]").fill("Post");
        kim.locator("button:has-text('Auskunft erstellen')").click();
        assertThat(kim.locator("main")).containsText("Erteilte Auskünfte");
        var ansehen = kim.locator("a:has-text('im Vorgang ansehen')");
        bis(Duration.ofSeconds(60), "die Auskunft ist erstellt", () -> {
            kim.reload();
            return ansehen.count() > 0;
        });
        ansehen.click();
        assertThat(kim.locator("main")).containsText("Auskunft nach Art. 15 DSGVO");
    }

    @Test
    void was_eingeschraenkt_ist_sagt_es_ueberall_und_laesst_sich_nicht_aendern() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Festwiese");
        als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
        });
        var karin = melde(fenster(), stadt, "karin.ahrens");
        karin.navigate("/akten/" + vorgang.akteId());
        karin.locator("a:has-text('einschränken')").click();
        karin.locator("[name=grund]").first().check();
        karin.locator("[name=begruendung]").fill("Anschrift bestritten");
        karin.locator("button:has-text('Einschränken')").click();
        karin.waitForURL(Pattern.compile("^(?!.*neu).*"));

        var anja = anja(stadt);
        anja.navigate("/vorgaenge/" + vorgang.id());
        assertThat(anja.locator("main")).containsText("Richtigkeit bestritten");
        bild(anja, "eingeschraenkt");
        anja.navigate("/listen/akten");
        assertThat(anja.locator("tbody tr:has-text('Festwiese')")).containsText("eingeschränkt");
        erlaubt(409);
        anja.navigate("/akten/" + vorgang.akteId() + "/bearbeiten");
        assertThat(anja.locator("main")).containsText("eingeschränkt");
        assertThat(anja.locator("button:has-text('Angaben speichern')")).hasCount(0);
    }

    /** As she does it once under „Wer sieht das?“: what several units release is not to lie open for a whole one. */
    private void nurFuer(Stadt stadt, Anmeldung kim, UUID vorgang) {
        var sonder = Kennung.neu();
        jdbc.sql(
                        "INSERT INTO sonderbereich (mandant_id, id, name, einzeln, angelegt_von) VALUES (?, ?, 'Auskunft', true, ?)")
                .params(stadt.mandant(), sonder, kim.person())
                .update();
        berechtigungen.gebeFrei(Subjekt.PERSON, kim.person(), Ziel.SONDER, sonder, Recht.BEARBEITEN);
        jdbc.sql("UPDATE vorgang SET schutzbereich_id = ? WHERE id = ?")
                .params(berechtigungen.schutzbereich(null, stadt.ordnung(), 0, sonder), vorgang)
                .update();
        index.vormerkenUndSperren("vorgang", List.of(vorgang));
    }
}
