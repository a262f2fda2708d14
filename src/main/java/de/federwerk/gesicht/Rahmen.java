package de.federwerk.gesicht;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the frame around a page must know.
 *
 * @param bereich the active area, if the page belongs to one
 * @param suchtext what stands in the search field
 * @param zahlen open items per area; a missing area shows no number
 */
public record Rahmen(Betrachter wer, @Nullable Bereich bereich, String suchtext, Map<Bereich, Long> zahlen) {

    /** As pages need it first: no active area, empty search field, no numbers. */
    public Rahmen(Betrachter wer) {
        this(wer, null, "", Map.of());
    }

    /** The same frame with {@code bereich} marked in the navigation. */
    public Rahmen in(Bereich bereich) {
        return new Rahmen(wer, bereich, suchtext, zahlen);
    }

    /** The same frame with {@code text} in the search field. */
    public Rahmen mitSuche(String text) {
        return new Rahmen(wer, bereich, text, zahlen);
    }

    /** The areas this person may enter, in the order of the navigation. */
    List<Bereich> bereiche() {
        return Arrays.stream(Bereich.values())
                .filter(b -> b != Bereich.STOERUNGEN || wer.darfStoerungen())
                .filter(b -> b != Bereich.VERWALTUNG || wer.darfVerwalten())
                .toList();
    }
}
