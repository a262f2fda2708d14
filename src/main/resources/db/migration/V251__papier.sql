-- What of an Akte is on paper: parts with a label, where they lie and who has them. They have the rights of their Vorgang, or of their Akte.

-- How an Akte is kept, for those that are not electronic alone.
CREATE TABLE papierform (
    mandant_id uuid NOT NULL,
    akte_id    uuid NOT NULL,
    form       text NOT NULL CHECK (form IN ('registriert', 'hybrid', 'rest')),
    PRIMARY KEY (mandant_id, akte_id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id)
);
SELECT mandant_schuetzen('papierform', 'SELECT, INSERT, UPDATE (form), DELETE');

CREATE TABLE papierteil (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    -- Printed on the label, never given twice.
    kennzeichen  text NOT NULL CHECK (kennzeichen ~ '^P-[0-9]{6,9}$'),
    akte_id      uuid NOT NULL,
    vorgang_id   uuid,
    titel        text NOT NULL CHECK (length(titel) BETWEEN 1 AND 300),
    umfang       text NOT NULL DEFAULT '' CHECK (length(umfang) <= 100),
    standort     text NOT NULL CHECK (length(standort) BETWEEN 1 AND 100),
    raum         text NOT NULL DEFAULT '' CHECK (length(raum) <= 100),
    regal        text NOT NULL DEFAULT '' CHECK (length(regal) <= 100),
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kennzeichen),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    -- Goes along when the Vorgang goes to another Akte.
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id) ON UPDATE CASCADE,
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id)
);
CREATE INDEX papierteil_akte ON papierteil (mandant_id, akte_id, kennzeichen);
CREATE INDEX papierteil_vorgang ON papierteil (mandant_id, vorgang_id) WHERE vorgang_id IS NOT NULL;
SELECT mandant_schuetzen('papierteil', 'SELECT, INSERT, UPDATE (titel, umfang, standort, raum, regal, akte_id, vorgang_id)');

CREATE TABLE ausleihe (
    mandant_id    uuid NOT NULL,
    id            uuid NOT NULL,
    papierteil_id uuid NOT NULL,
    -- Who answers for it in the house; wer is their name, or somebody outside.
    person_id     uuid NOT NULL,
    wer           text NOT NULL CHECK (length(wer) BETWEEN 1 AND 200),
    grund         text NOT NULL DEFAULT '' CHECK (length(grund) <= 300),
    seit          timestamptz NOT NULL DEFAULT now(),
    bis           date NOT NULL,
    zurueck       timestamptz,
    zurueck_von   uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, papierteil_id) REFERENCES papierteil (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, zurueck_von) REFERENCES person (mandant_id, id),
    CHECK ((zurueck IS NULL) = (zurueck_von IS NULL))
);
-- Paper is in one place only.
CREATE UNIQUE INDEX ausleihe_offen ON ausleihe (mandant_id, papierteil_id) WHERE zurueck IS NULL;
CREATE INDEX ausleihe_faellig ON ausleihe (mandant_id, bis) WHERE zurueck IS NULL;
CREATE INDEX ausleihe_person ON ausleihe (mandant_id, person_id) WHERE zurueck IS NULL;
CREATE INDEX ausleihe_verlauf ON ausleihe (mandant_id, papierteil_id, seit DESC);
SELECT mandant_schuetzen('ausleihe', 'SELECT, INSERT, UPDATE (zurueck, zurueck_von, bis)');
