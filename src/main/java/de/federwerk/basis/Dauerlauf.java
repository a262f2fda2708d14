package de.federwerk.basis;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread of the house that does its round again and again: intake, feeder. An exception ends the round, not the thread; if the
 * thread itself ends, {@link Dauerlaeufe} notices and starts another. Measures with the clock that nobody can set.
 */
public final class Dauerlauf {

    /** One round; whatever it throws is logged, and the next round comes after the pause. */
    @FunctionalInterface
    public interface Runde {
        void laufe() throws Exception;
    }

    private static final ScopedValue<Dauerlauf> DIESER = ScopedValue.newInstance();
    private static final Logger LOG = LoggerFactory.getLogger(Dauerlauf.class);

    private final String name;
    private final Duration takt;
    private final Duration stille;
    private final Runde runde;
    private final Semaphore weckruf = new Semaphore(0);
    private volatile long lebenszeichen = System.nanoTime();
    private volatile boolean soll;
    private volatile int neustarts;
    private volatile @Nullable Thread faden;

    /**
     * @param takt pause after each round, unless woken before
     * @param stille so long without a sign of life is reported as ill
     */
    Dauerlauf(String name, Duration takt, Duration stille, Runde runde) {
        this.name = name;
        this.takt = takt;
        this.stille = stille;
        this.runde = runde;
    }

    synchronized void beginne() {
        soll = true;
        starte();
    }

    private void starte() {
        lebenszeichen = System.nanoTime();
        faden = Thread.ofPlatform().daemon().name(name).start(this::laufe);
    }

    private void laufe() {
        while (soll) {
            try {
                ScopedValue.where(DIESER, this).call(() -> {
                    runde.laufe();
                    return true;
                });
            } catch (Exception e) {
                LOG.warn("{}: {}; neuer Versuch in {} ms", name, e.toString(), takt.toMillis());
            } catch (Throwable e) {
                // A thread that died of it would be started again at once, and meet the same again.
                LOG.error("{}: neuer Versuch in {} ms", name, takt.toMillis(), e);
            }
            lebenszeichen();
            try {
                weckruf.tryAcquire(takt.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            weckruf.drainPermits();
        }
    }

    /** The next round begins at once. */
    public void wecke() {
        weckruf.release();
    }

    /** Said in the middle of a long round: it takes long, but goes on. */
    public void lebenszeichen() {
        lebenszeichen = System.nanoTime();
    }

    /** In whose round this is asked; null outside of any. */
    static @Nullable Dauerlauf dieser() {
        return DIESER.isBound() ? DIESER.get() : null;
    }

    /** Whether it has not been ended; asked in the middle of a long round. */
    public boolean laeuft() {
        return soll;
    }

    public String name() {
        return name;
    }

    /** Times its thread had ended and another was started. */
    public int neustarts() {
        return neustarts;
    }

    /** Since the last sign of life. */
    public Duration still() {
        return Duration.ofNanos(System.nanoTime() - lebenszeichen);
    }

    /** Begun, alive, and not silent for too long; or not begun yet, or ended on purpose. */
    public boolean gesund() {
        var laufender = faden;
        return !soll || laufender != null && laufender.isAlive() && still().compareTo(stille) < 0;
    }

    /** Starts another thread if the one that should run is dead. */
    synchronized void belebe() {
        var laufender = faden;
        if (soll && (laufender == null || !laufender.isAlive())) {
            LOG.error("{}: der Faden war beendet und wird neu gestartet", name);
            neustarts++;
            starte();
        }
    }

    /** The round in hand is the last; does not wait for its end. */
    void hoereAuf() {
        synchronized (this) {
            soll = false;
        }
        wecke();
    }

    /** Waits for the round in hand; never by interrupt, which would close files under it. */
    public void ende(Duration hoechstens) {
        hoereAuf();
        var laufender = faden;
        if (laufender != null && laufender != Thread.currentThread()) {
            try {
                laufender.join(hoechstens.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
