-- Bescheide: templates as data, what was decided upon an Antrag, how it went out, and from when it counts.

-- How to object: a text that the town maintains, picked by templates.
CREATE TABLE rechtsbehelf (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    art        text NOT NULL CHECK (art IN ('widerspruch', 'klage')),
    text       text NOT NULL CHECK (length(text) BETWEEN 1 AND 5000),
    -- Somebody in the town has said that it is right; what came with the program is not.
    geprueft   boolean NOT NULL DEFAULT false,
    aenderung  int NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, name)
);
SELECT mandant_schuetzen('rechtsbehelf', 'SELECT, INSERT, UPDATE');

CREATE TABLE bescheidvorlage (
    mandant_id  uuid NOT NULL REFERENCES mandant,
    id          uuid NOT NULL,
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- NULL: for every Leistung.
    leistung_id uuid,
    angelegt    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, name),
    FOREIGN KEY (mandant_id, leistung_id) REFERENCES leistung (mandant_id, id)
);
SELECT mandant_schuetzen('bescheidvorlage', 'SELECT, INSERT, UPDATE');

CREATE TABLE bescheidfassung (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    vorlage_id      uuid NOT NULL,
    nummer          int  NOT NULL CHECK (nummer > 0),
    stand           text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'veroeffentlicht', 'ersetzt')),
    -- By which law it is made known: VwVfG, or AO (taxes and, by the KAG of the Land, local dues).
    recht           text NOT NULL DEFAULT 'vwvfg' CHECK (recht IN ('vwvfg', 'ao')),
    betreff         text NOT NULL DEFAULT '' CHECK (length(betreff) <= 300),
    text            text NOT NULL DEFAULT '' CHECK (length(text) <= 50000),
    -- What the clerk is asked, a line each: kennung | art | titel | pflicht
    felder          text NOT NULL DEFAULT '' CHECK (length(felder) <= 10000),
    rechtsbehelf_id uuid,
    -- Whether it must be signed in a Laufweg before it goes out.
    zeichnung       boolean NOT NULL DEFAULT false,
    aenderung       int NOT NULL DEFAULT 1,
    geaendert       timestamptz NOT NULL DEFAULT now(),
    geaendert_von   uuid NOT NULL,
    veroeffentlicht timestamptz,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, vorlage_id, nummer),
    FOREIGN KEY (mandant_id, vorlage_id) REFERENCES bescheidvorlage (mandant_id, id),
    FOREIGN KEY (mandant_id, rechtsbehelf_id) REFERENCES rechtsbehelf (mandant_id, id),
    FOREIGN KEY (mandant_id, geaendert_von) REFERENCES person (mandant_id, id),
    CHECK ((stand = 'entwurf') = (veroeffentlicht IS NULL))
);
CREATE UNIQUE INDEX bescheidfassung_gueltig ON bescheidfassung (mandant_id, vorlage_id) WHERE stand = 'veroeffentlicht';
CREATE UNIQUE INDEX bescheidfassung_entwurf ON bescheidfassung (mandant_id, vorlage_id) WHERE stand = 'entwurf';
SELECT mandant_schuetzen('bescheidfassung', 'SELECT, INSERT, UPDATE');

-- What a Bescheid was made from stays readable as it was.
CREATE FUNCTION bescheidfassung_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.vorlage_id, OLD.nummer, OLD.recht, OLD.betreff, OLD.text, OLD.felder, OLD.rechtsbehelf_id, OLD.zeichnung, OLD.veroeffentlicht)
       IS DISTINCT FROM (NEW.vorlage_id, NEW.nummer, NEW.recht, NEW.betreff, NEW.text, NEW.felder, NEW.rechtsbehelf_id, NEW.zeichnung, NEW.veroeffentlicht)
       OR NEW.stand = 'entwurf' THEN
        RAISE EXCEPTION 'Nur ein Entwurf lässt sich ändern.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON bescheidfassung FOR EACH ROW WHEN (OLD.stand <> 'entwurf') EXECUTE FUNCTION bescheidfassung_bleibt();

