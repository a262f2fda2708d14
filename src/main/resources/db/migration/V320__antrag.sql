-- Anträge: what citizens fill in, send, and what becomes of it. The Portal's role works on its own rows only; the house takes over what was sent.

-- Who the Portal's transaction is for: the hash of the secret that this browser, or whoever knows a status code, showed. '' for nobody.
CREATE FUNCTION aktueller_ausweis() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('federwerk.ausweis', true), '') $$;

-- Where what is sent for a Leistung goes to.
CREATE TABLE antragsweg (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    leistung_id   uuid NOT NULL,
    planknoten_id uuid NOT NULL,
    -- The unit that gets it where the rules of the Leistung name none.
    einheit_id    uuid NOT NULL,
    -- 'jahr': one Akte for all Anträge of a year and unit; 'antrag': one of its own for each.
    akte_je       text NOT NULL DEFAULT 'jahr' CHECK (akte_je IN ('jahr', 'antrag')),
    -- Working days until it should be decided.
    frist_tage    int CHECK (frist_tage BETWEEN 1 AND 400),
    offen         boolean NOT NULL DEFAULT true,
    aenderung     int NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, leistung_id),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id),
    FOREIGN KEY (mandant_id, planknoten_id) REFERENCES planknoten (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
SELECT mandant_schuetzen('antragsweg', 'SELECT, INSERT, UPDATE');
GRANT SELECT (mandant_id, leistung_id, offen) ON antragsweg TO ${buergerrolle};

CREATE TABLE antrag (
    mandant_id         uuid NOT NULL REFERENCES mandant,
    id                 uuid NOT NULL,
    leistung_id        uuid NOT NULL,
    -- As the citizen knew it when it was begun, and as the house calls it.
    titel              text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    amtstitel          text NOT NULL CHECK (length(amtstitel) BETWEEN 1 AND 200),
    formularfassung_id uuid NOT NULL,
    sprache            text NOT NULL,
    -- SHA-256 in hex of the secret in the cookie of the browser in which it was begun.
    besucher           text NOT NULL CHECK (besucher ~ '^[0-9a-f]{64}$'),
    -- The same of the status code, once it was sent.
    code               text CHECK (code ~ '^[0-9a-f]{64}$'),
    stand              text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'gesendet', 'veraktet', 'verworfen')),
    werte              jsonb NOT NULL,
    -- The page on which to go on.
    schritt            text NOT NULL,
    aenderung          int NOT NULL DEFAULT 1,
    angelegt           timestamptz NOT NULL DEFAULT now(),
    geaendert          timestamptz NOT NULL DEFAULT now(),
    gesendet           timestamptz,
    -- Leaf of its entry in the Protokoll: what the receipt names.
    blatt              bytea CHECK (length(blatt) = 32),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id),
    CHECK ((stand IN ('gesendet', 'veraktet')) = (gesendet IS NOT NULL AND code IS NOT NULL AND blatt IS NOT NULL))
);
CREATE INDEX antrag_besucher ON antrag (mandant_id, besucher, geaendert DESC);
CREATE UNIQUE INDEX antrag_code ON antrag (mandant_id, code);
-- One open draft of a Leistung in one browser: whoever comes back finds it again, and a double click makes no second.
CREATE UNIQUE INDEX antrag_entwurf ON antrag (mandant_id, besucher, leistung_id) WHERE stand = 'entwurf';
CREATE INDEX antrag_leistung ON antrag (mandant_id, leistung_id, gesendet) WHERE gesendet IS NOT NULL;
CREATE INDEX antrag_wartet ON antrag (mandant_id, gesendet) WHERE stand = 'gesendet';
CREATE INDEX antrag_vergessen ON antrag (mandant_id, geaendert) WHERE stand IN ('entwurf', 'verworfen');
SELECT mandant_schuetzen('antrag', 'SELECT, INSERT, UPDATE, DELETE');
GRANT SELECT, INSERT, UPDATE (werte, schritt, aenderung, geaendert, stand, gesendet, code, blatt, sprache) ON antrag TO ${buergerrolle};
CREATE POLICY buerger ON antrag AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR aktueller_ausweis() <> '' AND aktueller_ausweis() IN (besucher, code))
    WITH CHECK (current_user <> '${buergerrolle}' OR besucher = aktueller_ausweis() AND stand <> 'veraktet');

