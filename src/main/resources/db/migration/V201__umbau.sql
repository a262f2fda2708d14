-- The Umbau of the house: units are renamed, moved, merged, split, ended on a day, and what hangs on them goes with them.

-- Who has taken over what a unit led that is no more.
ALTER TABLE einheit ADD COLUMN nachfolger_id uuid;
ALTER TABLE einheit ADD FOREIGN KEY (mandant_id, nachfolger_id) REFERENCES einheit (mandant_id, id);
ALTER TABLE einheit ADD CHECK (nachfolger_id <> id);

-- A Kürzel is free again once its unit has ended: the SG 66.2 of tomorrow may be another one.
ALTER TABLE einheit DROP CONSTRAINT einheit_mandant_id_kuerzel_key;
CREATE UNIQUE INDEX einheit_kuerzel ON einheit (mandant_id, kuerzel) WHERE gueltig_bis IS NULL;

-- Never below itself. Two moves at once could close a circle that neither sees: they wait for one another, by the same lock as Einmal takes.
CREATE FUNCTION einheit_ohne_kreis() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.ueber_id IS NULL OR TG_OP = 'UPDATE' AND NEW.ueber_id IS NOT DISTINCT FROM OLD.ueber_id THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.mandant_id::text || ' 00000000-0000-8000-8000-000000000201', 0));
    IF EXISTS (WITH RECURSIVE darueber (id) AS (
                   SELECT NEW.ueber_id
                   UNION SELECT e.ueber_id FROM einheit e JOIN darueber d ON e.mandant_id = NEW.mandant_id AND e.id = d.id WHERE e.ueber_id IS NOT NULL)
               SELECT FROM darueber WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'Eine Einheit steht nie unter sich selbst' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER einheit_ohne_kreis BEFORE INSERT OR UPDATE OF ueber_id ON einheit FOR EACH ROW EXECUTE FUNCTION einheit_ohne_kreis();

CREATE TABLE umbau (
    mandant_id      uuid NOT NULL REFERENCES mandant,
    id              uuid NOT NULL,
    titel           text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    -- In Europe/Berlin; carried out in its first minutes, or at once if it is today.
    tag             date NOT NULL,
    stand           text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'beschlossen', 'ausgefuehrt', 'gescheitert', 'verworfen')),
    -- Counts the changes of its steps: who decides has seen what he decides.
    fassung         int NOT NULL DEFAULT 1,
    ursache         text,
    angelegt        timestamptz NOT NULL DEFAULT now(),
    angelegt_von    uuid NOT NULL,
    beschlossen     timestamptz,
    beschlossen_von uuid,
    ausgefuehrt     timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, beschlossen_von) REFERENCES person (mandant_id, id),
    CHECK ((stand = 'ausgefuehrt') = (ausgefuehrt IS NOT NULL)),
    CHECK (stand NOT IN ('beschlossen', 'ausgefuehrt') OR beschlossen_von IS NOT NULL)
);
CREATE INDEX umbau_faellig ON umbau (mandant_id, tag) WHERE stand = 'beschlossen';
SELECT mandant_schuetzen('umbau', 'SELECT, INSERT, UPDATE');

-- Steps in their order. Units by id and without foreign key: a step may name one that an earlier step sets up.
CREATE TABLE umbauschritt (
    mandant_id uuid NOT NULL,
    umbau_id   uuid NOT NULL,
    nummer     int NOT NULL CHECK (nummer BETWEEN 1 AND 200),
    art        text NOT NULL CHECK (art IN ('einrichten', 'umbenennen', 'verschieben', 'zusammenlegen', 'teilen', 'beenden')),
    einheit_id uuid NOT NULL,
    ziel_id    uuid,
    kuerzel    text CHECK (length(kuerzel) BETWEEN 1 AND 40),
    name       text CHECK (length(name) BETWEEN 1 AND 200),
    stellen    uuid[] NOT NULL DEFAULT '{}',
    positionen uuid[] NOT NULL DEFAULT '{}',
    akten      uuid[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (mandant_id, umbau_id, nummer),
    FOREIGN KEY (mandant_id, umbau_id) REFERENCES umbau (mandant_id, id),
    CHECK (ziel_id <> einheit_id),
    CHECK ((art IN ('einrichten', 'umbenennen')) = (kuerzel IS NOT NULL AND name IS NOT NULL)),
    CHECK (art NOT IN ('zusammenlegen', 'teilen', 'beenden') OR ziel_id IS NOT NULL)
);
SELECT mandant_schuetzen('umbauschritt', 'SELECT, INSERT, DELETE');

-- What went from where to where, and whose access changed by it: the record that stays. Names as they were.
CREATE TABLE umbauzuordnung (
    mandant_id uuid NOT NULL,
    umbau_id   uuid NOT NULL,
    nummer     int NOT NULL,
    schritt    int NOT NULL,
    was        text NOT NULL,
    von_id     uuid,
    von        text NOT NULL,
    nach_id    uuid,
    nach       text NOT NULL,
    anzahl     bigint NOT NULL,
    namen      text NOT NULL DEFAULT '',
    PRIMARY KEY (mandant_id, umbau_id, nummer),
    FOREIGN KEY (mandant_id, umbau_id) REFERENCES umbau (mandant_id, id)
);
SELECT mandant_schuetzen('umbauzuordnung', 'SELECT, INSERT');

CREATE TABLE umbauzugriff (
    mandant_id uuid NOT NULL,
    umbau_id   uuid NOT NULL,
    nummer     int NOT NULL,
    person_id  uuid NOT NULL,
    name       text NOT NULL,
    gewinnt    boolean NOT NULL,
    was        text NOT NULL,
    PRIMARY KEY (mandant_id, umbau_id, nummer),
    FOREIGN KEY (mandant_id, umbau_id) REFERENCES umbau (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('umbauzugriff', 'SELECT, INSERT');

-- The index carries the Kürzel of the unit. What a unit leads is noted for it in small batches afterwards, so that the Umbau itself does not
-- grow with the Dokumente; rights do not wait for it.
CREATE TABLE umbaunachzug (
    mandant_id uuid NOT NULL,
    einheit_id uuid NOT NULL,
    art        text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    -- Everything up to this id is noted.
    nach       uuid,
    PRIMARY KEY (mandant_id, einheit_id, art),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
SELECT mandant_schuetzen('umbaunachzug', 'SELECT, INSERT, UPDATE, DELETE');
