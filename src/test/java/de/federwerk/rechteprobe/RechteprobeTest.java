package de.federwerk.rechteprobe;

import static org.assertj.core.api.Assertions.assertThat;

import de.federwerk.Haustest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A few of the towns that {@code bin/bench --rechteprobe} builds by the thousand; among them one that is searched and visited. */
class RechteprobeTest extends Haustest {

    private static final int WELTEN = 6;

    @Autowired
    ApplicationContext haus;

    @Test
    void was_das_programm_zeigt_ist_was_die_regeln_sagen() {
        var probe = new Rechteprobe(haus, url(""));
        // The first one is searched and visited as well; the others ask the database only.
        for (long saat = 20; saat < 20 + WELTEN; saat++) {
            probe.welt(saat);
        }
        assertThat(probe.befunde().text()).as(probe.befund()).isEmpty();
        assertThat(probe.befunde().vergleiche()).isGreaterThan(50_000);
    }
}
