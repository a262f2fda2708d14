-- The catalogue of what a town does for its citizens: Leistungen in versions, who is responsible, and where that is.
-- The portal reads these tables (but not who wrote and released) with a role of its own, so they say all that citizens are shown.

CREATE TABLE leistung (
    mandant_id uuid NOT NULL REFERENCES mandant (id),
    id         uuid NOT NULL,
    -- What stands in the address of its page.
    kurzname   text NOT NULL CHECK (length(kurzname) <= 60 AND kurzname ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    -- Key of the Leistungskatalog (LeiKa).
    leika      text CHECK (leika ~ '^[0-9]{14}$'),
    -- Its place among those that are asked for often; NULL: not among them.
    haeufig    int CHECK (haeufig > 0),
    angelegt   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kurzname)
);
SELECT mandant_schuetzen('leistung', 'SELECT, INSERT, UPDATE');

CREATE TABLE leistungsfassung (
    mandant_id       uuid NOT NULL,
    id               uuid NOT NULL,
    leistung_id      uuid NOT NULL,
    nummer           int  NOT NULL CHECK (nummer > 0),
    stand            text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'zur_freigabe', 'veroeffentlicht', 'ersetzt', 'zurueckgezogen', 'verworfen')),
    -- Counts every save: who saves upon an older one is refused.
    aenderung        int  NOT NULL DEFAULT 1,
    betrag           numeric(10, 2) CHECK (betrag >= 0),
    -- Name of a Formular of the house, or an address elsewhere.
    formular         text CHECK (length(formular) BETWEEN 1 AND 100),
    adresse          text CHECK (length(adresse) <= 500 AND adresse LIKE 'https://%'),
    vertrauensniveau text NOT NULL DEFAULT 'ohne' CHECK (vertrauensniveau IN ('ohne', 'basis', 'substanziell', 'hoch')),
    ohne_konto       boolean NOT NULL DEFAULT true,
    lebenslagen      text[] NOT NULL DEFAULT '{}' CHECK (cardinality(lebenslagen) <= 20),
    -- Everybody who changed it: none of them may release it.
    verfasser        uuid[] NOT NULL CHECK (cardinality(verfasser) > 0),
    geaendert        timestamptz NOT NULL DEFAULT now(),
    freigegeben_von  uuid,
    freigegeben      timestamptz,
    beendet          timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, leistung_id, nummer),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id),
    FOREIGN KEY (mandant_id, freigegeben_von) REFERENCES person (mandant_id, id),
    CHECK (formular IS NULL OR adresse IS NULL),
    CONSTRAINT vier_augen CHECK (freigegeben_von IS NULL OR NOT freigegeben_von = ANY (verfasser)),
    CONSTRAINT freigabe_ganz CHECK ((stand IN ('veroeffentlicht', 'ersetzt', 'zurueckgezogen')) = (freigegeben_von IS NOT NULL AND freigegeben IS NOT NULL))
);
CREATE UNIQUE INDEX leistungsfassung_gueltig ON leistungsfassung (mandant_id, leistung_id) WHERE stand = 'veroeffentlicht';
CREATE UNIQUE INDEX leistungsfassung_offen ON leistungsfassung (mandant_id, leistung_id) WHERE stand IN ('entwurf', 'zur_freigabe');
SELECT mandant_schuetzen('leistungsfassung', 'SELECT, INSERT, UPDATE');

