package de.federwerk.gesicht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class VorlagenTest {

    static final Rahmen RAHMEN = new Rahmen(new Betrachter(
            UUID.randomUUID(),
            "Anja Müller",
            "Stadt <Musterstadt>",
            "_csrf",
            "geheim-123",
            false,
            false,
            true,
            "dunkel",
            List.of(),
            0,
            List.of(),
            List.of()));

    private static Vorlagen vorlagen() {
        Rahmengeber geber = anfrage -> Optional.of(RAHMEN);
        return new Vorlagen(new StaticListableBeanFactory(Map.of("geber", geber)).getBeanProvider(Rahmengeber.class));
    }

    @Test
    void die_seite_bekommt_ihren_rahmen_und_nur_was_sie_kennt() throws Exception {
        var antwort = new MockHttpServletResponse();

        vorlagen()
                .resolveViewName("gesicht/hilfe", Locale.GERMANY)
                .render(Map.of("unbekannt", "x"), new MockHttpServletRequest(), antwort);

        assertThat(antwort.getContentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(antwort.getContentLength()).isEqualTo(antwort.getContentAsByteArray().length);
        assertThat(antwort.getHeader("Cache-Control")).isEqualTo("no-store");
        var seite = antwort.getContentAsString();
        assertThat(seite)
                .contains(
                        "<html lang=\"de\" data-kern-theme=\"dark\">",
                        "Anja Müller",
                        "Stadt &lt;Musterstadt&gt;",
                        "value=\"geheim-123\"");
        assertThat(seite).as("ohne Recht kein Weg dorthin").doesNotContain("/stoerungen", "/verwaltung");
    }

    @Test
    void umleitungen_und_unbekannte_namen_bleiben_spring() {
        assertThat(vorlagen().resolveViewName("redirect:/postkorb", Locale.GERMANY))
                .isNull();
        assertThat(vorlagen().resolveViewName("gibt/esnicht", Locale.GERMANY)).isNull();
    }

    @Test
    void ein_feld_sagt_seinen_fehler_auch_dem_vorleseprogramm() {
        var feld = vorlagen()
                .alsText(
                        "gesicht/feld",
                        Map.of(
                                "name", "betreff", "label", "Betreff", "wert", "<b>", "fehler", "Fehlt.", "pflicht",
                                true));

        assertThat(feld)
                .contains(
                        "for=\"feld-betreff\"",
                        "aria-invalid=\"true\"",
                        "aria-describedby=\"feld-betreff-fehler\"",
                        "value=\"&lt;b>\"",
                        "Fehlt.");
        assertThat(feld).doesNotContain("freiwillig", "maxlength");
    }

    /** The CSP refuses them; here the mistake is found before a browser is. What is set as PDF never meets a browser. */
    @Test
    void keine_vorlage_traegt_stil_oder_skript_in_sich() throws IOException {
        try (var alle = Files.walk(Path.of("src/main/jte"))) {
            for (var vorlage : alle.filter(v -> v.toString().endsWith(".jte") && !v.startsWith("src/main/jte/satz"))
                    .toList()) {
                assertThat(Files.readString(vorlage))
                        .as(vorlage.toString())
                        .doesNotContainPattern(
                                "(?i)\\sstyle=|\\son[a-z]+=\"|<style|<script(?![^>]*\\ssrc=)|javascript:");
            }
        }
    }
}
