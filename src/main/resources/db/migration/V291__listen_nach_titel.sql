-- The lists of a house also by title; each order twice, as in V253 (ADR 0015).
CREATE INDEX akte_titel ON akte (mandant_id, titel, id) INCLUDE (schutzbereich_id);
CREATE INDEX akte_titel_bereich ON akte (mandant_id, schutzbereich_id, titel, id);
CREATE INDEX vorgang_titel ON vorgang (mandant_id, titel, id) INCLUDE (schutzbereich_id, akte_id);
CREATE INDEX vorgang_titel_bereich ON vorgang (mandant_id, schutzbereich_id, titel, id);
CREATE INDEX dokument_titel ON dokument (mandant_id, titel, id) INCLUDE (schutzbereich_id, vorgang_id, akte_id);
CREATE INDEX dokument_titel_bereich ON dokument (mandant_id, schutzbereich_id, titel, id);

-- Who filed it, and whether it came in: parts of the list of Dokumente that would otherwise be looked for among all of them.
CREATE INDEX dokument_von ON dokument (mandant_id, angelegt_von, angelegt, id);
CREATE INDEX dokument_aus_eingang ON dokument (mandant_id, angelegt, id) WHERE eingang_id IS NOT NULL;
