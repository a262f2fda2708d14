-- The Übernahme of an old network drive (bin/import): what was asked, how far it is, and which path became which Dokument.

CREATE TABLE uebernahme (
    mandant_id     uuid NOT NULL REFERENCES mandant,
    id             uuid NOT NULL,
    -- First 16 bytes of SHA-256 of the name: a path may be longer than a B-tree takes.
    schluessel     uuid NOT NULL,
    name           text NOT NULL CHECK (length(name) BETWEEN 1 AND 5000),
    ordner         text NOT NULL,
    tabelle        text,
    person_id      uuid NOT NULL,
    stand          text NOT NULL CHECK (stand IN ('laeuft', 'unterbrochen', 'fertig', 'gescheitert')),
    begonnen       timestamptz NOT NULL DEFAULT now(),
    lauf_begonnen  timestamptz NOT NULL DEFAULT now(),
    zuletzt        timestamptz NOT NULL DEFAULT now(),
    -- Of the newest run: what it found, what it had done already when it began, what it left out.
    gefunden       bigint NOT NULL DEFAULT 0,
    gefunden_bytes bigint NOT NULL DEFAULT 0,
    bearbeitet     bigint NOT NULL DEFAULT 0,
    ausgelassen    bigint NOT NULL DEFAULT 0,
    probleme       bigint NOT NULL DEFAULT 0,
    -- Of all runs together.
    dokumente      bigint NOT NULL DEFAULT 0,
    bytes          bigint NOT NULL DEFAULT 0,
    akten          bigint NOT NULL DEFAULT 0,
    vorgaenge      bigint NOT NULL DEFAULT 0,
    -- File in DATEN/uebernahmen.
    bericht        text CHECK (bericht ~ '^[A-Za-z0-9._-]{1,100}$'),
    meldung        text,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, schluessel),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('uebernahme', 'SELECT, INSERT, UPDATE');

-- One row per file that became a Dokument, written with it: the same path of the same Übernahme never becomes two.
CREATE TABLE uebernahme_posten (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    uebernahme_id uuid NOT NULL,
    -- First 16 bytes of SHA-256 of the path within the folder, as bytes.
    schluessel    uuid NOT NULL,
    pfad          text NOT NULL,
    laenge        bigint NOT NULL,
    geaendert     timestamptz NOT NULL,
    dokument_id   uuid NOT NULL,
    PRIMARY KEY (mandant_id, uebernahme_id, schluessel),
    FOREIGN KEY (mandant_id, uebernahme_id) REFERENCES uebernahme (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id)
);
COMMENT ON COLUMN uebernahme_posten.geaendert IS 'Time of change the source file had: another one later means that it was changed since.';
SELECT mandant_schuetzen('uebernahme_posten', 'SELECT, INSERT');

-- Which Akte and which Vorgang a folder (or a line of the table) became, so that a second run goes on in the same ones.
CREATE TABLE uebernahme_ziel (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    uebernahme_id uuid NOT NULL,
    schluessel    uuid NOT NULL,
    akte_id       uuid NOT NULL,
    vorgang_id    uuid,
    PRIMARY KEY (mandant_id, uebernahme_id, schluessel),
    FOREIGN KEY (mandant_id, uebernahme_id) REFERENCES uebernahme (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id)
);
SELECT mandant_schuetzen('uebernahme_ziel', 'SELECT, INSERT');
