-- What an Auskunft says of a thing is what somebody looked at: both are read here, and compared.

-- All that goes out of a thing beside its file. 'kopie': a redacted copy, of which nothing goes out that somebody in the house wrote about it.
CREATE FUNCTION auskunft_angaben(m uuid, was text, ding uuid) RETURNS TABLE (name text, wert text) LANGUAGE sql STABLE AS $$
    SELECT x.name, x.wert FROM (
        SELECT 1 AS teil, '' AS folge, 'Titel' AS name, a.titel AS wert FROM akte a WHERE was = 'akte' AND a.mandant_id = m AND a.id = ding
        UNION ALL SELECT 2, lpad(f.platz::text, 9, '0') || f.id, f.name, w.text FROM aktenwert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id
                   WHERE was = 'akte' AND w.mandant_id = m AND w.akte_id = ding
        UNION ALL SELECT 1, '', 'Titel', v.titel FROM vorgang v WHERE was = 'vorgang' AND v.mandant_id = m AND v.id = ding
        UNION ALL SELECT 2, lpad(f.platz::text, 9, '0') || f.id, f.name, w.text FROM vorgangswert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id
                   WHERE was = 'vorgang' AND w.mandant_id = m AND w.vorgang_id = ding
        UNION ALL SELECT 3, to_char(n.verfasst, 'YYYYMMDDHH24MISSUS') || n.id, 'Vermerk vom ' || to_char(n.verfasst AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'), n.text
                    FROM vermerk n WHERE was = 'vorgang' AND n.mandant_id = m AND n.vorgang_id = ding
        UNION ALL SELECT 4, lpad(p.platz::text, 9, '0') || p.id, 'Merkpunkt', p.text FROM merkpunkt p
                   WHERE was = 'vorgang' AND p.mandant_id = m AND p.vorgang_id = ding AND p.entfernt IS NULL
        UNION ALL SELECT 1, zeile.nr::text, zeile.name, zeile.wert FROM dokument d CROSS JOIN LATERAL (VALUES
                        (1, 'Titel', d.titel), (2, 'Art', d.dokumentart), (3, 'Absender', CASE WHEN was = 'dokument' THEN d.absender END),
                        (4, 'Schreiben vom', to_char(d.schreiben_vom, 'DD.MM.YYYY'))) zeile (nr, name, wert)
                   WHERE was IN ('dokument', 'kopie') AND d.mandant_id = m AND d.id = ding AND zeile.wert IS NOT NULL
        UNION ALL SELECT 3, to_char(n.verfasst, 'YYYYMMDDHH24MISSUS') || n.id, 'Vermerk vom ' || to_char(n.verfasst AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'), n.text
                    FROM dokumentvermerk n WHERE was = 'dokument' AND n.mandant_id = m AND n.dokument_id = ding
        UNION ALL SELECT 4, to_char(n.verfasst, 'YYYYMMDDHH24MISSUS') || n.id, 'Kommentar vom ' || to_char(n.verfasst AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'), n.text
                    FROM kommentar n WHERE was = 'dokument' AND n.mandant_id = m AND n.dokument_id = ding AND n.zurueckgezogen IS NULL
        -- Of a Laufweg what was to be done and what was said: with the Dokument it was about, or with the Vorgang.
        UNION ALL SELECT 5, to_char(l.begonnen, 'YYYYMMDDHH24MISSUS') || z.folge, z.name, z.wert FROM laufweg l CROSS JOIN LATERAL (
                        SELECT '1'::text || s.id AS folge, 'Auftrag im Geschäftsgang' AS name, s.auftrag AS wert FROM station s
                         WHERE s.mandant_id = l.mandant_id AND s.laufweg_id = l.id AND s.auftrag <> ''
                        UNION ALL SELECT '2'::text || k.id, 'Bemerkung im Geschäftsgang', k.bemerkung FROM zeichnung k
                         WHERE k.mandant_id = l.mandant_id AND k.laufweg_id = l.id AND k.bemerkung <> '') z
                   WHERE l.mandant_id = m AND (was = 'vorgang' AND l.vorgang_id = ding AND l.dokument_id IS NULL
                          OR was = 'dokument' AND l.dokument_id = ding AND l.vorgang_id = (SELECT d.vorgang_id FROM dokument d WHERE d.mandant_id = m AND d.id = ding))
        UNION ALL SELECT zeile.nr, '', zeile.name, zeile.wert FROM papierteil p CROSS JOIN LATERAL (VALUES
                        (1, 'Bezeichnung', p.titel), (2, 'Papier', 'liegt bei der Behörde; eine Kopie erhalten Sie auf Wunsch')) zeile (nr, name, wert)
                   WHERE was = 'papier' AND p.mandant_id = m AND p.id = ding
        UNION ALL SELECT zeile.nr, '', zeile.name, zeile.wert FROM person p CROSS JOIN LATERAL (VALUES
                        (1, 'Anmeldename', p.anmeldename), (2, 'Name', trim(p.vorname || ' ' || p.nachname)), (3, 'E-Mail', coalesce(p.email, '')),
                        (4, 'Konto seit', to_char(p.gueltig_von AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'))) zeile (nr, name, wert)
                   WHERE was = 'konto' AND p.mandant_id = m AND p.id = ding
        UNION ALL SELECT 5, to_char(b.gueltig_von, 'YYYYMMDDHH24MISSUS') || b.id, 'Stelle', e.kuerzel || ' ' || s.bezeichnung FROM stellenbesetzung b
                    JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id JOIN einheit e ON e.mandant_id = s.mandant_id AND e.id = s.einheit_id
                   WHERE was = 'konto' AND b.mandant_id = m AND b.person_id = ding
        UNION ALL SELECT 6, to_char(b.gueltig_von, 'YYYYMMDDHH24MISSUS') || b.id, 'Rolle', r.name FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                   WHERE was = 'konto' AND b.mandant_id = m AND b.person_id = ding
    ) x ORDER BY x.teil, x.folge
$$;

-- Changes with anything of it that would go out.
CREATE FUNCTION auskunft_stand(m uuid, was text, ding uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        coalesce((SELECT string_agg(a.name || chr(31) || a.wert, chr(30) ORDER BY a.nr) FROM auskunft_angaben(m, was, ding) WITH ORDINALITY a (name, wert, nr)), '')
        || chr(29) || coalesce((SELECT max(v.nummer)::text FROM version v WHERE v.mandant_id = m AND v.dokument_id = ding), ''), 'UTF8')), 'hex')
$$;

-- Of a redacted copy: with a new Version of the original, too, which may say more.
CREATE FUNCTION auskunft_kopiestand(m uuid, original uuid, kopie uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT auskunft_stand(m, 'kopie', kopie) || '-' || coalesce((SELECT max(v.nummer) FROM version v WHERE v.mandant_id = m AND v.dokument_id = original), 0)
$$;

-- Released, and not any more what somebody looked at.
CREATE FUNCTION auskunft_veraltet(t auskunftstreffer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE t.entscheid
        WHEN 'gehoert' THEN t.stand IS DISTINCT FROM auskunft_stand(t.mandant_id, t.art, t.objekt_id)
        WHEN 'geschwaerzt' THEN t.stand IS DISTINCT FROM auskunft_kopiestand(t.mandant_id, t.objekt_id, t.ersatz_id)
        ELSE false END
$$;

-- NULL: it has none, as an account.
CREATE FUNCTION auskunft_schutzbereich(m uuid, was text, ding uuid) RETURNS int LANGUAGE sql STABLE AS $$
    SELECT CASE was
        WHEN 'dokument' THEN (SELECT d.schutzbereich_id FROM dokument d WHERE d.mandant_id = m AND d.id = ding)
        WHEN 'vorgang' THEN (SELECT v.schutzbereich_id FROM vorgang v WHERE v.mandant_id = m AND v.id = ding)
        WHEN 'akte' THEN (SELECT a.schutzbereich_id FROM akte a WHERE a.mandant_id = m AND a.id = ding)
        WHEN 'eingang' THEN (SELECT g.schutzbereich_id FROM eingang g WHERE g.mandant_id = m AND g.id = ding)
        WHEN 'papier' THEN (SELECT coalesce(v.schutzbereich_id, a.schutzbereich_id) FROM papierteil p JOIN akte a ON a.mandant_id = p.mandant_id AND a.id = p.akte_id
                              LEFT JOIN vorgang v ON v.mandant_id = p.mandant_id AND v.id = p.vorgang_id WHERE p.mandant_id = m AND p.id = ding)
    END
$$;

-- It lies in the Papierkorb of an Entwurf: nobody can look at it, and it does not go out. Taken back, it is there again.
CREATE FUNCTION auskunft_verworfen(t auskunftstreffer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT s.stufe > 9 FROM schutzbereich s WHERE s.mandant_id = t.mandant_id AND s.id = auskunft_schutzbereich(t.mandant_id, t.art, t.objekt_id)), false)
$$;