-- What was sent stays as it was sent.
CREATE FUNCTION antrag_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.werte, OLD.formularfassung_id, OLD.leistung_id, OLD.besucher, OLD.code, OLD.gesendet, OLD.blatt, OLD.angelegt)
       IS DISTINCT FROM (NEW.werte, NEW.formularfassung_id, NEW.leistung_id, NEW.besucher, NEW.code, NEW.gesendet, NEW.blatt, NEW.angelegt)
       OR NEW.stand NOT IN ('gesendet', 'veraktet') THEN
        RAISE EXCEPTION 'Ein abgesendeter Antrag lässt sich nicht ändern.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON antrag FOR EACH ROW WHEN (OLD.stand IN ('gesendet', 'veraktet')) EXECUTE FUNCTION antrag_bleibt();

-- Files of an Antrag. Their bytes are durable before the row is; named as a blob of the house when it is taken over.
CREATE TABLE antragsanlage (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    antrag_id  uuid NOT NULL,
    laenge     bigint NOT NULL CHECK (laenge BETWEEN 1 AND 100000000),
    sha256     bytea NOT NULL CHECK (length(sha256) = 32),
    ort        text NOT NULL,
    dateiname  text NOT NULL CHECK (length(dateiname) BETWEEN 1 AND 300),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antrag (mandant_id, id) ON DELETE CASCADE
);
CREATE INDEX antragsanlage_antrag ON antragsanlage (mandant_id, antrag_id);
SELECT mandant_schuetzen('antragsanlage', 'SELECT, INSERT, DELETE');
GRANT SELECT, INSERT, DELETE ON antragsanlage TO ${buergerrolle};
-- The subquery is itself narrowed to the citizen's own.
CREATE POLICY buerger ON antragsanlage AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = antragsanlage.mandant_id AND a.id = antrag_id AND a.stand = 'entwurf'));

-- What became of it in the house: one row once it is a Vorgang.
CREATE TABLE antragsvorgang (
    mandant_id  uuid NOT NULL,
    antrag_id   uuid NOT NULL,
    vorgang_id  uuid NOT NULL,
    einheit_id  uuid NOT NULL,
    veraktet    timestamptz NOT NULL DEFAULT now(),
    -- What was found before a person looked at it: [{"art": …, "gut": …, "grund": …}].
    pruefung    jsonb NOT NULL,
    PRIMARY KEY (mandant_id, antrag_id),
    UNIQUE (mandant_id, vorgang_id),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antrag (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
SELECT mandant_schuetzen('antragsvorgang', 'SELECT, INSERT');

-- What the citizen is told, step by step: what she may not read herself, the view does for her. It shows no more of antrag than its policy does.
CREATE VIEW antragsstand WITH (security_barrier) AS
    SELECT a.mandant_id, a.id AS antrag_id, 1 AS platz, 'gesendet' AS art, a.gesendet AS zeit, '' AS stelle FROM antrag a WHERE a.gesendet IS NOT NULL
    UNION ALL
    SELECT a.mandant_id, a.id, 2, 'eingegangen', v.veraktet, e.name FROM antrag a
      JOIN antragsvorgang v ON v.mandant_id = a.mandant_id AND v.antrag_id = a.id
      JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
    UNION ALL
    SELECT a.mandant_id, a.id, 3, 'erledigt', g.zda_am, '' FROM antrag a
      JOIN antragsvorgang v ON v.mandant_id = a.mandant_id AND v.antrag_id = a.id
      JOIN vorgang g ON g.mandant_id = v.mandant_id AND g.id = v.vorgang_id
     WHERE g.stand = 'zda';
GRANT SELECT ON antragsstand TO ${laufzeitrolle}, ${buergerrolle};

-- The Akte in which the Anträge of a year lie.
CREATE TABLE antragsakte (
    mandant_id  uuid NOT NULL,
    leistung_id uuid NOT NULL,
    einheit_id  uuid NOT NULL,
    jahr        int  NOT NULL,
    akte_id     uuid NOT NULL,
    PRIMARY KEY (mandant_id, leistung_id, einheit_id, jahr),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id)
);
SELECT mandant_schuetzen('antragsakte', 'SELECT, INSERT, UPDATE');

-- The forms that citizens fill in, and the entry that an act leaves; to read entries is not theirs.
GRANT SELECT ON formular TO ${buergerrolle};
GRANT SELECT (mandant_id, id, formular_id, nummer, stand, inhalt) ON formularfassung TO ${buergerrolle};
CREATE POLICY buerger ON formularfassung AS RESTRICTIVE USING (current_user <> '${buergerrolle}' OR stand <> 'entwurf');
GRANT INSERT ON protokoll, protokoll_inhalt TO ${buergerrolle};
