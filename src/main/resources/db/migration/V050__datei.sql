-- A file and what was read from it. The bytes it came with never change; text, page images and preview hang beside them and
-- can be made again. Parts (attachments of a mail) are files of their own that know where they came from.

CREATE TABLE datei (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    blob_id          uuid NOT NULL,
    dateiname        text NOT NULL CHECK (octet_length(dateiname) BETWEEN 1 AND 255),
    medientyp        text,
    laenge           bigint NOT NULL CHECK (laenge >= 0),
    sha256           bytea NOT NULL CHECK (octet_length(sha256) = 32),
    stand            text NOT NULL DEFAULT 'neu' CHECK (stand IN ('neu', 'fertig', 'gescheitert')),
    seiten           int CHECK (seiten >= 0),
    textherkunft     text CHECK (textherkunft IN ('text', 'ocr', 'gemischt', 'keiner')),
    hinweis          text,
    vorschau_blob_id uuid,
    titel            text,
    absender         text,
    absenderdatum    timestamptz,
    teil_von         uuid,
    teil_nr          int NOT NULL DEFAULT 0,
    erfasst          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, blob_id) REFERENCES blob (mandant_id, id),
    FOREIGN KEY (mandant_id, vorschau_blob_id) REFERENCES blob (mandant_id, id),
    FOREIGN KEY (mandant_id, teil_von) REFERENCES datei (mandant_id, id),
    CHECK ((teil_von IS NULL) = (teil_nr = 0))
);
COMMENT ON COLUMN datei.hinweis IS 'German, for people: why it could not be read, or what was left out.';
COMMENT ON COLUMN datei.vorschau_blob_id IS 'PDF made for looking at; null: a PDF is its own preview, other types have none.';
COMMENT ON COLUMN datei.absenderdatum IS 'As the sender claims it; proves nothing.';
-- Unique: a job that runs twice cannot double the parts of a mail.
CREATE UNIQUE INDEX datei_teile ON datei (mandant_id, teil_von, teil_nr) WHERE teil_von IS NOT NULL;
-- Few at any time: what waits to be read, and what could not be read.
CREATE INDEX datei_offen ON datei (mandant_id, stand, id) WHERE stand <> 'fertig';
SELECT mandant_schuetzen('datei', 'SELECT, INSERT, UPDATE');

CREATE TABLE datei_text (
    mandant_id uuid NOT NULL REFERENCES mandant,
    datei_id   uuid NOT NULL,
    text       text NOT NULL,
    PRIMARY KEY (mandant_id, datei_id),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id)
);
COMMENT ON COLUMN datei_text.text IS 'Pages separated by form feed.';
SELECT mandant_schuetzen('datei_text', 'SELECT, INSERT, UPDATE');

CREATE TABLE datei_seite (
    mandant_id uuid NOT NULL REFERENCES mandant,
    datei_id   uuid NOT NULL,
    seite      int NOT NULL CHECK (seite > 0),
    blob_id    uuid NOT NULL,
    breite     int NOT NULL CHECK (breite > 0),
    hoehe      int NOT NULL CHECK (hoehe > 0),
    PRIMARY KEY (mandant_id, datei_id, seite),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id),
    FOREIGN KEY (mandant_id, blob_id) REFERENCES blob (mandant_id, id)
);
SELECT mandant_schuetzen('datei_seite', 'SELECT, INSERT, UPDATE');
