package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import de.federwerk.schnittstelle.Zugangstoken;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An Aktenart with a field of every kind: defined by the Administration, filled in by a clerk who mistypes, found again, taken away. */
class AktenartBrowserTest extends Browsertest {

    @Autowired
    private Zugangstoken tokens;

    @Test
    void von_der_verwaltung_bis_in_akte_liste_suche_und_schnittstelle() {
        var stadt = stadt();
        var vera = verwaltung(stadt);
        vera.navigate("/verwaltung/laufwege/neu");
        vera.locator("#feld-titel").fill("Baubescheid");
        vera.locator("#regel-1").selectOption("bearbeiter");
        vera.locator("button[value=speichern]").click();
        vera.navigate("/verwaltung/aktenarten");
        vera.locator("main [name=name]").fill("Bauantrag");
        vera.locator("button:has-text('Aktenart anlegen')").click();
        assertThat(vera.locator("h1")).hasText("Bauantrag");
        var verwaltung = vera.url().replaceFirst("#.*", "");
        neuesFeld(vera, "Bauherrschaft", "TEXT", "");
        neuesFeld(vera, "Geschosse", "ZAHL", "");
        neuesFeld(vera, "Kosten", "GELD", "");
        neuesFeld(vera, "Baubeginn", "DATUM", "");
        neuesFeld(vera, "Prüferin", "PERSON", "");
        neuesFeld(vera, "Flurstück", "ORT", "");
        // A choice of nothing is explained where the choices are typed.
        erlaubt(422);
        neuesFeld(vera, "Verfahren", "AUSWAHL", "");
        assertThat(vera.locator("#neu-auswahl-fehler")).containsText("was zur Auswahl steht");
        assertThat(vera.locator("#neu-name")).hasValue("Verfahren");
        vera.locator("#neu-auswahl").fill("vereinfacht\nförmlich");
        vera.locator("button:has-text('Feld anlegen')").click();
        assertThat(vera.locator("summary:has-text('Verfahren')")).containsText("Auswahl");
        vera.locator("#feld-vorgaenge").fill("Prüfung\nBescheid");
        vera.locator("#feld-vorgangstitel").fill("Nachtrag");
        vera.locator("button:has-text('Vorgaben speichern')").click();
        vera.locator("#vorlage-0").selectOption(new SelectOption().setLabel("Baubescheid"));
        vera.locator("button:has-text('Laufwege speichern')").click();
        assertThat(vera.locator("#vorlage-0 option:checked")).hasText("Baubescheid");

        var anja = anja(stadt);
        anja.navigate("/akten/neu");
        waehle(anja, "#feld-plan", "66.20.03", "66.20.03 Sondernutzungen");
        anja.locator("[name=titel]").fill("Carport");
        anja.locator("[name=aktenart]").selectOption(new SelectOption().setLabel("Bauantrag"));
        anja.locator("button:has-text('Akte anlegen')").click();
        anja.waitForURL(Pattern.compile(".*/bearbeiten"));
        var akte = anja.url().replace("/bearbeiten", "");
        anja.getByLabel("Bauherrschaft").fill("Kranich GmbH");
        anja.getByLabel("Geschosse").fill("1,5");
        anja.getByLabel("Kosten").fill("viel");
        anja.getByLabel("Baubeginn").fill("1.5.2027");
        anja.getByLabel("Prüferin").first().fill("petra.lueders");
        anja.getByLabel("Flurstück").fill("Flur 7, Flurstück 12/3");
        anja.getByLabel("Verfahren").selectOption("förmlich");
        anja.locator("button:has-text('Angaben speichern')").click();
        var kosten = anja.getByLabel("Kosten");
        assertThat(kosten).hasAttribute("aria-invalid", "true");
        assertThat(kosten).isFocused();
        assertThat(kosten).hasValue("viel");
        assertThat(anja.locator(".kern-error")).hasCount(1);
        assertThat(anja.locator(".kern-error")).containsText("„viel“ ist keine Zahl wie 1.250 oder 3,5");
        bild(anja, "aktenart-akte-fehler");
        kosten.fill("12500");
        // Nobody of that name: said at that field, and the amount stands as it was typed.
        anja.getByLabel("Prüferin").first().fill("Petra Nirgends");
        anja.locator("button:has-text('Angaben speichern')").click();
        assertThat(anja.locator(".kern-form-input--error")).containsText("heißt niemand im Haus");
        assertThat(anja.getByLabel("Prüferin").first()).hasAttribute("aria-invalid", "true");
        anja.getByLabel("Prüferin").first().fill("petra.lueders");
        anja.locator("button:has-text('Angaben speichern')").click();
        assertThat(anja.locator(".fw-daten").first())
                .containsText(Pattern.compile(
                        "Kranich GmbH.*1,5.*12\\.500,00 €.*01\\.05\\.2027.*Petra Lüders.*Flur 7.*förmlich",
                        Pattern.DOTALL));
        assertThat(anja.locator("main a[data-zeile]:has-text('Prüfung')")).isVisible();
        anja.locator("main a[data-zeile]:has-text('Bescheid')").click();
        anja.navigate(anja.url().replaceFirst("[?#].*", "") + "/laufwege/neu");
        assertThat(anja.locator("#an-1")).hasValue("Anja Müller");

        anja.navigate("/listen/akten");
        anja.locator("summary:has-text('Eingrenzen')").click();
        anja.locator("#feld-aktenart").selectOption(new SelectOption().setLabel("Bauantrag"));
        anja.locator("#grenzen button:has-text('Eingrenzen')").click();
        anja.locator("summary:has-text('Spalten und Ordnung')").click();
        anja.locator("#spalten").getByLabel("Kosten").first().check();
        anja.locator("#spalten button:has-text('Übernehmen')").last().click();
        assertThat(anja.locator("thead")).containsText("Kosten");
        assertThat(anja.locator("tbody tr:has-text('Carport')")).containsText("12.500,00 €");
        bild(anja, "aktenart-liste");
        anja.locator("summary:has-text('Eingrenzen')").click();
        anja.locator("#grenzen").getByLabel("Bauherrschaft").fill("Kran");
        anja.locator("#grenzen button:has-text('Eingrenzen')").click();
        assertThat(anja.locator("tbody tr")).hasCount(1);
        anja.navigate(akte);
        anja.locator(".fw-daten a:has-text('Bauantrag')").click();
        anja.getByLabel("Feld").selectOption(new SelectOption().setLabel("Kosten"));
        anja.locator("[name=von]").fill("12.500,01");
        anja.locator("button:has-text('Eingrenzen')").click();
        assertThat(anja.locator("main")).not().containsText("Carport");
        anja.locator("[name=von]").fill("12.500");
        anja.locator("button:has-text('Eingrenzen')").click();
        assertThat(anja.locator("tbody tr")).containsText("Carport");
        bild(anja, "aktenart-werte");
        bis(Duration.ofSeconds(60), "die Suche kennt das Feld", () -> {
            anja.navigate("/suche?q=Kranich");
            return anja.locator("main").innerText().contains("Carport");
        });

        // What stands in it stays: removed, it only leaves the form, and that is said before.
        vera.navigate(verwaltung);
        vera.locator("summary:has-text('Bauherrschaft')").click();
        assertThat(vera.locator("details[open]"))
                .containsText("In 1 Akte steht etwas in diesem Feld. Auch wenn Sie es entfernen");
        vera.locator("[aria-label='Feld Bauherrschaft entfernen']").click();
        assertThat(vera.locator("summary:has-text('Bauherrschaft')")).containsText("entfernt");
        anja.navigate(akte);
        assertThat(anja.locator(".fw-daten").first()).containsText("Kranich GmbH früheres Feld");
        anja.navigate(akte + "/bearbeiten");
        assertThat(anja.getByLabel("Bauherrschaft")).hasCount(0);

        // A program of the same unit reads them by their names.
        var programm = als(stadt.mandant(), () -> {
            var konto = personen.nimmAuf(Protokoll.PROGRAMM, "bauprogramm", "", "Bauprogramm", null, true);
            einheiten.besetze(Protokoll.PROGRAMM, stadt.tiefbau(), "Schnittstelle", false, konto);
            return tokens.stelleAus(konto);
        });
        var gelesen = anja.request()
                .get(
                        akte.replace("/akten/", "/api/v1/akten/"),
                        RequestOptions.create().setHeader("Authorization", "Bearer " + programm))
                .text();
        assertThat(gelesen).contains("\"Kosten\":\"12.500,00 €\"", "\"Prüferin\":\"Petra Lüders\"");
    }

    private static void neuesFeld(Page seite, String name, String art, String auswahl) {
        seite.locator("#neu-name").fill(name);
        seite.locator("#neu-art").selectOption(art);
        seite.locator("#neu-auswahl").fill(auswahl);
        seite.locator("button:text-is('Feld anlegen')").click();
    }

    private Page verwaltung(Stadt stadt) {
        als(
                stadt.mandant(),
                () -> personen.gib(
                        Protokoll.PROGRAMM,
                        person(stadt.mandant(), "vera.wald", "Vera", "Wald", stadt.ordnung())
                                .person(),
                        Rolle.ADMINISTRATION));
        return melde(fenster(), stadt, "vera.wald");
    }
}
