-- A Geschäftsverteilungsplan between its preview and „Übernehmen“: what was looked at is what is taken.

CREATE TABLE verteilungsplan (
    mandant_id      uuid NOT NULL REFERENCES mandant,
    id              uuid NOT NULL,
    dateiname       text NOT NULL CHECK (length(dateiname) BETWEEN 1 AND 300),
    -- SHA-256 of the file; stays when the content goes.
    pruefsumme      text NOT NULL CHECK (pruefsumme ~ '^[0-9a-f]{64}$'),
    -- NULL once it was taken, or after a week: it names people.
    inhalt          bytea CHECK (octet_length(inhalt) <= 5242880),
    hochgeladen     timestamptz NOT NULL DEFAULT now(),
    hochgeladen_von uuid NOT NULL,
    uebernommen     timestamptz,
    uebernommen_von uuid,
    bericht         text,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, hochgeladen_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, uebernommen_von) REFERENCES person (mandant_id, id),
    CHECK ((uebernommen IS NULL) = (uebernommen_von IS NULL))
);
SELECT mandant_schuetzen('verteilungsplan', 'SELECT, INSERT, UPDATE');
