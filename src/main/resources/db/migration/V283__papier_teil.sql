-- Paper may belong to a Band or a Teilakte as a whole: the folder on the shelf is one of them.
ALTER TABLE papierteil ADD COLUMN teil_id uuid;
ALTER TABLE papierteil ADD FOREIGN KEY (mandant_id, teil_id, akte_id) REFERENCES aktenteil (mandant_id, id, akte_id);
ALTER TABLE papierteil ADD CHECK (teil_id IS NULL OR vorgang_id IS NULL);
