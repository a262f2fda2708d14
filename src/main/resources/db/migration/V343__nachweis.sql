-- Whose bytes these are, where they came with an earlier Antrag: the Ablage finds them under that id only.
ALTER TABLE antragsanlage ADD COLUMN blob_id uuid;

-- Once only: files that somebody sent are hers to see and to use again. They change only while their Antrag is a draft.
DROP POLICY buerger ON antragsanlage;
CREATE POLICY buerger ON antragsanlage AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = antragsanlage.mandant_id AND a.id = antrag_id));
CREATE POLICY buergerneu ON antragsanlage AS RESTRICTIVE FOR INSERT
    WITH CHECK (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = antragsanlage.mandant_id AND a.id = antrag_id AND a.stand = 'entwurf'));
CREATE POLICY buergerweg ON antragsanlage AS RESTRICTIVE FOR DELETE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a WHERE a.mandant_id = antragsanlage.mandant_id AND a.id = antrag_id AND a.stand = 'entwurf'));
