package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import org.junit.jupiter.api.Test;

/** A reorganisation as an administrator does it: steps, preview, decision, record. */
class UmbauBrowserTest extends Browsertest {

    @Test
    void zwei_einheiten_werden_nach_einer_vorschau_zusammengelegt() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        vorgang(stadt, "Baugerüst Lindenstraße");
        var seite = anja(stadt);
        seite.navigate("/verwaltung/umbau");
        seite.locator("#feld-titel").fill("Tiefbau geht in Ordnung auf");
        seite.locator("button:has-text('Beginnen')").click();
        seite.locator("summary:has-text('Zusammenlegen')").click();
        seite.locator("#zusammenlegen-einheit").selectOption(stadt.tiefbau().toString());
        seite.locator("#zusammenlegen-ziel").selectOption(stadt.ordnung().toString());
        seite.locator("details[open] button").click();
        assertThat(seite.getByText("FD 66 Tiefbau geht auf in FD 32 Ordnung")).isVisible();
        assertThat(zeile(seite, "Akten")).containsText("FD 32 Ordnung");
        assertThat(zeile(seite, "Petra Lüders")).containsText("bearbeiten");
        bild(seite, "umbau-vorschau");
        // A step too many, taken back.
        seite.locator("summary:has-text('Umbenennen')").click();
        seite.locator("#umbenennen-einheit").selectOption(stadt.ordnung().toString());
        seite.locator("#umbenennen-kuerzel").fill("FB 3");
        seite.locator("#umbenennen-name").fill("Ordnung und Tiefbau");
        seite.locator("details[open] button").click();
        assertThat(zeile(seite, "Einheit umbenannt")).containsText("FB 3 Ordnung und Tiefbau");
        seite.getByLabel("Schritt 2 entfernen").click();
        assertThat(seite.locator("th:has-text('Einheit umbenannt')")).hasCount(0);

        // Freigaben become wider: that is asked for.
        erlaubt(422);
        seite.locator("button:has-text('Beschließen und jetzt ausführen')").click();
        assertThat(seite.locator(".fw-hinweis").first()).containsText("kreuzen Sie „Diese Freigaben werden weiter“ an");
        bild(seite, "umbau-weiter");
        seite.getByLabel("Diese Freigaben werden weiter").check();
        seite.locator("button:has-text('Beschließen und jetzt ausführen')").click();
        assertThat(seite.locator("h1")).containsText("ausgeführt");
        assertThat(seite.getByText("Niederschrift")).isVisible();
        assertThat(zeile(seite, "Personen auf diesen Stellen")).containsText("Anja Müller");
        seite.navigate("/verwaltung/umbau");
        seite.locator("a:has-text('FD 66 Tiefbau')").click();
        assertThat(seite.getByText("Diese Einheit endete am")).isVisible();
        seite.locator("a:has-text('FD 32 Ordnung')").first().click();
        assertThat(seite.locator("h1")).hasText("FD 32 Ordnung");

        // And Petra sees it, without JavaScript as well.
        var petra = melde(fenster(new Browser.NewContextOptions().setJavaScriptEnabled(false)), stadt, "petra.lueders");
        var knoten = als(
                stadt.mandant(), () -> plan.gemeint("66.20.03").orElseThrow().id());
        petra.navigate("/akten?knoten=" + knoten);
        assertThat(petra.getByText("Baugerüst Lindenstraße").first()).isVisible();
    }

    private static Locator zeile(com.microsoft.playwright.Page seite, String kopf) {
        return seite.locator("tr:has(th:text-is('" + kopf + "')), tr:has(th:has-text('" + kopf + "'))")
                .first();
    }
}
