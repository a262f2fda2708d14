-- The life of Schriftgut: edited, closed, taken up again, moved to another place – and findable by whatever it was ever called.

ALTER TABLE akte ADD COLUMN zda_am timestamptz, ADD COLUMN zda_von uuid;
ALTER TABLE akte ADD CHECK ((stand = 'zda') = (zda_am IS NOT NULL));

-- What an Akte or a Vorgang was called before. 'vergeben': given by Federwerk or taken over, and never given again. 'alt': of the paper age, as
-- people type it; several Akten may have come from one.
CREATE TABLE frueheres_aktenzeichen (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    art        text NOT NULL CHECK (art IN ('vergeben', 'alt')),
    zeichen    text NOT NULL CHECK (length(zeichen) BETWEEN 1 AND 120),
    akte_id    uuid,
    vorgang_id uuid,
    bis        timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    CHECK ((akte_id IS NULL) <> (vorgang_id IS NULL)),
    CHECK (art = 'alt' OR bis IS NOT NULL)
);
CREATE UNIQUE INDEX frueheres_aktenzeichen_vergeben ON frueheres_aktenzeichen (mandant_id, zeichen, (akte_id IS NULL)) WHERE art = 'vergeben';
CREATE INDEX frueheres_aktenzeichen_akte ON frueheres_aktenzeichen (mandant_id, akte_id) WHERE akte_id IS NOT NULL;
CREATE INDEX frueheres_aktenzeichen_vorgang ON frueheres_aktenzeichen (mandant_id, vorgang_id) WHERE vorgang_id IS NOT NULL;
CREATE INDEX frueheres_aktenzeichen_zeichen ON frueheres_aktenzeichen (mandant_id, upper(zeichen));
-- DELETE for what was typed: an Altaktenzeichen can be mistyped. What was given stays, see the trigger.
SELECT mandant_schuetzen('frueheres_aktenzeichen', 'SELECT, INSERT, DELETE');
CREATE FUNCTION vergebenes_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ein vergebenes Aktenzeichen bleibt auffindbar (% verweigert)', TG_OP;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE OR DELETE ON frueheres_aktenzeichen FOR EACH ROW WHEN (OLD.art = 'vergeben') EXECUTE FUNCTION vergebenes_bleibt();

-- Whoever gives an Aktenzeichen – rule, import, hand – cannot give one that something else bore. Looked up once per statement; behind the
-- unique key, which makes two at once wait for each other.
CREATE FUNCTION aktenzeichen_frei() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    belegt text;
BEGIN
    SELECT n.aktenzeichen INTO belegt FROM neu n JOIN frueheres_aktenzeichen f
        ON f.mandant_id = n.mandant_id AND f.zeichen = n.aktenzeichen AND f.art = 'vergeben' AND (f.akte_id IS NULL) = (TG_TABLE_NAME = 'vorgang') LIMIT 1;
    IF belegt IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = 'Das Aktenzeichen ' || belegt || ' war schon vergeben';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER zeichen_frei AFTER INSERT ON akte REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION aktenzeichen_frei();
CREATE TRIGGER zeichen_frei AFTER INSERT ON vorgang REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION aktenzeichen_frei();
-- A transition table cannot be had together with a list of columns; a changed title is not looked at.
CREATE FUNCTION aktenzeichen_wechselt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM frueheres_aktenzeichen f WHERE f.mandant_id = NEW.mandant_id AND f.zeichen = NEW.aktenzeichen AND f.art = 'vergeben'
                  AND (f.akte_id IS NULL) = (TG_TABLE_NAME = 'vorgang')) THEN
        RAISE EXCEPTION USING ERRCODE = 'unique_violation', MESSAGE = 'Das Aktenzeichen ' || NEW.aktenzeichen || ' war schon vergeben';
    END IF;
    -- Kept here and not by whoever renames: no way leads past it.
    INSERT INTO frueheres_aktenzeichen (mandant_id, id, art, zeichen, akte_id, vorgang_id, bis)
    VALUES (NEW.mandant_id, gen_random_uuid(), 'vergeben', OLD.aktenzeichen, CASE TG_TABLE_NAME WHEN 'akte' THEN NEW.id END,
            CASE TG_TABLE_NAME WHEN 'vorgang' THEN NEW.id END, now());
    RETURN NULL;
