-- What was filled in as fields of the Vorgang, and whether citizens see who opened it.

ALTER TABLE antragsweg
    -- Of which kind the Akten are in which the Anträge lie: it says which fields their Vorgänge have.
    ADD COLUMN aktenart_id uuid,
    -- False where it would warn somebody: whoever applied is not shown which office looked.
    ADD COLUMN einsicht_zeigen boolean NOT NULL DEFAULT true;
ALTER TABLE antragsweg ADD FOREIGN KEY (mandant_id, aktenart_id) REFERENCES aktenart (mandant_id, id);
GRANT SELECT (einsicht_zeigen) ON antragsweg TO ${buergerrolle};

-- Which field of the form goes to which field of the Vorgang.
CREATE TABLE antragsfeld (
    mandant_id   uuid NOT NULL,
    leistung_id  uuid NOT NULL,
    -- Id of the field in the form, the same in all its versions.
    feld         text NOT NULL CHECK (length(feld) BETWEEN 1 AND 40),
    aktenfeld_id uuid NOT NULL,
    PRIMARY KEY (mandant_id, leistung_id, feld),
    UNIQUE (mandant_id, leistung_id, aktenfeld_id),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES antragsweg (mandant_id, leistung_id),
    FOREIGN KEY (mandant_id, aktenfeld_id) REFERENCES aktenfeld (mandant_id, id)
);
SELECT mandant_schuetzen('antragsfeld', 'SELECT, INSERT, DELETE');
