-- One index for each list, in its order. Where a list can be long and a person may see little of it, a second one begins with the
-- Schutzbereich: the page is then put together from the person's own Schutzbereiche, not sought along the whole list (ADR 0015).

DROP INDEX akte_plan;
CREATE INDEX akte_liste ON akte (mandant_id, planknoten_id, ordnung, id) INCLUDE (schutzbereich_id);
DROP INDEX akte_bereich;
CREATE INDEX akte_bereich ON akte (mandant_id, planknoten_id, schutzbereich_id, ordnung, id);

DROP INDEX vorgang_akte;
CREATE INDEX vorgang_liste ON vorgang (mandant_id, akte_id, ordnung, id) INCLUDE (schutzbereich_id);
DROP INDEX vorgang_bearbeiter;
CREATE INDEX vorgang_arbeit ON vorgang (mandant_id, bearbeiter_id, stand, geaendert, id);
-- The beginning of an Aktenzeichen, typed: a range in byte order. LIKE is not leakproof and would use no index under row-level security.
CREATE INDEX vorgang_zeichen ON vorgang (mandant_id, aktenzeichen COLLATE "C");

CREATE INDEX dokument_liste ON dokument (mandant_id, vorgang_id, gruppe, nummer) INCLUDE (schutzbereich_id, akte_id);
DROP INDEX vermerk_vorgang;
CREATE INDEX vermerk_liste ON vermerk (mandant_id, vorgang_id, verfasst, id);

DROP INDEX eingang_offen;
CREATE INDEX eingang_liste ON eingang (mandant_id, status, nummer) INCLUDE (id, schutzbereich_id, vorgang_id, akte_id);
CREATE INDEX eingang_buch ON eingang (mandant_id, nummer) INCLUDE (id, status, schutzbereich_id, vorgang_id, akte_id);
DROP INDEX eingang_bereich;
CREATE INDEX eingang_bereich ON eingang (mandant_id, schutzbereich_id, nummer) INCLUDE (id, status, vorgang_id, akte_id);
CREATE INDEX eingang_vorgang ON eingang (mandant_id, vorgang_id, nummer) WHERE vorgang_id IS NOT NULL;
CREATE INDEX eingang_akte ON eingang (mandant_id, akte_id, nummer) WHERE akte_id IS NOT NULL;

DROP INDEX protokoll_akte;
CREATE INDEX protokoll_liste ON protokoll (mandant_id, akte_id, id);

CREATE INDEX person_liste ON person (mandant_id, nachname, vorname, id);
CREATE INDEX stoerung_liste ON stoerung (mandant_id, zuletzt, id) WHERE erledigt IS NULL;
