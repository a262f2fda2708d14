package de.federwerk.geschaeftsgang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Leitungen;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What lies with the people, Stellen and units that somebody leads: to see where help is needed, not who is better. So it is ordered by name,
 * never by number, and counts only tasks of Vorgänge that the head may see himself.
 */
@Component
public class Auslastung {

    /** A unit to choose. */
    public record Einheit(UUID id, String name) {}

    /**
     * What lies with one recipient.
     *
     * @param einheit Kürzel of the unit; of several, the one in which the person leads or came first
     * @param seit since when the oldest lies there; null if nothing does
     */
    public record Zeile(
            String art,
            UUID id,
            String name,
            String einheit,
            String folge,
            long offen,
            long ueberfaellig,
            @Nullable Instant seit) {

        public String kennung() {
            return art + ":" + id;
        }
    }

    /** @param empfaenger how many lines */
    public record Summe(Anzahl empfaenger, Anzahl offen, Anzahl ueberfaellig) {}

    /**
     * One open task.
     *
     * @param beiId with whom it is counted
     * @param von with whom it lies, exactly: what whoever moves it has seen
     * @param frist the deadline as its place in the order
     */
    public record Aufgabe(
            UUID id,
            UUID vorgangId,
            @Nullable UUID dokumentId,
            String art,
            String titel,
            String aktenzeichen,
            UUID beiId,
            String bei,
            String von,
            @Nullable LocalDate faellig,
            Instant offenSeit,
            String frist) {

        public Stationsart was() {
            return Stationsart.von(art);
        }

        public String pfad() {
            return "/vorgaenge/" + vorgangId + (dokumentId == null ? "" : "?dokument=" + dokumentId) + "#laufweg";
        }

        /** As in forms. */
        public String auftrag() {
            return id + " " + von;
        }

        public boolean ueberfaellig(LocalDate heute) {
            return faellig != null && faellig.isBefore(heute);
        }
    }

    static final Ordnung NACH_NAMEN =
            Ordnung.auf(Ordnung.text("einheit"), Ordnung.text("folge"), Ordnung.kennung("id"));

    static final Ordnung DRINGENDES_ZUERST =
            Ordnung.auf(Ordnung.text("frist"), Ordnung.zeit("offen_seit"), Ordnung.kennung("id"));

    /**
     * For the head of a statement, ends with the condition of the rights on {@code v}. Those whom {@code :wer} leads in these units, and what lies with them. Whoever took a task out of the inbox of a unit has it. What lies
     * with the head himself stands in his Postkorb. Whoever has left is there as long as something lies with him.
     */
    private static final String OFFEN = """
            WITH amt (id) AS (SELECT unnest(CAST(:einheiten AS uuid[]))),
            kreis AS MATERIALIZED (
                SELECT 'einheit' AS art, e.id, e.kuerzel || ' ' || e.name AS name, e.kuerzel AS einheit, '' AS folge, false AS immer
                  FROM einheit e WHERE e.mandant_id = :m AND e.id IN (SELECT id FROM amt)
                UNION ALL
                SELECT 'stelle', s.id, e.kuerzel || ' · ' || s.bezeichnung, e.kuerzel, s.bezeichnung, false
                  FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE s.mandant_id = :m AND s.einheit_id IN (SELECT id FROM amt) AND gilt(s.gueltig_von, s.gueltig_bis)
                   AND NOT EXISTS (SELECT FROM stellenbesetzung b WHERE b.mandant_id = s.mandant_id AND b.stelle_id = s.id AND b.person_id = :wer
                                      AND gilt(b.gueltig_von, b.gueltig_bis))
                UNION ALL
                (SELECT DISTINCT ON (p.id) 'person', p.id, trim(p.vorname || ' ' || p.nachname), e.kuerzel, p.nachname || ' ' || p.vorname,
                        gilt(p.gueltig_von, p.gueltig_bis)
                   FROM stelle s JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                   JOIN stellenbesetzung b ON b.mandant_id = s.mandant_id AND b.stelle_id = s.id
                   JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                  WHERE s.mandant_id = :m AND s.einheit_id IN (SELECT id FROM amt) AND gilt(s.gueltig_von, s.gueltig_bis)
                    AND gilt(b.gueltig_von, b.gueltig_bis) AND p.art = 'mensch' AND p.id <> :wer
                  ORDER BY p.id, s.leitung DESC, b.gueltig_von, b.id)),
            offen AS MATERIALIZED (
                SELECT s.id, s.laufweg_id, s.vorgang_id, s.art, s.faellig, s.offen_seit, s.empfaenger_art, s.empfaenger_id, s.genommen_von,
                       CASE WHEN s.genommen_von IN (SELECT id FROM kreis) THEN s.genommen_von ELSE s.empfaenger_id END AS bei,
                       coalesce(to_char(s.faellig, 'YYYY-MM-DD'), '9999-12-31') COLLATE "C" AS frist
                  FROM station s JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                 WHERE s.mandant_id = :m AND s.stand = 'offen' AND s.empfaenger_id IN (SELECT id FROM kreis)
                   AND s.genommen_von IS DISTINCT FROM :wer
                   AND (:kommende OR NOT (s.art = 'wiedervorlage' AND s.faellig > heute())) AND""";

