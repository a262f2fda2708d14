package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static de.federwerk.Tastatur.druecke;
import static de.federwerk.Tastatur.fokus;
import static de.federwerk.Tastatur.fokusstand;
import static de.federwerk.Tastatur.gehe;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import de.federwerk.datei.Muster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The day's work without a mouse: the focus is always somewhere, and always to be seen. */
class TastaturBrowserTest extends Browsertest {

    @Test
    void vom_anmelden_bis_zu_den_akten_mit_der_tastatur_allein() {
        var stadt = stadt();
        eingang(stadt, "Erster.txt", "Antrag auf Sondernutzung".getBytes(StandardCharsets.UTF_8));
        eingang(stadt, "Zweiter.pdf", Muster.textPdf("Antrag auf eine Werbeanlage"));
        bisGelesen(stadt, 2);
        var seite = fenster();
        seite.navigate("/");
        assertThat(seite.getByLabel("Anmeldename")).isFocused();
        seite.keyboard().type("anja.mueller@" + kuerzel(stadt));
        druecke(seite, "Tab");
        seite.keyboard().type(PASSWORT);
        seite.keyboard().press("Enter");
        seite.waitForURL("**/postkorb");

        // Keys rest while somebody types.
        druecke(seite, "/");
        assertThat(seite.locator("#suchfeld")).isFocused();
        seite.keyboard().type("jko?/ ");
        assertThat(seite.locator("#suchfeld")).hasValue("jko?/ ");
        assertThat(seite.locator("dialog[open]")).hasCount(0);
        assertThat(seite).hasURL(java.util.regex.Pattern.compile(".*/postkorb$"));
        seite.keyboard().press("Escape");

        // Through the Postkorb and into the older one.
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("Erster.txt");
        druecke(seite, "k");
        assertThat(fokus(seite)).contains("Zweiter.pdf");
        druecke(seite, "?");
        assertThat(seite.locator("dialog[open]")).containsText("Öffnen und ablegen");
        seite.keyboard().press("Escape");
        assertThat(seite.locator("dialog[open]")).hasCount(0);
        assertThat(fokus(seite)).contains("Zweiter.pdf");
        druecke(seite, "j");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-objektkopf h2")).hasText("Erster.txt");
        seite.keyboard().press("o");
        seite.waitForURL("**/posteingang/*");

        // File it: new Akte, position by typing and arrow keys.
        gehe(seite, "F6", ".fw-bereich--vorschlag *");
        gehe(seite, "Tab", "[name=weg]");
        druecke(seite, "ArrowDown");
        assertThat(seite.locator("[name=weg][value=neu]")).isChecked();
        gehe(seite, "Tab", "#feld-planText");
        seite.keyboard().type("66.20");
        assertThat(seite.locator("#feld-planText-liste [role=option]")).hasCount(2);
        druecke(seite, "ArrowDown");
        druecke(seite, "ArrowDown");
        assertThat(seite.locator("#feld-planText-liste [aria-selected=true]")).containsText("66.20.05");
        druecke(seite, "ArrowUp");
        assertThat(seite.locator("#feld-planText-liste [aria-selected=true]")).containsText("66.20.03");
        druecke(seite, "Enter");
        assertThat(seite.locator("#feld-planText")).hasValue("66.20.03 Sondernutzungen");
        gehe(seite, "Tab", "#feld-akteTitel");
        seite.keyboard().type("Nur mit Tasten");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("Abgelegt");
        gehe(seite, "Tab", ".fw-hinweis--erfolg a");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h1")).hasText("Nur mit Tasten");

        // Vermerk, then to the files.
        druecke(seite, "b");
        assertThat(seite.locator("#vermerk")).isFocused();
        seite.keyboard().type("Bedarf jetzt keiner zusätzlichen Dokumente?");
        gehe(seite, "Tab", ".fw-vermerkfeld button[type=submit]");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-vermerk")).containsText("Bedarf jetzt keiner zusätzlichen Dokumente?");
        druecke(seite, "z");
        assertThat(fokus(seite)).contains("Zu den Akten legen");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-chip--gut")).containsText("Zu den Akten");
    }

    @Test
    void mit_tab_durch_die_seiten_ist_der_fokus_immer_zu_sehen() {
        var stadt = stadt();
        var eingang = eingang(stadt, "Antrag.pdf", Muster.textPdf("Antrag auf eine Werbeanlage"));
        var vorgang = vorgang(stadt, "Werbeanlage");
        bisGelesen(stadt, 1);
        var seite = anja(stadt);
        var unsichtbar = new ArrayList<String>();
        for (var pfad : List.of(
                "/postkorb",
                "/posteingang/" + eingang,
                "/akten",
                "/vorgaenge/" + vorgang.id(),
                "/suche?q=Werbeanlage",
                "/akten/neu")) {
            seite.navigate(pfad);
            if (seite.locator("[data-betrachter]").count() > 0) {
                seite.locator(".fw-betrachter canvas").first().waitFor();
            }
            var gesehen = 0;
            for (; gesehen < 120; gesehen++) {
                seite.keyboard().press("Tab");
                var stand = fokusstand(seite);
                if (stand == null) {
                    break;
                }
                if (!(Boolean) stand.get("sichtbar")) {
                    unsichtbar.add(pfad + ": " + stand.get("was"));
                }
            }
            assertThat(gesehen).as("Ziele mit Tab auf " + pfad).isBetween(5, 119);
        }
        assertThat(unsichtbar).as("Fokus ohne sichtbaren Rahmen oder verdeckt").isEmpty();
    }

    @Test
    void mit_j_und_k_ueber_die_seite_hinaus_und_zurueck() {
        var seite = langeListe();
        for (int i = 60; i > 10; i--) {
            druecke(seite, "j");
        }
        assertThat(fokus(seite)).contains("-0011/");
        blaettere(seite, "j", "-0010/");
        assertThat(seite.locator(".fw-blaettern")).containsText("Ende");
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("-0009/");
        druecke(seite, "k");
        blaettere(seite, "k", "-0011/");
        assertThat(seite.locator(".fw-blaettern")).containsText("Anfang");

        // At the two ends there is nowhere to go, and the focus stays.
        druecke(seite, "k");
        assertThat(fokus(seite)).contains("-0012/");
        seite.locator(".fw-blaettern a[rel=last]").click();
        assertThat(seite.locator(".fw-blaettern")).containsText("Ende");
        seite.locator("[data-liste] a[data-zeile]").last().focus();
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("-0001/");
    }

    /** Presses the key that turns the page; the row that follows has the focus, to be seen. */
    private static void blaettere(Page seite, String taste, String zeile) {
        seite.keyboard().press(taste);
        assertThat(seite.locator("a[data-zeile]:focus")).containsText(zeile);
        fokus(seite);
    }
}
