-- The term of the Lesenachweis: who shortens it destroys evidence, so that needs the same two who may look into it. Longer keeps more about
-- people, but no more than 36 months, and takes nothing away; that the Datenschutz may do alone.

CREATE TABLE fristverkuerzung (
    mandant_id        uuid NOT NULL REFERENCES mandant,
    id                uuid NOT NULL,
    bisher            smallint NOT NULL,
    monate            smallint NOT NULL CHECK (monate BETWEEN 1 AND 36),
    vorgeschlagen     timestamptz NOT NULL DEFAULT now(),
    vorgeschlagen_von uuid NOT NULL,
    entschieden       timestamptz,
    entschieden_von   uuid,
    ergebnis          text CHECK (ergebnis IN ('bestaetigt', 'abgelehnt', 'zurueckgezogen')),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgeschlagen_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, entschieden_von) REFERENCES person (mandant_id, id),
    CHECK (monate < bisher),
    CHECK ((entschieden IS NULL) = (entschieden_von IS NULL) AND (entschieden IS NULL) = (ergebnis IS NULL)),
    CHECK (ergebnis <> 'bestaetigt' OR entschieden_von <> vorgeschlagen_von)
);
-- One at a time: of two that wait nobody would know which one holds afterwards.
CREATE UNIQUE INDEX fristverkuerzung_wartet ON fristverkuerzung (mandant_id) WHERE entschieden IS NULL;
CREATE INDEX fristverkuerzung_neueste ON fristverkuerzung (mandant_id, vorgeschlagen);
SELECT mandant_schuetzen('fristverkuerzung', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION fristverkuerzung_zu_zweit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.entschieden IS NOT NULL THEN
            RAISE EXCEPTION 'Ein Vorschlag beginnt unentschieden';
        END IF;
        NEW.vorgeschlagen := now();
        RETURN NEW;
    END IF;
    IF (NEW.bisher, NEW.monate, NEW.vorgeschlagen, NEW.vorgeschlagen_von) IS DISTINCT FROM
       (OLD.bisher, OLD.monate, OLD.vorgeschlagen, OLD.vorgeschlagen_von) OR OLD.entschieden IS NOT NULL THEN
        RAISE EXCEPTION 'Ein Vorschlag zur Aufbewahrung wird nicht nachträglich geändert';
    END IF;
    NEW.entschieden := now();
    -- As with an Einsicht: whoever gives roles could give himself the other one.
    IF NEW.ergebnis = 'bestaetigt' AND NOT (
           hat_rolle(NEW.mandant_id, NEW.vorgeschlagen_von, 'DATENSCHUTZ') AND hat_rolle(NEW.mandant_id, NEW.entschieden_von, 'PERSONALRAT')
           AND NOT hat_rolle(NEW.mandant_id, NEW.vorgeschlagen_von, 'ADMINISTRATION')
           AND NOT hat_rolle(NEW.mandant_id, NEW.entschieden_von, 'ADMINISTRATION')) THEN
        RAISE EXCEPTION 'Die Aufbewahrung kürzen nur Datenschutz und Personalrat gemeinsam';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER zu_zweit BEFORE INSERT OR UPDATE ON fristverkuerzung FOR EACH ROW EXECUTE FUNCTION fristverkuerzung_zu_zweit();

-- Shorter only within the transaction in which it was agreed to.
CREATE FUNCTION lesenachweisfrist_zu_zweit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Asked, not OLD: of INSERT … ON CONFLICT the trigger for INSERT runs, too.
    IF NEW.monate < coalesce((SELECT f.monate FROM lesenachweisfrist f WHERE f.mandant_id = NEW.mandant_id), 12)
       AND NOT EXISTS (SELECT FROM fristverkuerzung v WHERE v.mandant_id = NEW.mandant_id AND v.monate = NEW.monate
                          AND v.ergebnis = 'bestaetigt' AND v.entschieden = now()) THEN
        RAISE EXCEPTION 'Die Aufbewahrung kürzen nur Datenschutz und Personalrat gemeinsam';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER zu_zweit BEFORE INSERT OR UPDATE ON lesenachweisfrist FOR EACH ROW EXECUTE FUNCTION lesenachweisfrist_zu_zweit();

-- Somebody may still agree; seven days, then a request has lapsed.
CREATE FUNCTION einsicht_wartet(e einsicht) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT e.zugestimmt IS NULL AND e.beendet IS NULL AND e.beantragt > now() - interval '7 days'
$$;

-- What is being looked for stays until it was looked at, whatever the term says. By the hour, not by einsicht_offen: a role that is lost may
-- come back within it.
CREATE FUNCTION lesenachweis_gebraucht(m uuid, akte uuid, wann timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM einsicht e WHERE e.mandant_id = m AND e.akte_id = akte AND wann >= e.von AND wann < e.bis AND e.beendet IS NULL
                      AND (einsicht_wartet(e) OR now() < e.zugestimmt + interval '60 minutes'))
$$;
CREATE INDEX einsicht_laufend ON einsicht (mandant_id, akte_id) WHERE beendet IS NULL;

CREATE OR REPLACE FUNCTION lesenachweis_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.zeit >= lesenachweis_grenze(OLD.mandant_id) THEN
        RAISE EXCEPTION 'Der Lesenachweis wird erst nach Ablauf seiner Frist gelöscht';
    END IF;
    -- Passed over, not refused: the others of the same day may go.
    IF lesenachweis_gebraucht(OLD.mandant_id, OLD.akte_id, OLD.zeit) THEN
        RETURN NULL;
    END IF;
    RETURN OLD;
END $$;
