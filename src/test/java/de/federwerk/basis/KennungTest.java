package de.federwerk.basis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KennungTest {

    @Test
    void auch_nach_einer_zurueckgestellten_uhr_ist_jede_kennung_groesser_als_die_davor() {
        long jetzt = System.currentTimeMillis();
        var alle = new ArrayList<UUID>();
        for (int i = 0; i < 10_000; i++) alle.add(Kennung.neu(jetzt));
        for (int i = 0; i < 10_000; i++)
            alle.add(Kennung.neu(jetzt - Duration.ofHours(1).toMillis() + i));
        assertThat(alle).isSortedAccordingTo(UUID::compareTo).doesNotHaveDuplicates();
        assertThat(alle).allMatch(id -> id.version() == 7 && id.variant() == 2);
        assertThat(Kennung.neu(jetzt + 60_000).getMostSignificantBits() >>> 16).isEqualTo(jetzt + 60_000);
    }

    @Test
    void eine_kennung_zu_einem_augenblick_nennt_ihn_in_welcher_reihenfolge_auch_immer() {
        var damals = Instant.ofEpochMilli(1_700_000_000_000L);
        var id = Kennung.zu(damals);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(damals.toEpochMilli());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id).isLessThan(Kennung.neu());
    }

    @Test
    void die_letzte_kennung_eines_augenblicks_steht_zwischen_diesem_und_dem_naechsten() {
        var damals = Instant.ofEpochMilli(1_700_000_000_000L);
        var letzte = Kennung.letzteZu(damals);
        for (int i = 0; i < 100; i++) {
            assertThat(letzte).isGreaterThan(Kennung.zu(damals)).isLessThan(Kennung.zu(damals.plusMillis(1)));
        }
        assertThat(Kennung.letzteZu(Instant.EPOCH.minusSeconds(1)))
                .isLessThan(Kennung.neu())
                .isEqualTo(Kennung.letzteZu(Instant.EPOCH));
    }
}
