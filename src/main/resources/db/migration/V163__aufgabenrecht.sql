-- F while a task runs: whoever has it sees just this Vorgang, and no longer. A row lives exactly as long as its task is open, is read anew with
-- each click and bumps no rechte_stand: tasks move every second in a large town, and each move would have everybody's rights resolved again.
CREATE TABLE aufgabenrecht (
    mandant_id   uuid NOT NULL,
    -- The task it belongs to; goes with it.
    aufgabe_id   uuid NOT NULL,
    vorgang_id   uuid NOT NULL,
    -- Person, Stelle or Einheit.
    subjekt_id   uuid NOT NULL,
    recht        smallint NOT NULL CHECK (recht BETWEEN 0 AND 3),
    -- Not for deputies, unless theirs includes personal matters.
    persoenlich  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (mandant_id, aufgabe_id, subjekt_id),
    FOREIGN KEY (mandant_id, vorgang_id) REFERENCES vorgang (mandant_id, id)
);
CREATE INDEX aufgabenrecht_subjekt ON aufgabenrecht (mandant_id, subjekt_id) INCLUDE (vorgang_id, recht, persoenlich);
SELECT mandant_schuetzen('aufgabenrecht', 'SELECT, INSERT, DELETE');
