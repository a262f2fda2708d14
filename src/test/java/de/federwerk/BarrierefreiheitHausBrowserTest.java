package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Those who look after others: data protection, the house. */
class BarrierefreiheitHausBrowserTest extends Zugaenglichkeitstest {

    @Test
    void lesenachweis_und_haus_sind_zugaenglich() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Baugerüst");
        var zeichen = als(stadt.mandant(), () -> {
            personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.DATENSCHUTZ);
            return jdbc.sql("SELECT aktenzeichen FROM akte WHERE id = ?")
                    .param(vorgang.akteId())
                    .query(String.class)
                    .single();
        });
        var petra = melde(fenster(), stadt, "petra.lueders");
        petra.locator(".fw-kopf__person").click();
        petra.getByText("Lesenachweis").click();
        petra.getByText("Wer die beiden Rollen hat").waitFor();
        pruefe(petra, "lesenachweis-leer");
        petra.locator("#feld-aktenzeichen").fill(zeichen);
        petra.locator("#feld-von").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-bis").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-grund").fill("zu kurz");
        erlaubt(422);
        petra.locator("button:has-text('Beantragen')").click();
        assertThat(petra.getByText("Bitte nennen Sie den Anlass")).isVisible();
        pruefe(petra, "lesenachweis-fehler");
        petra.locator("#feld-grund").fill("Beschwerde vom 3. März");
        petra.locator("button:has-text('Beantragen')").click();
        petra.getByText("wartet auf den Personalrat").waitFor();
        pruefe(petra, "einsicht");
        oeffne(petra, "/lesenachweis", "lesenachweis");
        petra.locator("#feld-monate").fill("6");
        petra.locator("button:has-text('Aufbewahrung speichern')").click();
        petra.getByText("6 Monate statt 12").waitFor();
        pruefe(petra, "lesenachweis-verkuerzung");
        petra.locator("button:has-text('Vorschlag zurückziehen')").click();
        petra.getByText("Frühere Vorschläge").waitFor();
        pruefe(petra, "lesenachweis-frueher");
        datenschutz(petra, stadt, zeichen, vorgang);
        alsErster(stadt.mandant(), () -> {
            als(
                    stadt.mandant(),
                    () -> personen.gib(Protokoll.PROGRAMM, stadt.petra().person(), Rolle.HAUSVERWALTUNG));
            oeffne(petra, "/haus", "haus");
            oeffne(petra, "/haus/" + stadt.mandant(), "haus-mandant");
        });
    }

    /** A request from its intake to the check, and an Einschränkung from both sides. */
    private void datenschutz(Page petra, Stadt stadt, String zeichen, Vorgaenge.Vorgang vorgang) {
        var antwort = als(stadt.mandant(), () -> {
            var akte = akten.legeAn(
                    stadt.petra(),
                    Kennung.neu(),
                    plan.gemeint("66.20.05").orElseThrow().id(),
                    stadt.ordnung(),
                    "Auskunft Baugerüst");
            return vorgaenge
                    .eroeffne(stadt.petra(), Kennung.neu(), akte.id(), "Auskunft")
                    .aktenzeichen();
        });
        oeffne(petra, "/datenschutz", "datenschutz-leer");
        oeffne(petra, "/datenschutz/ersuchen/neu", "ersuchen-neu");
        petra.locator("#feld-nachname").fill("Baugerüst");
        petra.locator("#feld-eingegangen").fill(LocalDate.now(Anzeige.ZONE).toString());
        petra.locator("#feld-vorgang").fill(antwort);
        petra.locator("button:has-text('Aufnehmen')").click();
        petra.getByText("noch nicht gesucht").waitFor();
        pruefe(petra, "ersuchen");
        await().untilAsserted(() -> assertThat(als(
                        stadt.mandant(),
                        () -> jdbc.sql("SELECT count(*) FROM index_rueckstand")
                                .query(Long.class)
                                .single()))
                .isZero());
        petra.locator("button:has-text('Im ganzen Haus suchen')").click();
        petra.getByText("Wonach gesucht wurde").waitFor();
        pruefe(petra, "ersuchen-gesucht");
        petra.getByText("bei Ihnen selbst prüfen").click();
        petra.locator("summary:has-text('Entscheiden')").first().click();
        pruefe(petra, "pruefung");
        oeffne(petra, "/auskunft", "pruefungen");
        oeffne(petra, "/datenschutz/einschraenkungen/neu", "einschraenkung-neu");
        petra.locator("#feld-aktenzeichen").fill(zeichen);
        petra.locator("input[value=RICHTIGKEIT]").check();
        petra.locator("#feld-begruendung").fill("Anschrift bestritten");
        petra.locator("button:has-text('Einschränken')").click();
        petra.getByText("gesperrt").waitFor();
        pruefe(petra, "einschraenkung");
        oeffne(petra, "/datenschutz", "datenschutz");
        var anja = melde(fenster(), stadt, "anja.mueller");
        oeffne(anja, "/vorgaenge/" + vorgang.id(), "vorgang-eingeschraenkt");
        anja.getByText("Einzelheiten und Ausnahme").first().click();
        anja.locator("h2:has-text('Trotzdem verarbeiten')").waitFor();
        pruefe(anja, "einschraenkung-bearbeitend");
    }
}
