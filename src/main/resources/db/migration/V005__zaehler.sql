-- Gap-free numbers: taking one locks its row until the transaction ends, so a number that was not used is not lost.
CREATE TABLE zaehler (
    mandant_id uuid NOT NULL REFERENCES mandant,
    name       text NOT NULL,
    stand      bigint NOT NULL CHECK (stand > 0),
    PRIMARY KEY (mandant_id, name)
);
SELECT mandant_schuetzen('zaehler', 'SELECT, INSERT, UPDATE');
