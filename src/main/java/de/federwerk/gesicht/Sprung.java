package de.federwerk.gesicht;

import de.federwerk.basis.Stelle;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** What is typed to jump to in a list. */
public final class Sprung {

    /** Strict: 30.2. is no day, not the 28th. */
    private static final DateTimeFormatter TAG =
            DateTimeFormatter.ofPattern("d.M.[uuuu][uu]", Locale.GERMANY).withResolverStyle(ResolverStyle.STRICT);

    private Sprung() {}

    /**
     * In a list that runs from the newest time downwards: the end of a day ({@code 24.11.2026}, {@code 24.11.26}, {@code 2026-11-24}).
     * Empty if it is no day.
     */
    public static Optional<Stelle> zumTag(String getippt) {
        return tagesende(getippt).map(Stelle::ab);
    }

    /** The last microsecond of a day, as {@link #zumTag} reads it. */
    public static Optional<Instant> tagesende(String getippt) {
        return tag(getippt)
                .map(tag ->
                        tag.plusDays(1).atStartOfDay(Anzeige.ZONE).toInstant().minus(1, ChronoUnit.MICROS));
    }

    /** In a list ordered by a number. Empty if it is none. */
    public static Optional<Stelle> zurZahl(String getippt) {
        var text = getippt.strip();
        return text.matches("[0-9]{1,18}") ? Optional.of(Stelle.ab(Long.parseLong(text))) : Optional.empty();
    }

    /** A day as people or date fields write it: {@code 24.11.2026}, {@code 24.11.26}, {@code 2026-11-24}. Empty if it is none. */
    public static Optional<LocalDate> tag(String getippt) {
        var text = getippt.strip();
        try {
            var tag = text.contains("-") ? LocalDate.parse(text) : LocalDate.parse(text, TAG);
            return tag.getYear() < 1 || tag.getYear() > 9998 ? Optional.empty() : Optional.of(tag);
        } catch (DateTimeException keinTag) {
            // Not a day: the list shows its start.
            return Optional.empty();
        }
    }
}
