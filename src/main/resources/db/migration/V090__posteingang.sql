-- The Posteingangsbuch.

CREATE TABLE eingang (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    -- Running number of the year, gap-free: 2026-000001.
    nummer           text NOT NULL,
    eingegangen      timestamptz NOT NULL,
    kanal            text NOT NULL CHECK (kanal IN ('ordner', 'scan', 'email', 'upload', 'portal', 'schnittstelle')),
    datei_id         uuid NOT NULL,
    einheit_id       uuid NOT NULL,
    schutzbereich_id int NOT NULL,
    status           text NOT NULL DEFAULT 'offen' CHECK (status IN ('offen', 'abgelegt')),
    vorgang_id       uuid,
    dokument_id      uuid,
    abgelegt         timestamptz,
    abgelegt_von     uuid,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, nummer),
    FOREIGN KEY (mandant_id, datei_id) REFERENCES datei (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    FOREIGN KEY (mandant_id, schutzbereich_id) REFERENCES schutzbereich (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    CHECK ((status = 'abgelegt') = (vorgang_id IS NOT NULL AND dokument_id IS NOT NULL AND abgelegt IS NOT NULL))
);
CREATE INDEX eingang_offen ON eingang (mandant_id, status, nummer DESC);
CREATE INDEX eingang_datei ON eingang (mandant_id, datei_id);
CREATE INDEX eingang_bereich ON eingang (mandant_id, schutzbereich_id);
SELECT mandant_schuetzen('eingang', 'SELECT, INSERT, UPDATE');

-- Which unit opens the post of the watched folder.
CREATE TABLE poststelle (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    einheit_id uuid NOT NULL,
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
SELECT mandant_schuetzen('poststelle', 'SELECT, INSERT, UPDATE');

ALTER TABLE dokument ADD FOREIGN KEY (mandant_id, eingang_id) REFERENCES eingang (mandant_id, id);
