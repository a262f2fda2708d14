package de.federwerk.basis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Does its round again and again as long as the house is open: begins with it, and ends before the database goes. */
public abstract class Dauerdienst implements SmartLifecycle {

    /** For the round in hand to come to its end. */
    private static final Duration AUSLAUF = Duration.ofSeconds(10);

    private final Dauerlaeufe laeufe;
    private final String name;
    private final Duration takt;
    private final Duration stille;
    private volatile @Nullable Dauerlauf lauf;

    /**
     * @param name of its thread
     * @param takt pause after each round
     * @param stille so long without a sign of life is reported by the health endpoint
     */
    protected Dauerdienst(Dauerlaeufe laeufe, String name, Duration takt, Duration stille) {
        this.laeufe = laeufe;
        this.name = name;
        this.takt = takt;
        this.stille = stille;
    }

    /** One round, for all Mandanten. What it throws is logged; the next round comes all the same. */
    protected abstract void runde() throws Exception;

    /** The next round begins at once. */
    public void wecke() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.wecke();
        }
    }

    /** What the running transaction leaves to be done is begun as soon as it has committed. */
    public void weckeNachCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wecke();
            }
        });
    }

    /** Said in the middle of a long round. */
    protected void lebenszeichen() {
        var dieser = dieser();
        if (dieser != null) {
            dieser.lebenszeichen();
        }
    }

    /** Whether a long round may go on. One that has outlived its end does not go on because another was begun since. */
    protected boolean laeuft() {
        var dieser = dieser();
        return dieser == null || dieser.laeuft();
    }

    private @Nullable Dauerlauf dieser() {
        var dieser = Dauerlauf.dieser();
        return dieser == null ? lauf : dieser;
    }

    @Override
    public void start() {
        lauf = laeufe.beginne(name, takt, stille, this::runde);
    }

    @Override
    public void stop() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(AUSLAUF);
        }
    }

    /** All are told to end before any is waited for: ten of them do not add up. */
    @Override
    public void stop(Runnable danach) {
        var laufender = lauf;
        if (laufender == null) {
            danach.run();
            return;
        }
        laufender.hoereAuf();
        Thread.ofPlatform().daemon().name(name + "-ende").start(() -> {
            try {
                laufender.ende(AUSLAUF);
            } finally {
                danach.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        var laufender = lauf;
        return laufender != null && laufender.laeuft();
    }
}
