-- Akteneinsicht: who gets to see which parts of an Akte, and the package that was made of them. Belongs to whoever makes it.

CREATE TABLE akteneinsicht (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    akte_id         uuid NOT NULL,
    angelegt        timestamptz NOT NULL DEFAULT now(),
    angelegt_von    uuid NOT NULL,
    form            text NOT NULL CHECK (form IN ('pdf', 'zip')),
    empfaenger      text NOT NULL CHECK (length(empfaenger) BETWEEN 1 AND 300),
    anschrift       text NOT NULL DEFAULT '' CHECK (length(anschrift) <= 1000),
    grundlage       text NOT NULL CHECK (grundlage IN ('VWVFG', 'VWGO', 'IFG', 'DSGVO', 'ANDERE')),
    zeichen         text NOT NULL DEFAULT '' CHECK (length(zeichen) <= 100),
    mit_vermerken   boolean NOT NULL,
    mit_verlauf     boolean NOT NULL,
    alle_versionen  boolean NOT NULL,
    -- The Vorgang in which the package is filed as a Dokument; NULL: it is only kept for a while.
    ablegen_in      uuid,
    stand           text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'wartet', 'laeuft', 'fertig', 'gescheitert', 'abgebrochen')),
    seiten_fertig   int NOT NULL DEFAULT 0,
    seiten_gesamt   int NOT NULL DEFAULT 0,
    beendet         timestamptz,
    hinweis         text NOT NULL DEFAULT '',
    blob_id         uuid,
    dateiname       text,
    blaetter        int,
    abrufbar_bis    timestamptz,
    dokument_id     uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, ablegen_in) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, blob_id) REFERENCES blob (mandant_id, id),
    -- Nothing half: what is done can be fetched, what can be fetched is done.
    CHECK ((stand = 'fertig') = (blob_id IS NOT NULL AND dateiname IS NOT NULL AND abrufbar_bis IS NOT NULL))
);
CREATE INDEX akteneinsicht_von ON akteneinsicht (mandant_id, angelegt_von, angelegt DESC, id DESC);
CREATE INDEX akteneinsicht_akte ON akteneinsicht (mandant_id, akte_id);
SELECT mandant_schuetzen('akteneinsicht', 'SELECT, INSERT, UPDATE');

-- The Dokumente of the chosen parts, and what becomes of each.
CREATE TABLE einsichtsstueck (
    mandant_id       uuid NOT NULL,
    akteneinsicht_id uuid NOT NULL,
    dokument_id      uuid NOT NULL,
    wie              text NOT NULL DEFAULT 'vorgelegt' CHECK (wie IN ('vorgelegt', 'zurueckgehalten', 'ersetzt', 'ausgelassen')),
    grund            text NOT NULL DEFAULT '' CHECK (length(grund) <= 500),
    -- The redacted copy, a Dokument of the same Vorgang.
    ersatz_id        uuid,
    blatt            int,
    PRIMARY KEY (mandant_id, akteneinsicht_id, dokument_id),
    FOREIGN KEY (mandant_id, akteneinsicht_id) REFERENCES akteneinsicht (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, ersatz_id) REFERENCES dokument (mandant_id, id),
    CHECK ((wie = 'ersetzt') = (ersatz_id IS NOT NULL)),
    -- Whoever withholds something says why.
    CHECK (wie NOT IN ('zurueckgehalten', 'ersetzt') OR grund <> '')
);
CREATE INDEX einsichtsstueck_dokument ON einsichtsstueck (mandant_id, dokument_id);
SELECT mandant_schuetzen('einsichtsstueck', 'SELECT, INSERT, UPDATE (wie, grund, ersatz_id, blatt)');
