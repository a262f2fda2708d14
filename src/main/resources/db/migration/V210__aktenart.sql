-- One Akte for the whole house: an Aktenart only adds typed fields to it.

CREATE TABLE aktenart (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    erlaeuterung text NOT NULL DEFAULT '' CHECK (length(erlaeuterung) <= 500),
    angelegt     timestamptz NOT NULL DEFAULT now(),
    -- No new Akten of it; those there are keep their fields.
    beendet      timestamptz,
    PRIMARY KEY (mandant_id, id)
);
CREATE UNIQUE INDEX aktenart_name ON aktenart (mandant_id, lower(name)) WHERE beendet IS NULL;
SELECT mandant_schuetzen('aktenart', 'SELECT, INSERT, UPDATE');

CREATE TABLE aktenfeld (
    mandant_id  uuid NOT NULL,
    id          uuid NOT NULL,
    aktenart_id uuid NOT NULL,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    art         text NOT NULL CHECK (art IN ('text', 'zahl', 'geld', 'datum', 'auswahl', 'person', 'ort')),
    -- What one can choose, in its order; only of an 'auswahl'.
    auswahl     text[] NOT NULL DEFAULT '{}',
    pflicht     boolean NOT NULL DEFAULT false,
    in_liste    boolean NOT NULL DEFAULT true,
    platz       int NOT NULL CHECK (platz > 0),
    -- Taken away from the form; what was typed stays readable.
    beendet     timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, aktenart_id) REFERENCES aktenart (mandant_id, id),
    CHECK ((art = 'auswahl') = (cardinality(auswahl) > 0))
);
CREATE UNIQUE INDEX aktenfeld_name ON aktenfeld (mandant_id, aktenart_id, lower(name)) WHERE beendet IS NULL;
SELECT mandant_schuetzen('aktenfeld', 'SELECT, INSERT, UPDATE');
-- Values keep their meaning: a date does not become an amount.
CREATE FUNCTION feldart_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Ein Feld behält seine Art und seine Aktenart';
END $$;
CREATE TRIGGER art_bleibt BEFORE UPDATE ON aktenfeld FOR EACH ROW
    WHEN ((OLD.art, OLD.aktenart_id) IS DISTINCT FROM (NEW.art, NEW.aktenart_id)) EXECUTE FUNCTION feldart_bleibt();

ALTER TABLE akte ADD COLUMN aktenart_id uuid;
ALTER TABLE akte ADD FOREIGN KEY (mandant_id, aktenart_id) REFERENCES aktenart (mandant_id, id);
CREATE INDEX akte_art ON akte (mandant_id, aktenart_id, ordnung, id) INCLUDE (schutzbereich_id) WHERE aktenart_id IS NOT NULL;

-- One value of one Akte, as it is read (text) and as it is compared.
CREATE TABLE aktenwert (
    mandant_id uuid NOT NULL,
    akte_id    uuid NOT NULL,
    feld_id    uuid NOT NULL,
    text       text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    zahl       numeric(18, 4),
    tag        date,
    person_id  uuid,
    PRIMARY KEY (mandant_id, akte_id, feld_id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, feld_id) REFERENCES aktenfeld (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX aktenwert_feld ON aktenwert (mandant_id, feld_id, akte_id);
SELECT mandant_schuetzen('aktenwert', 'SELECT, INSERT, UPDATE, DELETE');
