package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The short form of {@link Mutationsprobe}. */
class MutationTest {

    @Test
    void hundert_kaputte_dateien_geben_ein_ergebnis_oder_einen_deutschen_grund() throws Exception {
        var faelle = new Mutationsprobe(2026).laufe(Path.of("target/mutation-kurz"), 0, 100, 2);
        assertThat(faelle).hasSize(100);
        assertThat(faelle.stream().filter(f -> f.bruch() != null)).isEmpty();
    }
}
