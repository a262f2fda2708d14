-- Who stands in for whom, and what a Stelle may sign.

ALTER TABLE stelle ADD COLUMN zeichnungsbefugnis smallint NOT NULL DEFAULT 1 CHECK (zeichnungsbefugnis BETWEEN 0 AND 3);
COMMENT ON COLUMN stelle.zeichnungsbefugnis IS '0 none, 1 Mitzeichnung, 2 Schlusszeichnung im Auftrag, 3 Schlusszeichnung in own name (head of the authority); each includes the ones before';
-- What somebody may sign is not part of any Sicht: no rights change here.
ALTER TABLE stelle DISABLE TRIGGER rechte;
ALTER TABLE stelle NO FORCE ROW LEVEL SECURITY;
UPDATE stelle SET zeichnungsbefugnis = 2 WHERE leitung;
ALTER TABLE stelle FORCE ROW LEVEL SECURITY;
ALTER TABLE stelle ENABLE TRIGGER rechte;

-- Somebody is absent, and perhaps somebody stands in. Days in Europe/Berlin, both included. Nothing is deleted: who comes back sooner ends it.
CREATE TABLE vertretung (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    person_id       uuid NOT NULL,
    -- NULL: absent, and nobody stands in.
    vertreter_id    uuid,
    von             date NOT NULL,
    bis             date NOT NULL,
    -- Whether personal matters go to the deputy, too: only if said so.
    persoenliches   boolean NOT NULL DEFAULT false,
    eingetragen     timestamptz NOT NULL DEFAULT now(),
    eingetragen_von uuid NOT NULL,
    beendet         timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, vertreter_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, eingetragen_von) REFERENCES person (mandant_id, id),
    CHECK (von <= bis),
    CHECK (vertreter_id <> person_id)
);
CREATE INDEX vertretung_person ON vertretung (mandant_id, person_id, bis);
CREATE INDEX vertretung_vertreter ON vertretung (mandant_id, vertreter_id, bis) WHERE vertreter_id IS NOT NULL;
SELECT mandant_schuetzen('vertretung', 'SELECT, INSERT, UPDATE');
-- Whose tasks somebody sees is part of the resolved Sicht.
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON vertretung FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();

-- The day in the town hall: Vertretungen, deadlines and Wiedervorlagen are reckoned in it.
CREATE FUNCTION heute() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT (now() AT TIME ZONE 'Europe/Berlin')::date $$;
