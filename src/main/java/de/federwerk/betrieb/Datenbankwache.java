package de.federwerk.betrieb;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the PostgreSQL of the house again when it ends while the program runs (killed for its memory, crashed, stopped by mistake).
 * At the same port, so that the pool finds it by itself. Tries for ever: a disk that is full today is not full for ever.
 */
final class Datenbankwache {

    private static final Logger LOG = LoggerFactory.getLogger(Datenbankwache.class);
    private static final Duration TAKT = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Datenbank datenbank;
    private final Consumer<Datenbankausfall> nachher;

    private Datenbankwache(Datenbank datenbank, Consumer<Datenbankausfall> nachher) {
        this.datenbank = datenbank;
        this.nachher = nachher;
    }

    /** Begins to watch; ends when the database is closed. */
    static void beginne(Datenbank datenbank, Consumer<Datenbankausfall> nachher) {
        var wache = new Datenbankwache(datenbank, nachher);
        Thread.ofPlatform().daemon().name("datenbankwache").start(wache::wache);
    }

    private void wache() {
        try {
            while (datenbank.offen()) {
                if (!datenbank.lebt()) starteWieder();
                TimeUnit.NANOSECONDS.sleep(TAKT.toNanos());
            }
        } catch (InterruptedException ende) {
            Thread.currentThread().interrupt();
        }
    }

    private void starteWieder() throws InterruptedException {
        var beginn = Instant.now();
        long uhr = System.nanoTime();
        LOG.error("Die Datenbank ist ausgefallen und wird neu gestartet (Einzelheiten: protokolle/datenbank.log)");
        for (int versuch = 1; datenbank.offen(); versuch++) {
            try {
                if (!datenbank.starteWieder()) return;
                var dauer = Duration.ofNanos(System.nanoTime() - uhr);
                LOG.warn("Die Datenbank läuft wieder, nach {} ms", dauer.toMillis());
                melde(new Datenbankausfall(beginn, dauer));
                return;
            } catch (IOException | SQLException | RuntimeException e) {
                LOG.error("Die Datenbank startet nicht ({}. Versuch), neuer Versuch in zwei Sekunden", versuch, e);
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private void melde(Datenbankausfall ausfall) {
        try {
            nachher.accept(ausfall);
        } catch (RuntimeException e) {
            LOG.warn("Der Ausfall der Datenbank ließ sich nicht auf der Seite Störungen vermerken", e);
        }
    }
}
