package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.frist.Arbeitskalender;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Of which open tasks people are to be told on a day, by the rules of the Gemeinde and its calendar. */
@Component
class Faelligkeiten {

    /** What is told. Each is marked with its day, so it is told once per round of a station. */
    enum Stufe {
        NACHHER(
                "s.erneut_erinnert IS NULL AND s.faellig",
                "erneut_erinnert = :heute, erinnert = coalesce(u.erinnert, :heute)"),
        /** Whoever hears that it has passed need not hear as well that it is near. */
        VORHER(
                "s.erinnert IS NULL AND (s.erneut_erinnert IS NULL AND s.faellig <= r.nachher) IS NOT TRUE AND s.faellig",
                "erinnert = :heute"),
        ESKALATION("s.eskaliert IS NULL AND s.faellig", "eskaliert = :heute"),
        WEITER("s.weiter_eskaliert IS NULL AND s.eskaliert", "weiter_eskaliert = :heute");

        /** Ends with the day that counts. */
        private final String bedingung;

        private final String gesagt;

        Stufe(String bedingung, String gesagt) {
            this.bedingung = bedingung;
            this.gesagt = gesagt;
        }
    }

    /** A task to tell of. */
    record Aufgabe(
            UUID id,
            String art,
            int runde,
            String empfaengerArt,
            UUID empfaengerId,
            String aktenzeichen,
            LocalDate faellig) {

        Empfaenger empfaenger() {
            return new Empfaenger(empfaengerArt, empfaengerId);
        }

        String titel() {
            return Stationsart.von(art).wort() + ", " + aktenzeichen;
        }
    }

    /** What a rule says for one deadline; null: nobody is told. */
    record Tage(
            @Nullable LocalDate vorher,
            @Nullable LocalDate nachher,
            @Nullable LocalDate eskalation,
            @Nullable LocalDate weiter) {}

    /** With the last day that counts for its kind. No deadline lies after the latest of them: so the index of deadlines bounds what is read. */
    private static final String OFFEN = """
            station s JOIN unnest(CAST(:arten AS text[]), CAST(:grenzen AS date[]), CAST(:nachher AS date[])) r (art, bis, nachher)
                ON r.art = s.art AND s.mandant_id = :m AND s.stand = 'offen' AND s.faellig <= :letzte""";

    private final JdbcClient datenbank;
    private final Arbeitskalender kalender;

    Faelligkeiten(JdbcClient datenbank, Arbeitskalender kalender) {
        this.datenbank = datenbank;
        this.kalender = kalender;
    }

    /** On which days a rule tells of this deadline. */
    @Transactional(readOnly = true)
    Tage tage(@Nullable Stationsart art, Fristregel regel, LocalDate frist) {
        var vorher = art == Stationsart.WIEDERVORLAGE ? Integer.valueOf(0) : regel.vorher();
        var eskalation = danach(frist, regel.eskalation());
        return new Tage(
                vorher == null ? null : vorher == 0 ? frist : kalender.nach(frist, -vorher),
                danach(frist, regel.nachher()),
                eskalation,
                eskalation == null ? null : danach(eskalation, regel.weiter()));
    }

    private @Nullable LocalDate danach(LocalDate tag, @Nullable Integer arbeitstage) {
        return arbeitstage == null ? null : kalender.nach(tag, arbeitstage);
    }

    /**
     * Marks those to tell of and returns them; rows that another node has in hand are left to it.
     *
     * @param heute the day in the town hall
     */
    @Transactional(propagation = Propagation.MANDATORY)
    List<Aufgabe> nimm(Stufe stufe, Map<Stationsart, Fristregel> regeln, LocalDate heute, int hoechstens) {
        var grenzen = grenzen(stufe, regeln, heute);
        if (grenzen.isEmpty()) {
            return List.of();
        }
        var nachher = grenzen(Stufe.NACHHER, regeln, heute);
        return frage("""
                UPDATE station u SET %s FROM (
                    SELECT s.mandant_id, s.id, v.aktenzeichen FROM %s JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                     WHERE %s <= r.bis ORDER BY s.faellig, s.id LIMIT :hoechstens FOR UPDATE OF s SKIP LOCKED) w
                 WHERE u.mandant_id = w.mandant_id AND u.id = w.id
                 RETURNING u.id, u.art, u.runde, u.empfaenger_art, u.empfaenger_id, w.aktenzeichen, u.faellig""".formatted(stufe.gesagt, OFFEN, stufe.bedingung), grenzen, nachher)
                .param("heute", heute)
                .param("hoechstens", hoechstens)
                .query(Aufgabe.class)
                .list();
    }

    /** How many there would be by these rules. */
    @Transactional(readOnly = true)
    Map<Stufe, Long> zaehle(Map<Stationsart, Fristregel> regeln, LocalDate heute) {
        var anzahlen = new EnumMap<Stufe, Long>(Stufe.class);
        var nachher = grenzen(Stufe.NACHHER, regeln, heute);
        for (var stufe : Stufe.values()) {
            var grenzen = grenzen(stufe, regeln, heute);
            if (!grenzen.isEmpty()) {
                anzahlen.put(
                        stufe,
                        frage(
                                        "SELECT count(*) FROM %s WHERE %s <= r.bis".formatted(OFFEN, stufe.bedingung),
                                        grenzen,
                                        nachher)
                                .query(Long.class)
                                .single());
            }
        }
        return anzahlen;
    }

    private JdbcClient.StatementSpec frage(
            String sql, Map<Stationsart, LocalDate> grenzen, Map<Stationsart, LocalDate> nachher) {
        var arten = List.copyOf(grenzen.keySet());
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("arten", arten.stream().map(Stationsart::kennung).toArray(String[]::new))
                .param("grenzen", feld(arten, grenzen))
                .param("nachher", feld(arten, nachher))
                .param("letzte", Collections.max(grenzen.values()));
    }

    private static String feld(List<Stationsart> arten, Map<Stationsart, LocalDate> tage) {
        return arten.stream().map(art -> String.valueOf(tage.get(art))).collect(Collectors.joining(",", "{", "}"));
    }

    /** For each kind the last day that is to be told of; kinds of which nobody is told are missing. */
    private Map<Stationsart, LocalDate> grenzen(Stufe stufe, Map<Stationsart, Fristregel> regeln, LocalDate heute) {
        var je = new HashMap<Integer, LocalDate>();
        var grenzen = new EnumMap<Stationsart, LocalDate>(Stationsart.class);
        regeln.forEach((art, regel) -> {
            var tage = switch (stufe) {
                // It was not there before its day: this is how it comes.
                case VORHER -> art == Stationsart.WIEDERVORLAGE ? Integer.valueOf(0) : regel.vorher();
                case NACHHER -> regel.nachher();
                case ESKALATION -> regel.eskalation();
                case WEITER -> regel.weiter();
            };
            if (tage != null) {
                grenzen.put(
                        art,
                        je.computeIfAbsent(
                                tage,
                                t -> stufe == Stufe.VORHER
                                        ? t == 0 ? heute : kalender.nach(heute, t)
                                        : vergangen(t, heute)));
            }
        });
        return grenzen;
    }

    /** The last day after which so many working days have come by today. */
    private LocalDate vergangen(int arbeitstage, LocalDate heute) {
        var letzter = kalender.istArbeitstag(heute) ? heute : kalender.nach(heute, -1);
        return kalender.nach(letzter, 1 - arbeitstage).minusDays(1);
    }
}
