package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The bell, the page, and what becomes fresh by itself – and what does not, because somebody is busy there. */
class MeldungenBrowserTest extends Browsertest {

    @Autowired
    Meldungen meldungen;

    @Test
    void die_glocke_und_die_offene_liste_folgen_von_selbst() {
        var stadt = stadt();
        var seite = anja(stadt);
        var glocke = seite.locator("[data-glocke]");
        assertThat(glocke).hasAttribute("aria-label", "Meldungen");
        zugehoert(seite);
        sage(stadt, "eins", "Mitzeichnung, 66.20.03-0129/2026");
        assertThat(glocke).hasAttribute("aria-label", "Meldungen, 1 ungelesen");
        assertThat(seite.locator("[data-glocke-ansage]")).hasText("Meldungen, 1 ungelesen");

        glocke.click();
        assertThat(seite.locator("h1")).hasText("Meldungen 1 ungelesen");
        zugehoert(seite);
        seite.mouse().move(700, 500);
        sage(stadt, "zwei", "Frist am Freitag");
        assertThat(seite.locator("#meldungsliste .fw-zeile")).hasCount(2);
        assertThat(seite.locator("h1")).hasText("Meldungen 2 ungelesen");

        seite.locator("#meldungsliste .fw-zeile a").first().click();
        seite.waitForURL("**/akten");
        assertThat(seite.locator("[data-glocke]")).hasAttribute("aria-label", "Meldungen, 1 ungelesen");
        seite.goBack();
        seite.reload();
        seite.locator("button:has-text('Alle gelesen')").click();
        assertThat(seite.locator("h1")).hasText("Meldungen keine ungelesen");
        assertThat(seite.locator("[data-glocke]")).hasAttribute("aria-label", "Meldungen");
    }

    @Test
    void wo_jemand_ist_wird_nur_angeboten() {
        var stadt = stadt();
        sage(stadt, "eins", "Die erste");
        var seite = anja(stadt);
        seite.navigate("/meldungen");
        zugehoert(seite);
        var zeile = seite.locator("#meldungsliste .fw-zeile a").first();
        zeile.focus();
        sage(stadt, "zwei", "Die zweite");
        var angebot = seite.locator("[data-live-angebot][role=status] button");
        assertThat(angebot).hasText("Es gibt Neues – aktualisieren");
        assertThat(zeile).isFocused();
        assertThat(seite.locator("#meldungsliste .fw-zeile")).hasCount(1);
        angebot.click();
        assertThat(seite.locator("#meldungsliste .fw-zeile")).hasCount(2);
        assertThat(seite.locator("#meldungsliste")).isFocused();
        assertThat(angebot).hasCount(0);
    }

    @Test
    void nach_dem_abmelden_im_anderen_fenster_bleibt_die_seite_stehen() {
        var stadt = stadt();
        sage(stadt, "eins", "Bleibt stehen");
        var seite = anja(stadt);
        seite.navigate("/meldungen");
        zugehoert(seite);
        var andere = seite.context().newPage();
        andere.navigate("/hilfe");
        andere.locator(".fw-kopf__person").click();
        andere.locator("button:has-text('Abmelden')").click();
        andere.waitForURL("**/anmelden?abgemeldet");
        seite.locator("body:not([data-hoert])").waitFor();
        // Somebody comes back to it: the house does not talk to it any more, and the page is not replaced by the
        // sign-in.
        seite.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        sage(stadt, "zwei", "Kommt nicht mehr an");
        assertThat(seite.locator("#meldungsliste")).containsText("Bleibt stehen");
        assertThat(seite.locator("#meldungsliste .fw-zeile")).hasCount(1);
    }

    /** From here on whatever is said arrives. */
    private static void zugehoert(Page seite) {
        seite.locator("body[data-hoert]").waitFor();
    }

    private void sage(Stadt stadt, String schluessel, String titel) {
        als(stadt.mandant(), () -> {
            meldungen.sage(
                    stadt.anja().person(), Meldungsart.AUFGABE_NEU, schluessel, titel, "bis 15.10.2026", "/akten");
        });
    }
}
