-- All that goes out stands on the page where somebody decides, and whatever was decided is open again once the thing says something else.

DROP FUNCTION auskunft_veraltet(auskunftstreffer);
DROP FUNCTION auskunft_kopiestand(uuid, uuid, uuid);
DROP FUNCTION auskunft_stand(uuid, text, uuid);
DROP FUNCTION auskunft_angaben(uuid, text, uuid);
CREATE INDEX einsichtsstueck_ersatz ON einsichtsstueck (mandant_id, ersatz_id) WHERE ersatz_id IS NOT NULL;

-- All that goes out of a thing beside its file. 'kopie': a redacted copy, of which nothing goes out that somebody in the house wrote about it.
-- wege: how it was found; of some the person is told that there is more than is copied.
CREATE FUNCTION auskunft_angaben(m uuid, was text, ding uuid, wege text[]) RETURNS TABLE (name text, wert text) LANGUAGE sql STABLE AS $$
    SELECT x.name, x.wert FROM (
        SELECT 1 AS teil, '' AS folge, 'Titel' AS name, a.titel AS wert FROM akte a WHERE was = 'akte' AND a.mandant_id = m AND a.id = ding
        -- Of another kind than the Akte has now: held, and on no other page.
        UNION ALL SELECT 2, lpad(f.platz::text, 9, '0') || f.id, f.name || CASE WHEN f.aktenart_id IS DISTINCT FROM a.aktenart_id THEN ' (früheres Feld)' ELSE '' END, w.text
                    FROM aktenwert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id JOIN akte a ON a.mandant_id = w.mandant_id AND a.id = w.akte_id
                   WHERE was = 'akte' AND w.mandant_id = m AND w.akte_id = ding
        UNION ALL SELECT 1, '', 'Titel', v.titel FROM vorgang v WHERE was = 'vorgang' AND v.mandant_id = m AND v.id = ding
        UNION ALL SELECT 2, lpad(f.platz::text, 9, '0') || f.id, f.name || CASE WHEN f.aktenart_id IS DISTINCT FROM a.aktenart_id THEN ' (früheres Feld)' ELSE '' END, w.text
                    FROM vorgangswert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id JOIN vorgang v ON v.mandant_id = w.mandant_id AND v.id = w.vorgang_id
                    JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id
                   WHERE was = 'vorgang' AND w.mandant_id = m AND w.vorgang_id = ding
        UNION ALL SELECT 3, to_char(n.verfasst, 'YYYYMMDDHH24MISSUS') || n.id, 'Vermerk vom ' || to_char(n.verfasst AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'), n.text
                    FROM vermerk n WHERE was = 'vorgang' AND n.mandant_id = m AND n.vorgang_id = ding
        UNION ALL SELECT 4, lpad(p.platz::text, 9, '0') || p.id, 'Merkpunkt', p.text FROM merkpunkt p
                   WHERE was = 'vorgang' AND p.mandant_id = m AND p.vorgang_id = ding AND p.entfernt IS NULL
        UNION ALL SELECT 1, zeile.nr::text, zeile.name, zeile.wert FROM dokument d CROSS JOIN LATERAL (VALUES
                        (1, 'Titel', d.titel), (2, 'Art', d.dokumentart), (3, 'Absender', CASE WHEN was = 'dokument' THEN d.absender END),
                        (4, 'Schreiben vom', to_char(d.schreiben_vom, 'DD.MM.YYYY'))) zeile (nr, name, wert)
                   WHERE was IN ('dokument', 'kopie') AND d.mandant_id = m AND d.id = ding AND zeile.wert IS NOT NULL
        -- Who was given it by an Akteneinsicht; of a redacted copy also who was given the original.
        UNION ALL SELECT DISTINCT 2, e.empfaenger, 'Empfänger', e.empfaenger
                    FROM einsichtsstueck s JOIN akteneinsicht e ON e.mandant_id = s.mandant_id AND e.id = s.akteneinsicht_id
                   WHERE was IN ('dokument', 'kopie') AND s.mandant_id = m AND e.stand = 'fertig' AND s.wie IN ('vorgelegt', 'ersetzt')
                     AND (s.dokument_id = ding OR s.ersatz_id = ding
                          OR s.dokument_id = (SELECT z.dokument_id FROM schwaerzung z WHERE was = 'kopie' AND z.mandant_id = m AND z.kopie_id = ding))
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
        UNION ALL SELECT zeile.nr, '', zeile.name, zeile.wert FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id CROSS JOIN LATERAL (VALUES
                        (1, 'Titel', coalesce(nullif(f.titel, ''), f.dateiname)), (2, 'Absender', f.absender),
                        (3, 'Eingegangen', to_char(g.eingegangen AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY'))) zeile (nr, name, wert)
                   WHERE was = 'eingang' AND g.mandant_id = m AND g.id = ding AND zeile.wert <> ''
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
        -- Found there, and not copied: the person is to know that there is more.
        UNION ALL SELECT 9, mehr.weg, mehr.name, mehr.wert FROM (VALUES
                        ('frühere Version', 'Frühere Fassung', 'Auch in einer früheren Fassung kommen Angaben zu Ihrer Person vor; sie ist hier nicht kopiert. Auf Wunsch wird geprüft, ob Sie auch davon eine Kopie erhalten.'),
                        ('Ausleihe von Papier', 'Ausleihe', 'Ihr Name steht im Verzeichnis der Ausleihen dieses Papiers.'),
                        ('Empfänger einer Akteneinsicht', 'Akteneinsicht', 'Sie sind bei dieser Akte als Empfänger einer Akteneinsicht verzeichnet.'),
                        ('Name einer Teilakte', 'Teilakte', 'Eine Teilakte dieser Akte ist nach Ihnen benannt.')) mehr (weg, name, wert)
                   WHERE mehr.weg = ANY (wege)
        UNION ALL SELECT 9, 'Geschäftsgang', 'Geschäftsgang', 'Zu diesem Dokument gibt es Aufträge oder Bemerkungen aus einem Vorgang, in dem es früher lag; sie sind hier nicht kopiert. Auf Wunsch wird geprüft, ob Sie davon eine Kopie erhalten.'
                   WHERE was = 'dokument' AND 'Auftrag oder Bemerkung im Geschäftsgang' = ANY (wege)
                     AND EXISTS (SELECT FROM laufweg l JOIN dokument d ON d.mandant_id = l.mandant_id AND d.id = l.dokument_id
                                  WHERE l.mandant_id = m AND l.dokument_id = ding AND l.vorgang_id <> d.vorgang_id)
    ) x ORDER BY x.teil, x.folge
$$;

-- Changes with anything of it that would go out.
CREATE FUNCTION auskunft_stand(m uuid, was text, ding uuid, wege text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(
        coalesce((SELECT string_agg(a.name || chr(31) || a.wert, chr(30) ORDER BY a.nr) FROM auskunft_angaben(m, was, ding, wege) WITH ORDINALITY a (name, wert, nr)), '')
        || chr(29) || coalesce((SELECT max(v.nummer)::text FROM version v WHERE v.mandant_id = m AND v.dokument_id = ding), ''), 'UTF8')), 'hex')
$$;

-- Of a redacted copy: with a new Version of the original, too, which may say more.
CREATE FUNCTION auskunft_kopiestand(m uuid, original uuid, kopie uuid, wege text[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT auskunft_stand(m, 'kopie', kopie, wege) || '-' || coalesce((SELECT max(v.nummer) FROM version v WHERE v.mandant_id = m AND v.dokument_id = original), 0)
$$;

-- Decided, and not any more what somebody looked at: a new Version may name the person where the old one named another of the same name.
CREATE FUNCTION auskunft_veraltet(t auskunftstreffer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN t.entscheid = 'gehoert' THEN t.stand IS DISTINCT FROM auskunft_stand(t.mandant_id, t.art, t.objekt_id, t.wege)
        WHEN t.entscheid = 'geschwaerzt' THEN t.stand IS DISTINCT FROM auskunft_kopiestand(t.mandant_id, t.objekt_id, t.ersatz_id, t.wege)
        -- What was set aside before this was kept stays so.
        WHEN t.stand IS NOT NULL THEN t.stand <> auskunft_stand(t.mandant_id, t.art, t.objekt_id, t.wege)
        ELSE false END
$$;

-- Nobody can look at it, and it does not go out: it lies in the Papierkorb of an Entwurf (taken back, it is there again), or was an Eingang, which has
-- become Dokumente.
CREATE OR REPLACE FUNCTION auskunft_verworfen(t auskunftstreffer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT s.stufe > 9 FROM schutzbereich s WHERE s.mandant_id = t.mandant_id AND s.id = auskunft_schutzbereich(t.mandant_id, t.art, t.objekt_id)), false)
        OR t.art = 'eingang' AND EXISTS (SELECT FROM eingang g WHERE g.mandant_id = t.mandant_id AND g.id = t.objekt_id AND g.status = 'abgelegt')
$$;

-- An Eingang that is filed becomes its Dokumente here as well: they are looked at, redacted or withheld, each by itself.
CREATE FUNCTION auskunft_folgt_ablage(m uuid, welcher uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO auskunftstreffer (mandant_id, ersuchen_id, objekt_id, art, wege)
    SELECT t.mandant_id, t.ersuchen_id, d.id, 'dokument', array_append(t.wege, 'als Eingang gefunden')
      FROM auskunftstreffer t JOIN auskunftsersuchen e ON e.mandant_id = t.mandant_id AND e.id = t.ersuchen_id AND e.erledigt IS NULL
      JOIN eingang g ON g.mandant_id = t.mandant_id AND g.id = t.objekt_id AND g.status = 'abgelegt'
      JOIN dokument d ON d.mandant_id = g.mandant_id AND d.vorgang_id = g.vorgang_id AND d.eingang_id = g.id
     WHERE t.mandant_id = m AND t.objekt_id = welcher AND t.art = 'eingang'
    ON CONFLICT DO NOTHING
$$;
CREATE FUNCTION eingang_auskunft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM auskunft_folgt_ablage(NEW.mandant_id, NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER auskunft AFTER UPDATE OF status ON eingang FOR EACH ROW WHEN (OLD.status <> 'abgelegt' AND NEW.status = 'abgelegt') EXECUTE FUNCTION eingang_auskunft();

-- Row-level security binds the owner too (FORCE), and a migration has no Mandant.
ALTER TABLE auskunftsersuchen NO FORCE ROW LEVEL SECURITY;
ALTER TABLE auskunftstreffer NO FORCE ROW LEVEL SECURITY;
ALTER TABLE eingang NO FORCE ROW LEVEL SECURITY;
ALTER TABLE dokument NO FORCE ROW LEVEL SECURITY;
SELECT auskunft_folgt_ablage(t.mandant_id, t.objekt_id) FROM auskunftstreffer t WHERE t.art = 'eingang';
ALTER TABLE auskunftsersuchen FORCE ROW LEVEL SECURITY;
ALTER TABLE auskunftstreffer FORCE ROW LEVEL SECURITY;
ALTER TABLE eingang FORCE ROW LEVEL SECURITY;
ALTER TABLE dokument FORCE ROW LEVEL SECURITY;
