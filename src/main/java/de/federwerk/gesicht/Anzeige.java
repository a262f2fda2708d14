package de.federwerk.gesicht;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How times, sizes and numbers are written for people: German, reckoned in Europe/Berlin. For use in templates. */
public final class Anzeige {

    /** Where the town hall stands: all times are shown in it, all deadlines reckoned in it. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final DateTimeFormatter UHRZEIT = muster("HH:mm");
    private static final DateTimeFormatter TAG_IM_JAHR = muster("dd.MM.");
    private static final DateTimeFormatter TAG = muster("dd.MM.yyyy");
    private static final DateTimeFormatter LANGER_TAG = muster("EEEE, d. MMMM yyyy");
    private static final String[] WOCHENTAGE = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"};
    private static final String[] EINHEITEN = {"KB", "MB", "GB", "TB"};

    private Anzeige() {}

    private static DateTimeFormatter muster(String muster) {
        return DateTimeFormatter.ofPattern(muster, Locale.GERMANY);
    }

    /** For the right end of a row: {@code 08:12} today, {@code gestern}, {@code Mi, 21.10.} this year, else {@code 13.10.2025}. */
    public static String kurz(Instant zeit) {
        return kurz(zeit, Instant.now());
    }

    static String kurz(Instant zeit, Instant jetzt) {
        var tag = zeit.atZone(ZONE).toLocalDate();
        var heute = jetzt.atZone(ZONE).toLocalDate();
        return tag.equals(heute) ? UHRZEIT.format(ort(zeit)) : tag(tag, heute);
    }

    /** In a sentence or a head: {@code heute, 08:12}, {@code gestern, 16:40}, {@code Mi, 21.10. 10:31}, {@code 13.10.2025, 07:55}. */
    public static String zeit(Instant zeit) {
        return zeit(zeit, Instant.now());
    }

    static String zeit(Instant zeit, Instant jetzt) {
        var tag = zeit.atZone(ZONE).toLocalDate();
        var wort = tag(tag, jetzt.atZone(ZONE).toLocalDate());
        return wort + (wort.endsWith(".") ? " " : ", ") + UHRZEIT.format(ort(zeit));
    }

    /** Exact, for Protokoll and title attributes: {@code 21.10.2026, 10:31 Uhr}. */
    public static String genau(Instant zeit) {
        return TAG.format(ort(zeit)) + ", " + UHRZEIT.format(ort(zeit)) + " Uhr";
    }

    /** {@code 14:32}, without a day. */
    public static String uhrzeit(Instant zeit) {
        return UHRZEIT.format(ort(zeit));
    }

    /** {@code heute}, {@code morgen}, {@code gestern}, {@code Mi, 21.10.} this year, else {@code 21.10.2027}. */
    public static String tag(LocalDate tag) {
        return tag(tag, LocalDate.now(ZONE));
    }

    static String tag(LocalDate tag, LocalDate heute) {
        if (tag.equals(heute)) return "heute";
        if (tag.equals(heute.minusDays(1))) return "gestern";
        if (tag.equals(heute.plusDays(1))) return "morgen";
        return tag.getYear() == heute.getYear()
                ? WOCHENTAGE[tag.getDayOfWeek().getValue() - 1] + ", " + TAG_IM_JAHR.format(tag)
                : TAG.format(tag);
    }

    /** The plain date: {@code 13.10.2026}. */
    public static String datum(LocalDate tag) {
        return TAG.format(tag);
    }

    /** The plain date in Berlin: {@code 13.10.2026}. */
    public static String datum(Instant zeit) {
        return TAG.format(ort(zeit));
    }

    /** In a sentence that is about days: {@code Freitag, 4. Dezember 2026}. */
    public static String langerTag(LocalDate tag) {
        return LANGER_TAG.format(tag);
    }

    /** For {@code <time datetime>}: ISO 8601 in UTC. */
    public static String maschinell(Instant zeit) {
        return zeit.toString();
    }

    /** {@code 812 Byte}, {@code 24 KB}, {@code 1,4 MB}; 1 KB = 1,000 bytes as file managers count. */
    public static String groesse(long bytes) {
        if (bytes < 1000) {
            return bytes + " Byte";
        }
        double wert = bytes;
        int stufe = -1;
        // 999.5 would be shown as 1.000 of the smaller unit.
        while (wert >= 999.5 && stufe < EINHEITEN.length - 1) {
            wert /= 1000;
            stufe++;
        }
        var zahl = NumberFormat.getNumberInstance(Locale.GERMANY);
        zahl.setMaximumFractionDigits(wert < 9.95 ? 1 : 0);
        return zahl.format(wert) + " " + EINHEITEN[Math.max(stufe, 0)];
    }

    /** {@code 1.208}. */
    public static String zahl(long zahl) {
        return NumberFormat.getIntegerInstance(Locale.GERMANY).format(zahl);
    }

    /** {@code 1 Dokument}, {@code 1.208 Dokumente}, {@code keine Dokumente}. */
    public static String anzahl(long zahl, String eins, String viele) {
        return zahl == 0 ? "keine " + viele : zahl(zahl) + " " + (zahl == 1 ? eins : viele);
    }

    /** Two letters for the round mark: first and last name without titles; {@code Dr. Karla von der Heide} → {@code KH}. */
    public static String initialen(@Nullable String name) {
        if (name == null) return "?";
        var worte = Arrays.stream(name.strip().split("\\s+"))
                .filter(w -> !w.isEmpty() && !w.endsWith(".") && Character.isUpperCase(w.codePointAt(0)))
                .toList();
        if (worte.isEmpty()) {
            return name.isBlank() ? "?" : erster(name.strip()).toUpperCase(Locale.GERMAN);
        }
        return worte.size() == 1 ? erster(worte.getFirst()) : erster(worte.getFirst()) + erster(worte.getLast());
    }

    private static String erster(String wort) {
        return new String(Character.toChars(wort.codePointAt(0)));
    }

    private static LocalDateTime ort(Instant zeit) {
        return LocalDateTime.ofInstant(zeit, ZONE);
    }
}
