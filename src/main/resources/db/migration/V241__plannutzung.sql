-- How the positions of the Aktenplan are used: counted when somebody asks for it, since counting a million Akten takes seconds. Numbers
-- only, no titles: whoever maintains the plan need not see a single Akte.
CREATE TABLE plannutzung (
    mandant_id  uuid NOT NULL,
    knoten_id   uuid NOT NULL,
    offen       bigint NOT NULL,
    zda         bigint NOT NULL,
    -- Akten made in the five years before.
    neue        bigint NOT NULL,
    juengste    timestamptz,
    geaendert   timestamptz,
    -- How alike the titles are, 0 to 100; NULL with fewer than two.
    gleichartig smallint,
    -- The sibling with the most similar titles.
    aehnlich_id uuid,
    aehnlich    smallint,
    PRIMARY KEY (mandant_id, knoten_id),
    FOREIGN KEY (mandant_id, knoten_id) REFERENCES planknoten (mandant_id, id),
    FOREIGN KEY (mandant_id, aehnlich_id) REFERENCES planknoten (mandant_id, id)
);
SELECT mandant_schuetzen('plannutzung', 'SELECT, INSERT, DELETE');
ALTER TABLE planbuch ADD COLUMN gezaehlt timestamptz;
