package de.federwerk.suche;

import java.util.List;
import java.util.Map;

/**
 * One page of hits.
 *
 * @param gesamt exact number of hits this person may see, with the chosen kinds
 * @param jeArt number of hits of each kind, whatever kinds were chosen: only kinds that occur
 * @param imAufbau the index is being built from nothing: hits may be missing, tell the person
 */
public record Trefferliste(
        long gesamt, List<Treffer> treffer, Map<String, Long> jeArt, int seite, int jeSeite, boolean imAufbau) {

    /** Hits behind this number are counted but not shown: refine the search instead. */
    public static final int HOECHSTENS_BLAETTERN = 10_000;

    static Trefferliste leer(Anfrage anfrage, boolean imAufbau) {
        return new Trefferliste(0, List.of(), Map.of(), anfrage.seite(), anfrage.jeSeite(), imAufbau);
    }

    /** Number of pages that can be turned to; 0 if there is no hit. */
    public int seiten() {
        return (int) ((Math.min(gesamt, HOECHSTENS_BLAETTERN) + jeSeite - 1) / jeSeite);
    }
}
