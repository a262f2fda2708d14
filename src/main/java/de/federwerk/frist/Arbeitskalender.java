package de.federwerk.frist;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Working days of the current Mandant: Monday to Friday without the public holidays of its Land and the days it keeps free itself. Each
 * call is one small statement and joins the transaction it is called in.
 *
 * <p>For what a town hall plans by: tasks, Wiedervorlagen, its own targets. The end of a statutory period is moved by public holidays alone
 * ({@link Feiertag#gesetzlich}).
 */
@Component
public class Arbeitskalender {

    /** First and last year that is reckoned in. Before 1990 the Länder were others. */
    public static final int ERSTES_JAHR = 1990;

    public static final int LETZTES_JAHR = 2100;

    /** How many working days are reckoned at most in one step: some fourteen years. */
    public static final int HOECHSTENS = 3650;

    private static final LocalDate ERSTER = LocalDate.of(ERSTES_JAHR, 1, 1);
    private static final LocalDate LETZTER = LocalDate.of(LETZTES_JAHR, 12, 31);

    private final JdbcClient datenbank;

    Arbeitskalender(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @throws Abgelehnt (EINGABE) outside of the years 1990 to 2100 */
    @Transactional(readOnly = true)
    public boolean istArbeitstag(LocalDate tag) {
        return kalender(innerhalb(tag), tag).istArbeitstag(tag);
    }

    /**
     * The n-th working day after {@code von}.
     *
     * @param arbeitstage 0: {@code von} itself, or the next working day if it is none; negative: the n-th before {@code von}
     * @throws Abgelehnt (EINGABE) beyond 3650 working days or outside of the years 1990 to 2100
     */
    @Transactional(readOnly = true)
    public LocalDate nach(LocalDate von, int arbeitstage) {
        innerhalb(von);
        if (arbeitstage > HOECHSTENS || arbeitstage < -HOECHSTENS) {
            throw Abgelehnt.eingabe("Gerechnet wird mit höchstens " + HOECHSTENS + " Arbeitstagen.");
        }
        var kalender = arbeitstage < 0 ? kalender(ERSTER, von) : kalender(von, LETZTER);
        if (arbeitstage == 0 && kalender.istArbeitstag(von)) {
            return von;
        }
        int schritt = arbeitstage < 0 ? -1 : 1;
        var tag = von;
        for (int rest = Math.max(1, Math.abs(arbeitstage)); rest > 0; ) {
            tag = innerhalb(tag.plusDays(schritt));
            if (kalender.istArbeitstag(tag)) {
                rest--;
            }
        }
        return tag;
    }

    /**
     * How many working days lie after {@code von}, up to and including {@code bis}; negative if {@code bis} lies before. So
     * {@code nach(von, arbeitstageBis(von, bis))} is {@code bis} again wherever that is a working day.
     *
     * @throws Abgelehnt (EINGABE) outside of the years 1990 to 2100
     */
    @Transactional(readOnly = true)
    public int arbeitstageBis(LocalDate von, LocalDate bis) {
        innerhalb(von);
        innerhalb(bis);
        if (bis.isBefore(von)) {
            return -anzahl(bis, von);
        }
        return bis.equals(von) ? 0 : anzahl(von.plusDays(1), bis.plusDays(1));
    }

    /** From {@code erster} up to, but without, {@code ende}. */
    private int anzahl(LocalDate erster, LocalDate ende) {
        var kalender = kalender(erster, ende);
        return (int) erster.datesUntil(ende).filter(kalender::istArbeitstag).count();
    }

    /**
     * What is free in this year, by law or because the Gemeinde says so, also on weekends; in the order of the calendar. A public holiday
     * that is worked here is not among them.
     *
     * @throws Abgelehnt (EINGABE) outside of the years 1990 to 2100
     */
    @Transactional(readOnly = true)
    public List<Feiertag> feiertage(int jahr) {
        if (jahr < ERSTES_JAHR || jahr > LETZTES_JAHR) {
            throw ausserhalb();
        }
        return kalender(LocalDate.of(jahr, 1, 1), LocalDate.of(jahr, 12, 31)).feiertage(jahr);
    }

    private static LocalDate innerhalb(LocalDate tag) {
        if (tag.isBefore(ERSTER) || tag.isAfter(LETZTER)) {
            throw ausserhalb();
        }
        return tag;
    }

    private static Abgelehnt ausserhalb() {
        return Abgelehnt.eingabe("Gerechnet wird nur in den Jahren " + ERSTES_JAHR + " bis " + LETZTES_JAHR
                + ". Bitte prüfen Sie das Datum.");
    }

    private record Ortstag(String name, boolean frei) {}

    /** One line for each day of its own, or one without. */
    private record Zeile(
            @Nullable String land,
            Set<String> teile,
            @Nullable LocalDate tag,
            @Nullable String name,
            boolean frei) {}

    private Kalender kalender(LocalDate von, LocalDate bis) {
        var zeilen = datenbank
                .sql("""
                SELECT k.land, coalesce(k.teilfeiertage, '{}') AS teilfeiertage, o.tag, o.name, coalesce(o.frei, false) AS frei
                  FROM (SELECT CAST(:m AS uuid) AS mandant_id) m LEFT JOIN gemeindekalender k ON k.mandant_id = m.mandant_id
                  LEFT JOIN ortsfeiertag o ON o.mandant_id = m.mandant_id AND o.tag BETWEEN :von AND :bis""")
                .param("m", mandant())
                .param("von", von)
                .param("bis", bis)
                .query((zeile, nr) -> new Zeile(
                        zeile.getString("land"),
                        Set.of((String[]) zeile.getArray("teilfeiertage").getArray()),
                        zeile.getObject("tag", LocalDate.class),
                        zeile.getString("name"),
                        zeile.getBoolean("frei")))
                .list();
        var tage = new HashMap<LocalDate, Ortstag>();
        for (var zeile : zeilen) {
            if (zeile.tag != null && zeile.name != null) {
                tage.put(zeile.tag, new Ortstag(zeile.name, zeile.frei));
            }
        }
        var erste = zeilen.getFirst();
        return new Kalender(erste.land == null ? null : Land.valueOf(erste.land), erste.teile, tage);
    }

    /** What one statement read, for as long as one call lasts. */
    private static final class Kalender {

        private final @Nullable Land land;
        private final Set<String> teile;
        private final Map<LocalDate, Ortstag> tage;
        private final Map<Integer, Set<LocalDate>> freie = new HashMap<>();

        Kalender(@Nullable Land land, Set<String> teile, Map<LocalDate, Ortstag> tage) {
            this.land = land;
            this.teile = teile;
            this.tage = tage;
        }

        boolean istArbeitstag(LocalDate tag) {
            return tag.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
                    && !freie.computeIfAbsent(tag.getYear(), this::freieIm).contains(tag);
        }

        private Set<LocalDate> freieIm(int jahr) {
            var menge = new HashSet<LocalDate>();
            feiertage(jahr).forEach(f -> menge.add(f.tag()));
            return menge;
        }

        List<Feiertag> feiertage(int jahr) {
            var eigene = tage.entrySet().stream()
                    .filter(t -> t.getKey().getYear() == jahr && t.getValue().frei)
                    .map(t -> new Feiertag(t.getKey(), t.getValue().name, "örtlich eingetragen", false));
            return Stream.concat(Feiertage.im(jahr, land, teile).stream().filter(f -> !gearbeitet(f.tag())), eigene)
                    .sorted(Comparator.comparing(Feiertag::tag))
                    .toList();
        }

        private boolean gearbeitet(LocalDate tag) {
            var eigener = tage.get(tag);
            return eigener != null && !eigener.frei;
        }
    }
}
