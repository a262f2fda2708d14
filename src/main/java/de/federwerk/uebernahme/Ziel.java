package de.federwerk.uebernahme;

import de.federwerk.aktenplan.Aktenplan;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to become of a file: either a {@link Platz}, or a reason why it cannot be said. */
sealed interface Ziel {

    /** @param grund German, for the report */
    record Unklar(String grund) implements Ziel {}

    /**
     * A place in the Akten.
     *
     * @param position null if {@code akteId} or {@code vorgangId} names what is there already
     * @param akte key under which the Übernahme remembers its Akte
     * @param vorgang key under which the Übernahme remembers its Vorgang
     * @param vermerk what a new Vorgang says of where it came from
     * @param hinweis German, if something about it must be said
     */
    record Platz(
            Aktenplan.@Nullable Knoten position,
            @Nullable UUID einheit,
            String einheitKuerzel,
            int stufe,
            UUID akte,
            String akteTitel,
            @Nullable UUID akteId,
            UUID vorgang,
            String vorgangTitel,
            @Nullable UUID vorgangId,
            String vermerk,
            String titel,
            String dokumentart,
            String absender,
            @Nullable LocalDate datum,
            @Nullable String hinweis)
            implements Ziel {}
}