-- In German always; in English and Leichte Sprache as far as somebody has written it.
CREATE TABLE leistungstext (
    mandant_id        uuid NOT NULL,
    fassung_id        uuid NOT NULL,
    sprache           text NOT NULL CHECK (sprache IN ('de', 'en', 'leicht')),
    titel             text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    kurztext          text NOT NULL DEFAULT '' CHECK (length(kurztext) <= 500),
    beschreibung      text NOT NULL DEFAULT '' CHECK (length(beschreibung) <= 10000),
    voraussetzungen   text NOT NULL DEFAULT '' CHECK (length(voraussetzungen) <= 5000),
    unterlagen        text[] NOT NULL DEFAULT '{}' CHECK (cardinality(unterlagen) <= 50),
    kosten            text NOT NULL DEFAULT '' CHECK (length(kosten) <= 2000),
    bearbeitungsdauer text NOT NULL DEFAULT '' CHECK (length(bearbeitungsdauer) <= 1000),
    fristen           text NOT NULL DEFAULT '' CHECK (length(fristen) <= 2000),
    rechtsgrundlagen  text NOT NULL DEFAULT '' CHECK (length(rechtsgrundlagen) <= 2000),
    verfahrensablauf  text NOT NULL DEFAULT '' CHECK (length(verfahrensablauf) <= 5000),
    suchworte         text[] NOT NULL DEFAULT '{}' CHECK (cardinality(suchworte) <= 100),
    PRIMARY KEY (mandant_id, fassung_id, sprache),
    FOREIGN KEY (mandant_id, fassung_id) REFERENCES leistungsfassung (mandant_id, id)
);
SELECT mandant_schuetzen('leistungstext', 'SELECT, INSERT, UPDATE, DELETE');

-- What was handed on for release is what is released, and what citizens have read stays as it was.
CREATE FUNCTION leistungstext_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT stand FROM leistungsfassung WHERE mandant_id = coalesce(NEW.mandant_id, OLD.mandant_id) AND id = coalesce(NEW.fassung_id, OLD.fassung_id)) <> 'entwurf' THEN
        RAISE EXCEPTION 'Nur ein Entwurf lässt sich ändern.';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER bleibt BEFORE INSERT OR UPDATE OR DELETE ON leistungstext FOR EACH ROW EXECUTE FUNCTION leistungstext_bleibt();

CREATE FUNCTION leistungsfassung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.betrag, OLD.formular, OLD.adresse, OLD.vertrauensniveau, OLD.ohne_konto, OLD.lebenslagen, OLD.verfasser, OLD.nummer, OLD.leistung_id)
       IS DISTINCT FROM (NEW.betrag, NEW.formular, NEW.adresse, NEW.vertrauensniveau, NEW.ohne_konto, NEW.lebenslagen, NEW.verfasser, NEW.nummer, NEW.leistung_id) THEN
        RAISE EXCEPTION 'Nur ein Entwurf lässt sich ändern.';
    END IF;
    IF OLD.freigegeben IS NOT NULL AND (OLD.freigegeben, OLD.freigegeben_von) IS DISTINCT FROM (NEW.freigegeben, NEW.freigegeben_von) THEN
        RAISE EXCEPTION 'Wer eine Fassung freigegeben hat, steht fest.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON leistungsfassung FOR EACH ROW WHEN (OLD.stand <> 'entwurf') EXECUTE FUNCTION leistungsfassung_bleibt();

CREATE TABLE lebenslage (
    mandant_id   uuid NOT NULL REFERENCES mandant (id),
    id           uuid NOT NULL,
    kurzname     text NOT NULL CHECK (length(kurzname) <= 60 AND kurzname ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    titel        text NOT NULL CHECK (length(titel) BETWEEN 1 AND 100),
    titel_en     text NOT NULL DEFAULT '' CHECK (length(titel_en) <= 100),
    titel_leicht text NOT NULL DEFAULT '' CHECK (length(titel_leicht) <= 100),
    platz        int  NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, kurzname)
);
SELECT mandant_schuetzen('lebenslage', 'SELECT, INSERT, UPDATE, DELETE');

