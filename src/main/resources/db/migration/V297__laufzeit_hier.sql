-- An Akte runs from the day on which it is made here, and not from that of Greenwich: after midnight these differ for an hour or two.
ALTER TABLE akte ALTER COLUMN laufzeit_von SET DEFAULT heute();
