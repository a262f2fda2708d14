package de.federwerk.betrieb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionenTest {

    @Test
    void ohne_angaben_laeuft_die_beispielstadt_auf_8080() {
        var optionen = Optionen.aus();
        assertThat(optionen)
                .isEqualTo(new Optionen(8080, 18080, 28080, Path.of("daten").toAbsolutePath(), true, false));
    }

    @Test
    void die_letzte_angabe_gilt() {
        var optionen = Optionen.aus("--daten", "a", "--daten", "/b", "--port", "60000", "--ohne-demo");
        assertThat(optionen).isEqualTo(new Optionen(60000, 50000, 40000, Path.of("/b"), false, false));
    }

    @Test
    void was_niemand_kennt_startet_nichts() {
        for (var falsch : new String[][] {
            {"--prot", "1"},
            {"--port"},
            {"--port", "0"},
            {"--port", "65536"},
            {"--port", "acht"},
            {"--daten", " "},
            {"--port", "9000", "--verwaltungsport", "9000"},
            {"--port", "9000", "--portalport", "9000"},
            {"--portalport"},
            {"--portalport", "x"}
        }) {
            assertThatThrownBy(() -> Optionen.aus(falsch))
                    .isInstanceOf(Optionen.Unverstanden.class)
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void ein_datenordner_laesst_nur_ein_programm_ein(@TempDir Path daten) throws Exception {
        try (var erstes = Sperre.versuche(daten).orElseThrow()) {
            assertThat(erstes).isNotNull();
            assertThat(Sperre.versuche(daten)).isEmpty();
        }
        try (var danach = Sperre.versuche(daten).orElseThrow()) {
            assertThat(danach).isNotNull();
        }
    }
}
