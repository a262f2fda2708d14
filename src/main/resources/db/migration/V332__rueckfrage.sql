-- Questions, answers and where they lie in the house.

-- Who in the house wrote a message, at which Vorgang: nothing that a citizen reads.
CREATE TABLE hausnachricht (
    mandant_id   uuid NOT NULL,
    nachricht_id uuid NOT NULL,
    vorgang_id   uuid NOT NULL,
    person_id    uuid NOT NULL,
    PRIMARY KEY (mandant_id, nachricht_id),
    FOREIGN KEY (mandant_id, nachricht_id) REFERENCES nachricht (mandant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
SELECT mandant_schuetzen('hausnachricht', 'SELECT, INSERT, DELETE');

-- Where what came later lies, once the Vorgang of the Antrag takes nothing any more.
CREATE TABLE nachtrag (
    mandant_id uuid NOT NULL,
    vorgang_id uuid NOT NULL,
    antrag_id  uuid NOT NULL,
    angelegt   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, vorgang_id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antrag (mandant_id, id)
);
CREATE INDEX nachtrag_antrag ON nachtrag (mandant_id, antrag_id, angelegt);
SELECT mandant_schuetzen('nachtrag', 'SELECT, INSERT');

-- When an answer was laid into a Vorgang; until then it waits.
ALTER TABLE nachricht ADD COLUMN abgelegt timestamptz CHECK (abgelegt IS NULL OR vom_buerger);
CREATE INDEX nachricht_wartet ON nachricht (mandant_id, gesendet, id) WHERE vom_buerger AND abgelegt IS NULL;
CREATE INDEX nachricht_alt ON nachricht (mandant_id, (CASE WHEN vom_buerger THEN abgelegt ELSE gelesen END));
-- What was read long ago goes; the Akte keeps it.
GRANT DELETE ON nachricht, nachrichtanlage TO ${laufzeitrolle};

-- Besides answers a citizen's transaction writes her receipt, once, under the id of the Antrag itself, as soon as it is sent.
REVOKE INSERT ON nachricht FROM ${buergerrolle};
GRANT INSERT (mandant_id, id, antrag_id, art, vom_buerger, betreff, text) ON nachricht TO ${buergerrolle};
DROP POLICY buergerwort ON nachricht;
CREATE POLICY buergerwort ON nachricht AS RESTRICTIVE FOR INSERT WITH CHECK (current_user <> '${buergerrolle}'
    OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = nachricht.mandant_id AND a.id = antrag_id AND a.gesendet IS NOT NULL)
        AND (vom_buerger OR art = 'quittung' AND id = antrag_id));
-- The mail about it names the town.
GRANT SELECT (id, name) ON mandant TO ${buergerrolle};

-- Since when a person of the house has it in hand.
ALTER TABLE antragsvorgang ADD COLUMN bearbeitet_seit timestamptz;
GRANT UPDATE (bearbeitet_seit) ON antragsvorgang TO ${laufzeitrolle};

CREATE OR REPLACE VIEW antragsstand WITH (security_barrier) AS
    SELECT a.mandant_id, a.id AS antrag_id, 1 AS platz, 'gesendet' AS art, a.gesendet AS zeit, '' AS stelle FROM antrag a WHERE a.gesendet IS NOT NULL
    UNION ALL
    SELECT a.mandant_id, a.id, 2, 'eingegangen', v.veraktet, e.name FROM antrag a
      JOIN antragsvorgang v ON v.mandant_id = a.mandant_id AND v.antrag_id = a.id
      JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
    UNION ALL
    SELECT a.mandant_id, a.id, 3, 'bearbeitung', v.bearbeitet_seit, '' FROM antrag a
      JOIN antragsvorgang v ON v.mandant_id = a.mandant_id AND v.antrag_id = a.id
     WHERE v.bearbeitet_seit IS NOT NULL
    UNION ALL
    -- The newest of question and answer says whose turn it is.
    SELECT a.mandant_id, a.id, 4, n.art, n.gesendet, '' FROM antrag a
     CROSS JOIN LATERAL (SELECT n.art, n.gesendet FROM nachricht n
                          WHERE n.mandant_id = a.mandant_id AND n.antrag_id = a.id AND n.art IN ('rueckfrage', 'antwort')
                          ORDER BY n.gesendet DESC, n.id DESC LIMIT 1) n
    UNION ALL
    SELECT a.mandant_id, a.id, 9, 'erledigt', g.zda_am, '' FROM antrag a
      JOIN antragsvorgang v ON v.mandant_id = a.mandant_id AND v.antrag_id = a.id
      JOIN vorgang g ON g.mandant_id = v.mandant_id AND g.id = v.vorgang_id
     WHERE g.stand = 'zda';
