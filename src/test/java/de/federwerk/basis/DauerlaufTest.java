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
                    case 2 -> throw new StackOverflowError("auch nur diese Runde");
                    case 3 -> Thread.currentThread().interrupt();
                    default -> {}
                }
            });
            await().dontCatchUncaughtExceptions().until(() -> runden.get() == 3);
            await().dontCatchUncaughtExceptions().until(() -> !lauf.gesund());
            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(10)).until(() -> runden.get() > 4);
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
    void wer_aufhoeren_soll_faengt_nicht_wieder_an_weil_ein_anderer_begonnen_hat() throws InterruptedException {
        var laeufe = new Dauerlaeufe();
        var drin = new java.util.concurrent.CountDownLatch(1);
        var schranke = new java.util.concurrent.CountDownLatch(1);
        var gefragt = new java.util.concurrent.LinkedBlockingQueue<Boolean>();
        var dienst = new Dauerdienst(laeufe, "probe", Duration.ofHours(1), Duration.ofHours(1)) {
            @Override
            protected void runde() throws InterruptedException {
                if (drin.getCount() > 0) {
                    gefragt.add(laeuft());
                    drin.countDown();
                    schranke.await();
                    gefragt.add(laeuft());
                }
            }
        };
        try {
            dienst.start();
            drin.await();
            var zuEnde = new java.util.concurrent.CountDownLatch(1);
            // Told to end, and not waited for here.
            dienst.stop(zuEnde::countDown);
            assertThat(dienst.isRunning()).isFalse();
            assertThat(zuEnde.getCount()).isEqualTo(1);
            dienst.start();
            assertThat(dienst.isRunning()).isTrue();
            schranke.countDown();
            assertThat(gefragt.take()).isTrue();
            assertThat(gefragt.take()).isFalse();
            zuEnde.await();
        } finally {
            schranke.countDown();
            dienst.stop();
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
