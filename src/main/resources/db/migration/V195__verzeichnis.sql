-- Where a town keeps its people besides here: one LDAP directory, one OpenID provider. Secrets are sealed with a key that lies in the data
-- folder and not in the database.

CREATE TABLE ldapverzeichnis (
    mandant_id      uuid NOT NULL REFERENCES mandant,
    id              uuid NOT NULL,
    aktiv           boolean NOT NULL,
    server          text NOT NULL CHECK (length(server) BETWEEN 1 AND 500),
    port            int NOT NULL CHECK (port BETWEEN 1 AND 65535),
    sicherung       text NOT NULL CHECK (sicherung IN ('LDAPS', 'STARTTLS', 'OHNE')),
    zertifikate     text NOT NULL CHECK (length(zertifikate) <= 50000),
    dienstkonto     text NOT NULL CHECK (length(dienstkonto) <= 500),
    dienstpasswort  bytea,
    suchbasis       text NOT NULL CHECK (length(suchbasis) BETWEEN 1 AND 500),
    personenfilter  text NOT NULL CHECK (length(personenfilter) BETWEEN 1 AND 1000),
    kennung         text NOT NULL CHECK (kennung ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    anmeldename     text NOT NULL CHECK (anmeldename ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    vorname         text NOT NULL CHECK (vorname ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    nachname        text NOT NULL CHECK (nachname ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    mail            text NOT NULL CHECK (mail ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    -- Of the person (memberOf) if gruppenbasis is empty, else of the groups that are searched there (member).
    gruppenattribut text NOT NULL CHECK (gruppenattribut ~ '^[A-Za-z][A-Za-z0-9.;-]{0,99}$'),
    gruppenbasis    text NOT NULL CHECK (length(gruppenbasis) <= 500),
    gruppenfilter   text NOT NULL CHECK (length(gruppenfilter) <= 1000),
    verknuepfen     boolean NOT NULL,
    takt            int NOT NULL CHECK (takt BETWEEN 5 AND 1440),
    -- Who takes a comparison in hand moves this on first: of several processes only one does it.
    naechster       timestamptz NOT NULL DEFAULT now(),
    zuletzt         timestamptz,
    ergebnis        text,
    -- Set while too many would leave at once: as many persons lose their access or a right once somebody says that it is so.
    gebremst        int,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id)
);
COMMENT ON COLUMN ldapverzeichnis.takt IS 'minutes between two comparisons';

CREATE TABLE oidcanbieter (
    mandant_id      uuid NOT NULL REFERENCES mandant,
    id              uuid NOT NULL,
    aktiv           boolean NOT NULL,
    aussteller      text NOT NULL CHECK (length(aussteller) BETWEEN 8 AND 500),
    zertifikate     text NOT NULL CHECK (length(zertifikate) <= 50000),
    client          text NOT NULL CHECK (length(client) BETWEEN 1 AND 200),
    geheimnis       bytea,
    bezeichnung     text NOT NULL CHECK (length(bezeichnung) BETWEEN 1 AND 60),
    anmeldename     text NOT NULL CHECK (length(anmeldename) BETWEEN 1 AND 100),
    gruppen         text NOT NULL CHECK (length(gruppen) <= 100),
    aufnehmen       boolean NOT NULL,
    verknuepfen     boolean NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id)
);

-- What a group of either means here: a role, or a Stelle in a unit.
CREATE TABLE gruppenzuordnung (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    gruppe      text NOT NULL CHECK (length(gruppe) BETWEEN 1 AND 500),
    rolle       text CHECK (rolle ~ '^[A-Z_]{2,40}$'),
    einheit_id  uuid,
    stelle      text CHECK (length(stelle) BETWEEN 1 AND 200),
    leitung     boolean NOT NULL DEFAULT false,
    -- Whether a Stelle that is made for it may work on what its unit leads.
    zugriff     boolean NOT NULL DEFAULT false,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    CHECK ((rolle IS NULL) <> (einheit_id IS NULL)),
    CHECK ((stelle IS NULL) = (einheit_id IS NULL)),
    CHECK (gueltig_bis >= gueltig_von)
);

-- Who of us is who there. A person has one link of each kind at most, and nobody there is two persons here.
CREATE TABLE verzeichnisperson (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    person_id   uuid NOT NULL,
    art         text NOT NULL CHECK (art IN ('LDAP', 'OIDC')),
    aussteller  text NOT NULL,
    kennung     text NOT NULL CHECK (length(kennung) BETWEEN 1 AND 300),
    -- The password kept here opens as well: for administrators, so that nobody is locked out with the directory.
    passwort_bleibt boolean NOT NULL DEFAULT false,
    verknuepft  timestamptz NOT NULL DEFAULT now(),
    -- Ended because the directory no longer had the person. Only such a person comes back by it.
    beendet     timestamptz,
    PRIMARY KEY (mandant_id, person_id, art),
    UNIQUE (mandant_id, art, aussteller, kennung),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
COMMENT ON COLUMN verzeichnisperson.aussteller IS 'issuer of OpenID Connect; empty for LDAP';

-- Which roles and Stellen a person has from a directory: only those does it take away again.
CREATE TABLE verzeichnisgabe (
    mandant_id          uuid NOT NULL REFERENCES mandant,
    id                  uuid NOT NULL,
    art                 text NOT NULL CHECK (art IN ('LDAP', 'OIDC')),
    rollenbesetzung_id  uuid,
    stellenbesetzung_id uuid,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, rollenbesetzung_id),
    UNIQUE (mandant_id, stellenbesetzung_id),
    FOREIGN KEY (mandant_id, rollenbesetzung_id) REFERENCES rollenbesetzung (mandant_id, id),
    FOREIGN KEY (mandant_id, stellenbesetzung_id) REFERENCES stellenbesetzung (mandant_id, id),
    CHECK ((rollenbesetzung_id IS NULL) <> (stellenbesetzung_id IS NULL))
);

SELECT mandant_schuetzen('ldapverzeichnis', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('oidcanbieter', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('gruppenzuordnung', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('verzeichnisperson', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('verzeichnisgabe', 'SELECT, INSERT, UPDATE');
