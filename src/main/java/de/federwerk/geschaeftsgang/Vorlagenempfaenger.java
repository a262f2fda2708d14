package de.federwerk.geschaeftsgang;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * To whom a station of a template goes: one that is named, or one that follows from the Vorgang it is used in.
 *
 * @param id of the person, Stelle or unit that is named; null for those that follow from the Vorgang
 */
public record Vorlagenempfaenger(Art art, @Nullable UUID id) {

    /** The named ones first. */
    public enum Art {
        PERSON("Person"),
        STELLE("Stelle"),
        EINHEIT("Einheit"),
        BEARBEITER("Wer den Vorgang bearbeitet"),
        LEITUNG("Leitung der federführenden Einheit"),
        NAECHSTE_LEITUNG("Leitung darüber"),
        FEDERFUEHRUNG("Alle der federführenden Einheit"),
        ABSENDER("Wer den Laufweg beginnt");

        private final String wort;

        Art(String wort) {
            this.wort = wort;
        }

        /** How people call it. */
        public String wort() {
            return wort;
        }

        /** As in the database and in forms. */
        public String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it is found only when a Vorgang is there. */
        public boolean folgtAusVorgang() {
            return ordinal() > EINHEIT.ordinal();
        }

        static Art von(String kennung) {
            return valueOf(kennung.toUpperCase(Locale.ROOT));
        }
    }

    public Vorlagenempfaenger {
        if (art.folgtAusVorgang() != (id == null)) {
            throw new IllegalArgumentException(art + " " + id);
        }
    }

    /** One that follows from the Vorgang. */
    public static Vorlagenempfaenger aus(Art art) {
        return new Vorlagenempfaenger(art, null);
    }

    /** One that is named. */
    public static Vorlagenempfaenger an(Empfaenger empfaenger) {
        return new Vorlagenempfaenger(Art.von(empfaenger.art()), empfaenger.id());
    }

    /** Who is named; empty for those that follow from the Vorgang. */
    public Optional<Empfaenger> benannt() {
        return id == null ? Optional.empty() : Optional.of(new Empfaenger(art.kennung(), id));
    }

    /** Those that a form offers beside the named ones. */
    public static List<Art> folgende() {
        return Arrays.stream(Art.values()).filter(Art::folgtAusVorgang).toList();
    }

    /** What was chosen in a form; empty if it is none of {@link #folgende}. */
    static Optional<Vorlagenempfaenger> lies(String kennung) {
        return folgende().stream()
                .filter(art -> art.kennung().equals(kennung))
                .findFirst()
                .map(Vorlagenempfaenger::aus);
    }
}
