package de.federwerk.sammellauf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an act: a line of text, a choice, or one that is typed into and chosen from.
 *
 * @param quelle where the choices come from while one types; their id goes into the field {@code <name>Id}
 * @param wahl all choices; null: it is typed
 */
public record Tatfeld(
        String name,
        String label,
        @Nullable String hinweis,
        boolean pflicht,
        @Nullable String quelle,
        @Nullable List<Wahl> wahl) {

    /** @param wert as it is sent */
    public record Wahl(String wert, String text) {}

    public static Tatfeld text(String name, String label, @Nullable String hinweis, boolean pflicht) {
        return new Tatfeld(name, label, hinweis, pflicht, null, null);
    }

    public static Tatfeld suche(String name, String label, @Nullable String hinweis, String quelle, boolean pflicht) {
        return new Tatfeld(name, label, hinweis, pflicht, quelle, null);
    }

    public static Tatfeld wahl(String name, String label, List<Wahl> wahl) {
        return new Tatfeld(name, label, null, true, null, wahl);
    }

    /** For an act that needs a reason. */
    public static Tatfeld grund() {
        return text("grund", "Grund", "Steht im Protokoll jeder Akte", true);
    }
}
