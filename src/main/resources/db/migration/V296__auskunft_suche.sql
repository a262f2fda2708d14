-- Whether it says something else by now, as was last asked: for the start page and for lists. What decides asks auskunft_veraltet itself.
ALTER TABLE auskunftstreffer ADD COLUMN geaendert boolean NOT NULL DEFAULT false;
GRANT UPDATE (geaendert) ON auskunftstreffer TO ${laufzeitrolle};

-- Why the last search failed; the gaps are those of the last that did not.
ALTER TABLE auskunftsersuchen ADD COLUMN suche_fehler text NOT NULL DEFAULT '';
