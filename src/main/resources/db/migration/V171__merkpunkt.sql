-- What is still to be done in a Vorgang: a list of points, ticked one by one.
CREATE TABLE merkpunkt (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    vorgang_id   uuid NOT NULL,
    text         text NOT NULL CHECK (length(text) BETWEEN 1 AND 500),
    person_id    uuid,
    faellig      date,
    platz        int NOT NULL CHECK (platz > 0),
    -- Grows with every change but that of its place: whoever changes an older one is told.
    fassung      int NOT NULL DEFAULT 1,
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    erledigt     timestamptz,
    erledigt_von uuid,
    -- Kept, so that whoever still has it on the page learns who took it away, and a form sent twice does not bring it back.
    entfernt     timestamptz,
    entfernt_von uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, erledigt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, entfernt_von) REFERENCES person (mandant_id, id),
    CHECK ((erledigt IS NULL) = (erledigt_von IS NULL)),
    CHECK ((entfernt IS NULL) = (entfernt_von IS NULL)),
    -- What was done stays.
    CHECK (erledigt IS NULL OR entfernt IS NULL)
);
CREATE INDEX merkpunkt_vorgang ON merkpunkt (mandant_id, vorgang_id, platz, id) WHERE entfernt IS NULL;
SELECT mandant_schuetzen('merkpunkt', 'SELECT, INSERT, UPDATE');
