-- A collection of references across Akten, of one person or shared with a unit. What lies in it is seen by whoever sees the thing itself.
CREATE TABLE handmappe (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    person_id  uuid NOT NULL,
    -- Whose people look into it and put things in as well; NULL: nobody else.
    einheit_id uuid,
    angelegt   timestamptz NOT NULL DEFAULT now(),
    aufgeloest timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
CREATE INDEX handmappe_person ON handmappe (mandant_id, person_id) WHERE aufgeloest IS NULL;
CREATE INDEX handmappe_einheit ON handmappe (mandant_id, einheit_id) WHERE aufgeloest IS NULL AND einheit_id IS NOT NULL;
SELECT mandant_schuetzen('handmappe', 'SELECT, INSERT, UPDATE');

CREATE TABLE handmappe_stueck (
    mandant_id   uuid NOT NULL,
    handmappe_id uuid NOT NULL,
    objekt_id    uuid NOT NULL,
    art          text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    notiz        text NOT NULL DEFAULT '' CHECK (length(notiz) <= 300),
    gelegt       timestamptz NOT NULL DEFAULT now(),
    gelegt_von   uuid NOT NULL,
    PRIMARY KEY (mandant_id, handmappe_id, objekt_id),
    FOREIGN KEY (mandant_id, handmappe_id) REFERENCES handmappe (mandant_id, id),
    FOREIGN KEY (mandant_id, gelegt_von) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('handmappe_stueck', 'SELECT, INSERT, DELETE');
