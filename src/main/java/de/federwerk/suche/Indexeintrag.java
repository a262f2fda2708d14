package de.federwerk.suche;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be found, as its owner reads it from the database.
 *
 * @param art "dokument", "vorgang", "akte", "eingang"
 * @param aktenzeichen found exactly, by its trailing pieces (0142/2026), with or without leading zeros
 * @param fruehere what it was called before, or is called on paper: found like the Aktenzeichen
 * @param text pages parted by form feed; may be empty. What is beyond {@link #LAENGSTER_TEXT} is not indexed
 * @param schutzbereich together with stufe, sonder, vorgang and akte: who may find it
 * @param sonder the thing's Schutzbereich is one of its own (cut inheritance)
 * @param datum the date people sort by
 * @param zusatz searchable with low weight and shown as second line: title of the Vorgang, sender, file name
 * @param einheit responsible unit, for later facets
 */
public record Indexeintrag(
        UUID id,
        String art,
        String titel,
        @Nullable String aktenzeichen,
        List<String> fruehere,
        String text,
        int schutzbereich,
        int stufe,
        boolean sonder,
        @Nullable UUID vorgang,
        @Nullable UUID akte,
        Instant datum,
        String zusatz,
        @Nullable String einheit,
        @Nullable String dokumentart) {

    /** Characters, about 2,000 pages. More cannot be found: one thing shall not exhaust the memory of all. */
    public static final int LAENGSTER_TEXT = 5_000_000;

    /** Of something that was never called otherwise. */
    public Indexeintrag(
            UUID id,
            String art,
            String titel,
            @Nullable String aktenzeichen,
            String text,
            int schutzbereich,
            int stufe,
            boolean sonder,
            @Nullable UUID vorgang,
            @Nullable UUID akte,
            Instant datum,
            String zusatz,
            @Nullable String einheit,
            @Nullable String dokumentart) {
        this(
                id,
                art,
                titel,
                aktenzeichen,
                List.of(),
                text,
                schutzbereich,
                stufe,
                sonder,
                vorgang,
                akte,
                datum,
                zusatz,
                einheit,
                dokumentart);
    }
}
