package de.federwerk.schnittstelle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class GedraengeTest {

    private final Gedraenge gedraenge = new Gedraenge();

    @Test
    void ein_konto_das_nicht_wartet_nimmt_den_anderen_nichts_weg() {
        var eilig = UUID.randomUUID();
        for (int i = 0; i < Gedraenge.JE_KONTO; i++) {
            assertThat(gedraenge.tritt(eilig)).isTrue();
        }
        assertThat(gedraenge.tritt(eilig)).isFalse();
        assertThat(gedraenge.tritt(UUID.randomUUID())).isTrue();
        gedraenge.verlasse(eilig);
        assertThat(gedraenge.tritt(eilig)).isTrue();
        assertThat(gedraenge.tritt(eilig)).isFalse();
    }
}
