package de.federwerk.datenschutz;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;

/** {@link Ersuchensangaben} as the form has them. */
record Ersuchensfelder(
        @Nullable String vorname,
        @Nullable String nachname,
        @Nullable String fruehereNamen,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
        LocalDate geburtsdatum,

        @Nullable String anschrift,
        @Nullable String email,
        @Nullable String telefon,
        @Nullable String aktenzeichen,
        @Nullable String suchworte,

        @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
        LocalDate eingegangen) {

    Ersuchensangaben angaben() {
        return new Ersuchensangaben(
                oder(vorname),
                oder(nachname),
                oder(fruehereNamen),
                geburtsdatum,
                oder(anschrift),
                oder(email),
                oder(telefon),
                oder(aktenzeichen),
                oder(suchworte),
                eingegangen);
    }

    private static String oder(@Nullable String text) {
        return text == null ? "" : text;
    }
}
