package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Sprache;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads versions with their texts; not a bean, so that the portal may read with rights of its own. Needs a transaction. */
final class Fassungen {

    private static final String KOPF = """
            SELECT l.id, l.kurzname, l.leika, f.id AS fassung_id, f.nummer, f.betrag, f.formular, f.adresse, f.vertrauensniveau, f.ohne_konto,
                   f.lebenslagen, f.freigegeben
              FROM leistung l JOIN leistungsfassung f ON f.mandant_id = l.mandant_id AND f.leistung_id = l.id
             WHERE l.mandant_id = :m AND\s""";
    static final String GUELTIG = "f.stand = 'veroeffentlicht'";

    private final JdbcClient datenbank;

    Fassungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** @param bedingung from code; {@code f} is the version, {@code l} the Leistung */
    List<Leistung> lies(String bedingung, Map<String, ?> werte, Sprache sprache) {
        var koepfe = datenbank
                .sql(KOPF + bedingung + " ORDER BY l.kurzname")
                .param("m", mandant())
                .params(werte)
                .query((z, nr) -> kopf(z, sprache))
                .list();
        var texte = texte(koepfe.stream().map(Leistung::fassungId).toList(), sprache);
        var alle = new ArrayList<Leistung>(koepfe.size());
        for (var k : koepfe) {
            var eigene = texte.getOrDefault(k.fassungId(), Map.of());
            alle.add(new Leistung(
                    k.id(),
                    k.kurzname(),
                    k.leika(),
                    k.fassungId(),
                    k.fassung(),
                    sprache,
                    eigene.getOrDefault(sprache, Leistungstext.LEER),
                    eigene.getOrDefault(Sprache.DE, Leistungstext.LEER),
                    k.betrag(),
                    k.formular(),
                    k.adresse(),
                    k.vertrauensniveau(),
                    k.ohneKonto(),
                    k.lebenslagen(),
                    k.seit()));
        }
        return alle;
    }

    private static Leistung kopf(ResultSet z, Sprache sprache) throws SQLException {
        var seit = z.getObject("freigegeben", Timestamp.class);
        return new Leistung(
                z.getObject("id", UUID.class),
                z.getString("kurzname"),
                z.getString("leika"),
                z.getObject("fassung_id", UUID.class),
                z.getInt("nummer"),
                sprache,
                Leistungstext.LEER,
                Leistungstext.LEER,
                z.getBigDecimal("betrag"),
                z.getString("formular"),
                z.getString("adresse"),
                Vertrauensniveau.von(z.getString("vertrauensniveau")),
                z.getBoolean("ohne_konto"),
                liste(z, "lebenslagen"),
                seit == null ? null : seit.toInstant());
    }

    /** In German and this language. */
    private Map<UUID, Map<Sprache, Leistungstext>> texte(List<UUID> fassungen, Sprache sprache) {
        var alle = new HashMap<UUID, Map<Sprache, Leistungstext>>();
        datenbank
                .sql("""
                SELECT * FROM leistungstext WHERE mandant_id = :m AND sprache IN ('de', :sprache)
                   AND fassung_id IN (SELECT unnest(CAST(:fassungen AS uuid[])))""")
                .param("m", mandant())
                .param("sprache", sprache.kennung())
                .param("fassungen", fassungen.toArray(UUID[]::new))
                .query((z, nr) -> alle.computeIfAbsent(
                                z.getObject("fassung_id", UUID.class), f -> new EnumMap<>(Sprache.class))
                        .put(Sprache.von(z.getString("sprache")), text(z)))
                .list();
        return alle;
    }

    /** In every language there is. */
    Map<Sprache, Leistungstext> texte(UUID fassung) {
        var alle = new EnumMap<Sprache, Leistungstext>(Sprache.class);
        datenbank
                .sql("SELECT * FROM leistungstext WHERE mandant_id = ? AND fassung_id = ?")
                .params(mandant(), fassung)
                .query((z, nr) -> alle.put(Sprache.von(z.getString("sprache")), text(z)))
                .list();
        return alle;
    }

    private static Leistungstext text(ResultSet z) throws SQLException {
        return new Leistungstext(
                z.getString("titel"),
                z.getString("kurztext"),
                z.getString("beschreibung"),
                z.getString("voraussetzungen"),
                liste(z, "unterlagen"),
                z.getString("kosten"),
                z.getString("bearbeitungsdauer"),
                z.getString("fristen"),
                z.getString("rechtsgrundlagen"),
                z.getString("verfahrensablauf"),
                liste(z, "suchworte"));
    }

    static List<String> liste(ResultSet z, String spalte) throws SQLException {
        return List.of((String[]) z.getArray(spalte).getArray());
    }
}
