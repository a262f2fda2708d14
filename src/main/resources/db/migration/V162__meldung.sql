-- Meldungen: what a person is told, in the program and – to those who want it – by mail (ADR 0017).

-- One mail. It has an id before it is sent: whatever happens in between, it goes out again as the same mail.
CREATE TABLE meldungsmail (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    gebildet   timestamptz NOT NULL DEFAULT now(),
    -- Not tried before this time.
    ab         timestamptz NOT NULL DEFAULT now(),
    versuche   int NOT NULL DEFAULT 0,
    gesendet   timestamptz,
    -- Why it will never be sent.
    aufgegeben text CHECK (length(aufgegeben) <= 500),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK (gesendet IS NULL OR aufgegeben IS NULL)
);
CREATE INDEX meldungsmail_offen ON meldungsmail (mandant_id, ab) WHERE gesendet IS NULL AND aufgegeben IS NULL;
CREATE INDEX meldungsmail_person ON meldungsmail (mandant_id, person_id, gebildet);

CREATE TABLE meldung (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    art        text NOT NULL CHECK (art ~ '^[A-Z_]{2,40}$'),
    schluessel text NOT NULL CHECK (length(schluessel) BETWEEN 1 AND 200),
    titel      text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    text       text NOT NULL CHECK (length(text) <= 500),
    -- A page of this house: never another host, nothing that a redirect would read differently.
    pfad       text NOT NULL CHECK (pfad ~ '^/[A-Za-z0-9][^[:space:]{}\\]*$' AND length(pfad) <= 500),
    entstanden timestamptz NOT NULL DEFAULT now(),
    gelesen    timestamptz,
    -- For the order of the list, which runs in one direction (ADR 0015), and for the bell.
    neu        smallint NOT NULL GENERATED ALWAYS AS (CASE WHEN gelesen IS NULL THEN 1 ELSE 0 END) STORED,
    -- When it is to be mailed; NULL: not wanted, or read before.
    mail_ab    timestamptz,
    -- The mail it is in.
    mail_id    uuid,
    PRIMARY KEY (mandant_id, id),
    -- The same thing is never told twice.
    UNIQUE (mandant_id, person_id, schluessel),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, mail_id) REFERENCES meldungsmail (mandant_id, id)
);
CREATE INDEX meldung_liste ON meldung (mandant_id, person_id, neu, entstanden, id);
CREATE INDEX meldung_wartet ON meldung (mandant_id, mail_ab, person_id) WHERE mail_ab IS NOT NULL AND mail_id IS NULL;
CREATE INDEX meldung_mail ON meldung (mandant_id, mail_id) WHERE mail_id IS NOT NULL;

-- What a person wants by mail; without a row the default of the kind holds.
CREATE TABLE meldungswahl (
    mandant_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    art        text NOT NULL CHECK (art ~ '^[A-Z_]{2,40}$'),
    mail       text NOT NULL CHECK (mail IN ('sofort', 'taeglich', 'nie')),
    PRIMARY KEY (mandant_id, person_id, art),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);

-- The hour of the daily mail, in Europe/Berlin; without a row 7.
CREATE TABLE meldungszeit (
    mandant_id uuid NOT NULL,
    person_id  uuid NOT NULL,
    stunde     smallint NOT NULL CHECK (stunde BETWEEN 0 AND 23),
    PRIMARY KEY (mandant_id, person_id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);

-- Told to one person and of no use to anybody a year later: these are the rows that may go.
SELECT mandant_schuetzen('meldung', 'SELECT, INSERT, UPDATE, DELETE');
SELECT mandant_schuetzen('meldungsmail', 'SELECT, INSERT, UPDATE, DELETE');
SELECT mandant_schuetzen('meldungswahl', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('meldungszeit', 'SELECT, INSERT, UPDATE');

-- When a Meldung of now is to be mailed. The day is added before the time zone: an hour stays that hour when clocks change.
CREATE FUNCTION mail_faellig(wahl text, stunde int, sammeln interval) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE wahl
           WHEN 'sofort' THEN now() + sammeln
           WHEN 'taeglich' THEN (date_trunc('day', o.hier) + make_interval(days => CASE WHEN extract(hour FROM o.hier) < stunde THEN 0 ELSE 1 END, hours => stunde))
                                AT TIME ZONE 'Europe/Berlin' END
      FROM (SELECT now() AT TIME ZONE 'Europe/Berlin' AS hier) o
$$;
