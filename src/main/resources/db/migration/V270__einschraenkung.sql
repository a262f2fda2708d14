-- Einschränkung der Verarbeitung (Art. 18 DSGVO): what is under it stays stored and can be read, and is neither changed nor given away.

CREATE TABLE einschraenkung (
    mandant_id       uuid NOT NULL,
    id               uuid NOT NULL,
    art              text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    objekt_id        uuid NOT NULL,
    grund            text NOT NULL CHECK (grund IN ('RICHTIGKEIT', 'UNRECHTMAESSIG', 'BENOETIGT', 'WIDERSPRUCH')),
    begruendung      text NOT NULL CHECK (length(begruendung) BETWEEN 1 AND 1000),
    -- When somebody looks at it again; it does not end by itself, because the person is told before (Art. 18 (3)).
    pruefen_am       date,
    gesetzt          timestamptz NOT NULL DEFAULT now(),
    gesetzt_von      uuid NOT NULL,
    aufgehoben       timestamptz,
    aufgehoben_von   uuid,
    unterrichtet_am  date,
    aufhebungsgrund  text CHECK (length(aufhebungsgrund) BETWEEN 1 AND 1000),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, gesetzt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, aufgehoben_von) REFERENCES person (mandant_id, id),
    CHECK ((aufgehoben IS NULL) = (aufgehoben_von IS NULL)),
    CHECK (aufgehoben IS NULL OR unterrichtet_am IS NOT NULL AND aufhebungsgrund IS NOT NULL)
);
-- Not unique: two people may each ask for it, and what one of them gets lifted stays locked for the other.
CREATE INDEX einschraenkung_offen ON einschraenkung (mandant_id, objekt_id) WHERE aufgehoben IS NULL;
CREATE INDEX einschraenkung_neueste ON einschraenkung (mandant_id, gesetzt, id);
SELECT mandant_schuetzen('einschraenkung', 'SELECT, INSERT, UPDATE (aufgehoben, aufgehoben_von, unterrichtet_am, aufhebungsgrund)');

-- Art. 18 (2): processed all the same, on one of its four grounds, until a day.
CREATE TABLE einschraenkung_ausnahme (
    mandant_id        uuid NOT NULL,
    id                uuid NOT NULL,
    einschraenkung_id uuid NOT NULL,
    grundlage         text NOT NULL CHECK (grundlage IN ('EINWILLIGUNG', 'RECHTSANSPRUECHE', 'SCHUTZ_ANDERER', 'OEFFENTLICHES_INTERESSE')),
    begruendung       text NOT NULL CHECK (length(begruendung) BETWEEN 1 AND 1000),
    bis               date NOT NULL,
    geoeffnet         timestamptz NOT NULL DEFAULT now(),
    geoeffnet_von     uuid NOT NULL,
    beendet           timestamptz,
    beendet_von       uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, einschraenkung_id) REFERENCES einschraenkung (mandant_id, id),
    FOREIGN KEY (mandant_id, geoeffnet_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, beendet_von) REFERENCES person (mandant_id, id),
    CHECK ((beendet IS NULL) = (beendet_von IS NULL))
);
CREATE INDEX einschraenkung_ausnahme_zu ON einschraenkung_ausnahme (mandant_id, einschraenkung_id, geoeffnet DESC);
SELECT mandant_schuetzen('einschraenkung_ausnahme', 'SELECT, INSERT, UPDATE (beendet, beendet_von)');

-- What was put on record stays: it is lifted once, and an exception is ended once.
CREATE FUNCTION einschraenkung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'einschraenkung' THEN
        IF OLD.aufgehoben IS NOT NULL THEN
            RAISE EXCEPTION 'Eine aufgehobene Einschränkung wird nicht mehr geändert';
        END IF;
    ELSIF OLD.beendet IS NOT NULL THEN
        RAISE EXCEPTION 'Eine beendete Ausnahme wird nicht mehr geändert';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON einschraenkung FOR EACH ROW EXECUTE FUNCTION einschraenkung_bleibt();
CREATE TRIGGER bleibt BEFORE UPDATE ON einschraenkung_ausnahme FOR EACH ROW EXECUTE FUNCTION einschraenkung_bleibt();

