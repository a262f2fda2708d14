package de.federwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** What a machine can see of accessibility, on every page: axe-core in light and dark, and 320 px without sideways scrolling. */
abstract class Zugaenglichkeitstest extends Browsertest {

    protected static final Map<String, Object> ALLE_REGELN = Map.of(
            "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));
    /** All of them that look at colours: the dark page is the same document in other colours. */
    private static final Map<String, Object> FARBREGELN =
            Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

    private final List<String> funde = new ArrayList<>();

    /** All at once at the end: one run tells all that is to be mended. */
    @AfterEach
    void ohneFunde() {
        assertThat(funde).isEmpty();
    }

    protected void oeffne(Page seite, String pfad, String name) {
        seite.navigate(pfad);
        pruefe(seite, name);
    }

    protected void pruefe(Page seite, String name) {
        if (seite.locator("[data-betrachter]").count() > 0) {
            seite.locator("[data-betrachter] canvas").first().waitFor();
        }
        axe(seite, name, ALLE_REGELN);
        seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        axe(seite, name + " dunkel", FARBREGELN);
        seite.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        seite.setViewportSize(320, 640);
        var breite =
                (Integer) seite.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (breite > 0) {
            funde.add(name + ": bei 320 px " + breite + " px zu breit: " + seite.evaluate("""
                    [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > 321 && !e.closest('.fw-betrachter__seiten')).slice(0, 4)
                      .map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).join(' | ')"""));
        }
        seite.setViewportSize(1440, 900);
        if (MIT_BILDERN) {
            seite.screenshot(new Page.ScreenshotOptions().setPath(BILDER.resolve("alle-" + name + ".png")));
        }
    }

    protected void axe(Page seite, String name, Map<String, Object> regeln) {
        if (!(Boolean) seite.evaluate("() => Boolean(window.axe)")) {
            seite.evaluate(AxeBuilder.getAxeScript());
        }
        // Nobody is to hit what an open menu lies upon.
        var antwort = (List<?>) seite.evaluate("""
                async regeln => (await axe.run(document.querySelector('.fw-kopf details[open]') ? {exclude: [['[data-betrachter]']]} : document, {runOnly: regeln, preload: false, resultTypes: ['violations']})).violations
                  .flatMap(v => v.nodes.map(n => `${v.id} (${v.help}) ${n.target} ${n.html} ${n.failureSummary.replace(/\\s+/g, ' ')}`))""", regeln);
        antwort.forEach(fund -> funde.add(name + ": " + fund));
    }
}
