package de.federwerk.suche;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of hits.
 *
 * @param gesamt exact number of hits this person may see, with the chosen kinds
 * @param jeArt number of hits of each kind, whatever kinds were chosen: only kinds that occur
 * @param zurueck place of the page before, as it stands in an address; null on the first page
 * @param weiter place of the page after; null on the last page
 * @param imAufbau the index is being built from nothing: hits may be missing, tell the person
 */
public record Trefferliste(
        long gesamt,
        List<Treffer> treffer,
        Map<String, Long> jeArt,
        @Nullable String zurueck,
        @Nullable String weiter,
        boolean imAufbau) {

    static Trefferliste leer(boolean imAufbau) {
        return new Trefferliste(0, List.of(), Map.of(), null, null, imAufbau);
    }
}