-- What the town says otherwise than the table that comes with the program: from when a Bescheid counts as made known.
CREATE TABLE bekanntgaberegel (
    mandant_id uuid NOT NULL REFERENCES mandant,
    recht      text NOT NULL CHECK (recht IN ('vwvfg', 'ao')),
    kanal      text NOT NULL CHECK (kanal IN ('post', 'postfach')),
    beginn     text NOT NULL CHECK (beginn IN ('aufgabe', 'bereitstellung', 'abruf')),
    tage       int  NOT NULL CHECK (tage BETWEEN 0 AND 30),
    -- Whether a day that falls on a weekend or holiday moves to the next working day.
    verschiebt boolean NOT NULL,
    -- Of an 'abruf': within so many days, else it was not made known; 0: no bound.
    abruftage  int  NOT NULL DEFAULT 0 CHECK (abruftage BETWEEN 0 AND 90),
    grundlage  text NOT NULL CHECK (length(grundlage) BETWEEN 1 AND 300),
    aenderung  int  NOT NULL DEFAULT 1,
    PRIMARY KEY (mandant_id, recht, kanal),
    CHECK ((kanal = 'post') = (beginn = 'aufgabe'))
);
SELECT mandant_schuetzen('bekanntgaberegel', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE bescheid (
    mandant_id      uuid NOT NULL,
    id              uuid NOT NULL,
    antrag_id       uuid NOT NULL,
    vorgang_id      uuid NOT NULL,
    fassung_id      uuid NOT NULL,
    dokument_id     uuid NOT NULL,
    ergebnis        text NOT NULL CHECK (ergebnis IN ('positiv', 'teilweise', 'abgelehnt', 'zurueckgenommen')),
    betreff         text NOT NULL CHECK (length(betreff) BETWEEN 1 AND 300),
    -- To whom, a line each; the first is the name.
    anschrift       text NOT NULL CHECK (length(anschrift) BETWEEN 1 AND 600),
    werte           jsonb NOT NULL,
    -- As in the template when it was made: by which law, and how to object; NULL: it does not say.
    recht           text NOT NULL CHECK (recht IN ('vwvfg', 'ao')),
    rechtsbehelf    text CHECK (rechtsbehelf IN ('widerspruch', 'klage')),
    stand           text NOT NULL DEFAULT 'entwurf' CHECK (stand IN ('entwurf', 'abgesendet', 'verworfen')),
    aenderung       int NOT NULL DEFAULT 1,
    erstellt        timestamptz NOT NULL DEFAULT now(),
    erstellt_von    uuid NOT NULL,
    -- What went out, by whom and on which way: exactly this Version.
    kanal           text CHECK (kanal IN ('post', 'postfach')),
    gesendet        timestamptz,
    gesendet_von    uuid,
    version_id      uuid,
    sha256          bytea CHECK (length(sha256) = 32),
    nachricht_id    uuid,
    -- Of paper: printed at last, and the day it was taken to the post.
    gedruckt        timestamptz,
    aufgegeben      date,
    aufgegeben_von  uuid,
    -- From when it counts, until when one may object, and why.
    bekanntgabe     date,
    fristende       date,
    begruendung     text NOT NULL DEFAULT '' CHECK (length(begruendung) <= 2000),
    regel           text NOT NULL DEFAULT '' CHECK (length(regel) <= 200),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antrag (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, fassung_id) REFERENCES bescheidfassung (mandant_id, id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, erstellt_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, gesendet_von) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, aufgegeben_von) REFERENCES person (mandant_id, id),
    CONSTRAINT bescheid_abgesendet CHECK ((stand = 'abgesendet') = (gesendet IS NOT NULL AND kanal IS NOT NULL AND gesendet_von IS NOT NULL
        AND version_id IS NOT NULL AND sha256 IS NOT NULL) AND (gesendet IS NOT NULL OR kanal IS NULL)),
    CONSTRAINT bescheid_post CHECK (aufgegeben IS NULL OR kanal = 'post')
);
CREATE INDEX bescheid_vorgang ON bescheid (mandant_id, vorgang_id, erstellt);
-- Two clerks at once: only one of them decides.
CREATE UNIQUE INDEX bescheid_entwurf ON bescheid (mandant_id, antrag_id) WHERE stand = 'entwurf';
CREATE INDEX bescheid_druck ON bescheid (mandant_id, gesendet) WHERE kanal = 'post' AND aufgegeben IS NULL;
CREATE INDEX bescheid_abruf ON bescheid (mandant_id, gesendet) WHERE kanal = 'postfach' AND bekanntgabe IS NULL;
SELECT mandant_schuetzen('bescheid', 'SELECT, INSERT, UPDATE');
-- A decision uses what it decides upon: not while that is restricted (Art. 18 GDPR).
CREATE TRIGGER einschraenkung BEFORE INSERT OR UPDATE OF stand, werte, anschrift, betreff, ergebnis ON bescheid FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();

-- What went out stays as it went out.
CREATE FUNCTION bescheid_bleibt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.antrag_id, OLD.vorgang_id, OLD.fassung_id, OLD.dokument_id, OLD.ergebnis, OLD.betreff, OLD.anschrift, OLD.werte, OLD.recht, OLD.rechtsbehelf,
        OLD.stand, OLD.kanal, OLD.gesendet, OLD.gesendet_von, OLD.version_id, OLD.sha256, OLD.nachricht_id)
       IS DISTINCT FROM (NEW.antrag_id, NEW.vorgang_id, NEW.fassung_id, NEW.dokument_id, NEW.ergebnis, NEW.betreff, NEW.anschrift, NEW.werte, NEW.recht,
        NEW.rechtsbehelf, NEW.stand, NEW.kanal, NEW.gesendet, NEW.gesendet_von, NEW.version_id, NEW.sha256, NEW.nachricht_id)
       OR OLD.aufgegeben IS NOT NULL AND (OLD.aufgegeben, OLD.aufgegeben_von) IS DISTINCT FROM (NEW.aufgegeben, NEW.aufgegeben_von) THEN
        RAISE EXCEPTION 'Ein abgesendeter Bescheid lässt sich nicht ändern.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bleibt BEFORE UPDATE ON bescheid FOR EACH ROW WHEN (OLD.stand <> 'entwurf') EXECUTE FUNCTION bescheid_bleibt();

-- What the citizen is told of it, beside antragsstand: that it is decided, and where the Bescheid is. It shows no more of antrag than its policy does.
CREATE VIEW entscheidungsstand WITH (security_barrier) AS
    SELECT a.mandant_id, a.id AS antrag_id, 2 AS platz, 'entschieden_' || b.kanal AS art, b.gesendet AS zeit, '' AS stelle FROM antrag a
      JOIN bescheid b ON b.mandant_id = a.mandant_id AND b.antrag_id = a.id
     WHERE b.stand = 'abgesendet';
GRANT SELECT ON entscheidungsstand TO ${laufzeitrolle}, ${buergerrolle};
