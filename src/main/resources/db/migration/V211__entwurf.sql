-- An Akte or a Vorgang begins as an Entwurf if somebody wants that: with a name for the time being, without an Aktenzeichen. Only an Entwurf can be
-- thrown away; what was registered leaves by Aussonderung.
ALTER TABLE akte ADD COLUMN entwurf boolean NOT NULL DEFAULT false;
ALTER TABLE akte ADD CHECK (NOT entwurf OR stand = 'offen');
ALTER TABLE vorgang ADD COLUMN entwurf boolean NOT NULL DEFAULT false;
ALTER TABLE vorgang ADD CHECK (NOT entwurf OR stand = 'in_bearbeitung');
-- What was registered stays registered.
CREATE FUNCTION registriert_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Was registriert ist, wird nicht wieder Entwurf';
END $$;
CREATE TRIGGER registriert_bleibt BEFORE UPDATE OF entwurf ON akte FOR EACH ROW WHEN (NEW.entwurf AND NOT OLD.entwurf) EXECUTE FUNCTION registriert_bleibt();
CREATE TRIGGER registriert_bleibt BEFORE UPDATE OF entwurf ON vorgang FOR EACH ROW WHEN (NEW.entwurf AND NOT OLD.entwurf) EXECUTE FUNCTION registriert_bleibt();

-- 10: in the Papierkorb. Nobody's Ermächtigung (0 to 9) reaches it, so that lists, counts, search, tasks and feeds pass it over by the rule they
-- follow anyway.
ALTER TABLE schutzbereich DROP CONSTRAINT schutzbereich_stufe_check;
ALTER TABLE schutzbereich ADD CHECK (stufe BETWEEN 0 AND 10);

CREATE TABLE papierkorb (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    art          text NOT NULL CHECK (art IN ('akte', 'vorgang')),
    akte_id      uuid NOT NULL,
    verworfen    timestamptz NOT NULL DEFAULT now(),
    verworfen_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, verworfen_von) REFERENCES person (mandant_id, id)
);
CREATE INDEX papierkorb_person ON papierkorb (mandant_id, verworfen_von, verworfen DESC, id DESC);
-- DELETE: what was taken out again lies in it no more.
SELECT mandant_schuetzen('papierkorb', 'SELECT, INSERT, UPDATE, DELETE');

-- Which Stufe each part had, to get it back.
CREATE TABLE papierkorb_stueck (
    mandant_id    uuid NOT NULL,
    papierkorb_id uuid NOT NULL,
    objekt_id     uuid NOT NULL,
    stufe         smallint NOT NULL,
    PRIMARY KEY (mandant_id, papierkorb_id, objekt_id),
    FOREIGN KEY (mandant_id, papierkorb_id) REFERENCES papierkorb (mandant_id, id) ON DELETE CASCADE
);
SELECT mandant_schuetzen('papierkorb_stueck', 'SELECT, INSERT');
