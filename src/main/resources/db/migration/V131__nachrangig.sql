-- A million files of an old drive must not stand before the letter that came in just now: neither for the reader nor for the index.

ALTER TABLE index_rueckstand ADD COLUMN nachrangig boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN index_rueckstand.nachrangig IS 'Only when nothing else is due: from an Übernahme.';
DROP INDEX index_rueckstand_faellig;
CREATE INDEX index_rueckstand_faellig ON index_rueckstand (mandant_id, nachrangig, ab);

ALTER TABLE datei ADD COLUMN nachrangig boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN datei.nachrangig IS 'Read by the lane for many files, without a job of its own: from an Übernahme.';
CREATE INDEX datei_nachrangig ON datei (mandant_id, id) WHERE nachrangig AND stand = 'neu';
