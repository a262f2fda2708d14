-- How citizens sign in. None of it is readable to the citizens' role: nobody is signed in yet, and nobody reads another's secrets; the house does it
-- for them (ADR 0028).
CREATE TABLE kontozugang (
    mandant_id    uuid NOT NULL,
    konto_id      uuid NOT NULL,
    passwort_hash text NOT NULL,
    -- When the address was proved; before that nobody signs in.
    bestaetigt    timestamptz,
    -- The secret of the app, locked; and the step whose code was used last.
    totp          bytea,
    totp_schritt  bigint NOT NULL DEFAULT 0,
    fehlversuche  int NOT NULL DEFAULT 0,
    gesperrt_bis  timestamptz,
    PRIMARY KEY (mandant_id, konto_id),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES konto (mandant_id, id)
);
SELECT mandant_schuetzen('kontozugang', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE kontoersatzcode (
    mandant_id uuid NOT NULL,
    konto_id   uuid NOT NULL,
    hash       text NOT NULL,
    PRIMARY KEY (mandant_id, konto_id, hash),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES kontozugang (mandant_id, konto_id) ON DELETE CASCADE
);
SELECT mandant_schuetzen('kontoersatzcode', 'SELECT, INSERT, DELETE');

-- What a mail leads to, once.
CREATE TABLE kontolink (
    mandant_id uuid NOT NULL,
    hash       text NOT NULL,
    konto_id   uuid NOT NULL,
    zweck      text NOT NULL CHECK (zweck IN ('bestaetigen', 'passwort')),
    endet      timestamptz NOT NULL,
    PRIMARY KEY (mandant_id, hash),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES kontozugang (mandant_id, konto_id) ON DELETE CASCADE
);
CREATE INDEX kontolink_konto ON kontolink (mandant_id, konto_id);
SELECT mandant_schuetzen('kontolink', 'SELECT, INSERT, DELETE');

-- Who has shown the password and must still show the second factor.
CREATE TABLE kontoanmeldung (
    mandant_id uuid NOT NULL,
    hash       text NOT NULL,
    konto_id   uuid NOT NULL,
    -- The secret that an app is being shown, where there is none yet; locked.
    totp_neu   bytea,
    versuche   int NOT NULL DEFAULT 0,
    endet      timestamptz NOT NULL,
    PRIMARY KEY (mandant_id, hash),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES kontozugang (mandant_id, konto_id) ON DELETE CASCADE
);
CREATE INDEX kontoanmeldung_konto ON kontoanmeldung (mandant_id, konto_id);
SELECT mandant_schuetzen('kontoanmeldung', 'SELECT, INSERT, UPDATE, DELETE');
