-- The Notfallkonto: a person nobody is. Valid only while it is used, never asked for by name, and without a Sicht on any file.
ALTER TABLE person DROP CONSTRAINT person_art_check;
ALTER TABLE person ADD CONSTRAINT person_art_check CHECK (art IN ('mensch', 'technisch', 'notfall'));
CREATE UNIQUE INDEX person_notfall ON person (mandant_id) WHERE art = 'notfall';

-- One sealed envelope each. Stays as a record when it is spent; at most one is good.
CREATE TABLE notfallumschlag (
    mandant_id   uuid NOT NULL REFERENCES mandant,
    id           uuid NOT NULL,
    -- The secret has 156 random bits: a plain SHA-256 is enough to keep.
    hash         bytea NOT NULL CHECK (octet_length(hash) = 32),
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    -- Replaced by a newer one, or used.
    beendet      timestamptz,
    benutzt      timestamptz,
    grund        text CHECK (length(grund) BETWEEN 10 AND 500),
    anschluss    text CHECK (length(anschluss) <= 100),
    PRIMARY KEY (mandant_id, id),
    CHECK (benutzt IS NULL OR beendet IS NOT NULL),
    CHECK ((benutzt IS NULL) = (grund IS NULL))
);
CREATE UNIQUE INDEX notfallumschlag_offen ON notfallumschlag (mandant_id) WHERE beendet IS NULL;
CREATE INDEX notfallumschlag_verlauf ON notfallumschlag (mandant_id, benutzt) WHERE benutzt IS NOT NULL;
SELECT mandant_schuetzen('notfallumschlag', 'SELECT, INSERT, UPDATE');
