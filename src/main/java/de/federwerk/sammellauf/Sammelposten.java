package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Schriftgut;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What a run is about, one by one, and what has become of each. */
@Component
public class Sammelposten {

    /**
     * @param aktenzeichen null with {@code titel} where the reader does not see it now
     * @param grund why it was refused, or stayed; what names things is only for who sees them now
     */
    public record Zeile(
            int nummer,
            UUID objektId,
            String art,
            @Nullable String aktenzeichen,
            @Nullable String titel,
            String stand,
            String grund) {

        public String seite() {
            return Art.von(art).seite(objektId);
        }

        public String inWorten() {
            return switch (stand) {
                case "offen" -> "noch offen";
                case "erledigt" -> "erledigt";
                case "abgelehnt" -> "abgelehnt";
                case "zurueckgenommen" -> "zurückgenommen";
                default -> "nicht zurückgenommen";
            };
        }
    }

    private final JdbcClient datenbank;
    private final Berechtigungen berechtigungen;

    Sammelposten(JdbcClient datenbank, Berechtigungen berechtigungen) {
        this.datenbank = datenbank;
        this.berechtigungen = berechtigungen;
    }

    /** What has no Posten yet gets one, behind the others. @return how many those are */
    @Transactional(propagation = Propagation.MANDATORY)
    public int fuegeHinzu(UUID lauf, Collection<UUID> ids) {
        return datenbank
                .sql("""
                INSERT INTO sammelposten (mandant_id, sammellauf_id, nummer, objekt_id)
                SELECT :m, :lauf, t.nr + (SELECT coalesce(max(nummer), 0) FROM sammelposten WHERE mandant_id = :m AND sammellauf_id = :lauf), t.id
                  FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS t (id, nr)
                ON CONFLICT (mandant_id, sammellauf_id, objekt_id) DO NOTHING""")
                .param("m", mandant())
                .param("lauf", lauf)
                .param("ids", ids.stream().map(UUID::toString).toArray(String[]::new))
                .update();
    }

    /** How many are how; those that are nowhere are missing. */
    @Transactional(readOnly = true)
    public Map<String, Long> anzahlen(UUID lauf) {
        var zahlen = new HashMap<String, Long>();
        datenbank
                .sql(
                        "SELECT stand, count(*) FROM sammelposten WHERE mandant_id = ? AND sammellauf_id = ? GROUP BY stand")
                .params(mandant(), lauf)
                .query((z, nr) -> Map.entry(z.getString(1), z.getLong(2)))
                .list()
                .forEach(e -> zahlen.put(e.getKey(), e.getValue()));
        return zahlen;
    }

    /** Why how many were refused or stayed: the most frequent first, without what they are called. */
    @Transactional(readOnly = true)
    public Map<String, Long> gruende(UUID lauf) {
        var gruende = new java.util.LinkedHashMap<String, Long>();
        datenbank
                .sql("""
                SELECT grund, count(*) FROM sammelposten WHERE mandant_id = ? AND sammellauf_id = ? AND stand IN ('abgelehnt', 'geblieben')
                 GROUP BY grund ORDER BY 2 DESC, 1 LIMIT 50""")
                .params(mandant(), lauf)
                .query((z, nr) -> Map.entry(z.getString(1), z.getLong(2)))
                .list()
                .forEach(e -> gruende.put(e.getKey(), e.getValue()));
        return gruende;
    }

    /** Those of a Stand, or all, in their order. @param nach behind this number */
    @Transactional(readOnly = true)
    public List<Zeile> zeilen(UUID person, UUID lauf, List<String> staende, int nach, int hoechstens) {
        var sicht = berechtigungen.sicht(person, Recht.METADATEN);
        return datenbank
                .sql("""
                SELECT p.nummer, p.objekt_id, p.art, z.aktenzeichen, z.titel, p.stand,
                       CASE WHEN z.titel IS NULL AND p.grund <> '' THEN 'Nicht (mehr) für Sie freigegeben.' ELSE p.grund END AS grund
                  FROM (SELECT s.*, l.art FROM sammelposten s JOIN sammellauf l ON l.mandant_id = s.mandant_id AND l.id = s.sammellauf_id
                         WHERE s.mandant_id = :m AND s.sammellauf_id = :lauf AND s.stand IN (:staende) AND s.nummer > :nach ORDER BY s.nummer LIMIT :hoechstens) p
                  LEFT JOIN LATERAL %s z ON true ORDER BY p.nummer""".formatted(Schriftgut.gesehen(sicht, "p.art", "p.objekt_id")))
                .param("m", mandant())
                .param("lauf", lauf)
                .param("staende", staende)
                .param("nach", nach)
                .param("hoechstens", hoechstens)
                .params(sicht.parameter())
                .query(Zeile.class)
                .list();
    }
}
