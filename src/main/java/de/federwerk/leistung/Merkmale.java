package de.federwerk.leistung;

import org.jspecify.annotations.Nullable;

/**
 * What a citizen has said about the case, as far as it says who is responsible. Null: not said; an empty name or Ortsteil counts as not said.
 *
 * @param hausnummer with its letter, e.g. 12a
 * @param name family name
 * @param gegenstand one of {@link Leistungen.Zustaendig#gegenstaende}, or another word: none of them
 */
public record Merkmale(
        @Nullable String strasse,
        @Nullable String hausnummer,
        @Nullable String ortsteil,
        @Nullable String name,
        @Nullable String gegenstand) {

    public static final Merkmale KEINE = new Merkmale(null, null, null, null, null);

    public Merkmale {
        strasse = oderNull(strasse);
        hausnummer = oderNull(hausnummer);
        ortsteil = oderNull(ortsteil);
        name = oderNull(name);
        gegenstand = oderNull(gegenstand);
    }

    private static @Nullable String oderNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
