package de.federwerk.zugriff;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Freigaben;
import de.federwerk.berechtigung.Postfach;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What one person sees, and by what: every Freigabe, single grant and task that reaches this person, by whatever way. */
@Component
class Personenzugriffe {

    static final Ordnung NACH_QUELLE = Ordnung.auf(Ordnung.text("folge"), Ordnung.kennung("id"));

    /**
     * One line of the answer.
     *
     * @param art {@code freigabe}, {@code akte} or {@code vorgang} (single grants), {@code aufgabe}
     * @param stelle the Stelle by which it comes, with its unit; null: directly, by a role, or by Vertretung
     * @param einheitId unit of that Stelle, {@code einheit} in words
     * @param vertretener whom the person stands in for
     * @param ziel what it opens; null: the one who asks does not see it, or it has no name
     */
    record Zeile(
            String art,
            UUID id,
            String subjektArt,
            UUID subjektId,
            @Nullable String subjekt,
            @Nullable String stelle,
            @Nullable UUID einheitId,
            @Nullable String einheit,
            @Nullable String vertretener,
            String zielArt,
            UUID zielId,
            @Nullable String ziel,
            int recht,
            @Nullable Instant gueltigBis,
            String grund,
            String folge) {

        String darf() {
            return Recht.values()[recht].wort();
        }

        boolean aufZeit() {
            return gueltigBis != null || art.equals("aufgabe");
        }
    }

    /** The person. @param technisch a Fachverfahren */
    record Mensch(UUID id, String name, @Nullable String stellen, int ermaechtigung, boolean gilt, boolean technisch) {}

    private static final String WURZEL = """
            WITH RECURSIVE
            stellen AS (
                SELECT s.id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                  JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE b.mandant_id = :m AND b.person_id = :person
                   AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
            einheiten AS (
                SELECT id AS stelle_id, einheit_id AS id FROM stellen
                UNION SELECT u.stelle_id, e.ueber_id FROM einheit e JOIN einheiten u ON e.mandant_id = :m AND e.id = u.id WHERE e.ueber_id IS NOT NULL),
            subjekte AS (
                SELECT CAST(:person AS uuid) AS id, CAST(NULL AS uuid) AS stelle_id
                UNION SELECT id, id FROM stellen
                UNION SELECT id, (array_agg(stelle_id ORDER BY stelle_id))[1] FROM einheiten GROUP BY id
                UNION SELECT r.id, NULL FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                       WHERE b.mandant_id = :m AND b.person_id = :person AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis)),
            faecher AS (
                SELECT * FROM unnest(CAST(:subjekte AS uuid[]), CAST(:arten AS text[]), CAST(:personen AS uuid[]), CAST(:ganz AS boolean[])) AS t (id, art, person_id, ganz)),
            quelle AS (
                SELECT 'freigabe' AS art, f.id, f.subjekt_art, f.subjekt_id, s.stelle_id, CAST(NULL AS uuid) AS wen, f.ziel_art, f.ziel_id, f.recht, f.gueltig_bis, f.grund
                  FROM subjekte s JOIN freigabe f ON f.mandant_id = :m AND f.subjekt_id = s.id WHERE gilt(f.gueltig_von, f.gueltig_bis)
                UNION ALL
                SELECT CASE WHEN e.akte_id IS NULL THEN 'vorgang' ELSE 'akte' END, e.id, 'person', e.person_id, NULL, NULL, CASE WHEN e.akte_id IS NULL THEN 'vorgang' ELSE 'akte' END,
                       coalesce(e.akte_id, e.vorgang_id), e.recht, e.gueltig_bis, e.grund
                  FROM einzelfreigabe e WHERE e.mandant_id = :m AND e.person_id = :person AND gilt(e.gueltig_von, e.gueltig_bis)
                UNION ALL
                SELECT DISTINCT ON (r.aufgabe_id) 'aufgabe', r.aufgabe_id, g.art, r.subjekt_id, NULL::uuid, CASE WHEN g.person_id <> :person THEN g.person_id END, 'vorgang',
                       r.vorgang_id, r.recht, NULL::timestamptz, ''
                  FROM faecher g JOIN aufgabenrecht r ON r.mandant_id = :m AND r.subjekt_id = g.id WHERE NOT r.persoenlich OR g.ganz)
            """;

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;

    Personenzugriffe(JdbcClient datenbank, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
    }

