package de.federwerk.gesicht;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An icon that is named but not packed would be an empty square that nobody notices. */
class SymboleTest {

    private static final Pattern PACKT =
            Pattern.compile("\\.fw-symbol--([a-z0-9_]+) \\{ --fw-bild: url\\(\"/symbole/\\1\\.svg\"\\)");
    private static final Pattern RUFT =
            Pattern.compile("gesicht\\.symbol\\(name\\s*=\\s*\"([a-z0-9_]+)\"|symbol\\s*=\\s*\"([a-z0-9_]+)\"");

    @Test
    void jedes_symbol_der_stile_liegt_bei() throws IOException {
        for (var name : gepackte()) {
            assertThat(getClass().getResource("/static/symbole/" + name + ".svg"))
                    .as(name)
                    .isNotNull();
        }
    }

    @Test
    void jedes_symbol_der_vorlagen_hat_einen_stil() throws IOException {
        var gepackt = gepackte();
        try (var vorlagen = Files.walk(Path.of("src/main/jte"))) {
            for (var vorlage :
                    vorlagen.filter(v -> v.toString().endsWith(".jte")).toList()) {
                RUFT.matcher(Files.readString(vorlage))
                        .results()
                        .map(r -> r.group(1) == null ? r.group(2) : r.group(1))
                        .forEach(name ->
                                assertThat(gepackt).as(vorlage.toString()).contains(name));
            }
        }
        for (var bereich : Bereich.values()) {
            assertThat(gepackt).contains(bereich.symbol());
        }
    }

    private static TreeSet<String> gepackte() throws IOException {
        var namen = new TreeSet<String>();
        PACKT.matcher(Files.readString(Path.of("src/main/resources/static/gesicht/symbole.css")))
                .results()
                .forEach(r -> namen.add(r.group(1)));
        return namen;
    }
}
