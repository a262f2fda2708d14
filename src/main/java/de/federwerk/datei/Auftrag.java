package de.federwerk.datei;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request to a worker, one line of JSON.
 *
 * @param ordner working folder; the file lies in it as {@code original}, everything the worker makes lies beside it
 * @param dateiname name it came with: a hint, never trusted
 * @param ausgelassen pages (from 1) at which an earlier try got stuck
 * @param art what else than reading is asked for: {@link #AUFBEREITEN}, {@link #BINDEN}; null to read
 * @param schwaerzung what to black out instead of reading it; null to read it
 */
record Auftrag(
        String ordner,
        String dateiname,
        Set<Integer> ausgelassen,
        Grenzen grenzen,
        @Nullable String art,
        @Nullable Schwaerzauftrag schwaerzung) {

    /** Make pages of a PDF that may stand in a PDF/A: {@link Aufbereitung}. */
    static final String AUFBEREITEN = "aufbereiten";
    /** Bind such pages to one PDF/A: {@link Bandschreiber}. */
    static final String BINDEN = "binden";

    /** Name of the received bytes within the working folder. */
    static final String ORIGINAL = "original";

    /** To read a file. */
    Auftrag(String ordner, String dateiname, Set<Integer> ausgelassen, Grenzen grenzen) {
        this(ordner, dateiname, ausgelassen, grenzen, null, null);
    }

    /** To do something else in this folder. */
    static Auftrag zum(String art, Arbeitsordner ordner, Grenzen grenzen) {
        return new Auftrag(ordner.pfad().toString(), "", Set.of(), grenzen, art, null);
    }

    /** To black out areas of the file in this folder. */
    static Auftrag zumSchwaerzen(Schwaerzauftrag schwaerzung, Arbeitsordner ordner, Grenzen grenzen) {
        return new Auftrag(ordner.pfad().toString(), "original.pdf", Set.of(), grenzen, null, schwaerzung);
    }
}
