package de.federwerk.schwaerzung;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import org.junit.jupiter.api.Test;
import org.springframework.util.LinkedMultiValueMap;

/** Many rows at once: all of them, or none and it is said. */
class BereichsformularTest {

    @Test
    void alle_bereiche_werden_gelesen_oder_keiner() {
        assertThat(Bereichsformular.bereiche(felder(250), 3)).hasSize(250);
        assertThatThrownBy(() -> Bereichsformular.bereiche(felder(300), 3))
                .isInstanceOf(Abgelehnt.class)
                .hasMessageContaining("300 Bereiche")
                .hasMessageContaining("nichts gespeichert");
    }

    private static LinkedMultiValueMap<String, String> felder(int zeilen) {
        var felder = new LinkedMultiValueMap<String, String>();
        for (int i = 0; i < zeilen; i++) {
            felder.add("kennung", Kennung.neu().toString());
            felder.add("x", "1");
            felder.add("y", String.valueOf(i));
            felder.add("breite", "2");
            felder.add("hoehe", "1");
            felder.add("grund", "PERSON");
            felder.add("erlaeuterung", "");
        }
        return felder;
    }
}
