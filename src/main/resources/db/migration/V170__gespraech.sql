-- Beside a Dokument: Kommentare, which whoever wrote them may correct or withdraw, and Vermerke, which stay for ever.

CREATE TABLE kommentar (
    mandant_id     uuid NOT NULL,
    id             uuid NOT NULL,
    dokument_id    uuid NOT NULL,
    text           text NOT NULL CHECK (length(text) <= 4000),
    verfasst       timestamptz NOT NULL DEFAULT now(),
    verfasst_von   uuid NOT NULL,
    -- Counts the corrections: two windows of one person do not overwrite each other.
    fassung        int NOT NULL DEFAULT 1,
    geaendert      timestamptz,
    zurueckgezogen timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, verfasst_von) REFERENCES person (mandant_id, id),
    -- What is withdrawn stays as a line without words; they stand in the Protokoll.
    CHECK ((zurueckgezogen IS NULL) = (text <> ''))
);
CREATE INDEX kommentar_dokument ON kommentar (mandant_id, dokument_id, verfasst, id);
-- Who wrote it, when and about what is never changed.
SELECT mandant_schuetzen('kommentar', 'SELECT, INSERT, UPDATE (text, fassung, geaendert, zurueckgezogen)');

CREATE TABLE erwaehnung (
    mandant_id   uuid NOT NULL,
    kommentar_id uuid NOT NULL,
    person_id    uuid NOT NULL,
    PRIMARY KEY (mandant_id, kommentar_id, person_id),
    FOREIGN KEY (mandant_id, kommentar_id) REFERENCES kommentar (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('erwaehnung', 'SELECT, INSERT');

-- On record. A table of its own and not a column of vermerk: those belong to the Vorgang, and a Dokument may be seen by fewer people.
CREATE TABLE dokumentvermerk (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    dokument_id  uuid NOT NULL,
    -- The number of the newest Version when it was written.
    version      int NOT NULL CHECK (version > 0),
    text         text NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
    verfasst     timestamptz NOT NULL DEFAULT now(),
    verfasst_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, verfasst_von) REFERENCES person (mandant_id, id)
);
CREATE INDEX dokumentvermerk_dokument ON dokumentvermerk (mandant_id, dokument_id, verfasst, id);
SELECT mandant_schuetzen('dokumentvermerk', 'SELECT, INSERT');
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON dokumentvermerk FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich_ganz BEFORE TRUNCATE ON dokumentvermerk FOR EACH STATEMENT EXECUTE FUNCTION unveraenderlich();
