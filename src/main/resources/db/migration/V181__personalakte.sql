-- Whose Personalakte an Akte is: an exclusion of its own kind, so that there is one set X and no second rule. It holds as long as the Akte is
-- that, and whom it is about cannot end it, whatever rights come to him.

ALTER TABLE ausschluss
    ADD COLUMN art         text NOT NULL DEFAULT 'einzeln' CHECK (art IN ('einzeln', 'personalakte')),
    ADD COLUMN beendet_von uuid,
    ADD FOREIGN KEY (mandant_id, beendet_von) REFERENCES person (mandant_id, id),
    ADD CONSTRAINT nicht_die_eigene CHECK (art <> 'personalakte' OR beendet_von IS NULL OR beendet_von <> person_id);

-- Of one person at a time.
CREATE UNIQUE INDEX ausschluss_personalakte ON ausschluss (mandant_id, akte_id) WHERE art = 'personalakte' AND gueltig_bis IS NULL;

CREATE FUNCTION ausschluss_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.person_id, NEW.akte_id, NEW.art) IS DISTINCT FROM (OLD.person_id, OLD.akte_id, OLD.art) THEN
        RAISE EXCEPTION 'Ein Ausschluss endet, er wird nicht zu einem anderen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON ausschluss FOR EACH ROW EXECUTE FUNCTION ausschluss_bleibt();
