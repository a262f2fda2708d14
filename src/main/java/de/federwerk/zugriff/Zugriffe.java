package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who sees one thing, and by what: the rules of {@code Sicht}, asked from the side of the thing. A source is a Freigabe, a single grant or
 * a running task; it reaches persons, and of those it takes effect for whoever has the Ermächtigung and is not excluded.
 */
@Component
class Zugriffe {

    static final Ordnung NACH_QUELLE =
            Ordnung.auf(Ordnung.text("folge"), Ordnung.kennung("id"), Ordnung.kennung("wer"));
    static final Ordnung NACH_NAMEN = Ordnung.auf(Ordnung.text("folge"), Ordnung.kennung("person_id"));

    /** What sees nobody in particular: fills the last place of a sort key. */
    static final UUID NIEMAND = new UUID(0, 0);

    /**
     * One line of the answer.
     *
     * @param art {@code freigabe}, {@code akte} or {@code vorgang} (single grants), {@code aufgabe}
     * @param wer the deputy, if the source reaches somebody by Vertretung; else {@link #NIEMAND}
     * @param vertretener whom the deputy stands in for
     * @param personen for how many it takes effect
     * @param ohne how many it would reach who are excluded, lack the Ermächtigung or have left
     * @param vorgang number and title of the only Vorgang it opens; null: all of the thing
     */
    record Zeile(
            String art,
            UUID id,
            UUID wer,
            String subjektArt,
            UUID subjektId,
            @Nullable String subjekt,
            @Nullable String vertretener,
            String zielArt,
            @Nullable UUID zielId,
            @Nullable String ziel,
            int recht,
            @Nullable Instant gueltigVon,
            @Nullable Instant gueltigBis,
            String grund,
            @Nullable String vorgang,
            long personen,
            long ohne,
            String folge) {

        String darf() {
            return Recht.values()[recht].wort();
        }

        boolean einzelnePerson() {
            return subjektArt.equals("person") || !wer.equals(NIEMAND);
        }

        boolean aufZeit() {
            return gueltigBis != null || art.equals("aufgabe");
        }
    }

    /** Somebody who sees it. @param recht the highest level @param aufZeit by nothing that lasts */
    record Sehender(UUID personId, String name, @Nullable String stelle, int recht, boolean aufZeit, String folge) {}

    /** @param verfahren technical accounts @param aufZeit persons and those by nothing that lasts */
    record Summe(long personen, long verfahren, long aufZeit) {}

    /**
     * How one source reaches one person.
     *
     * @param stelle the Stelle by which, with its unit; null: directly or by a role
     * @param einheit the unit of that Stelle
     * @param wirkt whether it takes effect
     */
    record Weg(
            String art,
            UUID id,
            String subjektArt,
            @Nullable String subjekt,
            UUID subjektId,
            @Nullable String stelle,
            @Nullable UUID einheitId,
            @Nullable String einheit,
            @Nullable String vertretener,
            String zielArt,
            @Nullable String ziel,
            int recht,
            @Nullable Instant gueltigBis,
            String grund,
            @Nullable String vorgang,
            int stufe,
            boolean wirkt) {

        String darf() {
            return Recht.values()[recht].wort();
        }
    }

    /** Where a source hangs, in words, and the only Vorgang it opens. */
    private static final String ORT = """
            %s AS ziel,
            (SELECT v.aktenzeichen || CASE WHEN q.bekannt THEN ' ' || v.titel ELSE '' END FROM vorgang v WHERE v.mandant_id = :m AND v.id = q.vorgang_id) AS vorgang""".formatted(Freigaben.ziel("q"));

    private final JdbcClient datenbank;

