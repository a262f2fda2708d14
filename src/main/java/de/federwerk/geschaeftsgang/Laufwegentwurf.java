package de.federwerk.geschaeftsgang;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Laufweg as somebody puts it together, before it is checked and begun.
 *
 * @param id chosen by the caller: sent twice, it is begun once
 * @param dokument what is to be signed; null for the Vorgang as a whole
 * @param erneuern whether a new Version has those who signed asked again, and not only their signatures void
 */
public record Laufwegentwurf(
        UUID id, UUID vorgang, @Nullable UUID dokument, String titel, boolean erneuern, List<Station> stationen) {

    /**
     * One station.
     *
     * @param block from 1; blocks follow one another
     * @param zweig from 1; branches of a block run side by side
     * @param platz from 1; stations of a branch follow one another
     * @param auftrag what is to be done, in own words; may be empty
     * @param tage working days from when it opens, or null
     * @param tag the day itself: when it is due, for a Wiedervorlage when it comes back; or null
     * @param persoenlich not for deputies who do not stand in for personal matters, too
     * @param vierAugenMit id of the other station of a four-eyes pair, or null
     * @param verlangt {@code dokument}, {@code absender}, {@code schreiben_vom}: what must be there first; or null
     * @param verlangtWert which kind of Dokument
     */
    public record Station(
            UUID id,
            int block,
            int zweig,
            int platz,
            Stationsart art,
            Empfaenger empfaenger,
            String auftrag,
            @Nullable Integer tage,
            @Nullable LocalDate tag,
            boolean persoenlich,
            @Nullable UUID vierAugenMit,
            @Nullable String verlangt,
            @Nullable String verlangtWert) {

        /** The plain case: serial, nothing special. @param block its place in the row, from 1 */
        public static Station schlicht(UUID id, int block, Stationsart art, Empfaenger empfaenger) {
            return new Station(id, block, 1, 1, art, empfaenger, "", null, null, false, null, null, null);
        }
    }
}