END $$;
CREATE TRIGGER zeichen_wechselt AFTER UPDATE OF aktenzeichen ON akte FOR EACH ROW WHEN (OLD.aktenzeichen <> NEW.aktenzeichen) EXECUTE FUNCTION aktenzeichen_wechselt();
CREATE TRIGGER zeichen_wechselt AFTER UPDATE OF aktenzeichen ON vorgang FOR EACH ROW WHEN (OLD.aktenzeichen <> NEW.aktenzeichen) EXECUTE FUNCTION aktenzeichen_wechselt();

-- Every move, for ever: what, from where to where, by whom, why. The names are those of that day.
CREATE TABLE verlegung (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    art             text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    objekt_id       uuid NOT NULL,
    aus_akte_id     uuid NOT NULL,
    nach_akte_id    uuid NOT NULL,
    aus_vorgang_id  uuid,
    nach_vorgang_id uuid,
    -- The number a Dokument had: it is not given again in the Vorgang it left.
    aus_nummer      int,
    aus             text NOT NULL,
    nach            text NOT NULL,
    grund           text NOT NULL CHECK (length(grund) BETWEEN 1 AND 300),
    verlegt         timestamptz NOT NULL DEFAULT now(),
    verlegt_von     uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, aus_akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, nach_akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, verlegt_von) REFERENCES person (mandant_id, id)
);
CREATE INDEX verlegung_nach ON verlegung (mandant_id, nach_akte_id);
CREATE INDEX verlegung_aus ON verlegung (mandant_id, aus_akte_id);
CREATE INDEX verlegung_aus_vorgang ON verlegung (mandant_id, aus_vorgang_id) WHERE aus_vorgang_id IS NOT NULL;
SELECT mandant_schuetzen('verlegung', 'SELECT, INSERT');
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON verlegung FOR EACH ROW EXECUTE FUNCTION unveraenderlich();

-- A Vorgang that goes to another Akte takes along what lies in it. By the key, not by hand: nothing can be forgotten.
ALTER TABLE dokument DROP CONSTRAINT dokument_mandant_id_vorgang_id_akte_id_fkey,
    ADD FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE;
ALTER TABLE vermerk DROP CONSTRAINT vermerk_mandant_id_vorgang_id_akte_id_fkey,
    ADD FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE;
ALTER TABLE uebernahme_ziel DROP CONSTRAINT uebernahme_ziel_mandant_id_vorgang_id_akte_id_fkey,
    ADD FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE;
ALTER TABLE laufweg DROP CONSTRAINT laufweg_mandant_id_vorgang_id_akte_id_fkey,
    ADD FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE;
ALTER TABLE zeichnung DROP CONSTRAINT zeichnung_mandant_id_vorgang_id_akte_id_fkey,
    ADD FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE;

-- What was written stays as it was written; in which Akte it lies may change with its Vorgang.
CREATE FUNCTION unveraenderlich_ausser_ort() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - 'akte_id' = to_jsonb(NEW) - 'akte_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Tabelle % nimmt nur neue Zeilen auf (% verweigert)', TG_TABLE_NAME, TG_OP;
END $$;
CREATE OR REPLACE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON vermerk FOR EACH ROW EXECUTE FUNCTION unveraenderlich_ausser_ort();
CREATE OR REPLACE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON zeichnung FOR EACH ROW EXECUTE FUNCTION unveraenderlich_ausser_ort();

-- „Siehe auch“: from one piece of Schriftgut to another, seen at both ends by whoever sees both.
CREATE TABLE verweis (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    von_art      text NOT NULL CHECK (von_art IN ('akte', 'vorgang', 'dokument')),
    von_id       uuid NOT NULL,
    nach_art     text NOT NULL CHECK (nach_art IN ('akte', 'vorgang', 'dokument')),
    nach_id      uuid NOT NULL,
    -- 'kopie': the other end was made from this one.
    art          text NOT NULL DEFAULT 'verweis' CHECK (art IN ('verweis', 'kopie')),
    bemerkung    text NOT NULL DEFAULT '' CHECK (length(bemerkung) <= 300),
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    beendet      timestamptz,
    beendet_von  uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    CHECK (von_id <> nach_id),
    CHECK ((beendet IS NULL) = (beendet_von IS NULL))
);
CREATE INDEX verweis_von ON verweis (mandant_id, von_id) WHERE beendet IS NULL;
CREATE INDEX verweis_nach ON verweis (mandant_id, nach_id) WHERE beendet IS NULL;
CREATE UNIQUE INDEX verweis_einmal ON verweis (mandant_id, von_id, nach_id) WHERE beendet IS NULL;
SELECT mandant_schuetzen('verweis', 'SELECT, INSERT, UPDATE');
