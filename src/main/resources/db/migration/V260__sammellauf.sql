-- One act for many: an Akte, Vorgang or Dokument after another, each in a transaction of its own, in the name of whoever began it.

CREATE TABLE sammellauf (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    tat         text NOT NULL CHECK (tat ~ '^[a-z]{1,40}$'),
    art         text NOT NULL CHECK (art IN ('akte', 'vorgang', 'dokument')),
    -- What was typed, resolved, as JSON; and the same in words.
    angaben     text NOT NULL,
    bezeichnung text NOT NULL CHECK (length(bezeichnung) BETWEEN 1 AND 300),
    -- Decided for the whole house by a role: not bound to the rights of the person, and on none of the pages of one's own runs.
    amtlich     boolean NOT NULL DEFAULT false,
    stand       text NOT NULL DEFAULT 'laeuft' CHECK (stand IN ('laeuft', 'angehalten', 'fertig', 'ruecknahme', 'zurueckgenommen')),
    -- Which way it goes on when it was stopped.
    rueckwaerts boolean NOT NULL DEFAULT false,
    hinweis     text NOT NULL DEFAULT '',
    angelegt    timestamptz NOT NULL DEFAULT now(),
    beendet     timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK ((stand IN ('fertig', 'zurueckgenommen')) = (beendet IS NOT NULL)),
    CHECK (stand NOT IN ('ruecknahme', 'zurueckgenommen') OR rueckwaerts)
);
CREATE INDEX sammellauf_von ON sammellauf (mandant_id, person_id, angelegt DESC, id DESC);
CREATE INDEX sammellauf_unterwegs ON sammellauf (mandant_id, angelegt, id) WHERE stand IN ('laeuft', 'ruecknahme');
SELECT mandant_schuetzen('sammellauf', 'SELECT, INSERT, UPDATE');

CREATE TABLE sammelposten (
    mandant_id    uuid NOT NULL,
    sammellauf_id uuid NOT NULL,
    nummer        int NOT NULL,
    objekt_id     uuid NOT NULL,
    -- 'geblieben': done, and could not be taken back.
    stand         text NOT NULL DEFAULT 'offen' CHECK (stand IN ('offen', 'erledigt', 'abgelehnt', 'zurueckgenommen', 'geblieben')),
    grund         text NOT NULL DEFAULT '',
    -- How it was and how the run left it, as JSON: what the way back needs.
    spur          text,
    PRIMARY KEY (mandant_id, sammellauf_id, nummer),
    UNIQUE (mandant_id, sammellauf_id, objekt_id),
    FOREIGN KEY (mandant_id, sammellauf_id) REFERENCES sammellauf (mandant_id, id),
    CHECK (stand NOT IN ('abgelehnt', 'geblieben') OR grund <> ''),
    CHECK (stand <> 'erledigt' OR spur IS NOT NULL)
);
CREATE INDEX sammelposten_stand ON sammelposten (mandant_id, sammellauf_id, stand, nummer);
SELECT mandant_schuetzen('sammelposten', 'SELECT, INSERT, UPDATE (stand, grund, spur)');
