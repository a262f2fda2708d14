package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VortrittTest {

    private final AtomicLong uhr = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final Vortritt vortritt = new Vortritt(uhr::get);

    @Test
    void wenn_nichts_kam_wird_sofort_gelesen() {
        assertThat(vortritt.frist()).isZero();
    }

    @Test
    void nach_einer_datei_wird_einen_moment_gewartet_und_jede_weitere_verlaengert_ihn() {
        vortritt.kam();
        assertThat(frist()).isEqualTo(200);
        nach(150);
        assertThat(frist()).isEqualTo(50);
        vortritt.kam();
        assertThat(frist()).isEqualTo(200);
        nach(200);
        assertThat(frist()).isZero();
    }

    @Test
    void ein_endloser_strom_haelt_das_lesen_hoechstens_fuenf_sekunden_auf() {
        vortritt.kam();
        for (int i = 0; i < 49; i++) {
            nach(100);
            vortritt.kam();
        }
        assertThat(frist()).isEqualTo(100);
        nach(100);
        vortritt.kam();
        assertThat(frist()).isZero();
        nach(5_000);
        assertThat(frist()).isZero();
        vortritt.kam();
        assertThat(frist()).isEqualTo(200);
    }

    private long frist() {
        return Duration.ofNanos(vortritt.frist()).toMillis();
    }

    private void nach(long millis) {
        uhr.addAndGet(Duration.ofMillis(millis).toNanos());
    }
}
