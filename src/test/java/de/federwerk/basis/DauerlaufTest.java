package de.federwerk.basis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DauerlaufTest {

    @Test
    void ein_fehler_beendet_die_runde_und_ein_toter_faden_wird_bemerkt_und_neu_gestartet() {
        var laeufe = new Dauerlaeufe();
        try {
            var runden = new AtomicInteger();
            var lauf = laeufe.beginne("probe", Duration.ofMillis(5), Duration.ofSeconds(30), () -> {
                switch (runden.incrementAndGet()) {
                    case 1 -> throw new IllegalStateException("nur diese Runde");
                    case 2 -> throw new StackOverflowError("der ganze Faden");
                    default -> {}
                }
            });
            await().dontCatchUncaughtExceptions().until(() -> runden.get() == 2);
            await().dontCatchUncaughtExceptions().until(() -> !lauf.gesund());
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(10)).until(() -> runden.get() > 3);
            assertThat(lauf.gesund()).isTrue();
            assertThat(lauf.neustarts()).isEqualTo(1);
            assertThat(laeufe.alle()).containsExactly(lauf);
            lauf.ende(Duration.ofSeconds(5));
            assertThat(laeufe.alle()).isEmpty();
        } finally {
            laeufe.destroy();
        }
    }

    @Test
    void wer_haengt_ist_nicht_gesund() {
        var laeufe = new Dauerlaeufe();
        var schranke = new java.util.concurrent.CountDownLatch(1);
        try {
            var lauf = laeufe.beginne("probe", Duration.ofMillis(5), Duration.ofMillis(50), schranke::await);
            await().dontCatchUncaughtExceptions().until(() -> !lauf.gesund());
            lauf.lebenszeichen();
            schranke.countDown();
            await().dontCatchUncaughtExceptions().until(lauf::gesund);
            assertThat(lauf.neustarts()).isZero();
        } finally {
            schranke.countDown();
            laeufe.destroy();
        }
    }
}
