package de.federwerk.basis;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the database count again what grows by many rows in a short time: after a thousand, and then whenever it is four times as many.
 * Between two looks of autovacuum (a minute) PostgreSQL plans for an empty town, and of a second Mandant beside a large one it takes no
 * notice at all. A statement that was planned so keeps its plan until the end, and then takes minutes. Counting takes a second or
 * several and goes on beside the work: waited for, it was a quarter of an import of 4,000 files. For one thread.
 */
public final class Wachstum {

    private static final Logger LOG = LoggerFactory.getLogger(Wachstum.class);
    private static final long ZUERST = 1_000;
    private static final int DANN = 4;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private @Nullable Thread auffrischung;
    private long zeilen;
    private long naechste = ZUERST;

    /** Counts from nothing: one for each Übernahme or backlog, not one for the house. */
    public Wachstum(JdbcClient datenbank, TransactionTemplate transaktion) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
    }

    /** So many more are committed. Never fails: without new numbers it is only slower. */
    public void um(long mehr) {
        zeilen += mehr;
        // One at a time: what falls due meanwhile is counted as soon as it has ended.
        if (zeilen >= naechste && (auffrischung == null || !auffrischung.isAlive())) {
            naechste = zeilen * DANN;
            auffrischung = Thread.ofPlatform().daemon().name("statistik").start(this::frischeAuf);
        }
    }

    /** How many rows must be there for the next count. */
    long naechste() {
        return naechste;
    }

    private void frischeAuf() {
        try {
            transaktion.executeWithoutResult(t -> datenbank
                    .sql("SELECT statistik_auffrischen()")
                    .query((zeile, nr) -> nr)
                    .list());
        } catch (DataAccessException | TransactionException spaeter) {
            LOG.info("Die Datenbank konnte ihre Statistik nicht auffrischen", spaeter);
        }
    }
}
