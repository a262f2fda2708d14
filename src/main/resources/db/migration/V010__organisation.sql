-- Mandant, Organisationseinheiten, Stellen, Personen, Rollen. Nothing is deleted: everything has gültig von/bis.

CREATE TABLE einheit (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    ueber_id    uuid,
    kuerzel     text NOT NULL CHECK (length(kuerzel) BETWEEN 1 AND 40),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kuerzel),
    FOREIGN KEY (mandant_id, ueber_id) REFERENCES einheit (mandant_id, id),
    CHECK (ueber_id <> id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX einheit_ueber ON einheit (mandant_id, ueber_id);

CREATE TABLE person (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    id            uuid NOT NULL,
    anmeldename   text NOT NULL CHECK (anmeldename ~ '^[a-z0-9][a-z0-9._-]{1,60}$'),
    vorname       text NOT NULL DEFAULT '' CHECK (length(vorname) <= 100),
    nachname      text NOT NULL CHECK (length(nachname) BETWEEN 1 AND 100),
    email         text CHECK (length(email) <= 254),
    art           text NOT NULL DEFAULT 'mensch' CHECK (art IN ('mensch', 'technisch')),
    -- What the Protokoll names instead of the person: the link can be cut without touching an entry.
    pseudonym     uuid NOT NULL,
    -- Highest Vertraulichkeitsstufe this person may see; never gained by Vertretung.
    ermaechtigung smallint NOT NULL DEFAULT 0 CHECK (ermaechtigung BETWEEN 0 AND 9),
    gueltig_von   timestamptz NOT NULL DEFAULT now(),
    gueltig_bis   timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, anmeldename),
    UNIQUE (mandant_id, pseudonym),
    CHECK (gueltig_bis > gueltig_von)
);

CREATE TABLE stelle (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    einheit_id  uuid NOT NULL,
    bezeichnung text NOT NULL CHECK (length(bezeichnung) BETWEEN 1 AND 200),
    leitung     boolean NOT NULL DEFAULT false,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX stelle_einheit ON stelle (mandant_id, einheit_id);

CREATE TABLE stellenbesetzung (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    stelle_id   uuid NOT NULL,
    person_id   uuid NOT NULL,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, stelle_id) REFERENCES stelle (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX stellenbesetzung_person ON stellenbesetzung (mandant_id, person_id);

CREATE TABLE rolle (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    kennung    text NOT NULL CHECK (kennung ~ '^[A-Z_]{2,40}$'),
    name       text NOT NULL,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    CHECK (gueltig_bis > gueltig_von),
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kennung)
);

CREATE TABLE rollenbesetzung (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    rolle_id    uuid NOT NULL,
    person_id   uuid NOT NULL,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, rolle_id) REFERENCES rolle (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX rollenbesetzung_person ON rollenbesetzung (mandant_id, person_id);

-- The password and its lock, apart from the person: counting a failed attempt must not touch rights.
CREATE TABLE zugang (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    person_id     uuid NOT NULL,
    passwort_hash text NOT NULL,
    zu_aendern    boolean NOT NULL DEFAULT false,
    fehlversuche  int NOT NULL DEFAULT 0,
    gesperrt_bis  timestamptz,
    PRIMARY KEY (mandant_id, person_id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);

CREATE TABLE einstellung (
    mandant_id     uuid NOT NULL REFERENCES mandant,
    person_id      uuid NOT NULL,
    thema          text NOT NULL DEFAULT '' CHECK (thema IN ('', 'hell', 'dunkel')),
    tastenkuerzel  boolean NOT NULL DEFAULT true,
    PRIMARY KEY (mandant_id, person_id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);

SELECT mandant_schuetzen('einheit', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('person', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('stelle', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('stellenbesetzung', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('rolle', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('rollenbesetzung', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('zugang', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('einstellung', 'SELECT, INSERT, UPDATE');

-- Serves the question “is anything valid now?”, asked everywhere.
CREATE FUNCTION gilt(von timestamptz, bis timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT von <= now() AND (bis IS NULL OR bis > now()) $$;
