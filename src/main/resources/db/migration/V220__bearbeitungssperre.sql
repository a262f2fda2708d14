-- Who has a Dokument checked out. One row per Dokument; that it came and went stands in the Protokoll.
CREATE TABLE bearbeitungssperre (
    mandant_id  uuid NOT NULL,
    dokument_id uuid NOT NULL,
    -- The lock token of WebDAV.
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    weg         text NOT NULL CHECK (weg IN ('seite', 'webdav')),
    grund       text NOT NULL DEFAULT '' CHECK (length(grund) <= 300),
    seit        timestamptz NOT NULL DEFAULT now(),
    -- A client that dies holds nothing for long; a person who checks out on the page gives it back herself.
    laeuft_ab   timestamptz,
    PRIMARY KEY (mandant_id, dokument_id),
    FOREIGN KEY (mandant_id, dokument_id) REFERENCES dokument (mandant_id, id),
    FOREIGN KEY (mandant_id, person_id) REFERENCES person (mandant_id, id),
    CHECK ((weg = 'webdav') = (laeuft_ab IS NOT NULL))
);
CREATE INDEX bearbeitungssperre_person ON bearbeitungssperre (mandant_id, person_id);
SELECT mandant_schuetzen('bearbeitungssperre', 'SELECT, INSERT, UPDATE, DELETE');
