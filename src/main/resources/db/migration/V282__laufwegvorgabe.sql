-- Which templates of Laufwege an Aktenart offers first, the first of them filled in.
CREATE TABLE laufwegvorgabe (
    mandant_id  uuid NOT NULL,
    aktenart_id uuid NOT NULL,
    vorlage_id  uuid NOT NULL,
    platz       int NOT NULL CHECK (platz > 0),
    PRIMARY KEY (mandant_id, aktenart_id, vorlage_id),
    FOREIGN KEY (mandant_id, aktenart_id) REFERENCES aktenart (mandant_id, id),
    FOREIGN KEY (mandant_id, vorlage_id) REFERENCES laufwegvorlage (mandant_id, id)
);
SELECT mandant_schuetzen('laufwegvorgabe', 'SELECT, INSERT, DELETE');
