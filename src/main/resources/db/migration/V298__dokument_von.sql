-- Who filed it: whoever scans for the whole house has filed most of it. Each order twice, as in V253 (ADR 0015), and what the rights look at in
-- the index.
DROP INDEX dokument_von;
CREATE INDEX dokument_von ON dokument (mandant_id, angelegt_von, angelegt, id) INCLUDE (schutzbereich_id, vorgang_id, akte_id);
CREATE INDEX dokument_von_bereich ON dokument (mandant_id, angelegt_von, schutzbereich_id, angelegt, id) INCLUDE (vorgang_id, akte_id);
