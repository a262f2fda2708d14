package de.federwerk.basis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** All threads of the house that must not die, and who looks after them. */
@Component
public class Dauerlaeufe implements DisposableBean {

    private static final Duration BLICK = Duration.ofSeconds(2);

    private final List<Dauerlauf> alle = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService aufsicht = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("aufsicht").factory());

    Dauerlaeufe() {
        var _ = aufsicht.scheduleWithFixedDelay(
                () -> alle.forEach(Dauerlauf::belebe), BLICK.toMillis(), BLICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins one.
     *
     * @param takt pause after each round
     * @param stille so long without a sign of life is reported by the health endpoint
     */
    public Dauerlauf beginne(String name, Duration takt, Duration stille, Dauerlauf.Runde runde) {
        var lauf = new Dauerlauf(name, takt, stille, runde);
        alle.add(lauf);
        lauf.beginne();
        return lauf;
    }

    /** All that were begun and not ended. */
    public List<Dauerlauf> alle() {
        alle.removeIf(lauf -> !lauf.laeuft());
        return List.copyOf(alle);
    }

    @Override
    public void destroy() {
        aufsicht.shutdownNow();
    }
}
