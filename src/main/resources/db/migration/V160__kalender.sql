-- The calendar of a Gemeinde. Public holidays come with the program (feiertage.csv); here stands what only the Gemeinde can say.

CREATE TABLE gemeindekalender (
    mandant_id    uuid PRIMARY KEY REFERENCES mandant,
    -- ISO 3166-2:DE, without "DE-".
    land          text NOT NULL CHECK (land IN ('BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH')),
    -- Which of the holidays that hold only in some Gemeinden of a Land hold here. One of another Land has no effect: whoever chose the
    -- wrong Land for a moment has lost nothing.
    teilfeiertage text[] NOT NULL DEFAULT '{}' CHECK (cardinality(teilfeiertage) <= 20)
);

-- Days of its own, one entry each: free although the law knows no holiday, or worked although it does. Rows come and go; what was
-- entered and removed stands in the Protokoll.
CREATE TABLE ortsfeiertag (
    mandant_id uuid NOT NULL REFERENCES mandant,
    id         uuid NOT NULL,
    tag        date NOT NULL CHECK (tag BETWEEN '1990-01-01' AND '2100-12-31'),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- false: a public holiday on which this Gemeinde works.
    frei       boolean NOT NULL,
    PRIMARY KEY (mandant_id, id),
    UNIQUE (mandant_id, tag)
);

SELECT mandant_schuetzen('gemeindekalender', 'SELECT, INSERT, UPDATE');
SELECT mandant_schuetzen('ortsfeiertag', 'SELECT, INSERT, DELETE');
