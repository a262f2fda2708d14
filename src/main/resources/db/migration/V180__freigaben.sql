-- Who granted what and why, and the two things a town names itself: Vertraulichkeitsstufen and Sonderbereiche.

ALTER TABLE freigabe
    ADD COLUMN grund        text NOT NULL DEFAULT '' CHECK (length(grund) <= 300),
    ADD COLUMN angelegt     timestamptz NOT NULL DEFAULT now(),
    -- NULL: the program itself, when the town was set up.
    ADD COLUMN angelegt_von uuid,
    ADD COLUMN beendet_von  uuid,
    ADD FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    ADD FOREIGN KEY (mandant_id, beendet_von) REFERENCES person (mandant_id, id);
-- Asked from the other end: who reaches this place?
CREATE INDEX freigabe_ziel ON freigabe (mandant_id, ziel_art, ziel_id);
CREATE INDEX freigabe_liste ON freigabe (mandant_id, angelegt, id);

ALTER TABLE einzelfreigabe
    ADD COLUMN angelegt     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN angelegt_von uuid,
    ADD FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id);
CREATE INDEX einzelfreigabe_akte ON einzelfreigabe (mandant_id, akte_id) WHERE akte_id IS NOT NULL;
CREATE INDEX einzelfreigabe_vorgang ON einzelfreigabe (mandant_id, vorgang_id) WHERE vorgang_id IS NOT NULL;

ALTER TABLE ausschluss
    ADD COLUMN angelegt     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN angelegt_von uuid,
    ADD FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id);
CREATE INDEX ausschluss_akte ON ausschluss (mandant_id, akte_id);

CREATE INDEX aufgabenrecht_vorgang ON aufgabenrecht (mandant_id, vorgang_id);

-- What 1 to 9 are called here; 0 is open to whoever has a Freigabe and needs no name.
CREATE TABLE vertraulichkeitsstufe (
    mandant_id uuid NOT NULL REFERENCES mandant,
    nummer     smallint NOT NULL CHECK (nummer BETWEEN 1 AND 9),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    PRIMARY KEY (mandant_id, nummer),
    UNIQUE (mandant_id, name)
);
SELECT mandant_schuetzen('vertraulichkeitsstufe', 'SELECT, INSERT, UPDATE');

-- Where inheritance is cut: a set of Akten, Vorgänge or Dokumente that only its own Freigaben open.
CREATE TABLE sonderbereich (
    mandant_id   uuid NOT NULL REFERENCES mandant,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- Made for one Akte, Vorgang or Dokument: not offered for others.
    einzeln      boolean NOT NULL,
    grund        text NOT NULL DEFAULT '' CHECK (length(grund) <= 300),
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id)
);
-- Two of the same name could not be told apart where one chooses; those of one thing each are never chosen.
CREATE UNIQUE INDEX sonderbereich_name ON sonderbereich (mandant_id, lower(name)) WHERE NOT einzeln;
CREATE INDEX sonderbereich_liste ON sonderbereich (mandant_id, name, id);
SELECT mandant_schuetzen('sonderbereich', 'SELECT, INSERT, UPDATE');
