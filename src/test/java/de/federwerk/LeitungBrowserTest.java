package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The board of a head: by keys, by mouse, without JavaScript. */
class LeitungBrowserTest extends Browsertest {

    @Autowired
    private Laufwege laufwege;

    private Stadt mitLeitung() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Werbeanlage");
        als(stadt.mandant(), () -> {
            var karin = person(stadt.mandant(), "karin.ahrens", "Karin", "Ahrens", stadt.tiefbau());
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Leitung", true, karin.person());
            var joerg = person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            sende(stadt, vorgang.id(), stadt.anja().person(), Stationsart.BEARBEITUNG);
            sende(stadt, vorgang.id(), joerg.person(), Stationsart.KENNTNIS);
        });
        return stadt;
    }

    private void sende(Stadt stadt, UUID vorgang, UUID person, Stationsart art) {
        laufwege.beginne(
                stadt.anja(),
                new Laufwegentwurf(
                        Kennung.neu(),
                        vorgang,
                        null,
                        "Bescheid",
                        false,
                        List.of(Laufwegentwurf.Station.schlicht(
                                Kennung.neu(), 1, art, new Empfaenger("person", person)))));
    }

    private static Locator spalte(Page seite, String name) {
        return seite.locator("[data-name='" + name + "']");
    }

    private static Locator ansage(Page seite) {
        return seite.locator(".fw-tafel + [role=status]");
    }

    @Test
    void eine_karte_geht_mit_tasten_und_mit_der_maus_zu_jemand_anderem() {
        var seite = melde(fenster(), mitLeitung(), "karin.ahrens");
        seite.navigate("/leitung/tafel");
        var karten = seite.locator("[role=gridcell]");
        assertThat(karten).hasCount(2);
        // One stop for Tab; arrows lead through the cards, Enter into one and Escape out again.
        assertThat(seite.locator(".fw-tafel [tabindex='0']")).hasCount(1);
        spalte(seite, "Anja Müller").locator("[role=gridcell]").focus();
        seite.keyboard().press("ArrowRight");
        assertThat(spalte(seite, "Jörg Sander").locator("[role=gridcell]")).isFocused();
        seite.keyboard().press("ArrowLeft");
        seite.keyboard().press("Enter");
        assertThat(spalte(seite, "Anja Müller").locator("a").first()).isFocused();
        seite.keyboard().press("Escape");
        assertThat(spalte(seite, "Anja Müller").locator("[role=gridcell]")).isFocused();

        seite.keyboard().press("Space");
        assertThat(ansage(seite)).containsText("Aufgenommen: Zur Bearbeitung, Werbeanlage");
        seite.keyboard().press("ArrowRight");
        assertThat(ansage(seite)).containsText("Jörg Sander, Spalte 2 von 2");
        seite.keyboard().press("Escape");
        assertThat(ansage(seite)).containsText("Abgebrochen");
        seite.keyboard().press("Space");
        seite.keyboard().press("ArrowRight");
        seite.keyboard().press("Space");
        assertThat(ansage(seite)).containsText("liegt jetzt bei Jörg Sander");
        assertThat(spalte(seite, "Jörg Sander").locator("[role=gridcell]")).hasCount(2);
        assertThat(spalte(seite, "Jörg Sander").locator("[data-anzahl]")).hasText("2");
        assertThat(seite.locator("[role=gridcell]:focus")).containsText("Zur Bearbeitung");

        // And back by mouse.
        seite.locator("[role=gridcell]")
                .filter(new Locator.FilterOptions().setHasText("Zur Bearbeitung"))
                .dragTo(spalte(seite, "Anja Müller"));
        assertThat(ansage(seite)).containsText("liegt jetzt bei Anja Müller");
        seite.reload();
        assertThat(spalte(seite, "Anja Müller").locator("[role=gridcell]")).containsText("Zur Bearbeitung");
        assertThat(spalte(seite, "Jörg Sander").locator("[role=gridcell]")).hasCount(1);
        bild(seite, "leitung-tafel");
    }

    @Test
    void ohne_javascript_hat_jede_karte_ihr_formular() {
        var seite = melde(
                fenster(new Browser.NewContextOptions().setJavaScriptEnabled(false)), mitLeitung(), "karin.ahrens");
        seite.navigate("/leitung/tafel");
        assertThat(seite.locator("#tafel-hilfe")).isHidden();
        var karte = spalte(seite, "Anja Müller").locator(".fw-karte");
        karte.locator("summary").click();
        karte.locator("select")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setLabel("Jörg Sander"));
        karte.locator("button").click();
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("Die Aufgabe ist umverteilt.");
        assertThat(spalte(seite, "Jörg Sander").locator(".fw-karte")).hasCount(2);
        assertThat(spalte(seite, "Anja Müller").locator(".fw-karte").count()).isZero();
    }
}
