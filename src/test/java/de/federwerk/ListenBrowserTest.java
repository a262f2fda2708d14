package de.federwerk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.SelectOption;
import de.federwerk.basis.Kennung;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A list narrowed, kept under a name, taken along; some of it marked with the keyboard, one act done to them, and taken back. */
class ListenBrowserTest extends Browsertest {

    @Test
    void eingegrenzt_gemerkt_ausgegeben_und_mit_dem_markierten_etwas_getan_das_wieder_zurueckgeht() {
        var stadt = stadt();
        var erster = vorgang(stadt, "Lindenstraße 14");
        als(stadt.mandant(), () -> {
            person(stadt.mandant(), "joerg.sander", "Jörg", "Sander", stadt.tiefbau());
            vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), erster.akteId(), "Lindenstraße 16");
            vorgaenge.eroeffne(stadt.anja(), Kennung.neu(), erster.akteId(), "Marktplatz");
        });
        var seite = anja(stadt);
        seite.navigate("/listen/vorgaenge");
        assertThat(seite.locator("tbody tr")).hasCount(3);
        seite.locator("summary:has-text('Eingrenzen')").click();
        seite.locator("[name=titel]").fill("Linden");
        seite.locator("button:has-text('Eingrenzen')").click();
        assertThat(seite.locator("tbody tr")).hasCount(2);
        assertThat(seite.locator("main")).containsText("Titel: „Linden“");

        seite.locator("summary:has-text('Ansichten')").click();
        seite.locator("[name=name]").fill("Lindenstraßen");
        seite.locator("button:has-text('Speichern')").click();
        assertThat(seite.locator("h1")).containsText("Lindenstraßen");
        var ausgabe =
                seite.waitForDownload(() -> seite.locator("a:has-text('XLSX')").click());
        assertThat(ausgabe.suggestedFilename()).endsWith(".xlsx");

        // J goes down the list, X marks.
        seite.locator("h1").click();
        for (var taste : "jxjx".split("")) {
            seite.keyboard().press(taste);
        }
        assertThat(seite.locator("tbody input[name=id]:checked")).hasCount(2);
        seite.locator("[name=tat]").selectOption(new SelectOption().setLabel("Bearbeitung geben"));
        seite.locator("button:has-text('Weiter')").click();
        assertThat(seite.locator("main")).containsText("2 Vorgänge");
        seite.locator("#tat-bearbeiter").fill("joerg.sander");
        seite.locator("button:has-text('Beginnen')").click();
        seite.waitForURL(Pattern.compile(".*/sammellaeufe/[0-9a-f-]+"));
        assertThat(seite.locator(".fw-lauf .fw-chip")).hasText("fertig");
        assertThat(seite.locator("main")).containsText("2 von 2");
        bild(seite, "sammellauf");
        var lauf = seite.url();
        seite.navigate("/listen/vorgaenge");
        assertThat(seite.locator("tbody tr:has-text('Jörg Sander')")).hasCount(2);

        seite.navigate(lauf);
        seite.locator("button:has-text('Zurücknehmen')").click();
        assertThat(seite.locator(".fw-lauf .fw-chip")).hasText("zurückgenommen");
        seite.navigate("/listen/vorgaenge");
        assertThat(seite.locator("tbody tr:has-text('Jörg Sander')")).hasCount(0);
    }
}
