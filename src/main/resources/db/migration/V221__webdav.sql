-- WebDAV: with what a person's programs come in, and a person's own place for drafts.

-- Long random secrets, so a plain SHA-256 is enough; shown once.
CREATE TABLE app_kennwort (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    zuletzt    timestamptz,
    beendet    timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX app_kennwort_person ON app_kennwort (mandant_id, person_id) WHERE beendet IS NULL;
SELECT mandant_schuetzen('app_kennwort', 'SELECT, INSERT, UPDATE');

-- Bytes of drafts. Not in the Ablage: its pack files only grow, and what a person deletes here must be gone. In pieces, so that nobody holds a
-- file in memory; named by a row of arbeitsstueck only when all of them are there.
CREATE TABLE arbeitsinhalt (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    angelegt   timestamptz NOT NULL DEFAULT now(),
    -- It has been named once: when nothing names it any more, it goes. Until then it may still be on its way.
    fertig     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX arbeitsinhalt_person ON arbeitsinhalt (mandant_id, person_id);
SELECT mandant_schuetzen('arbeitsinhalt', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE arbeitsblock (
    mandant_id uuid NOT NULL,
    inhalt_id  uuid NOT NULL,
    nr         int NOT NULL CHECK (nr >= 0),
    bytes      bytea NOT NULL CHECK (octet_length(bytes) BETWEEN 1 AND 262144),
    PRIMARY KEY (mandant_id, inhalt_id, nr),
    FOREIGN KEY (mandant_id, inhalt_id) REFERENCES arbeitsinhalt (mandant_id, id) ON DELETE CASCADE
);
SELECT mandant_schuetzen('arbeitsblock', 'SELECT, INSERT, DELETE');
-- Compressed by the programs that write them.
ALTER TABLE arbeitsblock ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Files and folders of one person, seen by nobody else.
CREATE TABLE arbeitsstueck (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    -- The folder: another arbeitsstueck; the person, for the uppermost; a Vorgang or Dokument, beside which a program keeps what it needs only
    -- for a moment (lock files, the empty file before the full one).
    ort        uuid NOT NULL,
    fluechtig  boolean NOT NULL DEFAULT false,
    name       text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 255 AND name !~ '[/[:cntrl:]]' AND name NOT IN ('.', '..')),
    -- Null: a folder.
    inhalt_id  uuid,
    laenge     bigint NOT NULL DEFAULT 0 CHECK (laenge >= 0),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    geaendert  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, person_id, ort, name),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, inhalt_id) REFERENCES arbeitsinhalt (mandant_id, id)
);
CREATE INDEX arbeitsstueck_ort ON arbeitsstueck (mandant_id, ort);
CREATE INDEX arbeitsstueck_inhalt ON arbeitsstueck (mandant_id, inhalt_id) WHERE inhalt_id IS NOT NULL;
SELECT mandant_schuetzen('arbeitsstueck', 'SELECT, INSERT, UPDATE, DELETE');

-- What programs note at them (dead properties), as the XML element it came in.
CREATE TABLE arbeitsmerkmal (
    mandant_id uuid NOT NULL,
    stueck_id  uuid NOT NULL,
    raum       text NOT NULL CHECK (length(raum) <= 500),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    element    text NOT NULL CHECK (length(element) <= 20000),
    PRIMARY KEY (mandant_id, stueck_id, raum, name),
    FOREIGN KEY (mandant_id, stueck_id) REFERENCES arbeitsstueck (mandant_id, id) ON DELETE CASCADE
);
SELECT mandant_schuetzen('arbeitsmerkmal', 'SELECT, INSERT, UPDATE, DELETE');

-- Locks of a person's own programs against each other.
CREATE TABLE arbeitssperre (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    stueck_id  uuid NOT NULL,
    geteilt    boolean NOT NULL,
    tief       boolean NOT NULL,
    besitzer   text NOT NULL CHECK (length(besitzer) <= 2000),
    laeuft_ab  timestamptz NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, stueck_id) REFERENCES arbeitsstueck (mandant_id, id) ON DELETE CASCADE
);
CREATE INDEX arbeitssperre_stueck ON arbeitssperre (mandant_id, stueck_id);
SELECT mandant_schuetzen('arbeitssperre', 'SELECT, INSERT, UPDATE, DELETE');

-- A folder is named after an Aktenzeichen without what no file name may have, and found by it.
CREATE FUNCTION ordnername(aktenzeichen text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(aktenzeichen, '/\<>:"|?*', '--_______') $$;
CREATE INDEX akte_ordnername ON akte (mandant_id, ordnername(aktenzeichen));
CREATE INDEX vorgang_ordnername ON vorgang (mandant_id, ordnername(aktenzeichen));
