package de.federwerk.postfach;

import de.federwerk.postfach.Nachricht.Anlage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer as the house lays it into a Vorgang.
 *
 * @param stadt whose Portal it came through
 * @param frage text of the question, {@code gefragt} when; empty and null if it was deleted since
 * @param frager who asked
 * @param absender who sent the Antrag, as far as the form asks
 * @param leistung as the house calls it
 * @param vorgangId of the Antrag; {@code einheitId} got it, {@code vorgangseinheitId} has it now
 */
public record Antwortvorlage(
        UUID id,
        UUID antragId,
        String stadt,
        String betreff,
        String text,
        Instant gesendet,
        String frage,
        @Nullable Instant gefragt,
        @Nullable UUID frager,
        @Nullable String absender,
        UUID leistungId,
        String leistung,
        UUID vorgangId,
        UUID akteId,
        String aktenzeichen,
        String vorgangstitel,
        UUID vorgangseinheitId,
        UUID einheitId,
        List<Anlage> anlagen) {

    public String titel() {
        return kurz("Antwort: " + betreff);
    }

    /** As long as a title may be. */
    static String kurz(String titel) {
        return titel.length() <= 200 ? titel : titel.substring(0, 199) + "…";
    }
}