    private static final String ZEILEN = """
            (SELECT k.art, k.id, k.name, k.einheit, k.folge, count(o.id) AS offen, count(o.id) FILTER (WHERE o.faellig < heute()) AS ueberfaellig,
                    min(o.offen_seit) AS seit
               FROM kreis k LEFT JOIN offen o ON o.bei = k.id
              GROUP BY k.art, k.id, k.name, k.einheit, k.folge, k.immer HAVING count(o.id) > 0 OR k.immer) z""";

    private static final String AUFGABEN = """
            SELECT s.id, s.vorgang_id, l.dokument_id, s.art, coalesce(d.titel, v.titel) AS titel, v.aktenzeichen, s.bei AS bei_id, k.name AS bei,
                   CASE WHEN s.genommen_von IS NULL THEN s.empfaenger_art || ':' || s.empfaenger_id ELSE 'person:' || s.genommen_von END AS von,
                   s.faellig, s.offen_seit, s.frist
              FROM (%s) s JOIN kreis k ON k.id = s.bei
              JOIN laufweg l ON l.mandant_id = :m AND l.id = s.laufweg_id
              JOIN vorgang v ON v.mandant_id = :m AND v.id = s.vorgang_id
              LEFT JOIN dokument d ON d.mandant_id = :m AND d.id = l.dokument_id
             ORDER BY %s""";

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;
    private final Leitungen leitungen;

    Auslastung(JdbcClient datenbank, Berechtigungen berechtigungen, Leitungen leitungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
        this.leitungen = leitungen;
    }

    /** The units somebody leads, by Kürzel. */
    @Transactional(readOnly = true)
    public List<Einheit> geleitete(UUID wer) {
        return datenbank
                .sql("""
                SELECT id, kuerzel || ' ' || name AS name FROM einheit
                 WHERE mandant_id = :m AND id IN (SELECT unnest(CAST(:einheiten AS uuid[]))) ORDER BY kuerzel, id""")
                .param("m", mandant())
                .param("einheiten", feld(leitungen.geleiteteEinheiten(wer)))
                .query(Einheit.class)
                .list();
    }

    /** This unit and those below it, as far as they are led; all that are led if none is named. */
    @Transactional(readOnly = true)
    public List<UUID> einheiten(UUID wer, @Nullable UUID nur) {
        var geleitete = leitungen.geleiteteEinheiten(wer);
        if (nur == null || geleitete.isEmpty()) {
            return geleitete;
        }
        return datenbank
                .sql("""
                WITH RECURSIVE unter (id) AS (
                    SELECT CAST(:nur AS uuid) UNION SELECT e.id FROM einheit e JOIN unter u ON e.mandant_id = :m AND e.ueber_id = u.id)
                SELECT id FROM unter WHERE id IN (SELECT unnest(CAST(:einheiten AS uuid[])))""")
                .param("m", mandant())
                .param("nur", nur)
                .param("einheiten", feld(geleitete))
                .query(UUID.class)
                .list();
    }

