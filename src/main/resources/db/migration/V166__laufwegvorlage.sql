-- Templates of Laufwege: kept at a position of the Aktenplan, they hold there and for everything below. Nothing is deleted: a template ends.

CREATE TABLE laufwegvorlage (
    mandant_id    uuid NOT NULL,
    id            uuid NOT NULL,
    -- NULL: everywhere.
    planknoten_id uuid,
    titel         text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    -- As laufweg.neue_version.
    erneuern      boolean NOT NULL DEFAULT false,
    -- Counts the changes: who changes an older one than there is, is told.
    fassung       int NOT NULL DEFAULT 1 CHECK (fassung >= 1),
    geaendert     timestamptz NOT NULL DEFAULT now(),
    geaendert_von uuid NOT NULL,
    gueltig_von   timestamptz NOT NULL DEFAULT now(),
    gueltig_bis   timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, planknoten_id) REFERENCES planknoten (mandant_id, id),
    FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id),
    CHECK (gueltig_bis >= gueltig_von)
);
CREATE INDEX laufwegvorlage_position ON laufwegvorlage (mandant_id, planknoten_id);
SELECT mandant_schuetzen('laufwegvorlage', 'SELECT, INSERT, UPDATE');

-- Its stations, placed as those of a Laufweg. Each Fassung has its own: what an earlier one said is still there.
CREATE TABLE vorlagenstation (
    mandant_id     uuid NOT NULL,
    vorlage_id     uuid NOT NULL,
    fassung        int NOT NULL,
    nummer         int NOT NULL CHECK (nummer BETWEEN 1 AND 100),
    block          int NOT NULL CHECK (block >= 1),
    zweig          int NOT NULL CHECK (zweig >= 1),
    platz          int NOT NULL CHECK (platz >= 1),
    art            text NOT NULL CHECK (art IN ('kenntnis', 'bearbeitung', 'stellungnahme', 'mitzeichnung', 'schlusszeichnung', 'versand', 'wiedervorlage',
                                                'zda', 'verfuegung')),
    auftrag        text NOT NULL DEFAULT '' CHECK (length(auftrag) <= 2000),
    -- One that is named, or one that follows from the Vorgang: who works on it, the head of its unit, the head above, its unit; or who begins.
    an             text NOT NULL CHECK (an IN ('person', 'stelle', 'einheit', 'bearbeiter', 'leitung', 'naechste_leitung', 'federfuehrung', 'absender')),
    person_id      uuid,
    stelle_id      uuid,
    einheit_id     uuid,
    frist_tage     int CHECK (frist_tage BETWEEN 1 AND 3650),
    persoenlich    boolean NOT NULL DEFAULT false,
    -- Number of the other station of a four-eyes pair.
    vier_augen_mit int,
    verlangt       text CHECK (verlangt IN ('dokument', 'absender', 'schreiben_vom')),
    verlangt_wert  text CHECK (length(verlangt_wert) BETWEEN 1 AND 60),
    PRIMARY KEY (mandant_id, vorlage_id, fassung, nummer),
    UNIQUE (mandant_id, vorlage_id, fassung, block, zweig, platz),
    FOREIGN KEY (mandant_id, vorlage_id) REFERENCES laufwegvorlage (mandant_id, id),
    -- Stations are written one after the other, the first of a pair before the second.
    FOREIGN KEY (mandant_id, vorlage_id, fassung, vier_augen_mit) REFERENCES vorlagenstation (mandant_id, vorlage_id, fassung, nummer) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, stelle_id) REFERENCES stelle (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id),
    CHECK ((an = 'person') = (person_id IS NOT NULL)),
    CHECK ((an = 'stelle') = (stelle_id IS NOT NULL)),
    CHECK ((an = 'einheit') = (einheit_id IS NOT NULL)),
    CHECK (vier_augen_mit <> nummer),
    CHECK ((verlangt = 'dokument') <= (verlangt_wert IS NOT NULL)),
    -- A day cannot stand in a template: the Wiedervorlage comes so many working days after it was used.
    CHECK ((art = 'wiedervorlage') <= (frist_tage IS NOT NULL))
);
SELECT mandant_schuetzen('vorlagenstation', 'SELECT, INSERT');
