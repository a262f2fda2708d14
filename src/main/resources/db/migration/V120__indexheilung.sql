-- A Störung of the index is closed when the entry is indexed after all. The number of attempts cannot tell: it begins anew with
-- each change of the thing.
ALTER TABLE index_rueckstand ADD COLUMN gemeldet boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN index_rueckstand.gemeldet IS 'Stands under Störungen; whoever deletes the row says that it works again.';
