-- Freigaben that reach more people or more Akten by an Umbau: whoever decides about it agrees to them by name, and they stay in its record.
-- The names as they were shown; what was agreed to say the ids, without foreign keys: they tell how it was.
CREATE TABLE umbauweiterung (
    mandant_id uuid NOT NULL,
    umbau_id   uuid NOT NULL,
    nummer     int NOT NULL,
    fuer_id    uuid NOT NULL,
    fuer       text NOT NULL,
    recht      smallint NOT NULL CHECK (recht BETWEEN 0 AND 3),
    worauf_id  uuid NOT NULL,
    worauf     text NOT NULL,
    bis        timestamptz,
    -- The units whose Stellen it did not reach before, and those whose Akten.
    leute_aus  uuid[] NOT NULL,
    akten_von  uuid[] NOT NULL,
    dazu       text NOT NULL,
    PRIMARY KEY (mandant_id, umbau_id, nummer),
    FOREIGN KEY (mandant_id, umbau_id) REFERENCES umbau (mandant_id, id)
);
SELECT mandant_schuetzen('umbauweiterung', 'SELECT, INSERT, DELETE');
