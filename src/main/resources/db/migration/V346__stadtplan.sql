-- The town's own map: a picture with the degrees of its edges, cut into squares, so that a place can be shown without asking anybody else's server.
CREATE TABLE stadtplan (
    mandant_id uuid PRIMARY KEY REFERENCES mandant,
    -- Counts the maps: squares of an old one are not mistaken for those of the new.
    fassung    int NOT NULL,
    breite     int NOT NULL CHECK (breite BETWEEN 256 AND 8000),
    hoehe      int NOT NULL CHECK (hoehe BETWEEN 256 AND 8000),
    stufen     int NOT NULL CHECK (stufen BETWEEN 1 AND 8),
    -- Degrees, WGS 84.
    nord       numeric(8, 6) NOT NULL CHECK (nord BETWEEN -85 AND 85),
    west       numeric(9, 6) NOT NULL CHECK (west BETWEEN -180 AND 180),
    sued       numeric(8, 6) NOT NULL CHECK (sued BETWEEN -85 AND 85),
    ost        numeric(9, 6) NOT NULL CHECK (ost BETWEEN -180 AND 180),
    -- Whose map it is, as its licence wants it said.
    quelle     text NOT NULL CHECK (length(quelle) BETWEEN 1 AND 200),
    geaendert  timestamptz NOT NULL DEFAULT now(),
    CHECK (nord > sued AND ost > west)
);
SELECT mandant_schuetzen('stadtplan', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON stadtplan TO ${buergerrolle};

CREATE TABLE stadtplankachel (
    mandant_id uuid NOT NULL REFERENCES stadtplan,
    fassung    int NOT NULL,
    stufe      int NOT NULL,
    spalte     int NOT NULL,
    zeile      int NOT NULL,
    -- PNG, 256 × 256.
    bild       bytea NOT NULL,
    PRIMARY KEY (mandant_id, fassung, stufe, spalte, zeile)
);
SELECT mandant_schuetzen('stadtplankachel', 'SELECT, INSERT, DELETE');
GRANT SELECT ON stadtplankachel TO ${buergerrolle};
