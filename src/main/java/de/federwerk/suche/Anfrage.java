package de.federwerk.suche;

import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Stelle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param text words (all must occur), "phrases", -word, word*; any input is allowed, more than 500 characters or 50 words are cut off
 * @param arten only these kinds; null = all
 * @param ab where the page begins: read with {@link #NACH_RANG}
 * @param jeSeite 1 to 100 hits a page
 */
public record Anfrage(String text, @Nullable Set<String> arten, Stelle ab, int jeSeite, Reihenfolge reihenfolge) {

    /** Bits of the score, date, id: what places a hit in each of the orders. */
    public static final Ordnung NACH_RANG =
            Ordnung.ab(Ordnung.zahl("wertung"), Ordnung.zahl("datum"), Ordnung.kennung("id"));

    /** How the hits are ordered; equal ones by date, newest first. */
    public enum Reihenfolge {
        RELEVANZ,
        NEUESTE,
        AELTESTE
    }

    public Anfrage {
        jeSeite = Math.clamp(jeSeite, 1, 100);
        arten = arten == null ? null : Set.copyOf(arten);
    }

    /** First page of 20, most relevant first. */
    public static Anfrage nach(String text) {
        return new Anfrage(text, null, Stelle.ANFANG, 20, Reihenfolge.RELEVANZ);
    }
}
