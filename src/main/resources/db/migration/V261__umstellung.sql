-- Akten are re-filed to another Aktenplan on a day, by a table of old and new positions. The work itself is a Sammellauf with the same id.

CREATE TABLE umstellung (
    mandant_id      uuid NOT NULL REFERENCES mandant,
    id              uuid NOT NULL,
    bezeichnung     text NOT NULL CHECK (length(bezeichnung) BETWEEN 1 AND 100),
    stand           text NOT NULL DEFAULT 'vorschau'
                    CHECK (stand IN ('vorschau', 'geplant', 'gescheitert', 'verworfen', 'ausgefuehrt', 'zurueckgenommen')),
    tag             date,
    ursache         text NOT NULL DEFAULT '',
    -- What was agreed to about who sees the Akten afterwards.
    zugriffe        text NOT NULL DEFAULT '',
    angelegt        timestamptz NOT NULL DEFAULT now(),
    angelegt_von    uuid NOT NULL,
    beschlossen     timestamptz,
    beschlossen_von uuid,
    begonnen        timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, beschlossen_von) REFERENCES person (mandant_id, id),
    CHECK (stand NOT IN ('geplant', 'gescheitert', 'ausgefuehrt', 'zurueckgenommen') OR (tag IS NOT NULL AND beschlossen_von IS NOT NULL)),
    CHECK ((stand IN ('ausgefuehrt', 'zurueckgenommen')) = (begonnen IS NOT NULL))
);
CREATE INDEX umstellung_faellig ON umstellung (mandant_id, tag) WHERE stand = 'geplant';
SELECT mandant_schuetzen('umstellung', 'SELECT, INSERT, UPDATE');

CREATE TABLE umstellungszeile (
    mandant_id    uuid NOT NULL,
    umstellung_id uuid NOT NULL,
    -- The line of the file.
    nummer        int NOT NULL,
    alt_id        uuid NOT NULL,
    neu_id        uuid NOT NULL,
    -- As they were called that day: the history stays readable.
    alt           text NOT NULL,
    neu           text NOT NULL,
    -- How many Akten went; NULL until it has begun.
    akten         bigint,
    -- Whether the old position was ended by it: taking it back opens it again.
    beendet       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (mandant_id, umstellung_id, alt_id),
    FOREIGN KEY (mandant_id, umstellung_id) REFERENCES umstellung (mandant_id, id),
    FOREIGN KEY (mandant_id, alt_id) REFERENCES planknoten (mandant_id, id),
    CHECK (alt_id <> neu_id)
);
SELECT mandant_schuetzen('umstellungszeile', 'SELECT, INSERT, UPDATE (akten, beendet)');
