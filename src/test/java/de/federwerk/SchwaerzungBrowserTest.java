package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import de.federwerk.akte.Dokumente;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Muster;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Black out with the mouse, with the keyboard and by search; then look at what came of it. */
class SchwaerzungBrowserTest extends Browsertest {

    @Autowired
    private Dokumente dokumente;

    @Autowired
    private Dateien dateien;

    @Test
    void mit_maus_tastatur_und_suche_geschwaerzt() {
        var stadt = stadt();
        var vorgang = vorgang(stadt, "Sondernutzung").id();
        var pdf = Muster.textPdf("Frau Zacharias hat Konto DE89 3704 0044 0532 0130 00.", "Zweite Seite, offen.");
        var bytes = Mandantenkontext.als(stadt.mandant(), () -> blobs.schreibe(new ByteArrayInputStream(pdf)));
        UUID dokument = als(
                stadt.mandant(),
                () -> dokumente
                        .lege(
                                stadt.anja(),
                                Kennung.neu(),
                                vorgang,
                                dateien.aufnehmen(bytes, "Widerspruch.pdf"),
                                Dokumente.Angaben.mitTitel("Widerspruch"))
                        .id());
        bisGelesen(stadt, 1);
        var seite = anja(stadt);
        seite.navigate("/vorgaenge/" + vorgang + "?dokument=" + dokument);
        seite.getByText("In diesem Dokument schwärzen").click();
        seite.getByText("Neue Schwärzung von Version 1").click();
        // Begins by itself as soon as the pages are there.
        var blatt = seite.locator("[data-blatt][data-bereit]");
        blatt.waitFor();

        // The mouse: from corner to corner over the name; its box is read from where the page says that it stands.
        ziehe(seite, blatt, 31, 22, 53, 31);
        var bereiche = seite.locator("[data-bereiche] [data-kennung]");
        assertThat(bereiche).hasCount(1);
        assertThat(seite.locator("[data-gespeichert]")).containsText("Entwurf gespeichert");

        // The keyboard alone: a new one, moved, made larger, and one that is thrown away.
        seite.locator(".fw-schwarz__rollen").focus();
        seite.keyboard().press("Insert");
        assertThat(bereiche).hasCount(2);
        var neuer = bereiche.nth(1);
        var vorher = Double.parseDouble(neuer.getAttribute("x"));
        var breite = Double.parseDouble(neuer.getAttribute("width"));
        seite.keyboard().press("ArrowRight");
        seite.keyboard().press("Shift+ArrowRight");
        assertThat(Double.parseDouble(neuer.getAttribute("x"))).isEqualTo(vorher + 2);
        assertThat(Double.parseDouble(neuer.getAttribute("width"))).isEqualTo(breite + 2);
        var zeile = seite.locator("[data-bereich-zeile]").nth(1);
        assertThat(zeile.locator("[name=breite]"))
                .hasValue(String.valueOf(breite + 2).replaceAll("\\.0$", "").replace('.', ','));
        seite.keyboard().press("Insert");
        assertThat(bereiche).hasCount(3);
        seite.keyboard().press("Delete");
        assertThat(bereiche).hasCount(2);
        // A row is another way to the same.
        zeile.locator("[name=y]").fill("200");
        assertThat(neuer).hasAttribute("y", "200");

        seite.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("IBAN"))
                .click();
        assertThat(seite.getByText("1 Stelle im ganzen Dokument markiert")).isVisible();
        assertThat(bereiche).hasCount(3);
        assertThat(seite.locator("[data-zahl]")).hasText("3");
        bild(seite, "schwaerzung");
        seite.getByText("Durchsehen und schwärzen").click();
        assertThat(seite.locator("h1")).hasText("Durchsehen und schwärzen");
        assertThat(seite.locator("figure")).hasCount(1);
        seite.locator("button:has-text('Schwärzen und als Dokument ablegen')").click();
        seite.getByText("Die geschwärzte Fassung ist abgelegt").waitFor();
        seite.getByText("Widerspruch (geschwärzt)").click();
        seite.waitForURL(Pattern.compile(".*/vorgaenge/.*"));
        assertThat(seite.locator("#schwaerzung")).containsText("Dies ist eine geschwärzte Fassung");
        bisGelesen(stadt, 2);
        seite.reload();
        seite.locator("[data-betrachter] canvas").first().waitFor();
        var text = seite.locator(".textLayer").first();
        assertThat(text).containsText("Konto");
        assertThat(text.innerText()).doesNotContain("Zacharias", "3704");
    }

    /** Millimetres on the page. */
    private static void ziehe(Page seite, Locator blatt, double x1, double y1, double x2, double y2) {
        var kasten = blatt.boundingBox();
        double jeMm = kasten.width / 210;
        seite.mouse().move(kasten.x + x1 * jeMm, kasten.y + y1 * jeMm);
        seite.mouse().down();
        seite.mouse().move(kasten.x + (x1 + x2) / 2 * jeMm, kasten.y + (y1 + y2) / 2 * jeMm);
        seite.mouse().move(kasten.x + x2 * jeMm, kasten.y + y2 * jeMm);
        seite.mouse().up();
    }
}
