-- Sign-in beyond the password: what a person proves besides it, and what the town demands.

-- TOTP, and the lock on guessing codes. The password has a lock of its own: whoever knows it must not be able to reset this one.
CREATE TABLE zweiter_faktor (
    mandant_id      uuid NOT NULL,
    person_id       uuid NOT NULL,
    -- AES-256-GCM under a key that lies outside the database; NULL: no TOTP.
    geheimnis       bytea CHECK (octet_length(geheimnis) BETWEEN 29 AND 200),
    seit            timestamptz,
    -- The step of the last code that was taken (RFC 6238 5.2: a code is good once).
    letzter_schritt bigint NOT NULL DEFAULT 0,
    fehlversuche    int NOT NULL DEFAULT 0,
    gesperrt_bis    timestamptz,
    PRIMARY KEY (mandant_id, person_id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK ((geheimnis IS NULL) = (seit IS NULL))
);

-- For who has lost the device. 78 random bits each, so a plain SHA-256 is enough to keep.
CREATE TABLE ersatzcode (
    mandant_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    hash       bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (mandant_id, person_id, hash),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);

CREATE TABLE passkey (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    -- The authenticator's own id of it (WebAuthn: at most 1023 bytes), and for which host name it is good.
    kennung    bytea NOT NULL CHECK (octet_length(kennung) BETWEEN 1 AND 1023),
    rp_id      text NOT NULL CHECK (length(rp_id) BETWEEN 1 AND 253),
    -- Attested credential data: the public key. Nothing secret.
    schluessel bytea NOT NULL CHECK (octet_length(schluessel) <= 4096),
    -- Counted by the authenticator; one that goes back has a double.
    zaehler    bigint NOT NULL DEFAULT 0,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    zuletzt    timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kennung),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX passkey_person ON passkey (mandant_id, person_id);

-- Who must have a second factor: holders of this role, or with '' everybody.
CREATE TABLE faktorpflicht (
    mandant_id uuid NOT NULL REFERENCES mandant,
    rolle      text NOT NULL CHECK (rolle ~ '^[A-Z_]{0,40}$'),
    PRIMARY KEY (mandant_id, rolle)
);

SELECT mandant_schuetzen('zweiter_faktor', 'SELECT, INSERT, UPDATE, DELETE');
SELECT mandant_schuetzen('ersatzcode', 'SELECT, INSERT, DELETE');
SELECT mandant_schuetzen('passkey', 'SELECT, INSERT, UPDATE, DELETE');
SELECT mandant_schuetzen('faktorpflicht', 'SELECT, INSERT, DELETE');

-- The own password before the present one, so that it is not chosen again when the administration has reset it in between.
ALTER TABLE zugang ADD COLUMN vorheriger_hash text;
