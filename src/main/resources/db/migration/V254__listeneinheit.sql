-- A list narrowed to a unit begins with the Schutzbereiche of that unit.
CREATE INDEX schutzbereich_einheit ON schutzbereich (mandant_id, einheit_id);
