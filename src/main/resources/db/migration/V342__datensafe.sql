-- What somebody with a Konto lets the town keep, to fill in the next form with: each datum by her own consent, and gone when she takes it back.
CREATE TABLE datensafe (
    mandant_id   uuid NOT NULL,
    konto_id     uuid NOT NULL,
    art          text NOT NULL CHECK (art IN ('name', 'anschrift', 'geburt', 'email', 'telefon', 'iban')),
    -- By the inputs of the field, {"vor": …, "nach": …}; of one with a single input {"": …}.
    wert         jsonb NOT NULL CHECK (length(CAST(wert AS text)) <= 4000),
    -- What was applied for when it was kept.
    herkunft     text NOT NULL CHECK (length(herkunft) <= 200),
    seit         timestamptz NOT NULL DEFAULT now(),
    -- Version of the text that was agreed to.
    einwilligung text NOT NULL CHECK (length(einwilligung) <= 40),
    PRIMARY KEY (mandant_id, konto_id, art),
    FOREIGN KEY (mandant_id, konto_id) REFERENCES konto (mandant_id, id)
);
-- The role of the house has the rights of the citizens' role as well: what keeps it out is the policy.
SELECT mandant_schuetzen('datensafe', 'SELECT');
GRANT SELECT, INSERT, UPDATE (wert, herkunft, seit, einwilligung), DELETE ON datensafe TO ${buergerrolle};
CREATE POLICY buerger ON datensafe AS RESTRICTIVE
    USING (current_user <> '${laufzeitrolle}' AND (current_user <> '${buergerrolle}' OR konto_id = (SELECT aktuelles_konto())))
    WITH CHECK (current_user = '${buergerrolle}' AND konto_id = (SELECT aktuelles_konto()));

-- With the Konto it goes, whoever deletes that.
CREATE FUNCTION datensafe_leeren() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    DELETE FROM datensafe WHERE mandant_id = NEW.mandant_id AND konto_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER datensafe_leeren AFTER UPDATE OF geloescht ON konto FOR EACH ROW
    WHEN (OLD.geloescht IS NULL AND NEW.geloescht IS NOT NULL) EXECUTE FUNCTION datensafe_leeren();
