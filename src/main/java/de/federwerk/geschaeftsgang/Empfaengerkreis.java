package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Who would get a task today: the holders of a Stelle, the people of a unit, and whoever stands in for those who are absent. */
@Component
class Empfaengerkreis {

    /**
     * Somebody who would get it.
     *
     * @param fuer the absent person whom this one represents; null for oneself
     * @param abwesend whether this person is absent today
     * @param befugnis the highest Zeichnungsbefugnis, that of whoever is represented included
     * @param darf whether this person may see a Vorgang of this Stufe, in this Akte
     */
    record Kandidat(
            String art,
            UUID id,
            UUID person,
            String name,
            @Nullable UUID fuer,
            boolean abwesend,
            int befugnis,
            boolean darf) {

        /** Whoever has signed at a station that is done. */
        static Kandidat gezeichnet(Stationen.Station station) {
            var von = requireNonNull(station.erledigtVon());
            return new Kandidat("person", von, von, "", station.erledigtFuer(), false, 0, true);
        }

        /** Whether two signatures of these would be those of two people, also counting whom they represent. */
        boolean andererAls(Kandidat anderer) {
            return !person.equals(anderer.person)
                    && !person.equals(anderer.fuer)
                    && !anderer.person.equals(fuer)
                    && (fuer == null || !fuer.equals(anderer.fuer));
        }
    }

    private final JdbcClient datenbank;

    Empfaengerkreis(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Those who would get it today, by recipient; a recipient that leads to nobody is missing. @param vorgang whose Stufe and Akte they must be allowed to see */
    @Transactional(readOnly = true)
    Map<Empfaenger, List<Kandidat>> heute(Collection<Empfaenger> empfaenger, UUID vorgang) {
        var verschiedene = empfaenger.stream().distinct().toList();
        return datenbank
                .sql("""
                WITH RECURSIVE e (art, id) AS (SELECT * FROM unnest(CAST(:arten AS text[]), CAST(:ids AS uuid[]))),
                besetzt AS (
                    SELECT b.person_id, s.id AS stelle_id, s.einheit_id, s.zeichnungsbefugnis FROM stellenbesetzung b
                      JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id JOIN einheit h ON h.mandant_id = s.mandant_id AND h.id = s.einheit_id
                     WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(h.gueltig_von, h.gueltig_bis)),
                ab AS (SELECT person_id, vertreter_id FROM vertretung WHERE mandant_id = :m AND heute() BETWEEN von AND bis AND beendet IS NULL),
                kreis (art, id, person_id, fuer_id) AS (
                    SELECT art, id, id, CAST(NULL AS uuid) FROM e WHERE art = 'person'
                    UNION SELECT e.art, e.id, b.person_id, NULL FROM e JOIN besetzt b ON e.art = 'stelle' AND b.stelle_id = e.id
                    UNION SELECT e.art, e.id, b.person_id, NULL FROM e JOIN besetzt b ON e.art = 'einheit' AND b.einheit_id = e.id
                    UNION SELECT k.art, k.id, ab.vertreter_id, coalesce(k.fuer_id, k.person_id) FROM kreis k
                      JOIN ab ON ab.person_id = k.person_id WHERE k.art <> 'einheit' AND ab.vertreter_id IS NOT NULL)
                SELECT k.art, k.id, k.person_id AS person, trim(p.vorname || ' ' || p.nachname) AS name, k.fuer_id AS fuer,
                       k.person_id IN (SELECT person_id FROM ab) AS abwesend,
                       coalesce((SELECT max(b.zeichnungsbefugnis) FROM besetzt b WHERE b.person_id IN (k.person_id, k.fuer_id)), 0) AS befugnis,
                       p.ermaechtigung >= sb.stufe
                         AND NOT EXISTS (SELECT FROM ausschluss x WHERE x.mandant_id = :m AND x.person_id = k.person_id AND x.akte_id = v.akte_id
                                            AND gilt(x.gueltig_von, x.gueltig_bis)) AS darf
                  FROM kreis k JOIN person p ON p.mandant_id = :m AND p.id = k.person_id AND gilt(p.gueltig_von, p.gueltig_bis) AND p.art = 'mensch'
                  JOIN vorgang v ON v.mandant_id = :m AND v.id = :vorgang
                  JOIN schutzbereich sb ON sb.mandant_id = v.mandant_id AND sb.id = v.schutzbereich_id
                 ORDER BY p.nachname, p.vorname, k.person_id""")
                .param("m", mandant())
                .param("vorgang", vorgang)
                .param("arten", verschiedene.stream().map(Empfaenger::art).toArray(String[]::new))
                .param(
                        "ids",
                        verschiedene.stream().map(e -> e.id().toString()).collect(Collectors.joining(",", "{", "}")))
                .query(Kandidat.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(k -> new Empfaenger(k.art, k.id)));
    }

    /** Who would get it today, a German sentence for each station. */
    @Transactional(readOnly = true)
    List<String> vorschau(List<Laufwegentwurf.Station> stationen, UUID vorgang) {
        var empfaenger =
                stationen.stream().map(Laufwegentwurf.Station::empfaenger).toList();
        var kandidaten = heute(empfaenger, vorgang);
        var namen = namen(empfaenger);
        var zeilen = new ArrayList<String>();
        for (var station : stationen) {
            var wer = kandidaten.getOrDefault(station.empfaenger(), List.of());
            var leute = wer.stream()
                    .limit(5)
                    .map(k -> k.name()
                            + (k.fuer() != null ? " (in Vertretung)" : k.abwesend() ? " (heute abwesend)" : ""))
                    .toList();
            zeilen.add("%d. %s: %s – heute bekäme es %s%s"
                    .formatted(
                            zeilen.size() + 1,
                            station.art().wort(),
                            namen.getOrDefault(station.empfaenger(), ""),
                            leute.isEmpty() ? "niemand" : String.join(", ", leute),
                            wer.size() > 5 ? " und %d weitere".formatted(wer.size() - 5) : ""));
        }
        return zeilen;
    }

    /** How recipients are called: a person's name, {@code Leitung FD 66}, {@code SG 66.2 Straßenverwaltung}; also those that are no more. */
    @Transactional(readOnly = true)
    Map<Empfaenger, String> namen(Collection<Empfaenger> empfaenger) {
        var namen = new HashMap<Empfaenger, String>();
        if (empfaenger.isEmpty()) {
            return namen;
        }
        datenbank
                .sql("""
                SELECT 'person' AS art, id, trim(vorname || ' ' || nachname) AS name FROM person WHERE mandant_id = :m AND id = ANY (CAST(:ids AS uuid[]))
                UNION ALL SELECT 'stelle', s.id, s.bezeichnung || ', ' || e.kuerzel FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                           WHERE s.mandant_id = :m AND s.id = ANY (CAST(:ids AS uuid[]))
                UNION ALL SELECT 'einheit', id, kuerzel || ' ' || name FROM einheit WHERE mandant_id = :m AND id = ANY (CAST(:ids AS uuid[]))""")
                .param("m", mandant())
                .param(
                        "ids",
                        empfaenger.stream()
                                .map(e -> e.id().toString())
                                .distinct()
                                .collect(Collectors.joining(",", "{", "}")))
                .query((zeile, nr) -> namen.put(
                        new Empfaenger(zeile.getString(1), zeile.getObject(2, UUID.class)), zeile.getString(3)))
                .list();
        return namen;
    }
}
