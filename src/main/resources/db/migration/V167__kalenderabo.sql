-- A person's deadlines for a calendar program: opened by a secret address, which is kept as a hash only and can be ended at any time.
CREATE TABLE kalenderabo (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    geheim     bytea NOT NULL CHECK (length(geheim) = 32),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    beendet    timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, geheim),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX kalenderabo_person ON kalenderabo (mandant_id, person_id) WHERE beendet IS NULL;
SELECT mandant_schuetzen('kalenderabo', 'SELECT, INSERT, UPDATE');
