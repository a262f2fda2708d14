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
CREATE UNIQUE INDEX einschraenkung_offen ON einschraenkung (mandant_id, objekt_id) WHERE aufgehoben IS NULL;
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

-- Why none of these may be processed now; NULL if nothing hinders. The only wording, for pages and triggers.
CREATE FUNCTION einschraenkung_hindert(m uuid, objekte uuid[]) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT 'Die Verarbeitung ist eingeschränkt (Art. 18 DSGVO) seit ' || to_char(e.gesetzt AT TIME ZONE 'Europe/Berlin', 'DD.MM.YYYY') || ': '
           || CASE e.grund WHEN 'RICHTIGKEIT' THEN 'Die Richtigkeit ist bestritten' WHEN 'UNRECHTMAESSIG' THEN 'Die Verarbeitung war unrechtmäßig'
                           WHEN 'BENOETIGT' THEN 'Die Daten werden nur noch für Rechtsansprüche gebraucht' ELSE 'Es wurde Widerspruch eingelegt' END
           || '. Es wurde nichts geändert und nichts weitergegeben; gespeichert bleibt alles, und lesen können Sie es weiter. Muss es trotzdem verarbeitet werden, halten Sie unter '
           || '„Verarbeitung eingeschränkt“ auf der Seite fest, warum; sonst wenden Sie sich an den Datenschutz.'
      FROM einschraenkung e
     WHERE e.mandant_id = m AND e.objekt_id = ANY (objekte) AND e.aufgehoben IS NULL
       AND NOT EXISTS (SELECT FROM einschraenkung_ausnahme a
                        WHERE a.mandant_id = m AND a.einschraenkung_id = e.id AND a.beendet IS NULL AND a.bis >= heute())
     ORDER BY e.gesetzt, e.id LIMIT 1
$$;

-- The last line of defence: no path that writes goes past it. FW018 is shown to the person as it stands.
CREATE FUNCTION einschraenkung_verlangt_frei(m uuid, tabelle text, zeile jsonb) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    d uuid := CASE tabelle WHEN 'dokument' THEN zeile ->> 'id' WHEN 'verweis' THEN zeile ->> 'von_id' ELSE zeile ->> 'dokument_id' END;
    v uuid := CASE tabelle WHEN 'vorgang' THEN zeile ->> 'id' ELSE zeile ->> 'vorgang_id' END;
    a uuid := CASE tabelle WHEN 'akte' THEN zeile ->> 'id' ELSE zeile ->> 'akte_id' END;
    z uuid := zeile ->> 'gehoert_zu';
    warum text;
BEGIN
    IF tabelle = 'ausleihe' THEN
        SELECT p.vorgang_id, p.akte_id INTO v, a FROM papierteil p WHERE p.mandant_id = m AND p.id = (zeile ->> 'papierteil_id')::uuid;
    ELSIF d IS NOT NULL AND tabelle <> 'dokument' THEN
        SELECT x.vorgang_id, x.akte_id, x.gehoert_zu INTO v, a, z FROM dokument x WHERE x.mandant_id = m AND x.id = d;
    ELSIF v IS NOT NULL AND a IS NULL THEN
        SELECT x.akte_id INTO a FROM vorgang x WHERE x.mandant_id = m AND x.id = v;
    END IF;
    warum := einschraenkung_hindert(m, ARRAY[d, v, a, z]);
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
-- Read, given back, taken back: that may be.
CREATE TRIGGER einschraenkung BEFORE INSERT ON zeichnung FOR EACH ROW WHEN (NEW.ergebnis IN ('erledigt', 'stellung', 'gezeichnet', 'geaendert', 'abgelehnt'))
    EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON bearbeitungssperre FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON schwaerzung FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- A copy elsewhere is processing of what it was made from.
CREATE TRIGGER einschraenkung BEFORE INSERT ON verweis FOR EACH ROW WHEN (NEW.art = 'kopie' AND NEW.von_art = 'dokument') EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT ON ausleihe FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();

-- An Akteneinsicht gives away what is chosen for it, when it is begun and when it is put down.
CREATE FUNCTION einschraenkung_wahrt_einsicht() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    stueck jsonb;
BEGIN
    IF EXISTS (SELECT FROM einschraenkung e WHERE e.mandant_id = aktueller_mandant() AND e.aufgehoben IS NULL) THEN
        FOR stueck IN SELECT to_jsonb(d) FROM einsichtsstueck s JOIN dokument d ON d.mandant_id = s.mandant_id AND d.id = coalesce(s.ersatz_id, s.dokument_id)
                       WHERE s.mandant_id = NEW.mandant_id AND s.akteneinsicht_id = NEW.id AND s.wie IN ('vorgelegt', 'ersetzt') LOOP
            PERFORM einschraenkung_verlangt_frei(NEW.mandant_id, 'dokument', stueck);
        END LOOP;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER einschraenkung BEFORE UPDATE OF stand ON akteneinsicht FOR EACH ROW WHEN (NEW.stand IN ('wartet', 'fertig') AND OLD.stand <> NEW.stand)
    EXECUTE FUNCTION einschraenkung_wahrt_einsicht();
