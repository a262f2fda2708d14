-- What goes to and fro about an Antrag between the office and whoever sent it.
CREATE TABLE nachricht (
    mandant_id uuid NOT NULL,
    id         uuid NOT NULL,
    antrag_id  uuid NOT NULL,
    art        text NOT NULL CHECK (art IN ('quittung', 'rueckfrage', 'antwort', 'bescheid', 'hinweis')),
    -- Written by the citizen, not by the office.
    vom_buerger boolean NOT NULL DEFAULT false,
    betreff    text NOT NULL CHECK (length(betreff) BETWEEN 1 AND 200),
    text       text NOT NULL CHECK (length(text) <= 20000),
    gesendet   timestamptz NOT NULL DEFAULT now(),
    -- First opened by whom it was for.
    gelesen    timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antrag (mandant_id, id),
    CHECK ((art = 'antwort') = vom_buerger)
);
CREATE INDEX nachricht_antrag ON nachricht (mandant_id, antrag_id, gesendet);
SELECT mandant_schuetzen('nachricht', 'SELECT, INSERT, UPDATE');

-- Files of a message. Their bytes lie in the Ablage before the row is.
CREATE TABLE nachrichtanlage (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    nachricht_id uuid NOT NULL,
    -- The blob, whose bytes may be those of a Dokument as well.
    blob_id      uuid NOT NULL,
    laenge       bigint NOT NULL CHECK (laenge BETWEEN 1 AND 100000000),
    sha256       bytea NOT NULL CHECK (length(sha256) = 32),
    ort          text NOT NULL,
    dateiname    text NOT NULL CHECK (length(dateiname) BETWEEN 1 AND 300),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, nachricht_id) REFERENCES nachricht (mandant_id, id)
);
CREATE INDEX nachrichtanlage_nachricht ON nachrichtanlage (mandant_id, nachricht_id);
SELECT mandant_schuetzen('nachrichtanlage', 'SELECT, INSERT');

-- A citizen reads what belongs to an Antrag of hers, answers, and is seen to have opened it. Subqueries are themselves narrowed to her own.
GRANT SELECT, INSERT, UPDATE (gelesen) ON nachricht TO ${buergerrolle};
CREATE POLICY buerger ON nachricht AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = nachricht.mandant_id AND a.id = antrag_id));
CREATE POLICY buergerwort ON nachricht AS RESTRICTIVE FOR INSERT WITH CHECK (current_user <> '${buergerrolle}' OR vom_buerger);
GRANT SELECT, INSERT ON nachrichtanlage TO ${buergerrolle};
CREATE POLICY buerger ON nachrichtanlage AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM nachricht n WHERE n.mandant_id = nachrichtanlage.mandant_id AND n.id = nachricht_id))
    WITH CHECK (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM nachricht n WHERE n.mandant_id = nachrichtanlage.mandant_id AND n.id = nachricht_id AND n.vom_buerger));
