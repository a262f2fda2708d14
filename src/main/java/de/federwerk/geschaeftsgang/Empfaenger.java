package de.federwerk.geschaeftsgang;

import java.util.Optional;
import java.util.UUID;

/**
 * To whom a station goes.
 *
 * @param art {@code person}, {@code stelle} or {@code einheit}
 */
public record Empfaenger(String art, UUID id) {

    /** As it stands in forms: {@code person:0193…}; empty if it is nothing of the kind. */
    public static Optional<Empfaenger> lies(String text) {
        int punkt = text.indexOf(':');
        var art = punkt < 0 ? "" : text.substring(0, punkt);
        try {
            return art.matches("person|stelle|einheit")
                    ? Optional.of(new Empfaenger(art, UUID.fromString(text.substring(punkt + 1))))
                    : Optional.empty();
        } catch (IllegalArgumentException keine) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return art + ":" + id;
    }
}
