package de.federwerk.stoerung;

import de.federwerk.basis.Datenbankfehler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what waits in a table until it is done, however often the program is killed. What fails stands among the Störungen, is tried again after
 * ever longer pauses, and holds up nobody. For one thread; what failed is forgotten with the program, which then tries at once.
 */
public final class Nachholer {

    /** The oldest first. */
    public interface Wartende {
        /** @param spaetere ids of those that wait for another try: what is behind them has its turn now */
        List<UUID> ohne(String[] spaetere);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Nachholer.class);
    private static final Duration ERSTE_PAUSE = Duration.ofSeconds(30);
    private static final int PAUSEN = 7;

    private record Fehlschlag(int wievielter, long wieder) {}

    private final Stoerungen stoerungen;
    private final String art;
    private final String gegenstand;
    private final String ursache;
    private final Map<UUID, Fehlschlag> fehlschlaege = new HashMap<>();

    /** @param art of the Störung, {@code gegenstand} and {@code ursache} as people read them: what is safe, and what to do */
    public Nachholer(Stoerungen stoerungen, String art, String gegenstand, String ursache) {
        this.stoerungen = stoerungen;
        this.art = art;
        this.gegenstand = gegenstand;
        this.ursache = ursache;
    }

    /**
     * One round for the Mandant of this thread.
     *
     * @param weiter asked before each of them
     * @throws RuntimeException if the database is away: then nothing of it is anybody's fault
     */
    public void arbeite(Wartende wartende, Consumer<UUID> tat, BooleanSupplier weiter) {
        var spaetere = fehlschlaege.entrySet().stream()
                .filter(f -> f.getValue().wieder - System.nanoTime() > 0)
                .map(f -> f.getKey().toString())
                .toArray(String[]::new);
        for (var id : wartende.ohne(spaetere)) {
            if (!weiter.getAsBoolean()) {
                return;
            }
            versuche(id, tat);
        }
    }

    private void versuche(UUID id, Consumer<UUID> tat) {
        try {
            tat.accept(id);
            if (fehlschlaege.remove(id) != null) {
                stoerungen.erledigt(art, id);
            }
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            LOG.error("{} {} gelingt nicht", gegenstand, id, e);
            var bisher = fehlschlaege.get(id);
            int wievielter = bisher == null ? 1 : bisher.wievielter + 1;
            var pause = ERSTE_PAUSE.multipliedBy(1L << Math.min(wievielter - 1, PAUSEN));
            fehlschlaege.put(id, new Fehlschlag(wievielter, System.nanoTime() + pause.toNanos()));
            stoerungen.melde(art, id, gegenstand, ursache, e.getClass().getName());
        }
    }
}
