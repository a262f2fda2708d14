package de.federwerk.zugriff;

/** The head of every statement that asks from the thing who reaches it. */
final class Zugriffswurzel {

    /**
     * {@code quelle}: what opens the thing or a Vorgang in it; {@code glied}: whom each source reaches, and by which Stelle or Vertretung;
     * {@code wirksam}: those for whom it takes effect. Parameters :m, :bereich, :akte and, for a part of an Akte, :vorgang. At an Akte
     * only Vorgänge visible to whoever asks count: else its page would name what is shut in it. What opens a Dokument counts always, but
     * says neither title nor reason where its Vorgang is not {@code bekannt} to whoever asks.
     *
     * @param sichtbar a condition for the Vorgang v
     */
    static String sql(String sichtbar) {
        return """
            WITH RECURSIVE
            ort AS (SELECT plan_knoten, einheit_id, stufe, sonder_id FROM schutzbereich WHERE mandant_id = :m AND id = :bereich),
            plan AS (
                SELECT plan_knoten AS id FROM ort WHERE sonder_id IS NULL AND plan_knoten IS NOT NULL
                UNION SELECT k.ueber_id FROM planknoten k JOIN plan p ON k.mandant_id = :m AND k.id = p.id WHERE k.ueber_id IS NOT NULL),
            amt AS (
                SELECT einheit_id AS id FROM ort WHERE sonder_id IS NULL AND einheit_id IS NOT NULL
                UNION SELECT e.ueber_id FROM einheit e JOIN amt a ON e.mandant_id = :m AND e.id = a.id WHERE e.ueber_id IS NOT NULL),
            quelle AS (
                SELECT 'freigabe' AS art, f.id, f.subjekt_art, f.subjekt_id, f.ziel_art, f.ziel_id, f.recht, f.gueltig_von, f.gueltig_bis, f.grund,
                       CAST(NULL AS uuid) AS vorgang_id, (SELECT stufe FROM ort) AS stufe, false AS persoenlich, true AS bekannt
                  FROM freigabe f
                 WHERE f.mandant_id = :m AND gilt(f.gueltig_von, f.gueltig_bis)
                   AND (f.ziel_art = 'plan' AND f.ziel_id IN (SELECT id FROM plan) OR f.ziel_art = 'einheit' AND f.ziel_id IN (SELECT id FROM amt)
                        OR f.ziel_art = 'sonder' AND f.ziel_id = (SELECT sonder_id FROM ort))
                UNION ALL
                SELECT 'akte', e.id, 'person', e.person_id, 'akte', e.akte_id, e.recht, e.gueltig_von, e.gueltig_bis, e.grund, NULL, (SELECT stufe FROM ort), false, true
                  FROM einzelfreigabe e
                 WHERE e.mandant_id = :m AND e.akte_id = :akte AND gilt(e.gueltig_von, e.gueltig_bis) AND (SELECT sonder_id IS NULL FROM ort)
                UNION ALL
                SELECT 'vorgang', e.id, 'person', e.person_id, 'vorgang', e.vorgang_id, e.recht, e.gueltig_von, e.gueltig_bis,
                       CASE WHEN {sichtbar} THEN e.grund ELSE '' END, v.id,
                       CASE WHEN CAST(:vorgang AS uuid) IS NULL THEN s.stufe ELSE (SELECT stufe FROM ort) END, false, {sichtbar}
                  FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id
                  JOIN einzelfreigabe e ON e.mandant_id = v.mandant_id AND e.vorgang_id = v.id AND gilt(e.gueltig_von, e.gueltig_bis)
                 WHERE v.mandant_id = :m AND v.akte_id = :akte AND CASE WHEN CAST(:vorgang AS uuid) IS NULL THEN {sichtbar} ELSE v.id = :vorgang END
                UNION ALL
                SELECT 'aufgabe', r.aufgabe_id,
                       CASE WHEN EXISTS (SELECT FROM person p WHERE p.mandant_id = :m AND p.id = r.subjekt_id) THEN 'person'
                            WHEN EXISTS (SELECT FROM stelle t WHERE t.mandant_id = :m AND t.id = r.subjekt_id) THEN 'stelle' ELSE 'einheit' END,
                       r.subjekt_id, 'vorgang', r.vorgang_id, r.recht, NULL, NULL, '', v.id,
                       CASE WHEN CAST(:vorgang AS uuid) IS NULL THEN s.stufe ELSE (SELECT stufe FROM ort) END, r.persoenlich, {sichtbar}
                  FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id
                  JOIN aufgabenrecht r ON r.mandant_id = v.mandant_id AND r.vorgang_id = v.id
                 WHERE v.mandant_id = :m AND v.akte_id = :akte AND CASE WHEN CAST(:vorgang AS uuid) IS NULL THEN {sichtbar} ELSE v.id = :vorgang END),
            unter AS (
                SELECT DISTINCT subjekt_id AS oben, subjekt_id AS id FROM quelle WHERE art = 'freigabe' AND subjekt_art = 'einheit'
                UNION SELECT u.oben, e.id FROM einheit e JOIN unter u ON e.mandant_id = :m AND e.ueber_id = u.id),
            besetzt AS MATERIALIZED (
                SELECT b.person_id, s.id AS stelle_id, s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                  JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                 WHERE b.mandant_id = :m AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis) AND gilt(e.gueltig_von, e.gueltig_bis)),
            vertretung_heute AS (
                SELECT v.person_id, v.vertreter_id, v.persoenliches FROM vertretung v
                 WHERE v.mandant_id = :m AND heute() BETWEEN v.von AND v.bis AND v.beendet IS NULL AND v.vertreter_id IS NOT NULL),
            kette AS (
                SELECT person_id AS wen, vertreter_id AS wer, persoenliches FROM vertretung_heute
                UNION SELECT k.wen, v.vertreter_id, k.persoenliches AND v.persoenliches FROM kette k JOIN vertretung_heute v ON v.person_id = k.wer),
            selbst AS (
                SELECT q.art, q.id, q.subjekt_art, q.persoenlich, q.subjekt_id AS person_id, CAST(NULL AS uuid) AS stelle_id FROM quelle q WHERE q.subjekt_art = 'person'
                UNION ALL SELECT q.art, q.id, q.subjekt_art, q.persoenlich, b.person_id, b.stelle_id FROM quelle q JOIN besetzt b ON b.stelle_id = q.subjekt_id WHERE q.subjekt_art = 'stelle'
                UNION ALL SELECT q.art, q.id, q.subjekt_art, q.persoenlich, b.person_id, b.stelle_id FROM quelle q JOIN unter u ON u.oben = q.subjekt_id
                            JOIN besetzt b ON b.einheit_id = u.id WHERE q.subjekt_art = 'einheit' AND q.art = 'freigabe'
                UNION ALL SELECT q.art, q.id, q.subjekt_art, q.persoenlich, b.person_id, b.stelle_id FROM quelle q JOIN besetzt b ON b.einheit_id = q.subjekt_id
                           WHERE q.subjekt_art = 'einheit' AND q.art = 'aufgabe'
                UNION ALL SELECT q.art, q.id, q.subjekt_art, q.persoenlich, b.person_id, NULL FROM quelle q JOIN rolle r ON r.mandant_id = :m AND r.id = q.subjekt_id AND gilt(r.gueltig_von, r.gueltig_bis)
                            JOIN rollenbesetzung b ON b.mandant_id = :m AND b.rolle_id = r.id AND gilt(b.gueltig_von, b.gueltig_bis) WHERE q.subjekt_art = 'rolle'),
            glied AS (
                SELECT art, id, person_id, stelle_id, CAST(NULL AS uuid) AS wen FROM selbst
                -- Tasks of a person or Stelle come to the deputies, too; those of a team inbox do not.
                UNION SELECT s.art, s.id, k.wer, NULL, k.wen FROM selbst s JOIN kette k ON k.wen = s.person_id AND k.wer <> s.person_id
                 WHERE s.art = 'aufgabe' AND s.subjekt_art <> 'einheit' AND (NOT s.persoenlich OR k.persoenliches)),
            wirksam AS (
                SELECT g.*, q.recht, q.gueltig_bis, q.stufe, p.art = 'technisch' AS technisch,
                       gilt(p.gueltig_von, p.gueltig_bis) AND p.art <> 'notfall' AND p.ermaechtigung >= q.stufe
                       AND NOT EXISTS (SELECT FROM ausschluss x WHERE x.mandant_id = :m AND x.akte_id = :akte AND x.person_id = g.person_id AND gilt(x.gueltig_von, x.gueltig_bis)) AS wirkt
                  FROM glied g JOIN quelle q ON q.art = g.art AND q.id = g.id JOIN person p ON p.mandant_id = :m AND p.id = g.person_id)
            """.replace("{sichtbar}", sichtbar);
    }

    private Zugriffswurzel() {}
}
