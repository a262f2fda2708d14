package de.federwerk.frist;

import de.federwerk.basis.Tabelle;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The public holidays of the 16 Länder, as they come with the program ({@code feiertage.csv}). In Hessen every Sunday is a public holiday
 * by law, Easter and Whitsun with it: it needs no line for them.
 */
final class Feiertage {

    /**
     * A line of the table.
     *
     * @param kennung names it where it holds only in some Gemeinden; else empty
     * @param regel {@code 12-25}, {@code ostern+39} or {@code busstag}
     * @param laender all 16 where the table says {@code alle}
     * @param quelle the law, where it is not the one that {@link Land} names
     * @param teilweise in which Gemeinden it holds; empty: in all of the Land
     */
    record Regel(
            String kennung,
            String name,
            String regel,
            Set<Land> laender,
            int ab,
            int bis,
            String quelle,
            String teilweise) {

        LocalDate tag(int jahr) {
            if (regel.equals("busstag")) {
                return LocalDate.of(jahr, 11, 22).with(TemporalAdjusters.previousOrSame(DayOfWeek.WEDNESDAY));
            }
            return regel.startsWith("ostern")
                    ? ostersonntag(jahr).plusDays(Integer.parseInt(regel.substring("ostern".length())))
                    : LocalDate.parse(jahr + "-" + regel);
        }

        boolean gilt(int jahr, @Nullable Land land, Collection<String> teile) {
            return jahr >= ab
                    && jahr <= bis
                    && (land == null ? ueberall() : laender.contains(land))
                    && (teilweise.isEmpty() || teile.contains(kennung));
        }

        boolean ueberall() {
            return laender.size() == Land.values().length;
        }

        String grund(@Nullable Land land) {
            var gesetz = quelle.isEmpty() && land != null ? land.gesetz() : quelle;
            return teilweise.isEmpty() ? gesetz : gesetz + ", gilt in dieser Gemeinde";
        }
    }

    static final List<Regel> TABELLE = lies();

    private Feiertage() {}

    /**
     * In the order of the calendar.
     *
     * @param land null: only those of all Länder
     * @param teile those that hold only in some Gemeinden, and do in this one
     */
    static List<Feiertag> im(int jahr, @Nullable Land land, Collection<String> teile) {
        return TABELLE.stream()
                .filter(r -> r.gilt(jahr, land, teile))
                .map(r -> new Feiertag(r.tag(jahr), r.name, r.grund(land), true))
                .sorted(Comparator.comparing(Feiertag::tag))
                .toList();
    }

    /** The holidays that hold only in some Gemeinden of this Land. */
    static List<Regel> teilweise(@Nullable Land land) {
        return TABELLE.stream()
                .filter(r -> !r.teilweise.isEmpty() && land != null && r.laender.contains(land))
                .toList();
    }

    static Optional<Regel> teilweise(String kennung) {
        return TABELLE.stream()
                .filter(r -> !r.teilweise.isEmpty() && r.kennung.equals(kennung))
                .findFirst();
    }

    /** The computus for the Gregorian calendar, as Meeus gives it (Astronomical Algorithms, ch. 8): no table, no exceptions. */
    static LocalDate ostersonntag(int jahr) {
        int a = jahr % 19;
        int b = jahr / 100;
        int c = jahr % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(jahr, n / 31, n % 31 + 1);
    }

    private static List<Regel> lies() {
        try (var datei = Feiertage.class.getResourceAsStream("feiertage.csv");
                var zeichen = new InputStreamReader(datei, StandardCharsets.UTF_8)) {
            var spalten = "kennung;name;regel;laender;ab;bis;quelle;teilweise";
            return Tabelle.lies(zeichen, List.of(spalten.split(";")), spalten, 1000).stream()
                    .map(Feiertage::regel)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Regel regel(Tabelle.Zeile zeile) {
        var laender = EnumSet.noneOf(Land.class);
        if (zeile.wert("laender").equals("alle")) {
            laender.addAll(EnumSet.allOf(Land.class));
        } else {
            for (var land : zeile.wert("laender").split(" ")) {
                laender.add(Land.valueOf(land));
            }
        }
        return new Regel(
                zeile.wert("kennung"),
                zeile.wert("name"),
                zeile.wert("regel"),
                laender,
                jahr(zeile.wert("ab"), Arbeitskalender.ERSTES_JAHR),
                jahr(zeile.wert("bis"), Arbeitskalender.LETZTES_JAHR),
                zeile.wert("quelle"),
                zeile.wert("teilweise"));
    }

    private static int jahr(String wert, int sonst) {
        return wert.isEmpty() ? sonst : Integer.parseInt(wert);
    }
}
