package de.federwerk.portal;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.basis.Sprache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorteTest {

    private static final Pattern GEBRAUCHT = Pattern.compile("wort\\(\"([a-z.]+)\"[,)]");

    @Test
    void jede_sprache_hat_jedes_wort() {
        for (var sprache : Sprache.values()) {
            assertThat(Worte.in(sprache).schluessel())
                    .as(sprache.bezeichnung())
                    .isEqualTo(Worte.in(Sprache.DE).schluessel());
        }
    }

    @Test
    void jedes_wort_das_eine_seite_sagt_gibt_es() throws IOException {
        var gebraucht = new TreeSet<String>();
        for (var ordner : new String[] {"src/main/jte/portal", "src/main/java/de/federwerk/portal"}) {
            try (var dateien = Files.list(Path.of(ordner))) {
                for (var datei : dateien.toList()) {
                    GEBRAUCHT.matcher(Files.readString(datei)).results().forEach(t -> gebraucht.add(t.group(1)));
                }
            }
        }
        assertThat(gebraucht).isNotEmpty();
        assertThat(Worte.in(Sprache.DE).schluessel()).containsAll(gebraucht);
    }
}
