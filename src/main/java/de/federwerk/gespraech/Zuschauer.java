package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.meldung.Liveticker;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Who has opened a Dokument or Vorgang, and so may have it open still: the others of them are told that it has changed. Kept in memory, like the
 * lines they are told by; whoever is missing sees the change with the next click.
 */
@Component
class Zuschauer {

    private static final int DINGE = 5_000;
    private static final int JE_DING = 100;

    private record Ding(UUID mandant, UUID id) {}

    // Guarded by itself; what nobody has opened for longest goes first.
    private final Map<Ding, Set<UUID>> dabei = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ding, Set<UUID>> aeltestes) {
            return size() > DINGE;
        }
    };

    private final Liveticker ticker;

    Zuschauer(Liveticker ticker) {
        this.ticker = ticker;
    }

    /** This person has it on the page, with a right to read it. */
    void oeffnet(UUID person, UUID ding) {
        synchronized (dabei) {
            var alle = dabei.computeIfAbsent(new Ding(mandant(), ding), d -> new HashSet<>());
            if (alle.size() < JE_DING) {
                alle.add(person);
            }
        }
    }

    /** Tells all of them but whoever did it, once the running transaction has committed; their pages fetch it with the rights of that moment. */
    void sage(UUID wer, UUID ding, String was) {
        Set<UUID> andere;
        synchronized (dabei) {
            andere = new HashSet<>(dabei.getOrDefault(new Ding(mandant(), ding), Set.of()));
        }
        andere.remove(wer);
        if (!andere.isEmpty()) {
            ticker.an(andere, was);
        }
    }
}
