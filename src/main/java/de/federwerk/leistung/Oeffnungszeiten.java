package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Sprache;
import de.federwerk.gesicht.Anzeige;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When a Dienststelle is open: each day of the week with its breaks, and days on which it is closed.
 *
 * @param woche Monday to Sunday, each in its order
 */
public record Oeffnungszeiten(List<List<Spanne>> woche, List<Schliessung> schliessungen) {

    static final Oeffnungszeiten UNBEKANNT = new Oeffnungszeiten(
            List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of()), List.of());

    private static final DateTimeFormatter STUNDE = DateTimeFormatter.ofPattern("H:mm");
    private static final DateTimeFormatter TAG =
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter TAG_GANZ = DateTimeFormatter.ofPattern("dd.MM.uuuu");
    private static final Pattern ZEIT = Pattern.compile("(\\d{1,2})(?:[:.](\\d{2}))?");
    private static final Pattern TRENNER = Pattern.compile(" ?(?:[,;+&/]|\\bund\\b) ?");
    private static final int SPANNEN = 4;

    /** @param bis not itself */
    public record Spanne(LocalTime von, LocalTime bis) {}

    /** @param bis the last day */
    public record Schliessung(LocalDate von, LocalDate bis, String grund) {}

    /** As the database keeps it. */
    static Oeffnungszeiten aus(String[] zeiten, String[] schliesstage) {
        return new Oeffnungszeiten(
                Arrays.stream(zeiten)
                        .map(z -> Arrays.stream(z.split(" "))
                                .filter(s -> !s.isEmpty())
                                .map(s ->
                                        new Spanne(LocalTime.parse(s.substring(0, 5)), LocalTime.parse(s.substring(6))))
                                .toList())
                        .toList(),
                Arrays.stream(schliesstage)
                        .map(s -> new Schliessung(
                                LocalDate.parse(s.substring(0, 10)),
                                LocalDate.parse(s.substring(11, 21)),
                                s.substring(21).strip()))
                        .toList());
    }

    String[] zeiten() {
        return woche.stream()
                .map(tag -> tag.stream().map(s -> s.von + "-" + s.bis).collect(Collectors.joining(" ")))
                .toArray(String[]::new);
    }

    String[] schliesstage() {
        return schliessungen.stream()
                .map(s -> (s.von + "/" + s.bis + " " + s.grund).strip())
                .toArray(String[]::new);
    }

    /**
     * As people type it.
     *
     * @param tage seven lines, e.g. „8–12, 14–18“
     * @param schliesstage one a line, e.g. „24.12.2026–31.12.2026 Betriebsferien“
     * @throws Abgelehnt (EINGABE) naming the line that cannot be read
     */
    static Oeffnungszeiten getippt(List<String> tage, String schliesstage) {
        var woche = new ArrayList<List<Spanne>>();
        for (var tag : DayOfWeek.values()) {
            var zeile = tage.size() < tag.getValue() ? "" : tage.get(tag.getValue() - 1);
            woche.add(spannen(zeile, name(tag, Sprache.DE)));
        }
        var schliessungen = schliesstage
                .lines()
                .map(String::strip)
                .filter(z -> !z.isEmpty())
                .map(Oeffnungszeiten::schliessung)
                .toList();
        if (schliessungen.size() > 100) {
            throw Abgelehnt.eingabe("Möglich sind 100 Zeilen mit geschlossenen Tagen. Es wurde nichts geändert.");
        }
        return new Oeffnungszeiten(woche, schliessungen);
    }

    private static List<Spanne> spannen(String zeile, String tag) {
        var schlicht = zeile.replaceAll("[–—]| bis ", "-")
                .replace("Uhr", "")
                .replaceAll("\\s", " ")
                .strip();
        if (schlicht.isEmpty() || schlicht.equals("-") || schlicht.equalsIgnoreCase("geschlossen")) {
            return List.of();
        }
        var spannen = new ArrayList<Spanne>();
        for (var stueck : TRENNER.split(schlicht)) {
            var teile = stueck.split("-");
            if (teile.length != 2) {
                throw unlesbar(tag, zeile);
            }
            var spanne = new Spanne(zeit(teile[0], tag, zeile), zeit(teile[1], tag, zeile));
            if (!spanne.von.isBefore(spanne.bis) || !spannen.isEmpty() && spanne.von.isBefore(spannen.getLast().bis)) {
                throw unlesbar(tag, zeile);
            }
            spannen.add(spanne);
        }
        if (spannen.size() > SPANNEN) {
            throw unlesbar(tag, zeile);
        }
        return spannen;
    }

    private static LocalTime zeit(String text, String tag, String zeile) {
        var treffer = ZEIT.matcher(text.strip());
        try {
            if (treffer.matches()) {
                int minute = treffer.group(2) == null ? 0 : Integer.parseInt(treffer.group(2));
                return LocalTime.of(Integer.parseInt(treffer.group(1)), minute);
            }
        } catch (DateTimeException e) {
            throw unlesbar(tag, zeile);
        }
        throw unlesbar(tag, zeile);
    }

    private static Abgelehnt unlesbar(String tag, String zeile) {
        return Abgelehnt.eingabe(
                "Die Öffnungszeiten am %s sind nicht zu lesen: „%s“. Schreiben Sie sie so: 8–12, 14–18. Es wurde nichts geändert."
                        .formatted(tag, zeile));
    }

    private static Schliessung schliessung(String zeile) {
        var teile = zeile.replaceAll("[–—]", "-").split(" ", 2);
        var tage = teile[0].split("-");
        try {
            var von = LocalDate.parse(tage[0], TAG);
            var bis = tage.length > 1 ? LocalDate.parse(tage[1], TAG) : von;
            if (tage.length <= 2 && !bis.isBefore(von) && von.getYear() > 1900 && bis.getYear() < 10_000) {
                var grund = teile.length > 1 ? teile[1].strip() : "";
                return new Schliessung(von, bis, grund.substring(0, Math.min(100, grund.length())));
            }
        } catch (DateTimeException e) {
            // Said below, as for every other line that cannot be read.
        }
        throw Abgelehnt.eingabe(
                "Dieser geschlossene Tag ist nicht zu lesen: „%s“. Schreiben Sie ihn so: 24.12.2026 oder 24.12.2026–31.12.2026 Betriebsferien. Es wurde nichts geändert."
                        .formatted(zeile));
    }

    /** As it is typed, for the form. */
    String zeile(DayOfWeek tag) {
        return woche.get(tag.getValue() - 1).stream()
                .map(s -> kurz(s.von) + "–" + kurz(s.bis))
                .collect(Collectors.joining(", "));
    }

    /** As they are typed, for the form. */
    String schliesszeilen() {
        return schliessungen.stream()
                .map(s -> (s.von.format(TAG_GANZ) + (s.von.equals(s.bis) ? "" : "–" + s.bis.format(TAG_GANZ)) + " "
                                + s.grund)
                        .strip())
                .collect(Collectors.joining("\n"));
    }

    boolean offen(DayOfWeek tag) {
        return !woche.get(tag.getValue() - 1).isEmpty();
    }

    String text(DayOfWeek tag, Sprache sprache) {
        var spannen = woche.get(tag.getValue() - 1);
        if (spannen.isEmpty()) {
            return sprache.wort("geschlossen", "closed", "geschlossen");
        }
        return spannen.stream()
                        .map(s -> kurz(s.von) + "–" + kurz(s.bis))
                        .collect(Collectors.joining(sprache.wort(" und ", " and ", " und ")))
                + sprache.wort(" Uhr", "", " Uhr");
    }

    static String name(DayOfWeek tag, Sprache sprache) {
        return tag.getDisplayName(TextStyle.FULL, sprache == Sprache.EN ? Locale.ENGLISH : Locale.GERMAN);
    }

    private static String kurz(LocalTime zeit) {
        return zeit.getMinute() == 0 ? String.valueOf(zeit.getHour()) : zeit.format(STUNDE);
    }

    /** Open until when, or when again: looks two months ahead. Empty if no hours are known. */
    String jetzt(Instant zeit, Sprache sprache) {
        if (woche.stream().allMatch(List::isEmpty)) {
            return "";
        }
        var jetzt = zeit.atZone(Anzeige.ZONE);
        var heute = jetzt.toLocalDate();
        for (int i = 0; i < 60; i++) {
            var tag = heute.plusDays(i);
            if (geschlossen(tag)) {
                continue;
            }
            for (var spanne : woche.get(tag.getDayOfWeek().getValue() - 1)) {
                if (i > 0 || jetzt.toLocalTime().isBefore(spanne.von)) {
                    return ab(heute, tag, kurz(spanne.von), sprache);
                }
                if (jetzt.toLocalTime().isBefore(spanne.bis)) {
                    var bis = kurz(spanne.bis);
                    return sprache.wort(
                            "heute geöffnet bis " + bis + " Uhr",
                            "open today until " + bis,
                            "Heute geöffnet bis " + bis + " Uhr");
                }
            }
        }
        return sprache.wort("zurzeit geschlossen", "currently closed", "Zurzeit geschlossen");
    }

    private boolean geschlossen(LocalDate tag) {
        return schliessungen.stream().anyMatch(s -> !tag.isBefore(s.von) && !tag.isAfter(s.bis));
    }

    private static String ab(LocalDate heute, LocalDate tag, String stunde, Sprache sprache) {
        if (tag.equals(heute)) {
            return sprache.wort(
                    "heute geöffnet ab " + stunde + " Uhr",
                    "open today from " + stunde,
                    "Heute geöffnet ab " + stunde + " Uhr");
        }
        var wann =
                name(tag.getDayOfWeek(), sprache) + (tag.isAfter(heute.plusDays(6)) ? ", " + tag.format(TAG_GANZ) : "");
        return sprache.wort(
                "jetzt geschlossen, wieder geöffnet am " + wann + " ab " + stunde + " Uhr",
                "closed now, open again on " + wann + " from " + stunde,
                "Jetzt geschlossen. Wieder geöffnet am " + wann + " ab " + stunde + " Uhr");
    }
}
