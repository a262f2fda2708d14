-- Drafts: what a person has typed into a form and not sent yet. Not on record, of no use to anybody else, gone after 30 days.
CREATE TABLE entwurf (
    mandant_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    -- Which form; stands in the page of whoever typed, separated by blanks.
    schluessel text NOT NULL CHECK (schluessel ~ '^[^[:space:][:cntrl:]]{1,200}$'),
    -- The program keeps 64 KiB; the database adds blanks between the parts.
    felder     jsonb NOT NULL CHECK (jsonb_typeof(felder) = 'array' AND octet_length(felder::text) <= 73728),
    -- When it was typed, not when it arrived: what overtook it on the way is newer.
    getippt    timestamptz NOT NULL,
    PRIMARY KEY (mandant_id, person_id, schluessel),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX entwurf_alt ON entwurf (mandant_id, getippt);
SELECT mandant_schuetzen('entwurf', 'SELECT, INSERT, UPDATE, DELETE');
