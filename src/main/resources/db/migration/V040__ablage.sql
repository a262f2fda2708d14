-- Which bytes a row names. The bytes lie in the Ablage (pack files or S3) and are durable before this row commits.
-- The runtime role may add and read; nobody changes what a blob is.
CREATE TABLE blob (
    mandant_id    uuid NOT NULL REFERENCES mandant,
    id            uuid NOT NULL,
    laenge        bigint NOT NULL CHECK (laenge >= 0),
    sha256        bytea NOT NULL CHECK (octet_length(sha256) = 32),
    ort           text NOT NULL CHECK (length(ort) BETWEEN 1 AND 500),
    schluessel_id int NOT NULL DEFAULT 0,
    angelegt      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, id)
);
COMMENT ON COLUMN blob.schluessel_id IS 'Reserved for keys per document; 0 = not encrypted.';
SELECT mandant_schuetzen('blob', 'SELECT, INSERT');
