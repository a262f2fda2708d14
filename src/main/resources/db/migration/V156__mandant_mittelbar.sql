-- These rows belong to something that itself belongs to the Mandant: a composite key over columns that are never empty already proves it.
-- Asking the table mandant once more for each row was up to a tenth of the time of bin/import, and each question locks the same one row.
ALTER TABLE akte DROP CONSTRAINT akte_mandant_id_fkey;
ALTER TABLE vorgang DROP CONSTRAINT vorgang_mandant_id_fkey;
ALTER TABLE dokument DROP CONSTRAINT dokument_mandant_id_fkey;
ALTER TABLE version DROP CONSTRAINT version_mandant_id_fkey;
ALTER TABLE vermerk DROP CONSTRAINT vermerk_mandant_id_fkey;
ALTER TABLE eingang DROP CONSTRAINT eingang_mandant_id_fkey;
ALTER TABLE datei DROP CONSTRAINT datei_mandant_id_fkey;
ALTER TABLE datei_text DROP CONSTRAINT datei_text_mandant_id_fkey;
ALTER TABLE datei_seite DROP CONSTRAINT datei_seite_mandant_id_fkey;
ALTER TABLE protokoll_inhalt DROP CONSTRAINT protokoll_inhalt_mandant_id_fkey;
ALTER TABLE uebernahme_posten DROP CONSTRAINT uebernahme_posten_mandant_id_fkey;
ALTER TABLE uebernahme_ziel DROP CONSTRAINT uebernahme_ziel_mandant_id_fkey;
ALTER TABLE aktenbestand DROP CONSTRAINT aktenbestand_mandant_id_fkey;
