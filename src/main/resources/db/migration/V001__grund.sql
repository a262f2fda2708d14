-- The floor: the Mandant, and the function that puts every later table under row-level security.
-- ${laufzeitrolle} is the role the program runs as: it owns nothing and has no BYPASSRLS.

CREATE TABLE mandant (
    id       uuid PRIMARY KEY,
    kuerzel  text NOT NULL UNIQUE CHECK (kuerzel ~ '^[a-z][a-z0-9-]{1,30}$'),
    name     text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    hostname text UNIQUE,
    angelegt timestamptz NOT NULL DEFAULT now(),
    gueltig_von timestamptz NOT NULL DEFAULT now(),
    gueltig_bis timestamptz,
    CHECK (gueltig_bis > gueltig_von)
);
COMMENT ON TABLE mandant IS 'Known before sign-in (host name or name@kuerzel), hence without row-level security; holds nothing but names.';
GRANT SELECT, INSERT ON mandant TO ${laufzeitrolle};

-- After SET LOCAL ends the setting is '' and not NULL: nullif keeps the cast from failing.
CREATE FUNCTION aktueller_mandant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('federwerk.mandant', true), '')::uuid $$;

-- Every table with a mandant_id passes through here once: forced row-level security, and the rights of the runtime role.
CREATE FUNCTION mandant_schuetzen(tabelle regclass, rechte text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tabelle);
    EXECUTE format('CREATE POLICY mandant ON %s USING (mandant_id = aktueller_mandant()) WITH CHECK (mandant_id = aktueller_mandant())', tabelle);
    EXECUTE format('GRANT %s ON %s TO ${laufzeitrolle}', rechte, tabelle);
END $$;
