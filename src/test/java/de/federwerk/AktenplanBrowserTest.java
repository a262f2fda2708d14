package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Aktenplan maintained with the keyboard, with the mouse, and without JavaScript. */
class AktenplanBrowserTest extends Browsertest {

    @Test
    void der_plan_wird_mit_tasten_maus_und_ohne_javascript_gepflegt() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var seite = anja(stadt);
        seite.navigate("/verwaltung/aktenplan");
        var baum = seite.getByRole(com.microsoft.playwright.options.AriaRole.TREE);

        // Keyboard: down to 66.20, N adds below it.
        baum.locator("[role=treeitem]").first().focus();
        seite.keyboard().press("ArrowRight");
        seite.waitForURL(Pattern.compile(".*knoten=.*"));
        baum.locator("[role=treeitem]:has-text('66.20')").first().focus();
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h2").first()).containsText("66.20 Straßenverwaltung");
        assertThat(seite.getByText("Frist von 66, Aussonderung von 66 geerbt")).isVisible();
        seite.keyboard().press("n");
        seite.locator("#neu-kennzeichen").fill("66.20.07");
        seite.locator("#neu-titel").fill("Radwege");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h2").first()).containsText("66.20.07 Radwege");

        // Alt and arrow: its place among its siblings; the tree keeps the focus.
        var radwege = baum.locator("[role=treeitem][aria-current]");
        radwege.focus();
        seite.keyboard().press("Alt+ArrowUp");
        assertThat(baum.locator("[role=treeitem]").nth(3)).containsText("Radwege");
        assertThat(radwege).isFocused();
        seite.keyboard().press("F2");
        assertThat(seite.locator("#feld-titel")).isFocused();
        seite.locator("#feld-titel").fill("Rad- und Gehwege");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h2").first()).containsText("66.20.07 Rad- und Gehwege");
        bild(seite, "aktenplan-pflege");

        // Mouse: dropped on 66, the form knows the place; it moves when it is sent.
        radwege.dragTo(baum.locator("[role=treeitem]").first());
        assertThat(seite.locator("#feld-unter")).hasValue("66 Tiefbau");
        seite.locator("button:has-text('Speichern')").click();
        assertThat(seite.getByText("Ebene 2")).isVisible();

        // Without JavaScript the same forms are there.
        var ohne = melde(fenster(new Browser.NewContextOptions().setJavaScriptEnabled(false)), stadt, "anja.mueller");
        ohne.navigate(seite.url());
        ohne.locator("summary:has-text('Position beenden')").click();
        ohne.locator("button:text-is('Beenden')").click();
        assertThat(ohne.locator("h2").first()).containsText("beendet");
    }
}
