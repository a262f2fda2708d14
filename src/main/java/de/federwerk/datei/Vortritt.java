package de.federwerk.datei;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Lets whoever hands in files go before the reading of those that just came: somebody waits for the receipt of the next one, nobody yet
 * for the text of the last. Reading begins as soon as nothing has come for a moment, and in any case a few seconds after the first: an
 * endless stream of files is read alongside.
 */
@Component
class Vortritt {

    private static final long MOMENT = Duration.ofMillis(200).toNanos();
    private static final long HOECHSTENS = Duration.ofSeconds(5).toNanos();

    private final LongSupplier uhr;
    private long seit;
    private long zuletzt;

    @Autowired
    Vortritt() {
        this(System::nanoTime);
    }

    /** @param uhr nanoseconds since whenever */
    Vortritt(LongSupplier uhr) {
        this.uhr = uhr;
        seit = uhr.getAsLong() - HOECHSTENS;
        zuletzt = uhr.getAsLong() - MOMENT;
    }

    /** A file came in by itself and is committed. */
    synchronized void kam() {
        long jetzt = uhr.getAsLong();
        if (jetzt - zuletzt >= MOMENT) {
            seit = jetzt;
        }
        zuletzt = jetzt;
    }

    /** How long the reading still gives way if nothing more comes, in nanoseconds; 0 = it may begin. */
    synchronized long frist() {
        long jetzt = uhr.getAsLong();
        return Math.max(0, Math.min(zuletzt + MOMENT - jetzt, seit + HOECHSTENS - jetzt));
    }

    /** Returns when the reading may begin. */
    void gewaehre() throws InterruptedException {
        for (long frist = frist(); frist > 0; frist = frist()) {
            TimeUnit.NANOSECONDS.sleep(frist);
        }
    }
}
