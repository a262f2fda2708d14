-- What the search index still has to learn. A row is written in the acting transaction and deleted once Lucene has committed.

CREATE TABLE index_rueckstand (
    mandant_id uuid NOT NULL REFERENCES mandant,
    art        text NOT NULL CHECK (length(art) BETWEEN 1 AND 40),
    objekt_id  uuid NOT NULL,
    sperrt     boolean NOT NULL DEFAULT false,
    fassung    uuid NOT NULL,
    seit       timestamptz NOT NULL DEFAULT now(),
    versuche   int NOT NULL DEFAULT 0,
    ab         timestamptz NOT NULL DEFAULT now(),
    ursache    text,
    PRIMARY KEY (mandant_id, art, objekt_id)
);
COMMENT ON COLUMN index_rueckstand.sperrt IS 'Hidden from every query until indexed anew: rights were cut, or it was re-filed or removed.';
COMMENT ON COLUMN index_rueckstand.fassung IS 'New with each change: the feeder deletes only the row it has read, so that a change made meanwhile is not lost.';
COMMENT ON COLUMN index_rueckstand.ab IS 'Not before: an entry that cannot be read is tried again with growing pauses.';
CREATE INDEX index_rueckstand_faellig ON index_rueckstand (mandant_id, ab);
CREATE INDEX index_rueckstand_sperrt ON index_rueckstand (mandant_id) WHERE sperrt;
SELECT mandant_schuetzen('index_rueckstand', 'SELECT, INSERT, UPDATE, DELETE');

-- Which commit of the index belongs to this database: after a restore of either one they differ, and the index is rebuilt.
CREATE TABLE index_stand (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    stand      uuid NOT NULL
);
SELECT mandant_schuetzen('index_stand', 'SELECT, INSERT, UPDATE');
