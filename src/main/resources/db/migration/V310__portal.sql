-- The texts of the Portal that the town itself writes. The first table that the citizens' role may read.
CREATE TABLE portaltext (
    mandant_id uuid NOT NULL REFERENCES mandant,
    art        text NOT NULL CHECK (art IN ('barrierefreiheit', 'datenschutz', 'impressum', 'hilfe')),
    sprache    text NOT NULL CHECK (sprache IN ('de', 'en', 'leicht')),
    text       text NOT NULL CHECK (length(text) <= 50000),
    -- Counts the changes, so that the second of two editors sees what the first wrote.
    fassung    int NOT NULL DEFAULT 1,
    geaendert  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (mandant_id, art, sprache)
);
SELECT mandant_schuetzen('portaltext', 'SELECT, INSERT, UPDATE');
GRANT SELECT ON portaltext TO ${buergerrolle};

-- What everybody may read of the catalogue: published versions, without who wrote and released them.
GRANT SELECT (mandant_id, id, kurzname, leika, haeufig) ON leistung TO ${buergerrolle};
GRANT SELECT (mandant_id, id, leistung_id, nummer, stand, betrag, formular, adresse, vertrauensniveau, ohne_konto, lebenslagen, freigegeben)
    ON leistungsfassung TO ${buergerrolle};
GRANT SELECT ON leistungstext, lebenslage, dienststelle, zustaendigkeitsregel, leistungsstand TO ${buergerrolle};
CREATE POLICY buerger ON leistungsfassung AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR stand = 'veroeffentlicht');
CREATE POLICY buerger ON leistungstext AS RESTRICTIVE
    USING (current_user <> '${buergerrolle}' OR EXISTS (SELECT FROM leistungsfassung f
            WHERE f.mandant_id = leistungstext.mandant_id AND f.id = leistungstext.fassung_id AND f.stand = 'veroeffentlicht'));
