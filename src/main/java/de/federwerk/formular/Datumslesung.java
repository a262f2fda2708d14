package de.federwerk.formular;

import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A day in three inputs: the message names the one that does not fit, in English or German. */
final class Datumslesung {

    private static final DateTimeFormatter TAG = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

    private Datumslesung() {}

    /** @param zeit {@code vergangen}, {@code kuenftig} or empty */
    static Gelesen lies(String tag, String monat, String jahr, String zeit, String sprache, LocalDate heute) {
        if (tag.isEmpty() && monat.isEmpty() && jahr.isEmpty()) {
            return Gelesen.NICHTS;
        }
        var j = zahl(jahr);
        var m = zahl(monat);
        var t = zahl(tag);
        if (tag.isEmpty() || t == null || t < 1 || t > 31) {
            return Gelesen.falsch(
                    "tag",
                    tag.isEmpty()
                            ? m(
                                    sprache,
                                    "Der Tag fehlt. Bitte eine Zahl von 1 bis 31 eingeben.",
                                    "The day is missing. Please enter a number from 1 to 31.")
                            : m(
                                    sprache,
                                    "Den Tag " + tag + " gibt es nicht. Bitte eine Zahl von 1 bis 31 eingeben.",
                                    "There is no day " + tag + ". Please enter a number from 1 to 31."));
        }
        if (monat.isEmpty() || m == null || m < 1 || m > 12) {
            return Gelesen.falsch(
                    "monat",
                    monat.isEmpty()
                            ? m(
                                    sprache,
                                    "Der Monat fehlt. Bitte eine Zahl von 1 bis 12 eingeben.",
                                    "The month is missing. Please enter a number from 1 to 12.")
                            : m(
                                    sprache,
                                    "Den Monat " + monat + " gibt es nicht. Bitte eine Zahl von 1 bis 12 eingeben.",
                                    "There is no month " + monat + ". Please enter a number from 1 to 12."));
        }
        if (j == null || jahr.length() != 4 || j < 1800 || j > 2200) {
            return Gelesen.falsch(
                    "jahr",
                    jahr.isEmpty()
                            ? m(
                                    sprache,
                                    "Das Jahr fehlt. Bitte vier Ziffern eingeben, zum Beispiel " + heute.getYear()
                                            + ".",
                                    "The year is missing. Please enter four digits, for example " + heute.getYear()
                                            + ".")
                            : m(
                                    sprache,
                                    "Das Jahr " + jahr + " passt nicht. Bitte vier Ziffern eingeben, zum Beispiel "
                                            + heute.getYear() + ".",
                                    "The year " + jahr + " does not fit. Please enter four digits, for example "
                                            + heute.getYear() + "."));
        }
        if (t > YearMonth.of(j, m).lengthOfMonth()) {
            var name =
                    Month.of(m).getDisplayName(TextStyle.FULL, sprache.equals("en") ? Locale.ENGLISH : Locale.GERMAN);
            return Gelesen.falsch(
                    "tag",
                    m == 2 && t == 29 && !Year.isLeap(j)
                            ? m(
                                            sprache,
                                            "Den 29. Februar gibt es %d nicht. Bitte einen Tag von 1 bis 28 eingeben.",
                                            "There is no 29 February in %d. Please enter a day from 1 to 28.")
                                    .formatted(j)
                            : m(
                                            sprache,
                                            "Der %s %d hat keinen %d. Tag. Bitte einen Tag von 1 bis %d eingeben.",
                                            "In %s %d there is no day %d. Please enter a day from 1 to %d.")
                                    .formatted(name, j, t, YearMonth.of(j, m).lengthOfMonth()));
        }
        var datum = LocalDate.of(j, m, t);
        if (zeit.equals("vergangen") && datum.isAfter(heute)) {
            return Gelesen.falsch(
                    "jahr",
                    m(
                                    sprache,
                                    "Der %s liegt in der Zukunft. Bitte einen Tag bis heute eingeben, den %s.",
                                    "%s is in the future. Please enter a day up to today, %s.")
                            .formatted(TAG.format(datum), TAG.format(heute)));
        }
        if (zeit.equals("kuenftig") && datum.isBefore(heute)) {
            return Gelesen.falsch(
                    "jahr",
                    m(
                                    sprache,
                                    "Der %s ist schon vorbei. Bitte einen Tag ab heute eingeben, dem %s.",
                                    "%s is over. Please enter a day from today, %s.")
                            .formatted(TAG.format(datum), TAG.format(heute)));
        }
        return Gelesen.gut(datum, TAG.format(datum));
    }

    private static String m(String sprache, String deutsch, String englisch) {
        return sprache.equals("en") ? englisch : deutsch;
    }

    static String gezeigt(LocalDate tag) {
        return TAG.format(tag);
    }

    private static @Nullable Integer zahl(String text) {
        return text.isEmpty() || text.length() > 4 || !text.chars().allMatch(c -> c >= '0' && c <= '9')
                ? null
                : Integer.valueOf(text);
    }
}
