-- Which start of the making this is: what an ended one still does must not touch the next. And the Vorgänge of which a package tells
-- more than the Dokumente it shows (title, Vermerke): whoever may not read one of them any more does not get the package.
ALTER TABLE akteneinsicht
    ADD COLUMN lauf int NOT NULL DEFAULT 0,
    ADD COLUMN vorgaenge uuid[] NOT NULL DEFAULT '{}';
