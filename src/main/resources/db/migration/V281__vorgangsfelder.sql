-- An Aktenart gives the Vorgänge in its Akten typed fields as well, and says what an Akte begins with.

ALTER TABLE aktenfeld ADD COLUMN traeger text NOT NULL DEFAULT 'akte' CHECK (traeger IN ('akte', 'vorgang'));
DROP INDEX aktenfeld_name;
CREATE UNIQUE INDEX aktenfeld_name ON aktenfeld (mandant_id, aktenart_id, traeger, lower(name)) WHERE beendet IS NULL;
CREATE OR REPLACE TRIGGER art_bleibt BEFORE UPDATE ON aktenfeld FOR EACH ROW
    WHEN ((OLD.art, OLD.aktenart_id, OLD.traeger) IS DISTINCT FROM (NEW.art, NEW.aktenart_id, NEW.traeger)) EXECUTE FUNCTION feldart_bleibt();

-- As aktenwert. What stands here stays when the Vorgang goes to an Akte of another kind; it is shown again when it comes back.
CREATE TABLE vorgangswert (
    mandant_id uuid NOT NULL,
    vorgang_id uuid NOT NULL,
    feld_id    uuid NOT NULL,
    text       text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    zahl       numeric(18, 4),
    tag        date,
    person_id  uuid,
    PRIMARY KEY (mandant_id, vorgang_id, feld_id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id),
    FOREIGN KEY (mandant_id, feld_id) REFERENCES aktenfeld (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id)
);
CREATE INDEX vorgangswert_feld ON vorgangswert (mandant_id, feld_id, vorgang_id);
SELECT mandant_schuetzen('vorgangswert', 'SELECT, INSERT, UPDATE, DELETE');

ALTER TABLE aktenart
    -- Titles of the Vorgänge that are made with a new Akte.
    ADD COLUMN vorgaenge text[] NOT NULL DEFAULT '{}',
    -- Titles that are offered for further ones.
    ADD COLUMN vorgangstitel text[] NOT NULL DEFAULT '{}',
    -- Of a Dokument of which nobody says another; empty: as everywhere.
    ADD COLUMN dokumentart text NOT NULL DEFAULT '' CHECK (length(dokumentart) <= 60);
