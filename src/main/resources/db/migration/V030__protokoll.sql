-- The Protokoll: append-only. eintrag holds the canonical bytes (docs/adr/0004-protokoll.md); blatt = SHA-256(0x00 ‖ eintrag).

CREATE TABLE protokoll (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    zeit       timestamptz NOT NULL,
    handlung   text NOT NULL,
    objekt_id  uuid NOT NULL,
    person     uuid NOT NULL,
    -- Where people look for it; the entry itself names the object only.
    akte_id    uuid,
    eintrag    bytea NOT NULL,
    blatt      bytea NOT NULL CHECK (length(blatt) = 32),
    PRIMARY KEY (mandant_id, id)
);
CREATE INDEX protokoll_akte ON protokoll (mandant_id, akte_id, id);
CREATE INDEX protokoll_objekt ON protokoll (mandant_id, objekt_id, id);

-- Values and salts: what the commitments in the entry stand for. Can be erased later; the entry still verifies.
CREATE TABLE protokoll_inhalt (
    mandant_id uuid NOT NULL REFERENCES mandant,
    eintrag_id uuid NOT NULL,
    feld       text NOT NULL CHECK (feld ~ '^[a-z_]{1,40}$'),
    wert       text NOT NULL,
    salz       bytea NOT NULL CHECK (length(salz) = 32),
    PRIMARY KEY (mandant_id, eintrag_id, feld),
    FOREIGN KEY (mandant_id, eintrag_id) REFERENCES protokoll (mandant_id, id)
);

SELECT mandant_schuetzen('protokoll', 'SELECT, INSERT');
SELECT mandant_schuetzen('protokoll_inhalt', 'SELECT, INSERT');

CREATE FUNCTION unveraenderlich() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Tabelle % nimmt nur neue Zeilen auf (% verweigert)', TG_TABLE_NAME, TG_OP;
END $$;

-- Refused for everybody, the owner included; missing grants alone would stop only the runtime role.
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON protokoll FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich_ganz BEFORE TRUNCATE ON protokoll FOR EACH STATEMENT EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich BEFORE UPDATE ON protokoll_inhalt FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich_ganz BEFORE TRUNCATE ON protokoll_inhalt FOR EACH STATEMENT EXECUTE FUNCTION unveraenderlich();
