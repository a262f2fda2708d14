-- Two together open the record of who read a protected Akte: nobody may be both. Personen.gib says so in words; this holds for every way.
CREATE FUNCTION rollen_getrennt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    andere text;
BEGIN
    SELECT CASE kennung WHEN 'DATENSCHUTZ' THEN 'PERSONALRAT' WHEN 'PERSONALRAT' THEN 'DATENSCHUTZ' END INTO andere
      FROM rolle WHERE mandant_id = NEW.mandant_id AND id = NEW.rolle_id;
    IF andere IS NULL OR NEW.gueltig_bis <= now() THEN
        RETURN NULL;
    END IF;
    -- Of two who give one role each at once, the second sees what the first has given.
    PERFORM 1 FROM person WHERE mandant_id = NEW.mandant_id AND id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                WHERE b.mandant_id = NEW.mandant_id AND b.person_id = NEW.person_id AND r.kennung = andere
                  AND (b.gueltig_bis IS NULL OR b.gueltig_bis > now())) THEN
        RAISE EXCEPTION 'Datenschutz und Personalrat sind nie dieselbe Person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER rollen_getrennt AFTER INSERT OR UPDATE ON rollenbesetzung FOR EACH ROW EXECUTE FUNCTION rollen_getrennt();
