package de.federwerk.gesicht;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

class FehlerseitenTest {

    private final ObjectProvider<Rahmengeber> niemand =
            new StaticListableBeanFactory(Map.of()).getBeanProvider(Rahmengeber.class);
    private final MockMvcTester haus = MockMvcTester.create(MockMvcBuilders.standaloneSetup(new Probe())
            .setControllerAdvice(new Fehlerseiten(niemand))
            .setViewResolvers(new Vorlagen(niemand))
            .build());

    @Controller
    static class Probe {
        @GetMapping("/wirft/{was}")
        String wirf(@PathVariable String was) {
            throw switch (was) {
                case "nichts" -> new NichtGefunden("Akte 4711 gehört FD 66");
                case "geheim" -> new IllegalStateException("SELECT passwort_hash FROM zugang");
                default -> new Abgelehnt(Abgelehnt.Art.valueOf(was), "Schon abgelegt von Jörg Sander.");
            };
        }

        @PostMapping("/nur-post")
        String nimm() {
            return "redirect:/";
        }

        @GetMapping("/zahl/{nr}")
        String zahl(@PathVariable java.util.UUID nr) {
            return "redirect:/";
        }
    }

    @ParameterizedTest
    @CsvSource({"EINGABE,422", "KONFLIKT,409", "RECHT,403", "GRENZE,413"})
    void was_das_haus_ablehnt_steht_im_wortlaut_da(String art, int status) {
        var antwort =
                haus.get().uri("/wirft/" + art).header("Accept", "text/html").exchange();

        assertThat(antwort)
                .hasStatus(status)
                .bodyText()
                .contains("Schon abgelegt von Jörg Sander.", "<h1>", "lang=\"de\"");
    }

    @Test
    void nicht_gefunden_verraet_nicht_ob_es_etwas_gibt() {
        var antwort = haus.get().uri("/wirft/nichts").exchange();

        assertThat(antwort)
                .hasStatus(404)
                .bodyText()
                .contains("Nicht gefunden oder nicht für Sie freigegeben")
                .doesNotContain("4711", "FD 66");
        assertThat(haus.get().uri("/zahl/keine-kennung").exchange())
                .as("geratene Adresse")
                .hasStatus(404);
    }

    @Test
    void ein_fehler_des_programms_zeigt_eine_nummer_und_sonst_nichts() {
        var antwort = haus.get().uri("/wirft/geheim").exchange();

        assertThat(antwort)
                .hasStatus(500)
                .bodyText()
                .containsPattern("Vorgangsnummer <strong[^>]*>[2-9A-Z]{4}-[2-9A-Z]{4}<")
                .doesNotContain("SELECT", "Exception", "at de.");
    }

    @Test
    void teile_der_seite_bekommen_eine_meldung_an_den_rechten_ort() {
        var antwort =
                haus.get().uri("/wirft/KONFLIKT").header("HX-Request", "true").exchange();

        assertThat(antwort).hasStatus(409).headers().hasValue("HX-Retarget", "#meldungen");
        assertThat(antwort)
                .bodyText()
                .contains("Schon abgelegt", "role=\"status\"")
                .doesNotContain("<html");
    }

    @Test
    void skripte_bekommen_ein_problem() {
        var antwort = haus.get()
                .uri("/wirft/EINGABE")
                .header("Accept", "application/json")
                .exchange();

        assertThat(antwort)
                .hasStatus(422)
                .hasContentType("application/problem+json")
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("Schon abgelegt von Jörg Sander.");
    }

    @Test
    void der_falsche_weg_wird_erklaert() {
        assertThat(haus.get().uri("/nur-post").exchange())
                .hasStatus(405)
                .bodyText()
                .contains("lässt sich nicht direkt aufrufen");
    }
}
