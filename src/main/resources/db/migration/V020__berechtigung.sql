-- Rights. A Schutzbereich is a coordinate, not a rule; Akte, Vorgang, Dokument and Eingang carry only its id.

CREATE TABLE schutzbereich (
    id            int GENERATED ALWAYS AS IDENTITY,
    mandant_id    uuid NOT NULL REFERENCES mandant,
    plan_knoten   uuid,
    einheit_id    uuid,
    stufe         smallint NOT NULL DEFAULT 0 CHECK (stufe BETWEEN 0 AND 9),
    -- Set where inheritance is cut: then only Freigaben on this id count.
    sonder_id     uuid,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
CREATE INDEX schutzbereich_koordinate ON schutzbereich (mandant_id, plan_knoten, einheit_id, stufe);

CREATE TABLE freigabe (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    subjekt_art text NOT NULL CHECK (subjekt_art IN ('person', 'stelle', 'einheit', 'rolle')),
    subjekt_id  uuid NOT NULL,
    ziel_art    text NOT NULL CHECK (ziel_art IN ('plan', 'einheit', 'sonder')),
    ziel_id     uuid NOT NULL,
    recht       smallint NOT NULL CHECK (recht BETWEEN 0 AND 3),
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX freigabe_subjekt ON freigabe (mandant_id, subjekt_id);
COMMENT ON COLUMN freigabe.recht IS '0 Metadaten, 1 Lesen, 2 Bearbeiten, 3 Verwalten; each includes the ones before';

-- F: single Vorgänge or Akten for one person, with an end (running task, participation).
CREATE TABLE einzelfreigabe (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    vorgang_id  uuid,
    akte_id     uuid,
    recht       smallint NOT NULL CHECK (recht BETWEEN 0 AND 3),
    grund       text NOT NULL,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK ((vorgang_id IS NULL) <> (akte_id IS NULL)),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX einzelfreigabe_person ON einzelfreigabe (mandant_id, person_id);

-- X: Akten a person must not see, whatever else is granted (Befangenheit §§ 20, 21 VwVfG; one's own Personalakte).
CREATE TABLE ausschluss (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    akte_id     uuid NOT NULL,
    grund       text NOT NULL,
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK (gueltig_bis > gueltig_von)
);
CREATE INDEX ausschluss_person ON ausschluss (mandant_id, person_id);

-- Counts every change that can alter anybody's Sicht: a resolved Sicht holds as long as this number does.
CREATE TABLE rechte_stand (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    stand      bigint NOT NULL DEFAULT 1
);

SELECT mandant_schuetzen('schutzbereich', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('freigabe', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('einzelfreigabe', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('ausschluss', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('rechte_stand', 'SELECT, INSERT, UPDATE');

-- A row of its own transaction, not a sequence: a reader must never see the new number before the change it stands for.
CREATE FUNCTION rechte_geaendert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO rechte_stand (mandant_id) VALUES (aktueller_mandant())
    ON CONFLICT (mandant_id) DO UPDATE SET stand = rechte_stand.stand + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON person FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON einheit FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON stelle FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON stellenbesetzung FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON rolle FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON rollenbesetzung FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON schutzbereich FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON freigabe FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON einzelfreigabe FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();
CREATE TRIGGER rechte AFTER INSERT OR UPDATE ON ausschluss FOR EACH STATEMENT EXECUTE FUNCTION rechte_geaendert();

-- Stufe and Sonderbereich stand in the index beside the id: whoever changes them re-files the object instead.
CREATE FUNCTION koordinate_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stufe <> OLD.stufe OR NEW.sonder_id IS DISTINCT FROM OLD.sonder_id THEN
        RAISE EXCEPTION 'Stufe und Sonderbereich eines Schutzbereichs sind unveränderlich';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER koordinate_bleibt BEFORE UPDATE ON schutzbereich FOR EACH ROW EXECUTE FUNCTION koordinate_bleibt();
