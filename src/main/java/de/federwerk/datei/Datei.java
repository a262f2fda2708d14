package de.federwerk.datei;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file as it came in, and what was read from it (xdomea: Primärdokument).
 *
 * @param dateiname safe to show and to download with
 * @param medientyp by content; null until it was read
 * @param laenge bytes
 * @param stand neu (being read), fertig or gescheitert; the bytes are safe in every case
 * @param seiten number of pages, null where the format has none
 * @param textherkunft text, ocr, gemischt or keiner; null until it was read
 * @param hatVorschau whether there is a PDF to look at
 * @param titel subject of a mail
 * @param absender sender of a mail, for people
 * @param absenderdatum as the sender claims it
 * @param teilVon the mail this came with; null if it came by itself
 * @param teilNr position in that mail from 1; 0 if it came by itself
 * @param hinweis German, for people: why it could not be read, or what was left out
 */
public record Datei(
        UUID id,
        String dateiname,
        @Nullable String medientyp,
        long laenge,
        String stand,
        @Nullable Integer seiten,
        @Nullable String textherkunft,
        boolean hatVorschau,
        @Nullable String titel,
        @Nullable String absender,
        @Nullable Instant absenderdatum,
        @Nullable UUID teilVon,
        int teilNr,
        @Nullable String hinweis) {

    /** As it came in, before anything was read from it. */
    static Datei neu(UUID id, String dateiname, long laenge, @Nullable UUID teilVon, int teilNr) {
        return new Datei(
                id, dateiname, null, laenge, "neu", null, null, false, null, null, null, teilVon, teilNr, null);
    }
}
