-- An Akte that grows is parted: by time into Bände, by subject into Teilakten. A part has the rights of its Akte and no part below it.
CREATE TABLE aktenteil (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    akte_id         uuid NOT NULL,
    art             text NOT NULL CHECK (art IN ('band', 'teilakte')),
    -- Within the Akte and the kind, from 1; never given again, for nothing is deleted.
    nummer          int NOT NULL CHECK (nummer > 0),
    titel           text NOT NULL DEFAULT '' CHECK (length(titel) <= 300),
    laufzeit_von    date NOT NULL,
    laufzeit_bis    date,
    geschlossen     timestamptz,
    geschlossen_von uuid,
    angelegt        timestamptz NOT NULL DEFAULT now(),
    angelegt_von    uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, akte_id, art, nummer),
    UNIQUE (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, geschlossen_von) REFERENCES person (mandant_id, id),
    CHECK ((art = 'teilakte') = (titel <> '')),
    CHECK ((geschlossen IS NULL) = (laufzeit_bis IS NULL)),
    CHECK ((geschlossen IS NULL) = (geschlossen_von IS NULL)),
    CHECK (laufzeit_bis >= laufzeit_von)
);
-- Of the Bände only the newest is open.
CREATE UNIQUE INDEX aktenteil_band ON aktenteil (mandant_id, akte_id) WHERE art = 'band' AND geschlossen IS NULL;
SELECT mandant_schuetzen('aktenteil', 'SELECT, INSERT, UPDATE (titel, laufzeit_bis, geschlossen, geschlossen_von)');

-- In one part of its own Akte at most; NULL: directly in the Akte.
ALTER TABLE vorgang ADD COLUMN teil_id uuid;
ALTER TABLE vorgang ADD FOREIGN KEY (mandant_id, teil_id, akte_id) REFERENCES aktenteil (mandant_id, id, akte_id);
CREATE INDEX vorgang_teil ON vorgang (mandant_id, teil_id, ordnung, id) INCLUDE (schutzbereich_id) WHERE teil_id IS NOT NULL;

-- Whoever files – hand, rule, Übernahme, move from another Akte –: what names no part goes into the open Band, and nothing goes into what is closed.
-- Those who close or open a part hold the Akte FOR NO KEY UPDATE, those who file hold it FOR SHARE.
CREATE FUNCTION vorgang_teil() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.akte_id <> NEW.akte_id THEN
        NEW.teil_id := NULL;
    END IF;
    IF NEW.teil_id IS NULL THEN
        SELECT t.id INTO NEW.teil_id FROM aktenteil t
         WHERE t.mandant_id = NEW.mandant_id AND t.akte_id = NEW.akte_id AND t.art = 'band' AND t.geschlossen IS NULL;
    ELSIF EXISTS (SELECT FROM aktenteil t WHERE t.mandant_id = NEW.mandant_id AND t.id = NEW.teil_id AND t.geschlossen IS NOT NULL) THEN
        RAISE EXCEPTION 'In einen geschlossenen Band oder eine geschlossene Teilakte kommt nichts hinein';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER teil_neu BEFORE INSERT ON vorgang FOR EACH ROW EXECUTE FUNCTION vorgang_teil();
CREATE TRIGGER teil_wechselt BEFORE UPDATE OF akte_id, teil_id ON vorgang FOR EACH ROW
    WHEN (OLD.akte_id <> NEW.akte_id OR OLD.teil_id IS DISTINCT FROM NEW.teil_id) EXECUTE FUNCTION vorgang_teil();
