-- For bin/import: between two looks of autovacuum a town grows from nothing to many thousand rows, and of a second Mandant beside a large
-- one it would not take notice at all. Only the owner may ANALYZE; this lets the program have it done.
CREATE FUNCTION statistik_auffrischen() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tabelle regclass;
BEGIN
    FOR tabelle IN
        SELECT s.relid FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
         WHERE pg_get_userbyid(c.relowner) = current_user AND s.n_mod_since_analyze > 200 ORDER BY s.relid
    LOOP
        EXECUTE format('ANALYZE %s', tabelle);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION statistik_auffrischen() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION statistik_auffrischen() TO ${laufzeitrolle};
