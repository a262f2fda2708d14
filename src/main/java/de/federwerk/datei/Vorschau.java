package de.federwerk.datei;

import org.jspecify.annotations.Nullable;

/**
 * What a page shows of a file.
 *
 * @param url where the viewer finds it: {@code url/vorschau} (PDF), {@code url/seiten/1} (image), {@code url/inhalt} (download)
 * @param pdf whether there is a PDF to look at: the file itself or one made from it
 * @param bilder number of page images
 * @param text what was read: of a file without pages all of it, of a scan what was recognised, for those who cannot see the picture;
 *     null where the pages carry their text themselves
 * @param hinweis German: why it could not be read, or what was left out
 * @param suche words to mark, may be empty
 */
public record Vorschau(
        String url,
        String dateiname,
        String stand,
        boolean pdf,
        int bilder,
        @Nullable Integer seiten,
        @Nullable String text,
        @Nullable String hinweis,
        String suche) {

    /** Whether it is still being read. */
    public boolean wirdGelesen() {
        return stand.equals("neu");
    }

    public boolean gescheitert() {
        return stand.equals("gescheitert");
    }
}
