-- Who read what of protected Akten (Stufe ≥ 1 or a Sonderbereich). Not the Protokoll: that says what was done, stays for good and is read by
-- whoever sees the Akte. This says who looked, goes after some months, and is read by Datenschutz and Personalrat together only (§ 87 BetrVG
-- and the Personalvertretungsgesetze: what can watch people at work is opened with their representatives).

CREATE TABLE lesenachweis (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    zeit       timestamptz NOT NULL DEFAULT now(),
    -- Pseudonym, as in the Protokoll.
    person     uuid NOT NULL,
    -- No key to akte, vorgang, dokument: who looked is on record for as long as its own term says, whatever becomes of them.
    akte_id    uuid NOT NULL,
    gegenstand text NOT NULL CHECK (gegenstand IN ('akte', 'vorgang', 'dokument')),
    objekt_id  uuid NOT NULL,
    zugang     text NOT NULL CHECK (zugang IN ('angesehen', 'heruntergeladen', 'schnittstelle')),
    -- Five minutes: a Dokument of 200 pages is fetched in hundreds of pieces.
    fenster    bigint NOT NULL DEFAULT floor(extract(epoch FROM now()) / 300),
    PRIMARY KEY (mandant_id, akte_id, zeit, id),
    -- Begins with the object, never with the person: no index serves the question what one person has read.
    UNIQUE (mandant_id, objekt_id, person, zugang, fenster)
);
CREATE INDEX lesenachweis_alt ON lesenachweis (mandant_id, zeit);

-- The program writes and, when the term is over, deletes; of what stands there it may only see when it was written. Everything else it reads
-- through lesenachweis_einsicht (V206), where the database asks for the two.
SELECT mandant_schuetzen('lesenachweis', 'INSERT, DELETE');
GRANT SELECT (mandant_id, zeit) ON lesenachweis TO ${laufzeitrolle};

CREATE TABLE lesenachweisfrist (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    monate     smallint NOT NULL CHECK (monate BETWEEN 1 AND 36)
);
SELECT mandant_schuetzen('lesenachweisfrist', 'SELECT, INSERT, UPDATE');

-- What is older than this may go.
CREATE FUNCTION lesenachweis_grenze(m uuid) RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT now() - make_interval(months => coalesce((SELECT monate FROM lesenachweisfrist WHERE mandant_id = m), 12)) $$;

CREATE FUNCTION lesenachweis_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.zeit >= lesenachweis_grenze(OLD.mandant_id) THEN
        RAISE EXCEPTION 'Der Lesenachweis wird erst nach Ablauf seiner Frist gelöscht';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER bleibt BEFORE DELETE ON lesenachweis FOR EACH ROW EXECUTE FUNCTION lesenachweis_bleibt();
CREATE TRIGGER unveraenderlich BEFORE UPDATE ON lesenachweis FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich_ganz BEFORE TRUNCATE ON lesenachweis FOR EACH STATEMENT EXECUTE FUNCTION unveraenderlich();