-- Where citizens go to. A unit may have several; its name stands here as citizens know it.
CREATE TABLE dienststelle (
    mandant_id       uuid NOT NULL REFERENCES mandant (id),
    id               uuid NOT NULL,
    einheit_id       uuid NOT NULL,
    name             text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    strasse          text NOT NULL DEFAULT '' CHECK (length(strasse) <= 200),
    ort              text NOT NULL DEFAULT '' CHECK (length(ort) <= 200),
    raum             text NOT NULL DEFAULT '' CHECK (length(raum) <= 200),
    telefon          text NOT NULL DEFAULT '' CHECK (length(telefon) <= 100),
    mail             text NOT NULL DEFAULT '' CHECK (length(mail) <= 200),
    barrierefreiheit text NOT NULL DEFAULT '' CHECK (length(barrierefreiheit) <= 1000),
    -- Monday to Sunday, e.g. 08:00-12:00 14:00-18:00; empty: closed.
    zeiten           text[] NOT NULL DEFAULT '{"","","","","","",""}' CHECK (cardinality(zeiten) = 7),
    -- e.g. 2026-12-24/2026-12-31 Betriebsferien
    schliesstage     text[] NOT NULL DEFAULT '{}' CHECK (cardinality(schliesstage) <= 100),
    aenderung        int NOT NULL DEFAULT 1,
    beendet          timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, einheit_id) REFERENCES einheit (mandant_id, id)
);
CREATE INDEX dienststelle_einheit ON dienststelle (mandant_id, einheit_id);
SELECT mandant_schuetzen('dienststelle', 'SELECT, INSERT, UPDATE');

-- The first rule whose every condition holds says who is responsible; one without conditions is for all others.
CREATE TABLE zustaendigkeitsregel (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    leistung_id     uuid NOT NULL,
    platz           int  NOT NULL,
    strasse         text NOT NULL DEFAULT '' CHECK (length(strasse) <= 100),
    hausnummer_von  int  CHECK (hausnummer_von > 0),
    hausnummer_bis  int  CHECK (hausnummer_bis >= hausnummer_von),
    seite           text NOT NULL DEFAULT 'alle' CHECK (seite IN ('alle', 'gerade', 'ungerade')),
    ortsteil        text NOT NULL DEFAULT '' CHECK (length(ortsteil) <= 100),
    name_von        text NOT NULL DEFAULT '' CHECK (length(name_von) <= 20),
    name_bis        text NOT NULL DEFAULT '' CHECK (length(name_bis) <= 20),
    gegenstand      text NOT NULL DEFAULT '' CHECK (length(gegenstand) <= 100),
    dienststelle_id uuid NOT NULL,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id),
    FOREIGN KEY (mandant_id, dienststelle_id) REFERENCES dienststelle (mandant_id, id),
    CHECK ((name_von = '') = (name_bis = '')),
    CHECK (strasse <> '' OR hausnummer_von IS NULL AND hausnummer_bis IS NULL AND seite = 'alle')
);
CREATE INDEX zustaendigkeitsregel_leistung ON zustaendigkeitsregel (mandant_id, leistung_id, platz);
SELECT mandant_schuetzen('zustaendigkeitsregel', 'SELECT, INSERT, UPDATE, DELETE');

-- A number that grows with every change: what is kept in memory or by a browser is good as long as it stays.
CREATE TABLE leistungsstand (
    mandant_id uuid PRIMARY KEY REFERENCES mandant (id),
    stand      bigint NOT NULL
);
SELECT mandant_schuetzen('leistungsstand', 'SELECT, INSERT, UPDATE');

CREATE FUNCTION leistungen_geaendert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF aktueller_mandant() IS NOT NULL THEN
        INSERT INTO leistungsstand AS s (mandant_id, stand) VALUES (aktueller_mandant(), 1)
            ON CONFLICT (mandant_id) DO UPDATE SET stand = s.stand + 1;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stand AFTER INSERT OR UPDATE ON leistung FOR EACH STATEMENT EXECUTE FUNCTION leistungen_geaendert();
CREATE TRIGGER stand AFTER INSERT OR UPDATE ON leistungsfassung FOR EACH STATEMENT EXECUTE FUNCTION leistungen_geaendert();
CREATE TRIGGER stand AFTER INSERT OR UPDATE OR DELETE ON lebenslage FOR EACH STATEMENT EXECUTE FUNCTION leistungen_geaendert();
CREATE TRIGGER stand AFTER INSERT OR UPDATE ON dienststelle FOR EACH STATEMENT EXECUTE FUNCTION leistungen_geaendert();
CREATE TRIGGER stand AFTER INSERT OR UPDATE OR DELETE ON zustaendigkeitsregel FOR EACH STATEMENT EXECUTE FUNCTION leistungen_geaendert();
