-- Which office opened what a citizen sent, and when: for her eyes. No person stands here, only the unit by the name it had that day.
CREATE TABLE antragseinsicht (
    mandant_id  uuid NOT NULL,
    antrag_id   uuid NOT NULL,
    tag         date NOT NULL,
    -- Name of the unit; '' for somebody without one, and for programs.
    stelle      text NOT NULL CHECK (length(stelle) <= 200),
    -- Opened by a program of the town.
    automatisch boolean NOT NULL DEFAULT false,
    erst        timestamptz NOT NULL DEFAULT now(),
    zuletzt     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, antrag_id, tag, stelle, automatisch),
    FOREIGN KEY (mandant_id, antrag_id) REFERENCES antragsvorgang (mandant_id, antrag_id)
);
SELECT mandant_schuetzen('antragseinsicht', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON antragseinsicht TO ${buergerrolle};
-- The subquery is itself narrowed to the citizen's own.
CREATE POLICY buerger ON antragseinsicht AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM antrag a
            JOIN antragsweg w ON w.mandant_id = a.mandant_id AND w.leistung_id = a.leistung_id
           WHERE a.mandant_id = antragseinsicht.mandant_id AND a.id = antrag_id AND w.einsicht_zeigen));
