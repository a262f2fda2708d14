-- What the Hausverwaltung may change of a town: its names, and whether it is there. The Kürzel stays: sign-in names and folders carry it.
GRANT UPDATE (name, hostname, gueltig_bis) ON mandant TO ${laufzeitrolle};
