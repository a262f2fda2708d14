-- What the sign-in of this transaction has proved: 'ohne' where nobody is signed in. The Leistung says what it asks; the citizens' role reads no sessions.
CREATE FUNCTION aktuelles_niveau() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS
$$ SELECT coalesce((SELECT s.niveau FROM kontositzung s
    WHERE s.mandant_id = aktueller_mandant() AND s.schluessel = current_setting('federwerk.sitzung', true) AND s.endet > now()), 'ohne') $$;
