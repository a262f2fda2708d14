-- By which rule the Gemeinde reminds of deadlines and tells heads, and what deputies have been told.

-- Working days throughout, NULL: not at all. Rows stay: a kind that goes back to the rule for all is marked so, and its changes count on –
-- whoever changes an older state than there is, is told.
CREATE TABLE fristregel (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    -- Kind of station; 'alle': for all kinds that have no rule of their own.
    art           text NOT NULL CHECK (art IN ('alle', 'entwurf', 'kenntnis', 'bearbeitung', 'stellungnahme', 'mitzeichnung', 'schlusszeichnung', 'versand',
                                               'wiedervorlage', 'zda', 'verfuegung')),
    gilt          boolean NOT NULL DEFAULT true,
    -- Before the deadline; 0: on the day.
    vorher        int CHECK (vorher BETWEEN 0 AND 60),
    -- After it, once more. Not 0: on the day it has not passed.
    nachher       int CHECK (nachher BETWEEN 1 AND 60),
    -- After it, to the head; and so many days after that, to the next one above.
    eskalation    int CHECK (eskalation BETWEEN 1 AND 60),
    weiter        int CHECK (weiter BETWEEN 1 AND 60),
    fassung       int NOT NULL DEFAULT 1 CHECK (fassung >= 1),
    geaendert     timestamptz NOT NULL DEFAULT now(),
    geaendert_von uuid NOT NULL,
    PRIMARY KEY (mandant_id, art),
    FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id),
    CHECK (weiter IS NULL OR eskalation IS NOT NULL),
    CHECK (gilt OR art <> 'alle')
);
SELECT mandant_schuetzen('fristregel', 'SELECT, INSERT, UPDATE');

-- The day on which each was told; back to NULL when the station opens anew or goes to somebody else.
ALTER TABLE station ADD COLUMN erneut_erinnert date;
ALTER TABLE station ADD COLUMN weiter_eskaliert date;
-- Who was told that it has passed need not hear it again.
ALTER TABLE station NO FORCE ROW LEVEL SECURITY;
UPDATE station SET erneut_erinnert = coalesce(eskaliert, erinnert) WHERE eskaliert IS NOT NULL OR erinnert > faellig;
ALTER TABLE station FORCE ROW LEVEL SECURITY;

-- The day on which the deputy was told what lies there. No right depends on it.
ALTER TABLE vertretung ADD COLUMN gesagt date;
DROP TRIGGER rechte ON vertretung;
CREATE TRIGGER rechte AFTER INSERT OR UPDATE OF person_id, vertreter_id, von, bis, persoenliches, beendet ON vertretung
    FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
ALTER TABLE vertretung NO FORCE ROW LEVEL SECURITY;
UPDATE vertretung SET gesagt = heute() WHERE von < heute();
ALTER TABLE vertretung FORCE ROW LEVEL SECURITY;
CREATE INDEX vertretung_ungesagt ON vertretung (mandant_id, von) WHERE gesagt IS NULL AND beendet IS NULL AND vertreter_id IS NOT NULL;
