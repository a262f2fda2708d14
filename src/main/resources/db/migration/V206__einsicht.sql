-- A look into the Lesenachweis of one Akte: asked for by Datenschutz, agreed to by Personalrat, open for both for an hour.

CREATE TABLE einsicht (
    mandant_id     uuid NOT NULL REFERENCES mandant,
    id             uuid NOT NULL,
    akte_id        uuid NOT NULL,
    von            timestamptz NOT NULL,
    bis            timestamptz NOT NULL,
    grund          text NOT NULL CHECK (length(grund) BETWEEN 10 AND 1000),
    beantragt      timestamptz NOT NULL DEFAULT now(),
    beantragt_von  uuid NOT NULL,
    zugestimmt     timestamptz,
    zugestimmt_von uuid,
    -- Ended, withdrawn or refused, by whichever of the two.
    beendet        timestamptz,
    beendet_von    uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, akte_id) REFERENCES akte (mandant_id, id),
    FOREIGN KEY (mandant_id, beantragt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, zugestimmt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, beendet_von) REFERENCES person (mandant_id, id),
    CHECK (von < bis AND bis <= von + interval '367 days'),
    CHECK ((zugestimmt IS NULL) = (zugestimmt_von IS NULL)),
    CHECK ((beendet IS NULL) = (beendet_von IS NULL)),
    CHECK (zugestimmt_von <> beantragt_von)
);
CREATE INDEX einsicht_neueste ON einsicht (mandant_id, beantragt, id);
SELECT mandant_schuetzen('einsicht', 'SELECT, INSERT, UPDATE');

-- What was agreed to is what was asked for; an hour that is over does not begin again.
CREATE FUNCTION einsicht_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.akte_id, NEW.von, NEW.bis, NEW.grund, NEW.beantragt, NEW.beantragt_von) IS DISTINCT FROM
       (OLD.akte_id, OLD.von, OLD.bis, OLD.grund, OLD.beantragt, OLD.beantragt_von)
       OR OLD.zugestimmt IS NOT NULL AND (NEW.zugestimmt, NEW.zugestimmt_von) IS DISTINCT FROM (OLD.zugestimmt, OLD.zugestimmt_von)
       OR OLD.beendet IS NOT NULL THEN
        RAISE EXCEPTION 'Eine Einsicht wird nicht nachträglich geändert';
    END IF;
    IF OLD.zugestimmt IS NULL AND NEW.zugestimmt IS NOT NULL THEN
        NEW.zugestimmt := now();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON einsicht FOR EACH ROW EXECUTE FUNCTION einsicht_bleibt();

CREATE FUNCTION hat_rolle(m uuid, person uuid, kennung text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM rollenbesetzung b JOIN rolle r ON r.mandant_id = b.mandant_id AND r.id = b.rolle_id
                     JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.person_id
                    WHERE b.mandant_id = m AND b.person_id = hat_rolle.person AND r.kennung = hat_rolle.kennung
                      AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(r.gueltig_von, r.gueltig_bis) AND gilt(p.gueltig_von, p.gueltig_bis))
$$;

-- Over as soon as one of the two has lost the role, or administers: whoever gives roles could give himself the other one.
CREATE FUNCTION einsicht_offen(e einsicht) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT e.zugestimmt IS NOT NULL AND e.beendet IS NULL AND now() < e.zugestimmt + interval '60 minutes'
       AND hat_rolle(e.mandant_id, e.beantragt_von, 'DATENSCHUTZ') AND hat_rolle(e.mandant_id, e.zugestimmt_von, 'PERSONALRAT')
       AND NOT hat_rolle(e.mandant_id, e.beantragt_von, 'ADMINISTRATION') AND NOT hat_rolle(e.mandant_id, e.zugestimmt_von, 'ADMINISTRATION')
$$;

-- The only way to who read what. Runs with the rights of its owner, who is under row-level security like everybody.
CREATE VIEW lesenachweis_einsicht AS
SELECT l.mandant_id, e.id AS einsicht_id, e.beantragt_von, e.zugestimmt_von, l.id, l.zeit, l.person, l.gegenstand, l.objekt_id, l.zugang
  FROM einsicht e JOIN lesenachweis l ON l.mandant_id = e.mandant_id AND l.akte_id = e.akte_id AND l.zeit >= e.von AND l.zeit < e.bis
 WHERE einsicht_offen(e);
GRANT SELECT ON lesenachweis_einsicht TO ${laufzeitrolle};
