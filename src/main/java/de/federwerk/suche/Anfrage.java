package de.federwerk.suche;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param text words (all must occur), "phrases", -word, word*; any input is allowed, more than 500 characters or 50 words are cut off
 * @param arten only these kinds; null = all
 * @param seite from 1
 * @param jeSeite 1 to 100 hits a page
 */
public record Anfrage(String text, @Nullable Set<String> arten, int seite, int jeSeite, Reihenfolge reihenfolge) {

    /** How the hits are ordered; equal ones by date, newest first. */
    public enum Reihenfolge {
        RELEVANZ,
        NEUESTE,
        AELTESTE
    }

    public Anfrage {
        seite = Math.max(1, seite);
        jeSeite = Math.clamp(jeSeite, 1, 100);
        arten = arten == null ? null : Set.copyOf(arten);
    }

    /** First page of 20, most relevant first. */
    public static Anfrage nach(String text) {
        return new Anfrage(text, null, 1, 20, Reihenfolge.RELEVANZ);
    }
}
