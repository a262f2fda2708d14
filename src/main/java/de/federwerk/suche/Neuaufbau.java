package de.federwerk.suche;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A rebuild that waits, runs or is over; may be asked from any thread. */
public final class Neuaufbau {

    private final UUID mandant;
    private final Instant begonnen = Instant.now();
    final CompletableFuture<Long> ende = new CompletableFuture<>();
    volatile long bearbeitet;

    Neuaufbau(UUID mandant) {
        this.mandant = mandant;
    }

    public UUID mandant() {
        return mandant;
    }

    public Instant begonnen() {
        return begonnen;
    }

    /** Number of things indexed so far. */
    public long bearbeitet() {
        return bearbeitet;
    }

    /** Whether it is over, well or badly. */
    public boolean fertig() {
        return ende.isDone();
    }

    /**
     * Waits for the end.
     *
     * @return number of things indexed
     * @throws IllegalStateException if it failed or takes longer; the old index is then still in use
     */
    public long warte(Duration hoechstens) {
        try {
            return ende.get(hoechstens.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Das Warten auf den Neuaufbau des Suchindex wurde abgebrochen", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("Der Neuaufbau des Suchindex läuft noch", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Der Neuaufbau des Suchindex ist gescheitert; der bisherige Index bleibt in Gebrauch",
                    e.getCause());
        }
    }
}
