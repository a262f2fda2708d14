package de.federwerk.gespraech;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.meldung.Liveticker;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Who has opened a Dokument or Vorgang, and so may have it open still: the others of them are told that it has changed. Kept in memory, like the
 * lines they are told by; whoever is missing sees the change with the next click.
 */
@Component
class Zuschauer {

    private static final int DINGE = 5_000;
    private static final int JE_DING = 100;
    /** A page that was opened in the morning. */
    private static final Duration LANG = Duration.ofHours(8);

    private record Ding(UUID mandant, UUID id) {}

    // Guarded by itself; what nobody has opened for longest goes first.
    private final Map<Ding, SequencedMap<UUID, Instant>> dabei = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Ding, SequencedMap<UUID, Instant>> aeltestes) {
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
            var alle = dabei.computeIfAbsent(new Ding(mandant(), ding), d -> new LinkedHashMap<>());
            alle.putLast(person, Instant.now());
            if (alle.size() > JE_DING) {
                alle.pollFirstEntry();
            }
        }
    }

    /** Tells all of them but whoever did it, once the running transaction has committed; their pages fetch it with the rights of that moment. */
    void sage(UUID wer, UUID ding, String was) {
        var seit = Instant.now().minus(LANG);
        Set<UUID> andere;
        synchronized (dabei) {
            andere = dabei.getOrDefault(new Ding(mandant(), ding), new LinkedHashMap<>()).entrySet().stream()
                    .filter(e -> e.getValue().isAfter(seit) && !e.getKey().equals(wer))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
        if (!andere.isEmpty()) {
            ticker.an(andere, was);
        }
    }
}