    Zugriffe(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** By what it is open: one line a source, those of running tasks last. */
    @Transactional(readOnly = true)
    public Seite<Zeile> quellen(Schutzgut gut, Sicht fragend, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.folge, z.id, z.wer),
                (stelle, hoechstens) -> frage(gut, fragend, """
                        , zeile AS (
                            SELECT q.*, coalesce(w.wer, '00000000-0000-0000-0000-000000000000') AS wer, w.wen,
                                   CASE q.art WHEN 'freigabe' THEN '1' WHEN 'akte' THEN '2' WHEN 'vorgang' THEN '3' ELSE '4' END || (3 - q.recht) AS reihe,
                                   coalesce(w.personen, 0) AS personen, coalesce(w.ohne, 0) AS ohne
                              FROM quelle q LEFT JOIN (
                                   SELECT art, id, CASE WHEN wen IS NOT NULL THEN person_id END AS wer, wen,
                                          count(DISTINCT person_id) FILTER (WHERE wirkt) AS personen, count(DISTINCT person_id) FILTER (WHERE NOT wirkt) AS ohne
                                     FROM wirksam GROUP BY 1, 2, 3, 4) w ON w.art = q.art AND w.id = q.id),
                        benannt AS (
                            SELECT q.art, q.id, q.wer, q.subjekt_art, q.subjekt_id, q.subjekt, q.vertretener, q.ziel_art, q.ziel_id, q.ziel, q.recht, q.gueltig_von,
                                   q.gueltig_bis, q.grund, q.vorgang, q.personen, q.ohne, q.reihe || coalesce(q.subjekt, '') AS folge
                              FROM (SELECT q.*, %s, %s,
                                           (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = :m AND p.id = q.wen) AS vertretener
                                      FROM (SELECT f.*, :m AS mandant_id FROM zeile f) q) q)
                        SELECT * FROM benannt b WHERE %s ORDER BY %s LIMIT %d""".formatted(
                                        subjekt("q"),
                                        ORT,
                                        NACH_QUELLE.bedingung("b", stelle),
                                        NACH_QUELLE.folge("b", stelle),
                                        hoechstens))
                        .params(NACH_QUELLE.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    /** The name of whom a source is for: of the deputy, where it comes by Vertretung. */
    private static String subjekt(String alias) {
        return """
                CASE WHEN %1$s.wen IS NOT NULL THEN (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = :m AND p.id = %1$s.wer)
                     ELSE %2$s END AS subjekt""".formatted(alias, Freigaben.subjekt(alias));
    }

    /** How many sources there are; a deputy counts as one. */
    @Transactional(readOnly = true)
    public long anzahlQuellen(Schutzgut gut, Sicht fragend) {
        return frage(
                        gut,
                        fragend,
                        "SELECT (SELECT count(*) FROM quelle q WHERE NOT EXISTS (SELECT FROM wirksam w WHERE w.art = q.art AND w.id = q.id))"
                                + " + (SELECT count(*) FROM (SELECT DISTINCT art, id, CASE WHEN wen IS NOT NULL THEN person_id END, wen FROM wirksam) w)")
                .query(Long.class)
                .single();
    }

    @Transactional(readOnly = true)
    public Summe summe(Schutzgut gut, Sicht fragend) {
        return frage(gut, fragend, """
                SELECT count(*) FILTER (WHERE NOT technisch) AS personen, count(*) FILTER (WHERE technisch) AS verfahren, count(*) FILTER (WHERE auf_zeit) AS auf_zeit FROM (
                    SELECT person_id, technisch, bool_and(gueltig_bis IS NOT NULL OR art = 'aufgabe') AS auf_zeit FROM wirksam WHERE wirkt GROUP BY person_id, technisch) s""").query(Summe.class).single();
    }

    /**
     * Who sees it, each once.
     *
     * @param art with {@code id}: only by this source; null: by whatever
     */
    @Transactional(readOnly = true)
    public Seite<Sehender> sehende(
            Schutzgut gut, Sicht fragend, @Nullable String art, @Nullable UUID id, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                s -> List.of(s.folge, s.personId),
                (stelle, hoechstens) -> frage(gut, fragend, """
                        , sehender AS (
                            SELECT p.id AS person_id, trim(p.vorname || ' ' || p.nachname) AS name, max(w.recht) AS recht,
                                   bool_and(w.gueltig_bis IS NOT NULL OR w.art = 'aufgabe') AS auf_zeit, p.nachname || ' ' || p.vorname AS folge
                              FROM wirksam w JOIN person p ON p.mandant_id = :m AND p.id = w.person_id
                             WHERE w.wirkt AND (CAST(:nurArt AS text) IS NULL OR w.art = :nurArt AND w.id = :nurId) GROUP BY p.id, p.vorname, p.nachname)
                        SELECT s.*, (SELECT e.kuerzel || ' · ' || t.bezeichnung FROM besetzt b JOIN stelle t ON t.mandant_id = :m AND t.id = b.stelle_id
                                       JOIN einheit e ON e.mandant_id = :m AND e.id = b.einheit_id WHERE b.person_id = s.person_id ORDER BY t.leitung DESC, e.kuerzel, t.id LIMIT 1) AS stelle
                          FROM (SELECT * FROM sehender s WHERE %s ORDER BY %s LIMIT %d) s ORDER BY %s""".formatted(
                                        NACH_NAMEN.bedingung("s", stelle),
                                        NACH_NAMEN.folge("s", stelle),
                                        hoechstens,
                                        NACH_NAMEN.folge("s", stelle)))
                        .param("nurArt", art)
                        .param("nurId", id, java.sql.Types.OTHER)
                        .params(NACH_NAMEN.parameter(stelle))
                        .query(Sehender.class)
                        .list());
    }

    /** Everybody who sees it and at which level, for a comparison; name, then level. */
    @Transactional(readOnly = true)
    public Map<UUID, Sehender> alle(Schutzgut gut) {
        var alle = new java.util.LinkedHashMap<UUID, Sehender>();
        frage(gut, null, """
                SELECT p.id AS person_id, trim(p.vorname || ' ' || p.nachname) AS name, NULL AS stelle, max(w.recht) AS recht,
                       bool_and(w.gueltig_bis IS NOT NULL OR w.art = 'aufgabe') AS auf_zeit, p.nachname || ' ' || p.vorname AS folge
                  FROM wirksam w JOIN person p ON p.mandant_id = :m AND p.id = w.person_id
                 WHERE w.wirkt GROUP BY p.id, p.vorname, p.nachname ORDER BY folge, p.id""").query(Sehender.class).list().forEach(s -> alle.put(s.personId, s));
        return alle;
    }

    /** All ways by which something reaches this person, those first that take effect and allow most. */
    @Transactional(readOnly = true)
    public List<Weg> wege(Schutzgut gut, Sicht fragend, UUID person) {
        return frage(gut, fragend, """
                SELECT DISTINCT q.art, q.id, q.subjekt_art, %s, q.subjekt_id,
                       (SELECT e.kuerzel || ' · ' || t.bezeichnung FROM stelle t JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = t.einheit_id
                         WHERE t.mandant_id = :m AND t.id = w.stelle_id) AS stelle,
                       (SELECT t.einheit_id FROM stelle t WHERE t.mandant_id = :m AND t.id = w.stelle_id) AS einheit_id,
                       (SELECT e.kuerzel || ' ' || e.name FROM stelle t JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = t.einheit_id
                         WHERE t.mandant_id = :m AND t.id = w.stelle_id) AS einheit,
                       (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = :m AND p.id = w.wen) AS vertretener,
                       q.ziel_art, %s, q.recht, q.gueltig_bis, q.grund, q.stufe, w.wirkt
                  FROM wirksam w JOIN (SELECT f.*, :m AS mandant_id FROM quelle f) q ON q.art = w.art AND q.id = w.id
                 WHERE w.person_id = :person ORDER BY w.wirkt DESC, q.recht DESC, q.art DESC, q.id LIMIT 50""".formatted(Freigaben.subjekt("q") + " AS subjekt", ORT))
                .param("person", person)
                .query(Weg.class)
                .list();
    }

    /** Whether anybody can change who sees this Akte: by VERWALTEN, or by sight and as head of the unit that leads it or of one above. */
    @Transactional(readOnly = true)
    public boolean verwaltetJemand(Schutzgut akte) {
        return frage(akte, null, """
                , leitend AS (
                    SELECT CAST(:federfuehrend AS uuid) AS id
                    UNION SELECT e.ueber_id FROM einheit e JOIN leitend l ON e.mandant_id = :m AND e.id = l.id WHERE e.ueber_id IS NOT NULL AND gilt(e.gueltig_von, e.gueltig_bis))
                SELECT EXISTS (SELECT FROM wirksam w WHERE w.wirkt AND NOT w.technisch AND w.art IN ('freigabe', 'akte')
                   AND (w.recht = :verwalten OR w.recht >= :lesen AND w.person_id IN (
                        SELECT b.person_id FROM besetzt b JOIN stelle s ON s.mandant_id = :m AND s.id = b.stelle_id JOIN leitend l ON l.id = s.einheit_id WHERE s.leitung)))""")
                .param("federfuehrend", akte.federfuehrend())
                .param("verwalten", Recht.VERWALTEN.ordinal())
                .param("lesen", Recht.LESEN.ordinal())
                .query(Boolean.class)
                .single();
    }

    /** @param fragend null: the program itself measures, and names no Vorgang */
    private JdbcClient.StatementSpec frage(Schutzgut gut, @Nullable Sicht fragend, String rest) {
        return datenbank
                .sql(Zugriffswurzel.sql(fragend == null ? "TRUE" : fragend.aufVorgang("v")) + rest)
                .params(fragend == null ? Map.of() : fragend.parameter())
                .param("m", mandant())
                .param("bereich", gut.schutzbereich())
                .param("akte", gut.akte())
                .param("vorgang", gut.vorgang(), java.sql.Types.OTHER);
    }
}
