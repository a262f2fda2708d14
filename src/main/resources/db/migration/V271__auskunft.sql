-- Auskunft (Art. 15 DSGVO): who asks, what was found in the house, what each unit decided about it, and what the person was given.

CREATE TABLE auskunftsersuchen (
    mandant_id        uuid NOT NULL,
    id                uuid NOT NULL,
    vorname           text NOT NULL DEFAULT '' CHECK (length(vorname) <= 100),
    nachname          text NOT NULL CHECK (length(nachname) BETWEEN 1 AND 100),
    -- One a line.
    fruehere_namen    text NOT NULL DEFAULT '' CHECK (length(fruehere_namen) <= 500),
    geburtsdatum      date,
    anschrift         text NOT NULL DEFAULT '' CHECK (length(anschrift) <= 500),
    email             text NOT NULL DEFAULT '' CHECK (length(email) <= 254),
    telefon           text NOT NULL DEFAULT '' CHECK (length(telefon) <= 100),
    aktenzeichen      text NOT NULL DEFAULT '' CHECK (length(aktenzeichen) <= 1000),
    suchworte         text NOT NULL DEFAULT '' CHECK (length(suchworte) <= 1000),
    eingegangen       date NOT NULL,
    -- One month (Art. 12 (3)); two more with a reason that the person is told.
    frist             date NOT NULL,
    verlaengert_bis   date,
    verlaengerungsgrund text CHECK (length(verlaengerungsgrund) BETWEEN 1 AND 1000),
    identitaet_am     timestamptz,
    identitaet_von    uuid,
    identitaet_wie    text CHECK (length(identitaet_wie) BETWEEN 1 AND 300),
    -- Where the answer is filed.
    vorgang_id        uuid NOT NULL,
    vorher_id         uuid,
    angelegt          timestamptz NOT NULL DEFAULT now(),
    angelegt_von      uuid NOT NULL,
    gesucht           timestamptz,
    -- A search is under way since then.
    sucht             timestamptz,
    -- German, for people: what could not be searched.
    luecken           text NOT NULL DEFAULT '',
    erledigt          timestamptz,
    erledigt_von      uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, vorher_id) REFERENCES auskunftsersuchen (mandant_id, id),
    FOREIGN KEY (mandant_id, angelegt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, identitaet_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, erledigt_von) REFERENCES person (mandant_id, id),
    CHECK ((identitaet_am IS NULL) = (identitaet_von IS NULL) AND (identitaet_am IS NULL) = (identitaet_wie IS NULL)),
    CHECK ((verlaengert_bis IS NULL) = (verlaengerungsgrund IS NULL)),
    CHECK (verlaengert_bis BETWEEN frist AND frist + 62),
    CHECK ((erledigt IS NULL) = (erledigt_von IS NULL))
);
CREATE INDEX auskunftsersuchen_neueste ON auskunftsersuchen (mandant_id, angelegt, id);
SELECT mandant_schuetzen('auskunftsersuchen', 'SELECT, INSERT, UPDATE');

-- What was asked for in the house, and how much of it came.
CREATE TABLE auskunftssuche (
    mandant_id   uuid NOT NULL,
    ersuchen_id  uuid NOT NULL,
    platz        int NOT NULL,
    worte        text NOT NULL,
    treffer      bigint NOT NULL,
    uebernommen  bigint NOT NULL,
    PRIMARY KEY (mandant_id, ersuchen_id, platz),
    FOREIGN KEY (mandant_id, ersuchen_id) REFERENCES auskunftsersuchen (mandant_id, id)
);
SELECT mandant_schuetzen('auskunftssuche', 'SELECT, INSERT, DELETE');

-- One thing that may be about the person. No words of it: who may not see the thing learns nothing from this row.
CREATE TABLE auskunftstreffer (
    mandant_id   uuid NOT NULL,
    ersuchen_id  uuid NOT NULL,
    objekt_id    uuid NOT NULL,
    art          text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument', 'eingang', 'papier', 'konto')),
    wege         text[] NOT NULL,
    gefunden     timestamptz NOT NULL DEFAULT now(),
    entscheid    text NOT NULL DEFAULT 'offen' CHECK (entscheid IN ('offen', 'gehoert', 'andere', 'geschwaerzt', 'zurueckgehalten')),
    grund        text CHECK (grund IN ('RECHTE_ANDERER', 'GEHEIM', 'AUFGABENERFUELLUNG', 'NUR_AUFBEWAHRT', 'OFFENKUNDIG_UNBEGRUENDET')),
    bemerkung    text NOT NULL DEFAULT '' CHECK (length(bemerkung) <= 1000),
    -- The redacted copy.
    ersatz_id    uuid,
    -- Of the Dokument, or of its redacted copy, when somebody looked: what came later was not looked at.
    version      int,
    -- What it said when somebody looked (auskunft_stand); what it says later was not looked at.
    stand        text,
    geprueft     timestamptz,
    geprueft_von uuid,
    PRIMARY KEY (mandant_id, ersuchen_id, objekt_id),
    FOREIGN KEY (mandant_id, ersuchen_id) REFERENCES auskunftsersuchen (mandant_id, id),
    FOREIGN KEY (mandant_id, ersatz_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, geprueft_von) REFERENCES person (mandant_id, id),
    CHECK ((entscheid = 'offen') = (geprueft IS NULL) AND (geprueft IS NULL) = (geprueft_von IS NULL)),
    CHECK ((entscheid = 'geschwaerzt') = (ersatz_id IS NOT NULL)),
    CHECK (entscheid NOT IN ('gehoert', 'geschwaerzt') OR stand IS NOT NULL),
    CHECK (entscheid <> 'zurueckgehalten' OR grund IS NOT NULL)
);
CREATE INDEX auskunftstreffer_objekt ON auskunftstreffer (mandant_id, objekt_id);
SELECT mandant_schuetzen('auskunftstreffer', 'SELECT, INSERT, UPDATE (wege, entscheid, grund, bemerkung, ersatz_id, version, stand, geprueft, geprueft_von)');

-- What the person was given; each time anew.
CREATE TABLE auskunftserteilung (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    ersuchen_id     uuid NOT NULL,
    empfaenger      text NOT NULL CHECK (length(empfaenger) BETWEEN 1 AND 300),
    anschrift       text NOT NULL DEFAULT '' CHECK (length(anschrift) <= 500),
    weg             text NOT NULL CHECK (length(weg) BETWEEN 1 AND 100),
    begonnen        timestamptz NOT NULL DEFAULT now(),
    begonnen_von    uuid NOT NULL,
    stand           text NOT NULL DEFAULT 'wartet' CHECK (stand IN ('wartet', 'laeuft', 'fertig', 'gescheitert')),
    hinweis         text NOT NULL DEFAULT '',
    beendet         timestamptz,
    dokument_id     uuid,
    blaetter        int,
    enthalten       int NOT NULL DEFAULT 0,
    zurueckgehalten int NOT NULL DEFAULT 0,
    andere          int NOT NULL DEFAULT 0,
    offen           int NOT NULL DEFAULT 0,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, ersuchen_id) REFERENCES auskunftsersuchen (mandant_id, id),
    FOREIGN KEY (mandant_id, begonnen_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    CHECK ((stand = 'fertig') = (dokument_id IS NOT NULL))
);
CREATE INDEX auskunftserteilung_ersuchen ON auskunftserteilung (mandant_id, ersuchen_id, begonnen DESC);
SELECT mandant_schuetzen('auskunftserteilung', 'SELECT, INSERT, UPDATE (stand, hinweis, beendet, dokument_id, blaetter, enthalten, zurueckgehalten, andere, offen)');
