package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.frist.Arbeitskalender;
import de.federwerk.frist.Feiertag;
import de.federwerk.gesicht.Anzeige;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many working days tasks lay before they were done, by unit and kind, never by person. What fewer than five people did, or fewer than five
 * times, has no numbers: they would tell about single people. Whether technical means may be used to watch conduct or performance is for the
 * Personalvertretung to decide with (for the Bund § 80 Abs. 1 Nr. 21 BPersVG; the Länder have the like), so the database already keeps
 * them back, and no total lets them be reckoned.
 */
@Component
public class Durchlaufzeiten {

    /** As few people, and as few cases, as a group may have. */
    static final int MINDESTENS = 5;

    /** Lines of one page; a head of more units chooses one. */
    static final int HOECHSTENS = 60;

    /** How long it may have lain; the days before count as nothing. */
    private static final int JAHRE_DAVOR = 2;

    /** Only two: with a period of one's choice, two that differ by a day would show a single case. */
    public enum Zeitraum {
        QUARTAL("Letzte 90 Tage", 90),
        JAHR("Letztes Jahr", 365);

        private final String wort;
        private final int tage;

        Zeitraum(String wort, int tage) {
            this.wort = wort;
            this.tage = tage;
        }

        public String wort() {
            return wort;
        }
    }

    /**
     * One kind of station in one unit.
     *
     * @param anzahl how often; null, as the others, if the group is too small
     * @param median half of them lay at most so many working days; 0 is the same day
     * @param p90 nine of ten did
     */
    public record Gruppe(
            String kuerzel,
            String einheit,
            String art,
            @Nullable Long anzahl,
            @Nullable Double median,
            @Nullable Double p90) {

        public Stationsart was() {
            return Stationsart.von(art);
        }

        public boolean ausgewiesen() {
            return anzahl != null;
        }

        /** {@code 2,5} */
        public static String tage(@Nullable Double tage) {
            return tage == null ? "" : String.format(Locale.GERMANY, "%.1f", tage);
        }
    }

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Arbeitskalender kalender;

    Durchlaufzeiten(JdbcClient datenbank, Berechtigungen berechtigungen, Arbeitskalender kalender) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.kalender = kalender;
    }

    /**
     * By unit, then in the order of {@link Stationsart}; at most one more than {@link #HOECHSTENS}. Not among them: what the head has done
     * himself – four others and he would be a group in which he knows one – and Wiedervorlagen, which lie on purpose.
     *
     * @param einheiten each for itself, without those below it
     */
    @Transactional(readOnly = true)
    public List<Gruppe> gruppen(UUID wer, List<UUID> einheiten, Zeitraum zeitraum) {
        var von = LocalDate.now(Anzeige.ZONE).minusDays(zeitraum.tage);
        var sicht = berechtigungen.sicht(wer, Recht.LESEN);
        return datenbank
                .sql("""
                WITH tage AS MATERIALIZED (
                    -- Working days, numbered; a free day has the number of the working day before it.
                    SELECT tag, count(*) FILTER (WHERE NOT frei) OVER (ORDER BY tag) AS nummer
                      FROM (SELECT t::date AS tag, extract(isodow FROM t) > 5 OR t::date IN (SELECT unnest(CAST(:feiertage AS date[]))) AS frei
                              FROM generate_series(CAST(:erster AS timestamp), heute()::timestamp, interval '1 day') t) k),
                faelle AS (
                    SELECT z.einheit_id, s.art, s.erledigt_von, ende.nummer - anfang.nummer AS tage
                      FROM station s JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                     CROSS JOIN LATERAL (
                         SELECT s.empfaenger_id AS einheit_id WHERE s.empfaenger_art = 'einheit'
                         UNION ALL
                         SELECT t.einheit_id FROM stelle t WHERE s.empfaenger_art = 'stelle' AND t.mandant_id = s.mandant_id AND t.id = s.empfaenger_id
                         UNION ALL
                         -- The unit in which the person was when it was done.
                         (SELECT t.einheit_id FROM stellenbesetzung b JOIN stelle t ON t.mandant_id = b.mandant_id AND t.id = b.stelle_id
                           WHERE s.empfaenger_art = 'person' AND b.mandant_id = s.mandant_id AND b.person_id = s.empfaenger_id
                             AND b.gueltig_von <= s.erledigt AND (b.gueltig_bis IS NULL OR b.gueltig_bis > s.erledigt)
                           ORDER BY t.leitung DESC, b.gueltig_von, b.id LIMIT 1)) z
                      JOIN tage anfang ON anfang.tag = greatest((s.offen_seit AT TIME ZONE 'Europe/Berlin')::date, CAST(:erster AS date))
                      JOIN tage ende ON ende.tag = (s.erledigt AT TIME ZONE 'Europe/Berlin')::date
                     WHERE s.mandant_id = :m AND s.stand = 'erledigt' AND s.erledigt >= CAST(:von AS timestamp) AT TIME ZONE 'Europe/Berlin'
                       AND s.art NOT IN ('entwurf', 'wiedervorlage') AND s.erledigt_von <> :wer
                       AND z.einheit_id IN (SELECT unnest(CAST(:einheiten AS uuid[]))) AND %s),
                gruppen AS (
                    SELECT einheit_id, art, count(*) AS anzahl, count(DISTINCT erledigt_von) AS menschen,
                           percentile_cont(0.5) WITHIN GROUP (ORDER BY tage) AS median, percentile_cont(0.9) WITHIN GROUP (ORDER BY tage) AS p90
                      FROM faelle GROUP BY einheit_id, art)
                SELECT e.kuerzel, e.kuerzel || ' ' || e.name AS einheit, g.art, CASE WHEN genug THEN anzahl END AS anzahl,
                       CASE WHEN genug THEN median END AS median, CASE WHEN genug THEN p90 END AS p90
                  FROM (SELECT *, anzahl >= :mindestens AND menschen >= :mindestens AS genug FROM gruppen) g
                  JOIN einheit e ON e.mandant_id = :m AND e.id = g.einheit_id
                 ORDER BY e.kuerzel, e.id, g.art LIMIT :hoechstens""".formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("wer", wer)
                .param("von", von)
                .param("erster", von.minusYears(JAHRE_DAVOR))
                .param("feiertage", feiertage(von.minusYears(JAHRE_DAVOR)))
                .param("einheiten", Auslastung.feld(einheiten))
                .param("mindestens", MINDESTENS)
                .param("hoechstens", HOECHSTENS + 1)
                .params(sicht.parameter())
                .query(Gruppe.class)
                .stream()
                .sorted(Comparator.comparing(Gruppe::einheit).thenComparing(Gruppe::was))
                .toList();
    }

    private String feiertage(LocalDate seit) {
        return IntStream.rangeClosed(seit.getYear(), LocalDate.now(Anzeige.ZONE).getYear())
                .mapToObj(kalender::feiertage)
                .flatMap(List::stream)
                .map(Feiertag::tag)
                .map(LocalDate::toString)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
