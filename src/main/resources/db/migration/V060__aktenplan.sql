-- The Aktenplan. Retention and disposal stand where they are set and are inherited downwards where they are not.

CREATE TABLE planknoten (
    mandant_id       uuid NOT NULL REFERENCES mandant,
    id               uuid NOT NULL,
    ueber_id         uuid,
    kennzeichen      text NOT NULL CHECK (kennzeichen ~ '^[0-9A-Za-z]+([./-][0-9A-Za-z]+)*$' AND length(kennzeichen) <= 40),
    titel            text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    ebene            smallint NOT NULL CHECK (ebene BETWEEN 1 AND 6),
    -- Years after zdA; NULL = as the position above; -1 = unbefristet.
    aufbewahrung     smallint CHECK (aufbewahrung BETWEEN -1 AND 200),
    -- xdomea Aussonderungsart: A archivwürdig, B bewerten, V vernichten; NULL = as the position above.
    aussonderungsart text CHECK (aussonderungsart IN ('A', 'B', 'V')),
    gueltig_von      timestamptz NOT NULL DEFAULT now(),
    gueltig_bis      timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kennzeichen),
    FOREIGN KEY (mandant_id, ueber_id) REFERENCES planknoten (mandant_id, id),
    CHECK (ueber_id <> id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX planknoten_ueber ON planknoten (mandant_id, ueber_id);
SELECT mandant_schuetzen('planknoten', 'SELECT, INSERT, UPDATE');

ALTER TABLE schutzbereich ADD FOREIGN KEY (mandant_id, plan_knoten) REFERENCES planknoten (mandant_id, id);
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON planknoten FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
