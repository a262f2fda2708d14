-- Schwärzung: areas of a Version that are blacked out in a copy, which is a Dokument of its own.

-- The pages of a file with their words, as somebody sees them; made once in a worker, can be made again.
CREATE TABLE seitenlage (
    mandant_id uuid NOT NULL,
    datei_id   uuid NOT NULL,
    seite      int NOT NULL CHECK (seite > 0),
    -- Millimetres.
    breite     double precision NOT NULL CHECK (breite > 0),
    hoehe      double precision NOT NULL CHECK (hoehe > 0),
    erkannt    boolean NOT NULL,
    bild_id    uuid NOT NULL,
    worte      jsonb NOT NULL,
    PRIMARY KEY (mandant_id, datei_id, seite),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id),
    FOREIGN KEY (mandant_id, bild_id) REFERENCES blob (mandant_id, id)
);
COMMENT ON COLUMN seitenlage.erkannt IS 'Whether the words are those of OCR.';
SELECT mandant_schuetzen('seitenlage', 'SELECT, INSERT');

CREATE TABLE schwaerzung (
    mandant_id    uuid NOT NULL,
    id            uuid NOT NULL,
    dokument_id   uuid NOT NULL,
    version_id    uuid NOT NULL,
    datei_id      uuid NOT NULL,
    -- vorbereitung: its pages are being looked at; entwurf: areas are marked; wartet: it is being burnt.
    stand         text NOT NULL DEFAULT 'vorbereitung' CHECK (stand IN ('vorbereitung', 'entwurf', 'wartet', 'fertig', 'verworfen')),
    -- Counts the changes of the areas: two people do not overwrite each other.
    fassung       int NOT NULL DEFAULT 1,
    -- How far the work in the background is.
    seite         int NOT NULL DEFAULT 0,
    seiten        int,
    -- German, for people: why it was not burnt, or what could not be drawn.
    meldung       text,
    titel         text CHECK (length(titel) BETWEEN 1 AND 300),
    angelegt      timestamptz NOT NULL DEFAULT now(),
    angelegt_von  uuid NOT NULL,
    geaendert     timestamptz NOT NULL DEFAULT now(),
    geaendert_von uuid NOT NULL,
    kopie_id      uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, version_id) REFERENCES version (mandant_id, id),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, kopie_id) REFERENCES dokument (mandant_id, id),
    CHECK ((kopie_id IS NOT NULL) = (stand = 'fertig'))
);
CREATE INDEX schwaerzung_dokument ON schwaerzung (mandant_id, dokument_id, id);
CREATE UNIQUE INDEX schwaerzung_kopie ON schwaerzung (mandant_id, kopie_id) WHERE kopie_id IS NOT NULL;
SELECT mandant_schuetzen('schwaerzung', 'SELECT, INSERT, UPDATE (stand, fassung, seite, seiten, meldung, titel, geaendert, geaendert_von, kopie_id)');

CREATE TABLE schwaerzbereich (
    mandant_id     uuid NOT NULL,
    id             uuid NOT NULL,
    schwaerzung_id uuid NOT NULL,
    seite          int NOT NULL CHECK (seite > 0),
    -- Millimetres from the upper left corner of the page as it is seen.
    x              double precision NOT NULL CHECK (x >= 0),
    y              double precision NOT NULL CHECK (y >= 0),
    breite         double precision NOT NULL CHECK (breite > 0),
    hoehe          double precision NOT NULL CHECK (hoehe > 0),
    grund          text NOT NULL,
    erlaeuterung   text NOT NULL DEFAULT '' CHECK (length(erlaeuterung) <= 200),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, schwaerzung_id) REFERENCES schwaerzung (mandant_id, id)
);
CREATE INDEX schwaerzbereich_seite ON schwaerzbereich (mandant_id, schwaerzung_id, seite, y, x);
SELECT mandant_schuetzen('schwaerzbereich', 'SELECT, INSERT, UPDATE (x, y, breite, hoehe, grund, erlaeuterung), DELETE');
