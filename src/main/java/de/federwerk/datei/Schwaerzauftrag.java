package de.federwerk.datei;

import java.util.List;
import java.util.Set;

/**
 * What a worker does with a PDF beside reading it: look where its words stand, or burn areas into a new one.
 *
 * @param brennen false: only look
 * @param flaechen what is burnt
 * @param verboten words, normalised by {@link Wortform}, that stood nowhere but in these areas, as far as the server knows
 */
record Schwaerzauftrag(boolean brennen, List<Schwaerzwerk.Flaeche> flaechen, Set<String> verboten) {

    /** What a worker writes for the server beside the PDF or the page images: {@link Schwaerzwerk.Seitenlage} by page. */
    static final String LAGE = "lage.json";

    static Schwaerzauftrag lage() {
        return new Schwaerzauftrag(false, List.of(), Set.of());
    }
}
