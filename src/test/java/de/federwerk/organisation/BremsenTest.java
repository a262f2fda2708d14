package de.federwerk.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** What keeps sign-in from being hammered. */
class BremsenTest {

    @Test
    void hundert_anmeldungen_zugleich_rechnen_hoechstens_vier_passwoerter_auf_einmal() throws Exception {
        var zugleich = new AtomicInteger();
        var hoechstens = new AtomicInteger();
        var encoder = new GebremsterEncoder(
                new PasswordEncoder() {
                    @Override
                    public String encode(CharSequence passwort) {
                        return "";
                    }

                    @Override
                    public boolean matches(CharSequence passwort, String hash) {
                        hoechstens.accumulateAndGet(zugleich.incrementAndGet(), Math::max);
                        LockSupport.parkNanos(200_000);
                        zugleich.decrementAndGet();
                        return true;
                    }
                },
                60_000);
        try (var viele = Executors.newFixedThreadPool(100)) {
            for (int i = 0; i < 1000; i++) {
                viele.execute(() -> encoder.matches("x", "y"));
            }
        }
        assertThat(hoechstens.get()).isBetween(1, 4);
    }

    @Test
    void wer_zu_lange_warten_muesste_erfaehrt_dass_er_es_spaeter_versuchen_soll() throws Exception {
        var belegt = new CountDownLatch(4);
        var ende = new CountDownLatch(1);
        var encoder = new GebremsterEncoder(
                new PasswordEncoder() {
                    @Override
                    public String encode(CharSequence passwort) {
                        return "";
                    }

                    @Override
                    public boolean matches(CharSequence passwort, String hash) {
                        belegt.countDown();
                        try {
                            ende.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }
                },
                20);
        try (var vier = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                vier.execute(() -> encoder.matches("x", "y"));
            }
            belegt.await();
            assertThatThrownBy(() -> encoder.matches("x", "y")).isInstanceOf(AuthenticationServiceException.class);
            ende.countDown();
        }
    }

    @Test
    void zu_viele_fehlversuche_sperren_den_anschluss_und_nur_diesen() {
        var fehlversuche = new Fehlversuche(3);
        for (int i = 0; i < 3; i++) {
            assertThat(fehlversuche.gesperrt("192.0.2.1")).isFalse();
            fehlversuche.zaehle("192.0.2.1");
        }
        assertThat(fehlversuche.gesperrt("192.0.2.1")).isTrue();
        assertThat(fehlversuche.gesperrt("192.0.2.2")).isFalse();
        // Somebody with many addresses does not fill the memory.
        for (int i = 0; i < 20_000; i++) {
            fehlversuche.zaehle("2001:db8::" + Integer.toHexString(i));
        }
        assertThat(fehlversuche.gesperrt("2001:db8::1")).isFalse();
    }
}
