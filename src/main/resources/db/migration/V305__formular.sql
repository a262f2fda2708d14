-- Forms are data: a definition in JSON, in versions. What was published is never changed, so that a running Antrag keeps the form it was begun with.

CREATE TABLE formular (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (name ~ '^[a-z0-9-]{1,60}$'),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, name)
);
SELECT mandant_schuetzen('formular', 'SELECT, INSERT');

CREATE TABLE formularfassung (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    formular_id     uuid NOT NULL,
    nummer          int NOT NULL CHECK (nummer > 0),
    -- Text and not jsonb: what two persons looked at, to the letter.
    inhalt          text NOT NULL CHECK (length(inhalt) <= 600000),
    stand           text NOT NULL CHECK (stand IN ('entwurf', 'veroeffentlicht', 'zurueckgezogen')),
    -- Came with the program, and nobody of this house wrote it.
    mitgeliefert    boolean NOT NULL DEFAULT false,
    -- Who changed it last, and who looked at that: never the same person.
    verfasst_von    uuid,
    verfasst        timestamptz NOT NULL DEFAULT now(),
    freigegeben_von uuid,
    freigegeben     timestamptz,
    zurueckgezogen  timestamptz,
    -- Counts the changes of a draft: the second editor sees that somebody else was there.
    aenderung       int NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, formular_id, nummer),
    FOREIGN KEY (mandant_id, formular_id) REFERENCES formular (mandant_id, id),
    FOREIGN KEY (mandant_id, verfasst_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, freigegeben_von) REFERENCES person (mandant_id, id),
    CHECK (stand = 'entwurf' OR mitgeliefert OR (verfasst_von IS NOT NULL AND freigegeben_von IS NOT NULL AND verfasst_von <> freigegeben_von)),
    CHECK ((stand = 'zurueckgezogen') = (zurueckgezogen IS NOT NULL))
);
CREATE UNIQUE INDEX formularfassung_gilt ON formularfassung (mandant_id, formular_id) WHERE stand = 'veroeffentlicht';
CREATE UNIQUE INDEX formularfassung_entwurf ON formularfassung (mandant_id, formular_id) WHERE stand = 'entwurf';
SELECT mandant_schuetzen('formularfassung', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION formularfassung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Eine veröffentlichte Fassung eines Formulars bleibt, wie sie ist';
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON formularfassung FOR EACH ROW
    WHEN ((OLD.stand <> 'entwurf' AND ((OLD.inhalt, OLD.nummer, OLD.formular_id, OLD.verfasst_von, OLD.freigegeben_von)
               IS DISTINCT FROM (NEW.inhalt, NEW.nummer, NEW.formular_id, NEW.verfasst_von, NEW.freigegeben_von) OR NEW.stand = 'entwurf'))
          OR (OLD.stand = 'zurueckgezogen' AND NEW.stand <> OLD.stand))
    EXECUTE FUNCTION formularfassung_bleibt();
CREATE TRIGGER bleibt_da BEFORE DELETE ON formularfassung FOR EACH ROW EXECUTE FUNCTION formularfassung_bleibt();
