-- Mails to citizens, who are no persons of the house. Written in the transaction that has something to say, sent by a service of its own.
CREATE TABLE buergermail (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    email      text NOT NULL CHECK (length(email) BETWEEN 3 AND 254),
    betreff    text NOT NULL CHECK (betreff ~ '^[^[:cntrl:]]{1,200}$'),
    -- Emptied as soon as the mail is gone: it may hold what opens something.
    text       text NOT NULL CHECK (length(text) <= 5000),
    gebildet   timestamptz NOT NULL DEFAULT now(),
    -- Not tried before this time.
    ab         timestamptz NOT NULL DEFAULT now(),
    versuche   int NOT NULL DEFAULT 0,
    gesendet   timestamptz,
    -- Why it will never be sent.
    aufgegeben text CHECK (length(aufgegeben) <= 500),
    PRIMARY KEY (mandant_id, id),
    CHECK (gesendet IS NULL OR aufgegeben IS NULL)
);
CREATE INDEX buergermail_offen ON buergermail (mandant_id, ab) WHERE gesendet IS NULL AND aufgegeben IS NULL;
CREATE INDEX buergermail_alt ON buergermail (mandant_id, gebildet);
SELECT mandant_schuetzen('buergermail', 'SELECT, INSERT, UPDATE, DELETE');
-- What a citizen does may be worth a mail to her; to read the mails of all is nobody's but the house's.
GRANT INSERT (mandant_id, id, email, betreff, text) ON buergermail TO ${buergerrolle};
