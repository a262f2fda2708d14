package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static de.federwerk.Tastatur.druecke;
import static de.federwerk.Tastatur.fokus;
import static de.federwerk.Tastatur.gehe;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.federwerk.basis.Kennung;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.geschaeftsgang.Laufwege;
import de.federwerk.geschaeftsgang.Laufwegentwurf;
import de.federwerk.geschaeftsgang.Stationsart;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.protokoll.Protokoll;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The board of a head: by keys, by mouse, without JavaScript. */
class LeitungBrowserTest extends Browsertest {

    @Autowired
    private Laufwege laufwege;

    @Autowired
    private Meldungen meldungen;

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

    /** Jörg is ill; something has lain too long; and how long things lie at all. */
    @Test
    void der_morgen_einer_leitung() {
        var stadt = mitLeitung();
        var joerg = dieZuLange(stadt);
        var seite = melde(fenster(), stadt, "karin.ahrens");

        // The bell leads to what has lain too long, the most urgent first.
        assertThat(seite.locator("[data-glocke]")).hasAttribute("aria-label", "Meldungen, 1 ungelesen");
        seite.locator("[data-glocke]").focus();
        seite.keyboard().press("Enter");
        seite.waitForURL("**/meldungen");
        druecke(seite, "j");
        assertThat(fokus(seite)).contains("überfällig seit");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h1")).containsText("Aufgaben meiner Leute");
        assertThat(seite.locator("tbody tr").first()).containsText("überfällig seit");
        assertThat(seite.locator("tbody tr").first()).containsText("Jörg Sander");

        // Who is away is entered by the head, and stands at once where one looks.
        seite.navigate("/vertretung");
        gehe(seite, "Tab", "#feld-wen");
        seite.keyboard().type("sander");
        assertThat(seite.locator("#feld-wen-liste [role=option]")).containsText("Jörg Sander");
        druecke(seite, "ArrowDown");
        druecke(seite, "Enter");
        var heute = LocalDate.now(Anzeige.ZONE);
        seite.locator("#feld-von").fill(heute.toString());
        seite.locator("#feld-bis").fill(heute.plusDays(4).toString());
        gehe(seite, "Tab", "form[action='/vertretungen'] button");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("eingetragen");
        seite.navigate("/leitung");
        var zeile = seite.locator("tbody tr").filter(new Locator.FilterOptions().setHasText("Jörg Sander"));
        assertThat(zeile).containsText("ohne Vertretung");
        seite.navigate("/leitung/tafel");
        assertThat(spalte(seite, "Jörg Sander")).containsText("ohne Vertretung");

        // What is urgent goes at once, by keys on the board; the rest in one go.
        var karte = spalte(seite, "Jörg Sander").locator("[role=gridcell]").first();
        assertThat(karte).containsText("überfällig seit");
        gehe(seite, "Tab", "[role=gridcell]");
        while (!fokus(seite).contains("überfällig seit")) {
            druecke(seite, "ArrowRight");
        }
        druecke(seite, "Space");
        druecke(seite, "Home");
        druecke(seite, "Space");
        assertThat(ansage(seite)).containsText("liegt jetzt bei Anja Müller");
        seite.navigate("/leitung");
        zeile.locator("a").focus();
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h1")).hasText("Bei Jörg Sander");
        assertThat(seite.locator("tbody tr")).hasCount(2);
        gehe(seite, "Tab", "[name=alle]");
        druecke(seite, "Space");
        gehe(seite, "Tab", "#feld-an");
        seite.keyboard().type("anja");
        assertThat(seite.locator("#feld-an-liste [role=option]")).containsText("Anja Müller");
        druecke(seite, "ArrowDown");
        druecke(seite, "Enter");
        gehe(seite, "Tab", "#feld-grund");
        seite.keyboard().type("Abwesenheit");
        seite.keyboard().press("Enter");
        assertThat(seite.locator(".fw-hinweis--erfolg")).containsText("2 Aufgaben sind umverteilt.");
        assertThat(seite.locator("h1")).isFocused();
        assertThat(seite.locator("tbody tr")).hasCount(0);

        // What five have done is shown, what two have done is not.
        seite.navigate("/leitung/zeiten");
        assertThat(seite.locator("svg.fw-plot rect")).hasCount(2);
        var zeiten = seite.locator("table");
        assertThat(zeiten.locator("tr").filter(new Locator.FilterOptions().setHasText("Zur Kenntnis")))
                .containsText("6");
        assertThat(zeiten.locator("tr").filter(new Locator.FilterOptions().setHasText("Zur Stellungnahme")))
                .containsText("weniger als fünf");

        als(stadt.mandant(), () -> {
            assertThat(offene(stadt, joerg)).isZero();
            assertThat(offene(stadt, stadt.anja().person())).isEqualTo(4);
        });
    }

    /** Two more with Jörg, one of them overdue; Kenntnis taken by six of a unit below, Stellung by two of them. */
    private UUID dieZuLange(Stadt stadt) {
        var vorgang = vorgang(stadt, "Baugerüst");
        return als(stadt.mandant(), () -> {
            var joerg = person(stadt, "joerg.sander");
            sende(stadt, vorgang.id(), joerg, Stationsart.BEARBEITUNG);
            sende(stadt, vorgang.id(), joerg, Stationsart.MITZEICHNUNG);
            jdbc.sql("UPDATE station SET faellig = heute() - 9 WHERE mandant_id = ? AND art = 'mitzeichnung'")
                    .param(stadt.mandant())
                    .update();
            meldungen.sage(
                    person(stadt, "karin.ahrens"),
                    Meldungsart.ESKALATION,
                    "eskalation",
                    "Mitzeichnung, " + vorgang.aktenzeichen(),
                    "überfällig seit letzter Woche",
                    "/leitung/aufgaben");
            var unter = einheiten.richteEin(Protokoll.PROGRAMM, "SG 66.2", "Straßenverwaltung", stadt.tiefbau());
            for (int i = 1; i <= 6; i++) {
                var wer = person(stadt.mandant(), "person" + i, "Person", "Nummer " + i, unter);
                sende(stadt, vorgang.id(), wer.person(), Stationsart.KENNTNIS);
                if (i <= 2) {
                    sende(stadt, vorgang.id(), wer.person(), Stationsart.STELLUNGNAHME);
                }
            }
            jdbc.sql("""
                    UPDATE station s SET stand = 'erledigt', erledigt = now(), erledigt_von = empfaenger_id, offen_seit = offen_seit - interval '9 days'
                      FROM person p WHERE s.mandant_id = ? AND p.mandant_id = s.mandant_id AND p.id = s.empfaenger_id AND p.vorname = 'Person'""").param(stadt.mandant()).update();
            return joerg;
        });
    }

    private UUID person(Stadt stadt, String anmeldename) {
        return jdbc.sql("SELECT id FROM person WHERE mandant_id = ? AND anmeldename = ?")
                .params(stadt.mandant(), anmeldename)
                .query(UUID.class)
                .single();
    }

    private long offene(Stadt stadt, UUID person) {
        return jdbc.sql("SELECT count(*) FROM station WHERE mandant_id = ? AND stand = 'offen' AND empfaenger_id = ?")
                .params(stadt.mandant(), person)
                .query(Long.class)
                .single();
    }
}
