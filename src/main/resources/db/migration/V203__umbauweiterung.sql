-- Freigaben that reach more people or more Akten by an Umbau: whoever decides about it agrees to them by name, and they stay in its record.
-- In words, as they were shown: what comes out differently on the day was not agreed to.
CREATE TABLE umbauweiterung (
    mandant_id uuid NOT NULL,
    umbau_id   uuid NOT NULL,
    nummer     int NOT NULL,
    fuer       text NOT NULL,
    darf       text NOT NULL,
    worauf     text NOT NULL,
    dazu       text NOT NULL,
    PRIMARY KEY (mandant_id, umbau_id, nummer),
    FOREIGN KEY (mandant_id, umbau_id) REFERENCES umbau (mandant_id, id)
);
SELECT mandant_schuetzen('umbauweiterung', 'SELECT, INSERT, DELETE');
