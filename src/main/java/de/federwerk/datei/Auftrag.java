package de.federwerk.datei;

import java.util.Set;

/**
 * One request to a worker, one line of JSON.
 *
 * @param ordner working folder; the file lies in it as {@code original}, everything the worker makes lies beside it
 * @param dateiname name it came with: a hint, never trusted
 * @param ausgelassen pages (from 1) at which an earlier try got stuck
 */
record Auftrag(String ordner, String dateiname, Set<Integer> ausgelassen, Grenzen grenzen) {

    /** Name of the received bytes within the working folder. */
    static final String ORIGINAL = "original";
}
