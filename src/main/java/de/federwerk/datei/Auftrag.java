package de.federwerk.datei;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request to a worker, one line of JSON.
 *
 * @param ordner working folder; the file lies in it as {@code original}, everything the worker makes lies beside it
 * @param dateiname name it came with: a hint, never trusted
 * @param ausgelassen pages (from 1) at which an earlier try got stuck
 * @param schwaerzung what else to do with it than read it; null to read it
 */
record Auftrag(
        String ordner,
        String dateiname,
        Set<Integer> ausgelassen,
        Grenzen grenzen,
        @Nullable Schwaerzauftrag schwaerzung) {

    Auftrag(String ordner, String dateiname, Set<Integer> ausgelassen, Grenzen grenzen) {
        this(ordner, dateiname, ausgelassen, grenzen, null);
    }

    /** Name of the received bytes within the working folder. */
    static final String ORIGINAL = "original";
}
