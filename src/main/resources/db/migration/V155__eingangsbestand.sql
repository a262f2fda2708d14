-- How many Eingänge of each status lie in each Schutzbereich. Counting those that a person sees took 27 to 159 ms at 100,000 Eingänge,
-- since it went through the Schutzbereiche one by one; adding up kept numbers takes a few (ADR 0015). No CHECK (anzahl >= 0) as in
-- aktenbestand: it would look at the change itself before ON CONFLICT adds it. bin/pruefe counts again.
CREATE TABLE eingangsbestand (
    mandant_id       uuid NOT NULL REFERENCES mandant,
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

-- Once per statement, only what really changes, and in one order: 'abgelegt' and then 'offen' for every filing, so that two of them
-- cannot wait for each other in a circle.
CREATE FUNCTION eingangsbestand_folgt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO eingangsbestand AS b SELECT mandant_id, status, schutzbereich_id, count(*) FROM neu GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (mandant_id, status, schutzbereich_id) DO UPDATE SET anzahl = b.anzahl + excluded.anzahl;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO eingangsbestand AS b SELECT mandant_id, status, schutzbereich_id, -count(*) FROM alt GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        ON CONFLICT (mandant_id, status, schutzbereich_id) DO UPDATE SET anzahl = b.anzahl + excluded.anzahl;
    ELSE
        INSERT INTO eingangsbestand AS b
        SELECT mandant_id, status, schutzbereich_id, sum(um)
          FROM (SELECT mandant_id, status, schutzbereich_id, 1 AS um FROM neu
                UNION ALL SELECT mandant_id, status, schutzbereich_id, -1 FROM alt) w
         GROUP BY 1, 2, 3 HAVING sum(um) <> 0 ORDER BY 1, 2, 3
        ON CONFLICT (mandant_id, status, schutzbereich_id) DO UPDATE SET anzahl = b.anzahl + excluded.anzahl;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bestand_neu AFTER INSERT ON eingang REFERENCING NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION eingangsbestand_folgt();
CREATE TRIGGER bestand_geaendert AFTER UPDATE ON eingang REFERENCING OLD TABLE AS alt NEW TABLE AS neu FOR EACH STATEMENT EXECUTE FUNCTION eingangsbestand_folgt();
CREATE TRIGGER bestand_weg AFTER DELETE ON eingang REFERENCING OLD TABLE AS alt FOR EACH STATEMENT EXECUTE FUNCTION eingangsbestand_folgt();
