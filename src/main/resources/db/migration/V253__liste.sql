-- The lists of all Akten, Vorgänge and Dokumente of a house: one index for each order, and one in which that order follows the
-- Schutzbereich, for whoever sees little of it (ADR 0015). Those that began with the Schutzbereich alone are contained in the new ones.
CREATE INDEX akte_haus ON akte (mandant_id, ordnung, id) INCLUDE (schutzbereich_id);
CREATE INDEX akte_haus_bereich ON akte (mandant_id, schutzbereich_id, ordnung, id);
CREATE INDEX akte_angelegt ON akte (mandant_id, angelegt, id) INCLUDE (schutzbereich_id);
CREATE INDEX akte_angelegt_bereich ON akte (mandant_id, schutzbereich_id, angelegt, id);
CREATE INDEX akte_bearbeiter ON akte (mandant_id, bearbeiter_id) WHERE bearbeiter_id IS NOT NULL;

CREATE INDEX vorgang_haus ON vorgang (mandant_id, ordnung, id) INCLUDE (schutzbereich_id, akte_id);
CREATE INDEX vorgang_haus_bereich ON vorgang (mandant_id, schutzbereich_id, ordnung, id);
CREATE INDEX vorgang_geaendert ON vorgang (mandant_id, geaendert, id) INCLUDE (schutzbereich_id, akte_id);
CREATE INDEX vorgang_geaendert_bereich ON vorgang (mandant_id, schutzbereich_id, geaendert, id);
CREATE INDEX vorgang_angelegt ON vorgang (mandant_id, angelegt, id) INCLUDE (schutzbereich_id, akte_id);
CREATE INDEX vorgang_angelegt_bereich ON vorgang (mandant_id, schutzbereich_id, angelegt, id);
DROP INDEX vorgang_bereich;

CREATE INDEX dokument_angelegt ON dokument (mandant_id, angelegt, id) INCLUDE (schutzbereich_id, vorgang_id, akte_id);
CREATE INDEX dokument_angelegt_bereich ON dokument (mandant_id, schutzbereich_id, angelegt, id);
DROP INDEX dokument_bereich;

-- A list as somebody wants to see it again: what it is narrowed to, its columns and its order, under a name. It gives no rights.
CREATE TABLE ansicht (
    mandant_id        uuid NOT NULL,
    id                uuid NOT NULL,
    art               text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    person_id         uuid NOT NULL,
    -- Whose people all have it; NULL: only who made it.
    einheit_id        uuid,
    -- As in the address of the list, but for the unit: that one is reorganised, and a column is found then.
    angaben           text NOT NULL CHECK (length(angaben) <= 4000),
    filter_einheit_id uuid,
    angelegt          timestamptz NOT NULL DEFAULT now(),
    geaendert         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    FOREIGN KEY (mandant_id, filter_einheit_id) REFERENCES einheit (mandant_id, id)
);
CREATE INDEX ansicht_person ON ansicht (mandant_id, person_id) WHERE einheit_id IS NULL;
CREATE INDEX ansicht_einheit ON ansicht (mandant_id, einheit_id) WHERE einheit_id IS NOT NULL;
SELECT mandant_schuetzen('ansicht', 'SELECT, INSERT, UPDATE, DELETE');

-- With which Ansicht a list opens for a person.
CREATE TABLE startansicht (
    mandant_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    art        text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    ansicht_id uuid NOT NULL,
    PRIMARY KEY (mandant_id, person_id, art),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, ansicht_id) REFERENCES ansicht (mandant_id, id) ON DELETE CASCADE
);
CREATE INDEX startansicht_ansicht ON startansicht (mandant_id, ansicht_id);
SELECT mandant_schuetzen('startansicht', 'SELECT, INSERT, UPDATE, DELETE');