-- These, and what their Dokumente are Anlagen of, however deep: a mail, the mail it came in, …
CREATE FUNCTION einschraenkung_kette(m uuid, objekte uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE kette AS (
        SELECT d.gehoert_zu FROM dokument d WHERE d.mandant_id = m AND d.id = ANY (objekte) AND d.gehoert_zu IS NOT NULL
        UNION
        SELECT d.gehoert_zu FROM kette k JOIN dokument d ON d.mandant_id = m AND d.id = k.gehoert_zu AND d.gehoert_zu IS NOT NULL)
    SELECT objekte || ARRAY(SELECT gehoert_zu FROM kette)
$$;

-- And the Vorgang and the Akte they lie in.
CREATE FUNCTION einschraenkung_darueber(m uuid, objekte uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT k.kette || ARRAY(SELECT d.vorgang_id FROM dokument d WHERE d.mandant_id = m AND d.id = ANY (k.kette))
           || ARRAY(SELECT d.akte_id FROM dokument d WHERE d.mandant_id = m AND d.id = ANY (k.kette))
           || ARRAY(SELECT v.akte_id FROM vorgang v WHERE v.mandant_id = m AND v.id = ANY (k.kette))
      FROM (SELECT einschraenkung_kette(m, objekte) AS kette) k
$$;

-- Why none of these, with what they lie in, may be processed now; NULL if nothing hinders. The only wording, for pages and triggers.
CREATE FUNCTION einschraenkung_hindert(m uuid, objekte uuid[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT 'Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO) seit ' || to_char(e.gesetzt AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY') || ': '
           || CASE e.grund WHEN 'RICHTIGKEIT' THEN 'Die Richtigkeit ist bestritten' WHEN 'UNRECHTMAESSIG' THEN 'Die Verarbeitung war unrechtmäßig'
                           WHEN 'BENOETIGT' THEN 'Die Daten werden nur noch für Rechtsansprüche gebraucht' ELSE 'Es wurde Widerspruch eingelegt' END
           || '. Es wurde nichts geändert und nichts weitergegeben; gespeichert bleibt alles, und lesen können Sie es weiter. Muss es trotzdem verarbeitet werden, halten Sie unter '
           || '„Verarbeitung eingeschränkt“ auf der Seite fest, warum; sonst wenden Sie sich an den Datenschutz.'
      FROM einschraenkung e
     WHERE e.mandant_id = m AND e.objekt_id IN (SELECT unnest(einschraenkung_darueber(m, objekte))) AND e.aufgehoben IS NULL
       AND NOT EXISTS (SELECT FROM einschraenkung_ausnahme a
                        WHERE a.mandant_id = m AND a.einschraenkung_id = e.id AND a.beendet IS NULL AND a.bis >= heute())
     ORDER BY e.gesetzt, e.id LIMIT 1
$$;

-- The last line of defence: no path that writes goes past it. FW018 is shown to the person as it stands.
CREATE FUNCTION einschraenkung_verlangt_frei(m uuid, tabelle text, zeile jsonb) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    -- Whatever the row says of where it belongs; what that lies in is found from there.
    objekte uuid[] := ARRAY[zeile ->> 'objekt_id', zeile ->> 'dokument_id', zeile ->> 'vorgang_id', zeile ->> 'akte_id', zeile ->> 'gehoert_zu']::uuid[];
    warum text;
BEGIN
    CASE tabelle
        WHEN 'akte', 'vorgang', 'dokument' THEN
            objekte := objekte || (zeile ->> 'id')::uuid;
        WHEN 'verweis' THEN
            objekte := objekte || (zeile ->> 'von_id')::uuid;
        WHEN 'station' THEN
            objekte := objekte || ARRAY(SELECT l.dokument_id FROM laufweg l WHERE l.mandant_id = m AND l.id = (zeile ->> 'laufweg_id')::uuid);
        WHEN 'ausleihe' THEN
            objekte := objekte || ARRAY(SELECT unnest(ARRAY[p.vorgang_id, p.akte_id]) FROM papierteil p WHERE p.mandant_id = m AND p.id = (zeile ->> 'papierteil_id')::uuid);
        ELSE
            NULL;
    END CASE;
    warum := einschraenkung_hindert(m, objekte);
    IF warum IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'FW018', MESSAGE = warum;
    END IF;
END $$;

CREATE FUNCTION einschraenkung_wahren() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Nearly always there is none in this Mandant: then this is all it costs.
    IF EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = aktueller_mandant() AND e.aufgehoben IS NULL) THEN
        IF TG_OP <> 'INSERT' THEN
            PERFORM einschraenkung_verlangt_frei(OLD.mandant_id, TG_TABLE_NAME, to_jsonb(OLD));
        END IF;
        IF TG_OP <> 'DELETE' THEN
            PERFORM einschraenkung_verlangt_frei(NEW.mandant_id, TG_TABLE_NAME, to_jsonb(NEW));
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

-- Who answers for it (unit, clerk) and who may see it is none of the data; a town that rebuilds its units does not stumble over a restricted Akte.
CREATE TRIGGER einschraenkung BEFORE UPDATE OF titel, aktenzeichen, planknoten_id, stand, aktenart_id ON akte FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- Once per statement: an import files thousands of rows with one.
CREATE FUNCTION einschraenkung_wahrt_neue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = aktueller_mandant() AND e.aufgehoben IS NULL) THEN
        -- What comes in by the post is filed: storing is what Art. 18 (2) leaves.
        PERFORM einschraenkung_verlangt_frei(n.mandant_id, TG_TABLE_NAME, to_jsonb(n)) FROM neu n WHERE to_jsonb(n) ->> 'eingang_id' IS NULL;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER einschraenkung_neu AFTER INSERT ON vorgang REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION einschraenkung_wahrt_neue();
CREATE TRIGGER einschraenkung_neu AFTER INSERT ON dokument REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION einschraenkung_wahrt_neue();
CREATE TRIGGER einschraenkung BEFORE UPDATE OF titel, aktenzeichen, akte_id, stand ON vorgang FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE UPDATE OF titel, dokumentart, absender, schreiben_vom, eingegangen, vorgang_id, akte_id, nummer, gehoert_zu ON dokument
    FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- The first Version comes with its Dokument.
CREATE TRIGGER einschraenkung BEFORE INSERT ON version FOR EACH ROW WHEN (NEW.nummer > 1) EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON vermerk FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON dokumentvermerk FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT OR UPDATE OR DELETE ON aktenwert FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON laufweg FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- A running one takes on nobody new.
CREATE TRIGGER einschraenkung BEFORE INSERT ON station FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- Read, given back, taken back: that may be.
CREATE TRIGGER einschraenkung BEFORE INSERT ON zeichnung FOR EACH ROW WHEN (NEW.ergebnis IN ('erledigt', 'stellung', 'gezeichnet', 'geaendert', 'abgelehnt', 'uebersprungen'))
    EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON bearbeitungssperre FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON schwaerzung FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- A draft that was begun before is not burnt; it can be thrown away.
CREATE TRIGGER einschraenkung_brennt BEFORE UPDATE OF stand ON schwaerzung FOR EACH ROW WHEN (NEW.stand IN ('wartet', 'fertig') AND OLD.stand <> NEW.stand)
    EXECUTE FUNCTION einschraenkung_wahren();
-- A copy elsewhere is processing of what it was made from.
CREATE TRIGGER einschraenkung BEFORE INSERT ON verweis FOR EACH ROW WHEN (NEW.art = 'kopie' AND NEW.von_art = 'dokument') EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON ausleihe FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- An Entwurf is not thrown away, alone or with the Akte it lies in: from the Papierkorb nobody but one person could read it. Taken out again it may be.
CREATE TRIGGER einschraenkung BEFORE INSERT ON papierkorb_stueck FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();

-- An Akteneinsicht gives away what is chosen for it, and with each piece, shown or withheld, title, Vermerke and history of its Vorgang. A redacted
-- copy is made from its original.
CREATE FUNCTION einschraenkung_hindert_einsicht(m uuid, einsicht uuid) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT einschraenkung_hindert(m, e.akte_id || e.vorgaenge
           || ARRAY(SELECT d.vorgang_id FROM einsichtsstueck s JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id = s.dokument_id
                     WHERE s.mandant_id = m AND s.akteneinsicht_id = e.id AND s.wie <> 'ausgelassen')
           || ARRAY(SELECT unnest(ARRAY[s.dokument_id, s.ersatz_id]) FROM einsichtsstueck s
                     WHERE s.mandant_id = m AND s.akteneinsicht_id = e.id AND s.wie IN ('vorgelegt', 'ersetzt')))
      FROM akteneinsicht e
     WHERE e.mandant_id = m AND e.id = einsicht AND EXISTS (SELECT FROM einschraenkung x WHERE x.mandant_id = m AND x.aufgehoben IS NULL)
$$;
-- Asked when it is begun and when it is put down; and by whoever fetches it.
CREATE FUNCTION einschraenkung_wahrt_einsicht() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    warum text := einschraenkung_hindert_einsicht(NEW.mandant_id, NEW.id);
BEGIN
    IF warum IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'FW018', MESSAGE = warum;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER einschraenkung BEFORE UPDATE OF stand ON akteneinsicht FOR EACH ROW WHEN (NEW.stand IN ('wartet', 'fertig') AND OLD.stand <> NEW.stand)
    EXECUTE FUNCTION einschraenkung_wahrt_einsicht();
