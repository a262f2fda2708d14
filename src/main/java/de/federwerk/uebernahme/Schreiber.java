package de.federwerk.uebernahme;

import de.federwerk.basis.Mandantenkontext;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Enters batches in the database, one after the other, while the next one is still being read. A database that does not answer is
 * waited for, for about a minute; entering the same batch again does no harm.
 */
final class Schreiber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schreiber.class);
    private static final int VERSUCHE = 6;
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final TransactionTemplate transaktion;
    private final Eintragung eintragung;
    private final Ausgabe ausgabe;
    private final Consumer<Eintragung.Gebucht> danach;
    private final UUID mandant = Mandantenkontext.mandant();
    private final ExecutorService faden = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("uebernahme-datenbank").daemon().factory());
    private @Nullable Future<?> laufend;

    /** @param danach told after each commit, in the writer's thread */
    Schreiber(
            TransactionTemplate transaktion,
            Eintragung eintragung,
            Ausgabe ausgabe,
            Consumer<Eintragung.Gebucht> danach) {
        this.transaktion = transaktion;
        this.eintragung = eintragung;
        this.ausgabe = ausgabe;
        this.danach = danach;
    }

    /** Takes a batch; waits for the one before. @throws Abbruch if that one failed */
    void nimm(List<Posten> posten) {
        warte();
        laufend = faden.submit(() -> Mandantenkontext.als(mandant, () -> danach.accept(schreibe(posten))));
    }

    /** Until everything is entered. @throws Abbruch if it failed */
    void warte() {
        var vorher = laufend;
        laufend = null;
        if (vorher == null) {
            return;
        }
        try {
            vorher.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Abbruch(
                    "Die Übernahme wurde angehalten. Was bis hierher übernommen wurde, ist sicher; derselbe Befehl macht dort weiter.");
        }
    }

    private Eintragung.Gebucht schreibe(List<Posten> posten) {
        for (int versuch = 1; ; versuch++) {
            try {
                return java.util.Objects.requireNonNull(transaktion.execute(t -> eintragung.trageEin(posten)));
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("Ein Stapel der Übernahme ließ sich nicht eintragen ({}. Versuch)", versuch, e);
                if (voll(e)) {
                    throw new Abbruch(
                            "Der Speicherplatz der Datenbank ist erschöpft. Was bis hierher übernommen wurde, ist sicher. Bitte Platz schaffen und denselben Befehl noch einmal geben.",
                            e);
                }
                if (versuch == VERSUCHE || ausgabe.abgebrochen()) {
                    throw new Abbruch(
                            "Die Datenbank nimmt nichts mehr an. Was bis hierher übernommen wurde, ist sicher; derselbe Befehl macht dort weiter. Einzelheiten: protokolle/federwerk.log",
                            e);
                }
                ausgabe.zeile("Die Datenbank antwortet nicht; nächster Versuch in "
                        + PAUSE.multipliedBy(versuch).toSeconds() + " s.");
                pause(PAUSE.multipliedBy(versuch));
            }
        }
    }

    /** PostgreSQL's 53100 disk_full. */
    private static boolean voll(Throwable fehler) {
        for (Throwable t = fehler; t != null; t = t.getCause()) {
            if (t instanceof java.sql.SQLException s && "53100".equals(s.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static void pause(Duration dauer) {
        try {
            Thread.sleep(dauer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets the batch in hand come to its end: its bytes are there already. */
    @Override
    public void close() {
        faden.shutdown();
        try {
            faden.awaitTermination(2, java.util.concurrent.TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
