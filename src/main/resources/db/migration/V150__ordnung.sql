-- How lists are ordered: sort keys that are stored, so that a page anywhere in a list is an index range scan (ADR 0015).

-- Text as people order it: each run of digits counts by its value. 2 before 10: "-2" → "-0012", "-10" → "-00210".
CREATE FUNCTION ziffernweise(zeichen text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(CASE WHEN s.t[1] ~ '^[0-9]' THEN lpad(length(ltrim(s.t[1], '0'))::text, 3, '0') || ltrim(s.t[1], '0') ELSE s.t[1] END, '' ORDER BY s.nr), '')
      FROM regexp_matches(zeichen, '[0-9]+|[^0-9]+', 'g') WITH ORDINALITY s (t, nr)
$$;

-- Year and number of an Aktenzeichen, in front of its sort key: '2026 003142 '. The year is the one the rule wrote; where an Aktenzeichen
-- was taken over (jahr NULL) it is read from the text: behind a slash, else the last that looks like one. 0 = there is none.
CREATE FUNCTION aktenstelle(zeichen text, jahr int) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lpad(j.jahr::text, 4, '0') || ' ' || CASE WHEN j.jahr = 0 THEN '' ELSE coalesce(ziffernweise(
               (regexp_match(regexp_replace(zeichen, '^(.*)(?<![0-9])' || j.jahr || '(?![0-9])', '\1'), '([0-9]+)[^0-9]*$'))[1]) || ' ', '') END
      FROM (SELECT coalesce(aktenstelle.jahr, (regexp_match(zeichen, '^.*/((?:19|20)[0-9]{2})(?![0-9])'))[1]::int,
                            (regexp_match(zeichen, '^.*(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])'))[1]::int, 0) AS jahr) j
$$;

ALTER TABLE akte ADD COLUMN jahr smallint CHECK (jahr BETWEEN 0 AND 9999);
COMMENT ON COLUMN akte.jahr IS 'The year in the Aktenzeichen as its rule wrote it; 0 = a rule without year; NULL = taken over, read from the text.';
ALTER TABLE akte ADD COLUMN ordnung text COLLATE "C" NOT NULL GENERATED ALWAYS AS (aktenstelle(aktenzeichen, jahr) || ziffernweise(aktenzeichen)) STORED;
ALTER TABLE vorgang ADD COLUMN ordnung text COLLATE "C" NOT NULL GENERATED ALWAYS AS (ziffernweise(aktenzeichen)) STORED;

-- Row-level security binds the owner too (FORCE), and a migration has no Mandant: what stands there already is filled with it loosened.
ALTER TABLE dokument NO FORCE ROW LEVEL SECURITY;
ALTER TABLE eingang NO FORCE ROW LEVEL SECURITY;
ALTER TABLE vorgang NO FORCE ROW LEVEL SECURITY;

-- Attachments stand right after what they came with, however deep they were nested: all carry the number of the outermost.
ALTER TABLE dokument ADD COLUMN gruppe int;
WITH RECURSIVE stamm AS (
    SELECT mandant_id, id, nummer FROM dokument WHERE gehoert_zu IS NULL
    UNION ALL SELECT d.mandant_id, d.id, s.nummer FROM dokument d JOIN stamm s ON s.mandant_id = d.mandant_id AND s.id = d.gehoert_zu)
UPDATE dokument d SET gruppe = s.nummer FROM stamm s WHERE s.mandant_id = d.mandant_id AND s.id = d.id;
ALTER TABLE dokument ALTER COLUMN gruppe SET NOT NULL;
CREATE FUNCTION dokument_gruppe() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.gehoert_zu IS NOT NULL THEN
        NEW.gruppe := (SELECT gruppe FROM dokument WHERE mandant_id = NEW.mandant_id AND id = NEW.gehoert_zu AND vorgang_id = NEW.vorgang_id);
    END IF;
    NEW.gruppe := coalesce(NEW.gruppe, NEW.nummer);
    RETURN NEW;
END $$;
CREATE TRIGGER gruppe BEFORE INSERT ON dokument FOR EACH ROW EXECUTE FUNCTION dokument_gruppe();

-- A filed Eingang is seen by whoever sees its Vorgang. It carries what that is decided by, so that a book of 10^6 needs no second table:
-- a trigger, because what decides about rights must not depend on who writes.
ALTER TABLE eingang ADD COLUMN akte_id uuid;
UPDATE eingang g SET akte_id = v.akte_id, schutzbereich_id = v.schutzbereich_id FROM vorgang v WHERE v.mandant_id = g.mandant_id AND v.id = g.vorgang_id;
ALTER TABLE eingang ADD CHECK ((vorgang_id IS NULL) = (akte_id IS NULL));
CREATE FUNCTION eingang_folgt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.vorgang_id IS NOT NULL THEN
        SELECT akte_id, schutzbereich_id INTO NEW.akte_id, NEW.schutzbereich_id FROM vorgang WHERE mandant_id = NEW.mandant_id AND id = NEW.vorgang_id;
    ELSE
        NEW.akte_id := NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER folgt BEFORE INSERT OR UPDATE ON eingang FOR EACH ROW EXECUTE FUNCTION eingang_folgt();
CREATE FUNCTION vorgang_zieht_mit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE eingang SET schutzbereich_id = NEW.schutzbereich_id WHERE mandant_id = NEW.mandant_id AND vorgang_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER zieht_mit AFTER UPDATE OF schutzbereich_id, akte_id ON vorgang FOR EACH ROW
    WHEN (OLD.schutzbereich_id <> NEW.schutzbereich_id OR OLD.akte_id <> NEW.akte_id) EXECUTE FUNCTION vorgang_zieht_mit();

ALTER TABLE dokument FORCE ROW LEVEL SECURITY;
ALTER TABLE eingang FORCE ROW LEVEL SECURITY;
ALTER TABLE vorgang FORCE ROW LEVEL SECURITY;
