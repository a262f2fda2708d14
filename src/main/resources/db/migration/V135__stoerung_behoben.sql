-- The page Störungen also shows what healed lately; without this it would read every Störung there ever was.
CREATE INDEX stoerung_behoben ON stoerung (mandant_id, erledigt DESC) WHERE erledigt_wie = 'behoben';
