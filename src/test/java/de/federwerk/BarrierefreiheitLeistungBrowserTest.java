package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import de.federwerk.basis.Kennung;
import de.federwerk.bescheid.Mustervorlagen;
import de.federwerk.formular.Formularpflege;
import de.federwerk.formular.Werte;
import de.federwerk.organisation.Rolle;
import de.federwerk.protokoll.Protokoll;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Where a town says what it does for its citizens: forms and Leistungen, and how they look before they are published. */
class BarrierefreiheitLeistungBrowserTest extends Zugaenglichkeitstest {

    @Autowired
    private Formularpflege formularpflege;

    @Autowired
    private Mustervorlagen vorlagen;

    @Test
    void formulare_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        formulare(anja(stadt), stadt);
    }

    /** List and editor, and the preview as citizens will see a form: with its mistakes, answered, summed up. */
    private void formulare(Page seite, Stadt stadt) {
        als(stadt.mandant(), () -> formularpflege.nimmMitgelieferte(Protokoll.PROGRAMM));
        oeffne(seite, "/verwaltung/formulare", "verwaltung-formulare");
        seite.locator("th a").getByText("hundesteuer-anmeldung").click();
        pruefe(seite, "verwaltung-formular");
        bild(seite, "verwaltung-formular");
        seite.getByText("Als Entwurf kopieren").click();
        seite.getByText("Sie und Ihr Hund").click();
        seite.getByText("Hunde", new Page.GetByTextOptions().setExact(true)).click();
        pruefe(seite, "verwaltung-formularabschnitt");
        seite.getByText("Geburtsdatum des Hundes").click();
        pruefe(seite, "verwaltung-formularfeld");
        seite.locator("a.fw-knopf").getByText("Vorschau").click();
        erlaubt(422);
        seite.getByText("Weiter").last().click();
        assertThat(seite.locator("#fo-fehler")).isFocused();
        pruefe(seite, "formular-fehler");
        bild(seite, "formular-fehler");
        seite.keyboard().press("Tab");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("#f-name-vor")).isFocused();
        seite.keyboard().type("A");
        seite.locator("#f-name-nach").fill("Ø");
        seite.locator("#f-anschrift-strasse").fill("Gartenweg");
        seite.locator("#f-anschrift-hausnummer").fill("5");
        seite.locator("#f-anschrift-plz").fill("12345");
        seite.locator("#f-anschrift-ort").fill("Musterstadt");
        seite.locator("#f-geburt-tag").fill("29");
        seite.locator("#f-geburt-monat").fill("2");
        seite.locator("#f-geburt-jahr").fill("2000");
        seite.keyboard().press("Enter");
        assertThat(seite.locator("h1")).hasText("Sie und Ihr Hund");
        seite.getByText("Hund: weitere Angabe hinzufügen").click();
        assertThat(seite.locator("h3.fo-stueck")).hasCount(2);
        seite.locator("#f-hund-1-rufname").fill("Nala");
        erlaubt(422);
        seite.getByText("Weiter").last().click();
        pruefe(seite, "formular-hunde");
        bild(seite, "formular-hunde");
    }

    @Test
    void leistungen_sind_zugaenglich() {
        var stadt = stadt();
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.ADMINISTRATION));
        var seite = anja(stadt);
        leistungen(seite, stadt);
        bescheide(seite, stadt);
    }

    /** From no template to one with a mistake, how to object, and nothing to print. */
    private void bescheide(Page seite, Stadt stadt) {
        oeffne(seite, "/verwaltung/rechtsbehelfe", "verwaltung-rechtsbehelfe-leer");
        seite.getByText("Mitgelieferte Texte übernehmen").click();
        seite.getByText("Gespeichert.").waitFor();
        seite.locator("summary").first().click();
        pruefe(seite, "verwaltung-rechtsbehelfe");
        oeffne(seite, "/verwaltung/bescheidvorlagen", "verwaltung-bescheidvorlagen-leer");
        seite.locator("#feld-name").fill("Ablehnung");
        seite.getByText("Vorlage anlegen").click();
        seite.locator("#feld-betreff").fill("Ablehnung");
        seite.locator("#feld-text").fill("Guten Tag {{wer}}");
        erlaubt(422);
        seite.getByText("Speichern und veröffentlichen").click();
        seite.getByText("Das ging nicht").waitFor();
        pruefe(seite, "verwaltung-bescheidvorlage");
        bild(seite, "bescheidvorlage");
        oeffne(seite, "/verwaltung/bescheidvorlagen", "verwaltung-bescheidvorlagen");
        oeffne(seite, "/bescheide/druck", "druckstrasse-leer");
        var vorgang = antrag(stadt);
        oeffne(seite, "/vorgaenge/" + vorgang + "/bescheid", "bescheid-wahl");
        seite.locator("main").getByText("Hundesteuerbescheid").click();
        seite.getByText("Bescheid erstellen").click();
        assertThat(seite.locator("#fo-fehler")).isVisible();
        pruefe(seite, "bescheid-fehler");
        seite.locator("#f-steuer").fill("120");
        seite.locator("#f-beginn-tag").fill("1");
        seite.locator("#f-beginn-monat").fill("10");
        seite.locator("#f-beginn-jahr").fill("2026");
        seite.getByLabel("bewilligt", new Page.GetByLabelOptions().setExact(true))
                .check();
        pruefe(seite, "bescheid-formular");
        bild(seite, "bescheid-formular");
        seite.getByText("Bescheid erstellen").click();
        seite.getByText("Entwurf verwerfen").waitFor();
        pruefe(seite, "bescheid-entwurf");
        bild(seite, "bescheid-entwurf");
        seite.getByText("Absenden", new Page.GetByTextOptions().setExact(true)).click();
        seite.getByText("Zur Druckstraße").click();
        seite.locator("caption").waitFor();
        pruefe(seite, "druckstrasse");
        bild(seite, "druckstrasse");
    }

    /** What came from the Portal and is a Vorgang of tiefbau. */
    private UUID antrag(Stadt stadt) {
        var vorgang = vorgang(stadt, "Hund anmelden: Erika Muster").id();
        als(stadt.mandant(), () -> {
            formularpflege.nimmMitgelieferte(Protokoll.PROGRAMM);
            vorlagen.richteEin(stadt.anja());
            var werte = Werte.LEER
                    .mit("name", Map.of("vor", "Erika", "nach", "Muster"), "")
                    .mit(
                            "anschrift",
                            Map.of("strasse", "Gartenweg", "hausnummer", "5", "plz", "12345", "ort", "Musterstadt"),
                            "")
                    .mit("hund[1].rufname", "Nala", "");
            var id = Kennung.neu();
            jdbc.sql("""
                    INSERT INTO antrag (mandant_id, id, leistung_id, titel, amtstitel, formularfassung_id, sprache, besucher, code, stand, werte, schritt, gesendet, blatt)
                    SELECT l.mandant_id, ?, l.id, 'Hund anmelden', 'Hund anmelden', f.id, 'de', repeat('a', 64), repeat('b', 64), 'veraktet', CAST(? AS jsonb), 'halter',
                           now(), sha256('x')
                      FROM leistung l JOIN formular o ON o.mandant_id = l.mandant_id AND o.name = 'hundesteuer-anmeldung'
                      JOIN formularfassung f ON f.mandant_id = o.mandant_id AND f.formular_id = o.id AND f.stand = 'veroeffentlicht'
                     WHERE l.mandant_id = ? AND l.kurzname = 'hundesteuer-anmeldung'""").params(id, werte.json(), stadt.mandant()).update();
            jdbc.sql(
                            "INSERT INTO antragsvorgang (mandant_id, antrag_id, vorgang_id, einheit_id, pruefung) VALUES (?, ?, ?, ?, '[]')")
                    .params(stadt.mandant(), id, vorgang, stadt.tiefbau())
                    .update();
        });
        return vorgang;
    }

    /** A text from its first draft to the preview, a Dienststelle and a rule. */
    private void leistungen(Page seite, Stadt stadt) {
        als(stadt.mandant(), () -> personen.gib(Protokoll.PROGRAMM, stadt.anja().person(), Rolle.LEISTUNGEN));
        oeffne(seite, "/verwaltung/leistungen", "verwaltung-leistungen-leer");
        seite.getByText("Mitgelieferte Leistungen übernehmen").click();
        seite.locator("caption").waitFor();
        pruefe(seite, "verwaltung-leistungen");
        oeffne(seite, "/verwaltung/leistungen/lebenslagen", "verwaltung-lebenslagen");
        oeffne(seite, "/verwaltung/leistungen/dienststellen", "verwaltung-dienststellen-leer");
        seite.getByText("Neue Dienststelle").click();
        seite.locator("#feld-name").fill("Bürgerbüro");
        seite.locator("#feld-tag1").fill("8–12, 14–18");
        pruefe(seite, "verwaltung-dienststelle");
        seite.getByText("Dienststelle speichern").click();
        seite.locator("caption").waitFor();
        seite.navigate("/verwaltung/leistungen?titel=Hundesteuer");
        seite.locator("th a").first().click();
        pruefe(seite, "verwaltung-leistung");
        seite.getByText("Text bearbeiten").click();
        pruefe(seite, "verwaltung-leistung-text");
        seite.locator("main").getByText("Leichte Sprache").click();
        pruefe(seite, "verwaltung-leistung-leicht");
        seite.getByText("Zuständigkeit", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        seite.getByText("Regel hinzufügen").click();
        seite.locator("table").waitFor();
        pruefe(seite, "verwaltung-zustaendigkeit");
        seite.getByText("Fassungen", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        seite.getByText("Fassung 1").click();
        pruefe(seite, "verwaltung-leistung-vorschau");
        bild(seite, "leistung-vorschau");
    }
}
