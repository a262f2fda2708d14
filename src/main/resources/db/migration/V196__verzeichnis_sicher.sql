-- Two administrators who save at once: the second is told, and nothing is overwritten in silence.
ALTER TABLE ldapverzeichnis
    ADD COLUMN fassung       int NOT NULL DEFAULT 1,
    ADD COLUMN geaendert     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN geaendert_von uuid,
    ADD FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id);
ALTER TABLE oidcanbieter
    ADD COLUMN fassung       int NOT NULL DEFAULT 1,
    ADD COLUMN geaendert     timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN geaendert_von uuid,
    -- Since when the provider was seen to leave out the claim with the groups; set once until the settings are saved again.
    ADD COLUMN ohne_gruppen_seit timestamptz,
    ADD FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id);

-- Whom a directory took in has a row here, because failed attempts are counted in it, and a hash that nobody knows a password for.
ALTER TABLE zugang ADD COLUMN eigenes boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN zugang.eigenes IS 'whether somebody knows or knew the password that this is the hash of';
DO $$
DECLARE m uuid;
BEGIN
    -- Town by town: row level security holds for the owner, too.
    FOR m IN SELECT id FROM mandant LOOP
        PERFORM set_config('federwerk.mandant', m::text, true);
        UPDATE zugang z SET eigenes = false
         WHERE z.mandant_id = m
           AND EXISTS (SELECT FROM verzeichnisperson v WHERE v.mandant_id = m AND v.person_id = z.person_id)
           AND NOT EXISTS (SELECT FROM protokoll p WHERE p.mandant_id = m AND p.objekt_id = z.person_id AND p.handlung = 'passwort.gesetzt');
    END LOOP;
    PERFORM set_config('federwerk.mandant', '', true);
END $$;

-- Somebody in a directory has the sign-in name of a person who holds a role that no name alone may open: linked by hand, or not at all.
CREATE TABLE verknuepfungsfrage (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    art         text NOT NULL CHECK (art IN ('LDAP', 'OIDC')),
    aussteller  text NOT NULL,
    kennung     text NOT NULL CHECK (length(kennung) BETWEEN 1 AND 300),
    -- As the directory names whoever asks.
    name        text NOT NULL CHECK (length(name) <= 300),
    mail        text CHECK (length(mail) <= 300),
    zuletzt     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    -- With the person: a question must not be about somebody else when it is answered than when it was read.
    UNIQUE (mandant_id, person_id, art, aussteller, kennung),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('verknuepfungsfrage', 'SELECT, INSERT, UPDATE');
