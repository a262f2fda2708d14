package de.federwerk.posteingang;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A moment as a message says it. */
final class Ortszeit {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("dd.MM.yyyy, HH:mm 'Uhr'", Locale.GERMANY)
            .withZone(ZoneId.of("Europe/Berlin"));

    private Ortszeit() {}

    static String text(@Nullable Instant zeit) {
        return zeit == null ? "" : FORM.format(zeit);
    }
}
