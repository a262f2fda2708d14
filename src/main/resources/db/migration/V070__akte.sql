-- Akte, Vorgang, Dokument, Version, Vermerk.

-- How Aktenzeichen are made: {plan} {jahr} {nr:4} for an Akte, {akte} {nr:2} for a Vorgang.
CREATE TABLE aktenzeichenregel (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    akte       text NOT NULL,
    vorgang    text NOT NULL
);
SELECT mandant_schuetzen('aktenzeichenregel', 'SELECT, INSERT, UPDATE');

CREATE TABLE akte (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    aktenzeichen     text NOT NULL CHECK (length(aktenzeichen) BETWEEN 1 AND 100),
    titel            text NOT NULL CHECK (length(titel) BETWEEN 1 AND 300),
    planknoten_id    uuid NOT NULL,
    einheit_id       uuid NOT NULL,
    bearbeiter_id    uuid,
    schutzbereich_id int NOT NULL,
    stand            text NOT NULL DEFAULT 'offen' CHECK (stand IN ('offen', 'zda')),
    laufzeit_von     date NOT NULL DEFAULT current_date,
    laufzeit_bis     date,
    angelegt         timestamptz NOT NULL DEFAULT now(),
    angelegt_von     uuid NOT NULL,
    fassung          int NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, aktenzeichen),
    FOREIGN KEY (mandant_id, planknoten_id) REFERENCES planknoten (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    FOREIGN KEY (mandant_id, bearbeiter_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, schutzbereich_id) REFERENCES schutzbereich (mandant_id, id)
);
CREATE INDEX akte_plan ON akte (mandant_id, planknoten_id, aktenzeichen);
CREATE INDEX akte_bereich ON akte (mandant_id, schutzbereich_id);

CREATE TABLE vorgang (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    akte_id          uuid NOT NULL,
    aktenzeichen     text NOT NULL CHECK (length(aktenzeichen) BETWEEN 1 AND 120),
    titel            text NOT NULL CHECK (length(titel) BETWEEN 1 AND 300),
    einheit_id       uuid NOT NULL,
    bearbeiter_id    uuid,
    schutzbereich_id int NOT NULL,
    stand            text NOT NULL DEFAULT 'in_bearbeitung' CHECK (stand IN ('in_bearbeitung', 'zda')),
    angelegt         timestamptz NOT NULL DEFAULT now(),
    angelegt_von     uuid NOT NULL,
    geaendert        timestamptz NOT NULL DEFAULT now(),
    zda_am           timestamptz,
    zda_von          uuid,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, aktenzeichen),
    -- So that a Dokument cannot name a Vorgang of one Akte and another Akte.
    UNIQUE (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    FOREIGN KEY (mandant_id, bearbeiter_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, schutzbereich_id) REFERENCES schutzbereich (mandant_id, id),
    CHECK ((stand = 'zda') = (zda_am IS NOT NULL))
);
CREATE INDEX vorgang_akte ON vorgang (mandant_id, akte_id, aktenzeichen);
CREATE INDEX vorgang_bearbeiter ON vorgang (mandant_id, bearbeiter_id, stand, geaendert DESC);
CREATE INDEX vorgang_bereich ON vorgang (mandant_id, schutzbereich_id);

CREATE TABLE dokument (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    vorgang_id       uuid NOT NULL,
    akte_id          uuid NOT NULL,
    nummer           int NOT NULL CHECK (nummer > 0),
    titel            text NOT NULL CHECK (length(titel) BETWEEN 1 AND 300),
    dokumentart      text NOT NULL DEFAULT 'Schreiben' CHECK (length(dokumentart) BETWEEN 1 AND 60),
    -- What arrived together stays together: the attachment names its mail.
    gehoert_zu       uuid,
    eingang_id       uuid,
    absender         text CHECK (length(absender) <= 300),
    schreiben_vom    date,
    eingegangen      timestamptz,
    schutzbereich_id int NOT NULL,
    angelegt         timestamptz NOT NULL DEFAULT now(),
    angelegt_von     uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, vorgang_id, nummer),
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, gehoert_zu) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, schutzbereich_id) REFERENCES schutzbereich (mandant_id, id)
);
CREATE INDEX dokument_akte ON dokument (mandant_id, akte_id);
CREATE INDEX dokument_bereich ON dokument (mandant_id, schutzbereich_id);
CREATE INDEX dokument_zu ON dokument (mandant_id, gehoert_zu) WHERE gehoert_zu IS NOT NULL;

CREATE TABLE version (
    mandant_id   uuid NOT NULL REFERENCES mandant,
    id           uuid NOT NULL,
    dokument_id  uuid NOT NULL,
    nummer       int NOT NULL CHECK (nummer > 0),
    datei_id     uuid NOT NULL,
    angelegt     timestamptz NOT NULL DEFAULT now(),
    angelegt_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, dokument_id, nummer),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id)
);
CREATE INDEX version_datei ON version (mandant_id, datei_id);

CREATE TABLE vermerk (
    mandant_id   uuid NOT NULL REFERENCES mandant,
    id           uuid NOT NULL,
    vorgang_id   uuid NOT NULL,
    akte_id      uuid NOT NULL,
    text         text NOT NULL CHECK (length(text) BETWEEN 1 AND 20000),
    verfasst     timestamptz NOT NULL DEFAULT now(),
    verfasst_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, verfasst_von) REFERENCES person (mandant_id, id)
);
CREATE INDEX vermerk_vorgang ON vermerk (mandant_id, vorgang_id, verfasst);

SELECT mandant_schuetzen('akte', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('vorgang', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('dokument', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('version', 'SELECT, INSERT');
SELECT mandant_schuetzen('vermerk', 'SELECT, INSERT');

-- Versions and Vermerke never change.
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON version FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON vermerk FOR EACH ROW EXECUTE FUNCTION unveraenderlich();

-- F and X name Akten and Vorgänge that exist.
ALTER TABLE einzelfreigabe ADD FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id);
ALTER TABLE einzelfreigabe ADD FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id);
ALTER TABLE ausschluss ADD FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id);
