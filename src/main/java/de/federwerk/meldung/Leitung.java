package de.federwerk.meldung;

import de.federwerk.organisation.Sitzungen.Sitzung;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one open page has not been told yet. Names, each once: a page that reads slowly, or a thousand changes at once, cost no more than
 * the names there are.
 */
final class Leitung {

    /** Reasons that the page is told; it does not come back by itself then. */
    static final String VOLL = "voll";

    static final String ABGEMELDET = "abgemeldet";

    private final Sitzung sitzung;
    private final ReentrantLock schloss = new ReentrantLock();
    private final Condition neues = schloss.newCondition();
    private final LinkedHashSet<String> wartende = new LinkedHashSet<>();
    private @Nullable String ende;

    Leitung(Sitzung sitzung) {
        this.sitzung = sitzung;
    }

    Sitzung sitzung() {
        return sitzung;
    }

    void sage(String was) {
        schloss.lock();
        try {
            wartende.add(was);
            neues.signal();
        } finally {
            schloss.unlock();
        }
    }

    /** @param grund one of the constants; empty: the page may come back */
    void beende(String grund) {
        schloss.lock();
        try {
            if (ende == null) ende = grund;
            neues.signal();
        } finally {
            schloss.unlock();
        }
    }

    /** The reason, once it has ended. */
    @Nullable
    String ende() {
        schloss.lock();
        try {
            return ende;
        } finally {
            schloss.unlock();
        }
    }

    /** Waits until there is something to say or it has ended; empty after so long without. */
    List<String> warte(Duration hoechstens) throws InterruptedException {
        long rest = hoechstens.toNanos();
        schloss.lockInterruptibly();
        try {
            while (wartende.isEmpty() && ende == null && rest > 0) {
                rest = neues.awaitNanos(rest);
            }
            var namen = List.copyOf(wartende);
            wartende.clear();
            return namen;
        } finally {
            schloss.unlock();
        }
    }
}
