-- How often something was moved is asked of each that a run takes back.
CREATE INDEX verlegung_objekt ON verlegung (mandant_id, objekt_id);
