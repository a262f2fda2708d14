-- What has come to hang on Akten and Vorgänge is kept still as well where their processing is restricted (V270). A test names the tables that are not.

CREATE TRIGGER einschraenkung BEFORE INSERT OR UPDATE OR DELETE ON vorgangswert FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT OR UPDATE ON aktenteil FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung_teil BEFORE UPDATE OF teil_id ON vorgang FOR EACH ROW WHEN (OLD.teil_id IS DISTINCT FROM NEW.teil_id)
    EXECUTE FUNCTION einschraenkung_wahren();

-- Where paper stands may change: what is only stored is moved with its shelf.
CREATE TRIGGER einschraenkung BEFORE INSERT ON papierteil FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung_geaendert BEFORE UPDATE ON papierteil FOR EACH ROW
    WHEN ((OLD.titel, OLD.umfang, OLD.akte_id, OLD.vorgang_id, OLD.teil_id) IS DISTINCT FROM (NEW.titel, NEW.umfang, NEW.akte_id, NEW.vorgang_id, NEW.teil_id))
    EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung BEFORE INSERT OR UPDATE OR DELETE ON papierform FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();

CREATE TRIGGER einschraenkung BEFORE INSERT OR DELETE ON frueheres_aktenzeichen FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
-- Ticked off, and who does it until when: that may be. The words stay.
CREATE TRIGGER einschraenkung BEFORE INSERT ON merkpunkt FOR EACH ROW EXECUTE FUNCTION einschraenkung_wahren();
CREATE TRIGGER einschraenkung_geaendert BEFORE UPDATE ON merkpunkt FOR EACH ROW
    WHEN (OLD.text <> NEW.text OR OLD.entfernt IS DISTINCT FROM NEW.entfernt) EXECUTE FUNCTION einschraenkung_wahren();