    /** One page of recipients. @param einheiten of {@link #einheiten} */
    @Transactional(readOnly = true)
    public Seite<Zeile> zeilen(UUID wer, List<UUID> einheiten, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.einheit, z.folge, z.id),
                (stelle, hoechstens) -> frage(
                                wer,
                                einheiten,
                                false,
                                "SELECT z.* FROM " + ZEILEN + " WHERE " + NACH_NAMEN.bedingung("z", stelle)
                                        + " ORDER BY " + NACH_NAMEN.folge("z", stelle) + " LIMIT :hoechstens")
                        .param("hoechstens", hoechstens)
                        .params(NACH_NAMEN.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Summe summe(UUID wer, List<UUID> einheiten) {
        return frage(
                        wer,
                        einheiten,
                        false,
                        "SELECT count(*), coalesce(sum(offen), 0), coalesce(sum(ueberfaellig), 0) FROM " + ZEILEN)
                .query((zeile, nr) -> new Summe(
                        Anzahl.genau(zeile.getLong(1)), Anzahl.genau(zeile.getLong(2)), Anzahl.genau(zeile.getLong(3))))
                .single();
    }

    /** One page of tasks. @param bei only what lies there, with Wiedervorlagen of days to come; null for all */
    @Transactional(readOnly = true)
    public Seite<Aufgabe> aufgaben(UUID wer, List<UUID> einheiten, @Nullable UUID bei, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                a -> List.of(a.frist, a.offenSeit, a.id),
                (stelle, hoechstens) -> frage(
                                wer,
                                einheiten,
                                bei != null,
                                AUFGABEN.formatted(
                                        "SELECT o.* FROM offen o WHERE (CAST(:bei AS uuid) IS NULL OR o.bei = :bei) AND "
                                                + DRINGENDES_ZUERST.bedingung("o", stelle) + " ORDER BY "
                                                + DRINGENDES_ZUERST.folge("o", stelle) + " LIMIT :hoechstens",
                                        DRINGENDES_ZUERST.folge("s", stelle)))
                        .param("bei", bei)
                        .param("hoechstens", hoechstens)
                        .params(DRINGENDES_ZUERST.parameter(stelle))
                        .query(Aufgabe.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Anzahl anzahl(UUID wer, List<UUID> einheiten, @Nullable UUID bei) {
        return Anzahl.genau(frage(
                        wer,
                        einheiten,
                        bei != null,
                        "SELECT count(*) FROM offen o WHERE (CAST(:bei AS uuid) IS NULL OR o.bei = :bei)")
                .param("bei", bei)
                .query(Long.class)
                .single());
    }

    /** The most urgent of each of these recipients. @param jeEmpfaenger at most so many */
    @Transactional(readOnly = true)
    public Map<UUID, List<Aufgabe>> jeEmpfaenger(
            UUID wer, List<UUID> einheiten, List<Zeile> empfaenger, int jeEmpfaenger) {
        return frage(
                        wer,
                        einheiten,
                        false,
                        AUFGABEN.formatted(
                                "SELECT o.* FROM (SELECT o.*, row_number() OVER (PARTITION BY bei ORDER BY frist, offen_seit, id) AS nr FROM offen o WHERE o.bei IN (SELECT unnest(CAST(:empfaenger AS uuid[])))) o WHERE nr <= :hoechstens",
                                DRINGENDES_ZUERST.folge("s", Stelle.ANFANG)))
                .param("empfaenger", feld(empfaenger.stream().map(Zeile::id).toList()))
                .param("hoechstens", jeEmpfaenger)
                .query(Aufgabe.class)
                .stream()
                .collect(Collectors.groupingBy(Aufgabe::beiId));
    }

    /** Of these stations, open or not, what they are about, as far as this person may see it. */
    @Transactional(readOnly = true)
    public Map<UUID, String> titel(UUID wer, Collection<UUID> stationen) {
        var sicht = berechtigungen.sicht(wer, Recht.LESEN);
        return datenbank
                .sql("""
                SELECT s.id, coalesce(d.titel, v.titel) AS titel FROM station s
                  JOIN laufweg l ON l.mandant_id = s.mandant_id AND l.id = s.laufweg_id
                  JOIN vorgang v ON v.mandant_id = s.mandant_id AND v.id = s.vorgang_id
                  LEFT JOIN dokument d ON d.mandant_id = l.mandant_id AND d.id = l.dokument_id
                 WHERE s.mandant_id = :m AND s.id IN (SELECT unnest(CAST(:stationen AS uuid[]))) AND %s""".formatted(sicht.aufVorgang("v")))
                .param("m", mandant())
                .param("stationen", feld(stationen))
                .params(sicht.parameter())
                .query(Titel.class)
                .stream()
                .collect(Collectors.toMap(Titel::id, Titel::titel));
    }

    private record Titel(UUID id, String titel) {}

    private JdbcClient.StatementSpec frage(UUID wer, List<UUID> einheiten, boolean kommende, String sql) {
        var sicht = berechtigungen.sicht(wer, Recht.LESEN);
        return datenbank
                .sql(OFFEN + " " + sicht.aufVorgang("v") + ") " + sql)
                .param("m", mandant())
                .param("wer", wer)
                .param("einheiten", feld(einheiten))
                .param("kommende", kommende)
                .params(sicht.parameter());
    }

    static String feld(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
