-- What failed in the background. One open row per (art, bezug).

CREATE TABLE stoerung (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    art        text NOT NULL,
    bezug      uuid NOT NULL,
    gegenstand text NOT NULL,
    ursache    text NOT NULL,
    technisch  text,
    zuerst     timestamptz NOT NULL DEFAULT now(),
    zuletzt    timestamptz NOT NULL DEFAULT now(),
    anzahl     int NOT NULL DEFAULT 1,
    erledigt   timestamptz,
    erledigt_wie text CHECK (erledigt_wie IN ('behoben', 'uebergangen')),
    PRIMARY KEY (mandant_id, id)
);
CREATE UNIQUE INDEX stoerung_offen ON stoerung (mandant_id, art, bezug) WHERE erledigt IS NULL;
SELECT mandant_schuetzen('stoerung', 'SELECT, INSERT, UPDATE');
