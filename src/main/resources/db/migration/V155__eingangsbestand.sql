-- How many Eingänge of each status lie in each Schutzbereich. Counting those that a person sees took 27 to 159 ms at 100,000 Eingänge,
-- since it went through the Schutzbereiche one by one; adding up kept numbers takes a few (ADR 0015).
CREATE TABLE eingangsbestand (
    mandant_id       uuid NOT NULL,
    status           text NOT NULL,
    schutzbereich_id int NOT NULL,
    anzahl           bigint NOT NULL,
    PRIMARY KEY (mandant_id, status, schutzbereich_id),
    FOREIGN KEY (mandant_id, schutzbereich_id) REFERENCES schutzbereich (mandant_id, id)
);
ALTER TABLE eingang NO FORCE ROW LEVEL SECURITY;
INSERT INTO eingangsbestand SELECT mandant_id, status, schutzbereich_id, count(*) FROM eingang GROUP BY 1, 2, 3;
ALTER TABLE eingang FORCE ROW LEVEL SECURITY;
SELECT mandant_schuetzen('eingangsbestand', 'SELECT, INSERT, UPDATE');

-- Keeps a Bestand: the table of the numbers, and the column they are kept by beside the Schutzbereich. Once per statement, only what really
-- changes, and in one order, so that two of them cannot wait for each other in a circle. (Until now a changed title of an Akte took it out of
-- the Aktenbestand and put it in again.)
CREATE FUNCTION bestand_folgt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bestand  text := TG_ARGV[0];
    je       text := TG_ARGV[1];
    dazu     text := format('SELECT mandant_id, %I AS je, schutzbereich_id, 1 AS um FROM neu', je);
    davon    text := format('SELECT mandant_id, %I AS je, schutzbereich_id, -1 AS um FROM alt', je);
BEGIN
    EXECUTE format('INSERT INTO %1$I AS b (mandant_id, %2$I, schutzbereich_id, anzahl)
                    SELECT mandant_id, je, schutzbereich_id, sum(um) FROM (%3$s) w GROUP BY 1, 2, 3 HAVING sum(um) <> 0 ORDER BY 1, 2, 3
                    ON CONFLICT (mandant_id, %2$I, schutzbereich_id) DO UPDATE SET anzahl = b.anzahl + excluded.anzahl',
                   bestand, je, CASE TG_OP WHEN 'INSERT' THEN dazu WHEN 'DELETE' THEN davon ELSE dazu || ' UNION ALL ' || davon END);
    RETURN NULL;
END $$;

CREATE TRIGGER bestand_neu AFTER INSERT ON eingang REFERENCING NEW TABLE AS neu
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('eingangsbestand', 'status');
CREATE TRIGGER bestand_geaendert AFTER UPDATE ON eingang REFERENCING OLD TABLE AS alt NEW TABLE AS neu
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('eingangsbestand', 'status');
CREATE TRIGGER bestand_weg AFTER DELETE ON eingang REFERENCING OLD TABLE AS alt
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('eingangsbestand', 'status');

CREATE OR REPLACE TRIGGER bestand_neu AFTER INSERT ON akte REFERENCING NEW TABLE AS neu
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('aktenbestand', 'planknoten_id');
CREATE OR REPLACE TRIGGER bestand_geaendert AFTER UPDATE ON akte REFERENCING OLD TABLE AS alt NEW TABLE AS neu
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('aktenbestand', 'planknoten_id');
CREATE OR REPLACE TRIGGER bestand_weg AFTER DELETE ON akte REFERENCING OLD TABLE AS alt
    FOR EACH STATEMENT EXECUTE FUNCTION bestand_folgt('aktenbestand', 'planknoten_id');
DROP FUNCTION aktenbestand_folgt();
-- It looked at the change itself, before ON CONFLICT adds it to what is there. bin/pruefe counts again.
ALTER TABLE aktenbestand DROP CONSTRAINT aktenbestand_anzahl_check;
