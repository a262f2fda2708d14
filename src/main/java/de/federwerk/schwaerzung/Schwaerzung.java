package de.federwerk.schwaerzung;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft of what is to be blacked out of one Version, until the copy is made.
 *
 * @param version number of the Version
 * @param stand vorbereitung, entwurf, wartet, fertig or verworfen
 * @param fassung counts the changes of the areas
 * @param seite that the work in the background is at
 * @param meldung German: why it was not burnt, or what could not be drawn
 * @param titel of the copy, as it was last wanted
 */
record Schwaerzung(
        UUID id,
        UUID dokumentId,
        UUID versionId,
        int version,
        UUID dateiId,
        String stand,
        int fassung,
        int seite,
        @Nullable Integer seiten,
        @Nullable String meldung,
        @Nullable String titel,
        Instant geaendert,
        String geaendertVon,
        int bereiche,
        @Nullable UUID kopieId) {

    boolean istEntwurf() {
        return stand.equals("entwurf");
    }

    /** Whether something goes on in the background. */
    boolean laeuft() {
        return stand.equals("vorbereitung") || stand.equals("wartet");
    }

    boolean istFertig() {
        return stand.equals("fertig");
    }

    /** What became of it, in words. */
    String inWorten() {
        return switch (stand) {
            case "vorbereitung" -> meldung == null ? "wird vorbereitet" : "nicht möglich";
            case "entwurf" -> "Entwurf";
            case "wartet" -> "wird geschwärzt";
            case "fertig" -> "fertig";
            default -> "verworfen";
        };
    }
}
