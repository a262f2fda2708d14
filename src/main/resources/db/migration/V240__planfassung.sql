-- The Aktenplan through time: where the retention begins, the order among siblings, what each position was when, what is planned for a day.

ALTER TABLE planknoten
    -- When the years begin: at the end of the calendar year of zdA, or on the day of zdA; NULL = as the position above.
    ADD COLUMN fristbeginn text CHECK (fristbeginn IN ('jahresende', 'zda')),
    -- Order among siblings; equal ones by Kennzeichen.
    ADD COLUMN rang int NOT NULL DEFAULT 0,
    -- Counts the changes: the second editor sees that somebody else was there.
    ADD COLUMN fassung int NOT NULL DEFAULT 1;

-- One row per Mandant: held while the plan is changed, so that two changes of it never overlap.
CREATE TABLE planbuch (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    stand      bigint NOT NULL DEFAULT 0,
    -- How many levels the plan may have.
    ebenen     smallint NOT NULL DEFAULT 6 CHECK (ebenen BETWEEN 1 AND 6)
);
SELECT mandant_schuetzen('planbuch', 'SELECT, INSERT, UPDATE');

-- What a position was from when on: the plan as of a day.
CREATE TABLE planstand (
    mandant_id       uuid NOT NULL,
    knoten_id        uuid NOT NULL,
    fassung          int NOT NULL,
    ab               timestamptz NOT NULL DEFAULT now(),
    ueber_id         uuid,
    kennzeichen      text NOT NULL,
    titel            text NOT NULL,
    aufbewahrung     smallint,
    aussonderungsart text,
    fristbeginn      text,
    rang             int NOT NULL,
    gueltig_von      timestamptz NOT NULL,
    gueltig_bis      timestamptz,
    PRIMARY KEY (mandant_id, knoten_id, fassung),
    FOREIGN KEY (mandant_id, knoten_id) REFERENCES planknoten (mandant_id, id)
);

-- Every Kennzeichen a position ever had: it is never given to another one.
CREATE TABLE plankennzeichen (
    mandant_id  uuid NOT NULL,
    kennzeichen text NOT NULL,
    knoten_id   uuid NOT NULL,
    PRIMARY KEY (mandant_id, kennzeichen),
    FOREIGN KEY (mandant_id, knoten_id) REFERENCES planknoten (mandant_id, id)
);
CREATE INDEX plankennzeichen_knoten ON plankennzeichen (mandant_id, knoten_id);

ALTER TABLE planknoten NO FORCE ROW LEVEL SECURITY;
INSERT INTO planstand
    SELECT mandant_id, id, fassung, gueltig_von, ueber_id, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, gueltig_von, gueltig_bis
      FROM planknoten;
INSERT INTO plankennzeichen SELECT mandant_id, kennzeichen, id FROM planknoten;
ALTER TABLE planknoten FORCE ROW LEVEL SECURITY;
SELECT mandant_schuetzen('planstand', 'SELECT, INSERT');
SELECT mandant_schuetzen('plankennzeichen', 'SELECT, INSERT, UPDATE');
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON planstand FOR EACH ROW EXECUTE FUNCTION unveraenderlich();

-- An update is only tried where a Kennzeichen would go to another position.
CREATE FUNCTION plankennzeichen_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Das Kennzeichen % gehört einer anderen Position des Aktenplans', OLD.kennzeichen USING ERRCODE = 'unique_violation';
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE OR DELETE ON plankennzeichen FOR EACH ROW EXECUTE FUNCTION plankennzeichen_bleibt();

CREATE FUNCTION planknoten_zaehlt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.fassung := OLD.fassung
        + ((NEW.ueber_id, NEW.kennzeichen, NEW.titel, NEW.aufbewahrung, NEW.aussonderungsart, NEW.fristbeginn, NEW.rang, NEW.gueltig_von, NEW.gueltig_bis)
           IS DISTINCT FROM
           (OLD.ueber_id, OLD.kennzeichen, OLD.titel, OLD.aufbewahrung, OLD.aussonderungsart, OLD.fristbeginn, OLD.rang, OLD.gueltig_von, OLD.gueltig_bis))::int;
    RETURN NEW;
END $$;
CREATE TRIGGER zaehlt BEFORE UPDATE ON planknoten FOR EACH ROW EXECUTE FUNCTION planknoten_zaehlt();

-- Whoever writes a position, by whatever way, leaves its Stand and takes its Kennzeichen for ever.
CREATE FUNCTION planstand_folgt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO planstand (mandant_id, knoten_id, fassung, ueber_id, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, gueltig_von, gueltig_bis)
    SELECT mandant_id, id, fassung, ueber_id, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, gueltig_von, gueltig_bis FROM neu
    ON CONFLICT DO NOTHING;
    -- Not by a join afterwards: planned for a small town, it took 15 s for 5,000 positions.
    INSERT INTO plankennzeichen AS k SELECT mandant_id, kennzeichen, id FROM neu
    ON CONFLICT (mandant_id, kennzeichen) DO UPDATE SET knoten_id = excluded.knoten_id WHERE k.knoten_id <> excluded.knoten_id;
    RETURN NULL;
END $$;
CREATE TRIGGER stand_neu AFTER INSERT ON planknoten REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION planstand_folgt();
CREATE TRIGGER stand_geaendert AFTER UPDATE ON planknoten REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION planstand_folgt();

-- A file between its preview and „Übernehmen“, and what is planned for a day. What was looked at is what is taken.
CREATE TABLE planfassung (
    mandant_id   uuid NOT NULL REFERENCES mandant,
    id           uuid NOT NULL,
    bezeichnung  text NOT NULL CHECK (length(bezeichnung) BETWEEN 1 AND 300),
    -- SHA-256 of the file; NULL for an edit.
    pruefsumme   text CHECK (pruefsumme ~ '^[0-9a-f]{64}$'),
    inhalt       bytea CHECK (octet_length(inhalt) <= 20971520),
    stand        text NOT NULL CHECK (stand IN ('vorschau', 'geplant', 'gilt', 'zurueckgenommen', 'gescheitert')),
    gilt_ab      date,
    -- The changes as JSON, each position before and after.
    aenderungen  text,
    neu          int NOT NULL DEFAULT 0,
    geaendert    int NOT NULL DEFAULT 0,
    beendet      int NOT NULL DEFAULT 0,
    ursache      text,
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    wirksam      timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    CHECK (stand NOT IN ('geplant', 'gilt') OR gilt_ab IS NOT NULL),
    CHECK (stand <> 'geplant' OR aenderungen IS NOT NULL)
);
CREATE INDEX planfassung_faellig ON planfassung (mandant_id, gilt_ab) WHERE stand = 'geplant';
SELECT mandant_schuetzen('planfassung', 'SELECT, INSERT, UPDATE');
