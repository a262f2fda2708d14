-- The Geschäftsgang: a Laufweg leads a Vorgang or a Dokument through stations; what is signed on the way stays.

CREATE TABLE laufweg (
    mandant_id   uuid NOT NULL,
    id           uuid NOT NULL,
    vorgang_id   uuid NOT NULL,
    akte_id      uuid NOT NULL,
    -- What is signed; NULL: the Vorgang as a whole.
    dokument_id  uuid,
    titel        text NOT NULL CHECK (length(titel) BETWEEN 1 AND 200),
    -- What a new Version does to Zeichnungen of an earlier one: they become void, or void and asked for again.
    neue_version text NOT NULL DEFAULT 'nichtig' CHECK (neue_version IN ('nichtig', 'erneuern')),
    stand        text NOT NULL DEFAULT 'laeuft' CHECK (stand IN ('laeuft', 'abgeschlossen', 'abgelehnt', 'zurueckgeholt')),
    begonnen     timestamptz NOT NULL DEFAULT now(),
    begonnen_von uuid NOT NULL,
    beendet      timestamptz,
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, begonnen_von) REFERENCES person (mandant_id, id),
    CHECK ((stand = 'laeuft') = (beendet IS NULL))
);
CREATE INDEX laufweg_vorgang ON laufweg (mandant_id, vorgang_id, begonnen, id);
CREATE INDEX laufweg_unterwegs ON laufweg (mandant_id, begonnen_von, begonnen, id) WHERE stand = 'laeuft';
CREATE INDEX laufweg_dokument ON laufweg (mandant_id, dokument_id) WHERE stand = 'laeuft' AND dokument_id IS NOT NULL;
SELECT mandant_schuetzen('laufweg', 'SELECT, INSERT, UPDATE');

-- Blocks follow one another; in a block, branches run side by side; in a branch, stations follow one another. Whatever is put together that
-- way comes to an end: no station waits for one that waits for it.
CREATE TABLE station (
    mandant_id     uuid NOT NULL,
    id             uuid NOT NULL,
    laufweg_id     uuid NOT NULL,
    vorgang_id     uuid NOT NULL,
    block          int NOT NULL CHECK (block >= 0),
    zweig          int NOT NULL CHECK (zweig >= 1),
    platz          int NOT NULL CHECK (platz >= 1),
    art            text NOT NULL CHECK (art IN ('entwurf', 'kenntnis', 'bearbeitung', 'stellungnahme', 'mitzeichnung', 'schlusszeichnung', 'versand',
                                                'wiedervorlage', 'zda', 'verfuegung')),
    auftrag        text NOT NULL DEFAULT '' CHECK (length(auftrag) <= 2000),
    empfaenger_art text NOT NULL CHECK (empfaenger_art IN ('person', 'stelle', 'einheit')),
    empfaenger_id  uuid NOT NULL,
    persoenlich    boolean NOT NULL DEFAULT false,
    -- Working days from when it opens; or the day itself.
    frist_tage     int CHECK (frist_tage BETWEEN 0 AND 3650),
    faellig        date,
    -- Nobody who signed that one signs this one, nor who was represented there.
    vier_augen_mit uuid,
    -- What must be there before it can be done: a Dokument of a kind, or a field of the Dokument.
    verlangt       text CHECK (verlangt IN ('dokument', 'absender', 'schreiben_vom')),
    verlangt_wert  text CHECK (length(verlangt_wert) BETWEEN 1 AND 60),
    stand          text NOT NULL DEFAULT 'wartet' CHECK (stand IN ('wartet', 'offen', 'erledigt', 'uebersprungen', 'entfallen')),
    -- How often it was opened anew, by Rückgabe or a new Version.
    runde          int NOT NULL DEFAULT 1 CHECK (runde >= 1),
    offen_seit     timestamptz,
    -- Who took it out of the inbox of a unit.
    genommen_von   uuid,
    ergebnis       text,
    erledigt       timestamptz,
    erledigt_von   uuid,
    erledigt_fuer  uuid,
    erinnert       date,
    eskaliert      date,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, laufweg_id, block, zweig, platz) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (mandant_id, laufweg_id) REFERENCES laufweg (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, vier_augen_mit) REFERENCES station (mandant_id, id),
    CHECK ((stand = 'offen') <= (offen_seit IS NOT NULL)),
    CHECK ((verlangt = 'dokument') <= (verlangt_wert IS NOT NULL))
);
-- The inbox: open ones of a Person, Stelle or Einheit, in the order in which they came.
CREATE INDEX station_aufgabe ON station (mandant_id, empfaenger_id, offen_seit, id) WHERE stand = 'offen';
-- What is due, for reminders.
CREATE INDEX station_faellig ON station (mandant_id, faellig) WHERE stand = 'offen' AND faellig IS NOT NULL;
-- Times per station, for heads.
CREATE INDEX station_erledigt ON station (mandant_id, erledigt) WHERE erledigt IS NOT NULL;
SELECT mandant_schuetzen('station', 'SELECT, INSERT, UPDATE');

-- The Verfügungsvermerk: what somebody decided at a station, about which Version. Never changes; whether it still holds is seen from the Version.
CREATE TABLE zeichnung (
    mandant_id  uuid NOT NULL,
    id          uuid NOT NULL,
    laufweg_id  uuid NOT NULL,
    station_id  uuid NOT NULL,
    vorgang_id  uuid NOT NULL,
    akte_id     uuid NOT NULL,
    dokument_id uuid,
    version_id  uuid,
    runde       int NOT NULL,
    art         text NOT NULL,
    ergebnis    text NOT NULL,
    bemerkung   text NOT NULL DEFAULT '' CHECK (length(bemerkung) <= 4000),
    zeit        timestamptz NOT NULL DEFAULT now(),
    person_id   uuid NOT NULL,
    fuer_id     uuid,
    zusatz      text NOT NULL DEFAULT '' CHECK (zusatz IN ('', 'i. V.', 'i. A.')),
    PRIMARY KEY (mandant_id, id),
    FOREIGN KEY (mandant_id, laufweg_id) REFERENCES laufweg (mandant_id, id),
    FOREIGN KEY (mandant_id, station_id) REFERENCES station (mandant_id, id),
    FOREIGN KEY (mandant_id, vorgang_id, akte_id) REFERENCES vorgang (mandant_id, id, akte_id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, version_id) REFERENCES version (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    FOREIGN KEY (mandant_id, fuer_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX zeichnung_laufweg ON zeichnung (mandant_id, laufweg_id, zeit, id);
CREATE INDEX zeichnung_dokument ON zeichnung (mandant_id, dokument_id, zeit, id) WHERE dokument_id IS NOT NULL;
-- Once per station and round: two who press the same button at once sign once.
CREATE UNIQUE INDEX zeichnung_einmal ON zeichnung (mandant_id, station_id, runde) WHERE ergebnis IN ('kenntnis', 'erledigt', 'stellung', 'gezeichnet', 'geaendert', 'abgelehnt');
SELECT mandant_schuetzen('zeichnung', 'SELECT, INSERT');
CREATE TRIGGER unveraenderlich BEFORE UPDATE OR DELETE ON zeichnung FOR EACH ROW EXECUTE FUNCTION unveraenderlich();
