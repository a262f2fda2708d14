-- Who holds a Stelle, asked from the Stelle: for each line of the list of Stellen, and for whoever leads a unit.
CREATE INDEX stellenbesetzung_stelle ON stellenbesetzung (mandant_id, stelle_id);