    @Transactional(readOnly = true)
    public Optional<Mensch> mensch(UUID person) {
        return datenbank.sql("""
                SELECT p.id, trim(p.vorname || ' ' || p.nachname) AS name, p.ermaechtigung, gilt(p.gueltig_von, p.gueltig_bis) AS gilt, p.art = 'technisch' AS technisch,
                       (SELECT string_agg(e.kuerzel || ' · ' || s.bezeichnung, ', ' ORDER BY e.kuerzel, s.id) FROM stellenbesetzung b
                          JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                         WHERE b.mandant_id = p.mandant_id AND b.person_id = p.id AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis)) AS stellen
                  FROM person p WHERE p.mandant_id = ? AND p.id = ?""").params(mandant(), person).query(Mensch.class).optional();
    }

    /** @param fragend what whoever asks may read: Akten and Vorgänge beyond that have no name here */
    @Transactional(readOnly = true)
    public Seite<Zeile> quellen(UUID person, Sicht fragend, Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                z -> List.of(z.folge, z.id),
                (stelle, hoechstens) -> frage(person, """
                        , benannt AS (
                            SELECT q.*, CASE q.art WHEN 'freigabe' THEN '1' WHEN 'akte' THEN '2' WHEN 'vorgang' THEN '3' ELSE '4' END || (3 - q.recht)
                                   || coalesce((SELECT k.kennzeichen FROM planknoten k WHERE k.mandant_id = :m AND k.id = q.ziel_id),
                                               (SELECT e.kuerzel FROM einheit e WHERE e.mandant_id = :m AND e.id = q.ziel_id), '') AS folge, :m AS mandant_id
                              FROM quelle q),
                        seite AS (SELECT * FROM benannt b WHERE %1$s ORDER BY %2$s LIMIT %3$d)
                        SELECT q.art, q.id, q.subjekt_art, q.subjekt_id, %4$s AS subjekt,
                               (SELECT e.kuerzel || ' · ' || t.bezeichnung FROM stelle t JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = t.einheit_id
                                 WHERE t.mandant_id = :m AND t.id = q.stelle_id) AS stelle,
                               (SELECT t.einheit_id FROM stelle t WHERE t.mandant_id = :m AND t.id = q.stelle_id) AS einheit_id,
                               (SELECT e.kuerzel || ' ' || e.name FROM stelle t JOIN einheit e ON e.mandant_id = t.mandant_id AND e.id = t.einheit_id
                                 WHERE t.mandant_id = :m AND t.id = q.stelle_id) AS einheit,
                               (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = :m AND p.id = q.wen) AS vertretener,
                               q.ziel_art, q.ziel_id,
                               CASE q.ziel_art WHEN 'akte' THEN (SELECT a.aktenzeichen || ' ' || a.titel FROM akte a WHERE a.mandant_id = :m AND a.id = q.ziel_id AND %5$s)
                                               WHEN 'vorgang' THEN (SELECT v.aktenzeichen || ' ' || v.titel FROM vorgang v WHERE v.mandant_id = :m AND v.id = q.ziel_id AND %6$s)
                                               ELSE %7$s END AS ziel,
                               q.recht, q.gueltig_bis,
                               -- What was written there may say what it is about.
                               CASE WHEN q.art = 'freigabe' OR EXISTS (SELECT FROM akte a WHERE a.mandant_id = :m AND a.id = q.ziel_id AND %5$s)
                                         OR EXISTS (SELECT FROM vorgang v WHERE v.mandant_id = :m AND v.id = q.ziel_id AND %6$s) THEN q.grund ELSE '' END AS grund, q.folge
                          FROM seite q ORDER BY %8$s""".formatted(
                                        NACH_QUELLE.bedingung("b", stelle),
                                        NACH_QUELLE.folge("b", stelle),
                                        hoechstens,
                                        Freigaben.subjekt("q"),
                                        fragend.aufAkte("a"),
                                        fragend.aufVorgang("v"),
                                        Freigaben.ziel("q"),
                                        NACH_QUELLE.folge("q", stelle)))
                        .params(NACH_QUELLE.parameter(stelle))
                        .params(fragend.parameter())
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public long anzahlQuellen(UUID person) {
        return frage(person, "SELECT count(*) FROM quelle").query(Long.class).single();
    }

    private JdbcClient.StatementSpec frage(UUID person, String rest) {
        var faecher = berechtigungen.postfaecher(person);
        return datenbank
                .sql(WURZEL + rest)
                .param("m", mandant())
                .param("person", person)
                .param("subjekte", feld(faecher.stream().map(Postfach::subjekt).toList()))
                .param("arten", feld(faecher.stream().map(Postfach::art).toList()))
                .param("personen", feld(faecher.stream().map(Postfach::person).toList()))
                .param(
                        "ganz",
                        feld(faecher.stream().map(Postfach::persoenliches).toList()));
    }

    /** How many Akten lie in which Schutzbereich, without those from which the person is excluded: no number may tell of them. */
    private static final String BESTAND = """
            (SELECT x.schutzbereich_id, x.anzahl FROM aktenbestand x WHERE x.mandant_id = :m
              UNION ALL SELECT a.schutzbereich_id, -1 FROM akte a WHERE a.mandant_id = :m AND a.id = ANY (CAST(:s_ausgeschlossen AS uuid[]))) b""";

    /** With how many Akten the person may do that, by Freigaben. */
    @Transactional(readOnly = true)
    public long akten(UUID person, Recht recht) {
        var sicht = berechtigungen.sicht(person, recht);
        return datenbank
                .sql("SELECT coalesce(sum(b.anzahl), 0) FROM " + BESTAND + " WHERE " + sicht.aufBereich("b"))
                .param("m", mandant())
                .params(sicht.parameter())
                .query(Long.class)
                .single();
    }

    /** How many of them lie below each of these targets of Freigaben. */
    @Transactional(readOnly = true)
    public Map<UUID, Long> aktenUnter(UUID person, List<Zeile> zeilen) {
        var ziele = zeilen.stream()
                .filter(z -> z.art.equals("freigabe"))
                .collect(Collectors.toMap(Zeile::zielId, Zeile::zielArt, (a, b) -> a));
        var anzahlen = new HashMap<UUID, Long>();
        if (ziele.isEmpty()) {
            return anzahlen;
        }
        var sicht = berechtigungen.sicht(person, Recht.LESEN);
        datenbank
                .sql("""
                WITH RECURSIVE
                ziel AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:arten AS text[])) AS t (id, art)),
                unter AS (
                    SELECT id AS ziel, art, id FROM ziel
                    UNION SELECT u.ziel, u.art, n.id FROM unter u JOIN LATERAL (
                        SELECT k.id FROM planknoten k WHERE u.art = 'plan' AND k.mandant_id = :m AND k.ueber_id = u.id
                        UNION ALL SELECT e.id FROM einheit e WHERE u.art = 'einheit' AND e.mandant_id = :m AND e.ueber_id = u.id) n ON true),
                bestand AS MATERIALIZED (
                    SELECT s.plan_knoten, s.einheit_id, s.sonder_id, sum(b.anzahl) AS anzahl FROM %s
                      JOIN schutzbereich s ON s.mandant_id = :m AND s.id = b.schutzbereich_id WHERE %s GROUP BY 1, 2, 3)
                SELECT u.ziel, sum(b.anzahl) FROM unter u JOIN bestand b ON b.plan_knoten = u.id AND b.sonder_id IS NULL WHERE u.art = 'plan' GROUP BY 1
                UNION ALL SELECT u.ziel, sum(b.anzahl) FROM unter u JOIN bestand b ON b.einheit_id = u.id AND b.sonder_id IS NULL WHERE u.art = 'einheit' GROUP BY 1
                UNION ALL SELECT u.ziel, sum(b.anzahl) FROM unter u JOIN bestand b ON b.sonder_id = u.id WHERE u.art = 'sonder' GROUP BY 1""".formatted(BESTAND, sicht.aufBereich("b")))
                .param("m", mandant())
                .param("ids", feld(List.copyOf(ziele.keySet())))
                .param("arten", ziele.keySet().stream().map(ziele::get).collect(Collectors.joining(",", "{", "}")))
                .params(sicht.parameter())
                .query((z, nr) -> anzahlen.put(z.getObject(1, UUID.class), z.getLong(2)))
                .list();
        return anzahlen;
    }

    /** From how many Akten the person is excluded; which ones, is said at the Akte. Not the own Personalakte: who looks at this page may be that person. */
    @Transactional(readOnly = true)
    public long ausgeschlossen(UUID person) {
        return datenbank
                .sql(
                        "SELECT count(*) FROM ausschluss WHERE mandant_id = ? AND person_id = ? AND art <> 'personalakte' AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), person)
                .query(Long.class)
                .single();
    }

    private static String feld(List<?> werte) {
        return werte.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }
}
