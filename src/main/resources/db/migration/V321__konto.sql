-- Konten of citizens and of those for whom they act, and how the database itself knows whose a transaction is: by the secret of the session, not by
-- what the program says.

CREATE TABLE konto (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    -- 'person' signs in; an 'organisation' is acted for.
    art        text NOT NULL DEFAULT 'person' CHECK (art IN ('person', 'organisation')),
    -- As it is shown; '' once it was deleted: the row stays because Anträge name it.
    name       text NOT NULL CHECK (length(name) <= 200),
    -- Lower case; null for organisations and once deleted.
    email      text CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    -- What the person has proved at best: see Vertrauensniveau.
    niveau     text NOT NULL DEFAULT 'basis' CHECK (niveau IN ('basis', 'substanziell', 'hoch')),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    geloescht  timestamptz,
    PRIMARY KEY (mandant_id, id)
);
CREATE UNIQUE INDEX konto_email ON konto (mandant_id, email);
SELECT mandant_schuetzen('konto', 'SELECT, INSERT, UPDATE');

-- Complete sign-ins only: who has shown all that is asked.
CREATE TABLE kontositzung (
    mandant_id uuid NOT NULL,
    -- SHA-256 in hex of the secret in the cookie.
    schluessel text NOT NULL CHECK (schluessel ~ '^[0-9a-f]{64}$'),
    konto_id   uuid NOT NULL,
    -- The organisation for which she acts just now.
    fuer_id    uuid,
    -- What this sign-in has proved.
    niveau     text NOT NULL DEFAULT 'basis' CHECK (niveau IN ('basis', 'substanziell', 'hoch')),
    geraet     text NOT NULL DEFAULT '' CHECK (length(geraet) <= 200),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    zuletzt    timestamptz NOT NULL DEFAULT now(),
    endet      timestamptz NOT NULL,
    PRIMARY KEY (mandant_id, schluessel),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES konto (mandant_id, id),
    FOREIGN KEY (mandant_id, fuer_id) REFERENCES konto (mandant_id, id)
);
CREATE INDEX kontositzung_konto ON kontositzung (mandant_id, konto_id);
SELECT mandant_schuetzen('kontositzung', 'SELECT, INSERT, UPDATE, DELETE');

-- The Konto whose things this transaction may see: that of the session, or that for which it acts. Runs with the owner's rights: the citizens' role
-- reads no sessions itself.
CREATE FUNCTION aktuelles_konto() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT coalesce(s.fuer_id, s.konto_id) FROM kontositzung s
    WHERE s.mandant_id = aktueller_mandant() AND s.schluessel = current_setting('federwerk.sitzung', true) AND s.endet > now() $$;
-- The person herself, for whomever she acts.
CREATE FUNCTION angemeldetes_konto() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT s.konto_id FROM kontositzung s
    WHERE s.mandant_id = aktueller_mandant() AND s.schluessel = current_setting('federwerk.sitzung', true) AND s.endet > now() $$;

GRANT SELECT ON konto TO ${buergerrolle};
CREATE POLICY buerger ON konto AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR id IN ((SELECT aktuelles_konto()), (SELECT angemeldetes_konto())));

-- An Antrag belongs to a browser or to a Konto. With a Konto no code is needed.
ALTER TABLE antrag ADD COLUMN konto_id uuid;
ALTER TABLE antrag ADD FOREIGN KEY (mandant_id, konto_id) REFERENCES konto (mandant_id, id);
ALTER TABLE antrag ALTER COLUMN besucher DROP NOT NULL;
ALTER TABLE antrag ADD CHECK (besucher IS NOT NULL OR konto_id IS NOT NULL);
ALTER TABLE antrag DROP CONSTRAINT antrag_check;
ALTER TABLE antrag ADD CONSTRAINT antrag_gesendet CHECK ((stand IN ('gesendet', 'veraktet')) = (gesendet IS NOT NULL AND blatt IS NOT NULL)
    AND (gesendet IS NOT NULL OR code IS NULL) AND (gesendet IS NULL OR code IS NOT NULL OR konto_id IS NOT NULL));
CREATE INDEX antrag_konto ON antrag (mandant_id, konto_id, geaendert DESC) WHERE konto_id IS NOT NULL;
CREATE UNIQUE INDEX antrag_konto_entwurf ON antrag (mandant_id, konto_id, leistung_id) WHERE stand = 'entwurf';
-- What was begun before signing in can be taken along, and is then the Konto's alone.
GRANT UPDATE (konto_id, besucher) ON antrag TO ${buergerrolle};

DROP POLICY buerger ON antrag;
CREATE POLICY buerger ON antrag AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR aktueller_ausweis() <> '' AND aktueller_ausweis() IN (besucher, code)
        OR konto_id = (SELECT aktuelles_konto()))
    WITH CHECK (current_user <> '${buergerrolle}'
        OR stand <> 'veraktet' AND (konto_id = (SELECT aktuelles_konto()) OR konto_id IS NULL AND besucher = aktueller_ausweis()));

-- What was sent stays as it was sent; only a Konto can take it up that had none.
CREATE OR REPLACE FUNCTION antrag_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.werte, OLD.formularfassung_id, OLD.leistung_id, OLD.code, OLD.gesendet, OLD.blatt, OLD.angelegt)
       IS DISTINCT FROM (NEW.werte, NEW.formularfassung_id, NEW.leistung_id, NEW.code, NEW.gesendet, NEW.blatt, NEW.angelegt)
       OR OLD.konto_id IS NOT NULL AND (OLD.konto_id, OLD.besucher) IS DISTINCT FROM (NEW.konto_id, NEW.besucher)
       OR NEW.konto_id IS NULL AND OLD.besucher IS DISTINCT FROM NEW.besucher
       OR NEW.stand NOT IN ('gesendet', 'veraktet') THEN
        RAISE EXCEPTION 'Ein abgesendeter Antrag lässt sich nicht ändern.';
    END IF;
    RETURN NEW;
END $$;
