package de.federwerk.bescheid;

import de.federwerk.bescheid.Bekanntgaberegel.Beginn;
import de.federwerk.gesicht.Anzeige;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The day on which a Bescheid counts as made known, and the last one on which somebody may object.
 *
 * @param tag null: not yet, or never
 * @param fristende null while there is no {@code tag}
 * @param grund German sentences that say how it was reckoned
 */
record Bekanntgabe(@Nullable LocalDate tag, @Nullable LocalDate fristende, String grund) {

    /**
     * @param von the day it was taken to the post, or stood in the Postfach
     * @param abruf the day it was first opened; null: not yet
     * @param belehrt whether the Bescheid says how to object: if not, a year instead of a month (§ 58 Abs. 2 VwGO)
     * @param klage whether one goes to court at once
     * @param feiertag whether a day is a public holiday by law where the office is
     */
    static Bekanntgabe nach(
            Bekanntgaberegel regel,
            LocalDate von,
            @Nullable LocalDate abruf,
            LocalDate heute,
            boolean belehrt,
            boolean klage,
            Predicate<LocalDate> feiertag) {
        if (regel.beginn() == Beginn.ABRUF) {
            int tage = regel.abruftage();
            if (abruf == null || tage > 0 && abruf.isAfter(von.plusDays(tage))) {
                boolean vorbei = tage > 0 && heute.isAfter(von.plusDays(tage));
                return new Bekanntgabe(
                        null,
                        null,
                        vorbei
                                ? "Seit dem %s im Postfach, aber nicht binnen %d Tagen abgerufen: nicht bekannt gegeben (%s). Bitte noch einmal oder auf anderem Weg bekannt geben."
                                        .formatted(Anzeige.datum(von), tage, regel.grundlage())
                                : "Seit dem %s im Postfach, noch nicht abgerufen. Bekannt gegeben ist er erst am %d. Tag nach dem Abruf (%s)%s."
                                        .formatted(
                                                Anzeige.datum(von),
                                                regel.tage(),
                                                regel.grundlage(),
                                                tage > 0
                                                        ? "; Zeit ist bis zum " + Anzeige.datum(von.plusDays(tage))
                                                        : ""));
            }
        }
        var ab = regel.beginn() == Beginn.ABRUF && abruf != null ? abruf : von;
        var grund = new StringBuilder(
                switch (regel.beginn()) {
                    case AUFGABE -> "Zur Post gegeben am ";
                    case BEREITSTELLUNG -> "Im Postfach bereitgestellt am ";
                    case ABRUF -> "Im Postfach abgerufen am ";
                });
        grund.append(Anzeige.datum(ab))
                .append("; gilt am ")
                .append(regel.tage())
                .append(". Tag danach als bekannt gegeben (")
                .append(regel.grundlage())
                .append(")");
        var tag = regel.tage() == 0 ? ab : ab.plusDays(regel.tage());
        if (regel.verschiebt()) {
            var werktag = werktag(tag, feiertag);
            if (!werktag.equals(tag)) {
                grund.append("; der ").append(frei(tag, feiertag)).append(", daher am nächsten Werktag");
            }
            tag = werktag;
        }
        grund.append(": ").append(mitWochentag(tag)).append(". ");
        return new Bekanntgabe(tag, frist(tag, belehrt, klage, feiertag, grund), grund.toString());
    }

    /** § 188 Abs. 2 and 3 BGB: the day of the next month with the same number, or its last day if it has none. */
    private static LocalDate frist(
            LocalDate tag, boolean belehrt, boolean klage, Predicate<LocalDate> feiertag, StringBuilder grund) {
        var ende = belehrt ? tag.plusMonths(1) : tag.plusYears(1);
        grund.append(klage ? "Klagefrist: " : "Widerspruchsfrist: ")
                .append(
                        belehrt
                                ? klage ? "ein Monat (§ 74 Abs. 1 VwGO" : "ein Monat (§ 70 Abs. 1 VwGO"
                                : "ein Jahr, weil der Bescheid keine Rechtsbehelfsbelehrung hat (§ 58 Abs. 2 VwGO")
                .append(", §§ 187 Abs. 1, 188 Abs. 2 und 3 BGB)");
        var werktag = werktag(ende, feiertag);
        if (!werktag.equals(ende)) {
            grund.append("; der ").append(frei(ende, feiertag)).append(", daher am nächsten Werktag (§ 193 BGB)");
        }
        grund.append(", also bis ").append(mitWochentag(werktag)).append(".");
        return werktag;
    }

    private static LocalDate werktag(LocalDate tag, Predicate<LocalDate> feiertag) {
        var werktag = tag;
        while (werktag.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0 || feiertag.test(werktag)) {
            werktag = werktag.plusDays(1);
        }
        return werktag;
    }

    private static String frei(LocalDate tag, Predicate<LocalDate> feiertag) {
        return Anzeige.datum(tag) + " ist ein "
                + (feiertag.test(tag) ? "Feiertag" : tag.getDayOfWeek() == DayOfWeek.SATURDAY ? "Samstag" : "Sonntag");
    }

    private static String mitWochentag(LocalDate tag) {
        return tag.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.GERMAN) + ", " + Anzeige.datum(tag);
    }
}
