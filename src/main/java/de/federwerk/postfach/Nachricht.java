package de.federwerk.postfach;

import de.federwerk.ablage.Blob;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message about an Antrag.
 *
 * @param text plain text with line ends
 * @param gelesen when whom it was for first opened it
 */
public record Nachricht(
        UUID id,
        UUID antragId,
        Art art,
        String betreff,
        String text,
        Instant gesendet,
        @Nullable Instant gelesen,
        List<Anlage> anlagen) {

    public enum Art {
        QUITTUNG,
        RUECKFRAGE,
        /** The only one that citizens write. */
        ANTWORT,
        BESCHEID,
        HINWEIS;

        public String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record Anlage(UUID id, String dateiname, Blob blob) {}
}
