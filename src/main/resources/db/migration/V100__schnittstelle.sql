-- Technical accounts: a person of art 'technisch' with a token. Only its hash is kept.
CREATE TABLE zugangstoken (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    angelegt    timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('zugangstoken', 'SELECT, INSERT, UPDATE');
