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
 * @param abgelegt whether an answer lies in its Vorgang: as a Dokument under the id of the message, its files under theirs
 */
public record Nachricht(
        UUID id,
        UUID antragId,
        Art art,
        String betreff,
        String text,
        Instant gesendet,
        @Nullable Instant gelesen,
        boolean abgelegt,
        List<Anlage> anlagen) {

    /** For the citizen, who has not opened it. */
    public boolean neu() {
        return art != Art.ANTWORT && gelesen == null;
    }

    public enum Art {
        QUITTUNG("Eingangsbestätigung"),
        RUECKFRAGE("Rückfrage"),
        /** The only one that citizens write. */
        ANTWORT("Antwort"),
        BESCHEID("Bescheid"),
        HINWEIS("Hinweis");

        private final String wort;

        Art(String wort) {
            this.wort = wort;
        }

        /** As the house calls it. */
        public String wort() {
            return wort;
        }

        public String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record Anlage(UUID id, String dateiname, Blob blob) {}
}
