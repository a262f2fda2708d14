package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.suche.Indexeintrag;
import de.federwerk.suche.Indexquelle;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Open Eingänge in the index, with the text of their parts: as many as fit into {@link Indexeintrag#LAENGSTER_TEXT}, the later
 * ones cannot be found until each is a Dokument of its own. Once filed, their Dokumente stand there instead.
 */
@Component
class AusEingaengen implements Indexquelle {

    private final JdbcClient datenbank;

    AusEingaengen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    @Override
    public String art() {
        return "eingang";
    }

    @Override
    public Map<UUID, Long> laengen(Collection<UUID> ids) {
        return frage("""
                SELECT g.id, sum(octet_length(t.text)) FROM eingang g
                  JOIN datei d ON d.mandant_id = g.mandant_id AND (d.id = g.datei_id OR d.teil_von = g.datei_id)
                  JOIN datei_text t ON t.mandant_id = d.mandant_id AND t.datei_id = d.id
                 WHERE g.mandant_id = :m AND g.id = ANY (CAST(:ids AS uuid[])) GROUP BY g.id""", ids).query((z, nr) -> Map.entry(z.getObject(1, UUID.class), z.getLong(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<Indexeintrag> lies(Collection<UUID> ids) {
        // A part's bytes are at least its characters: the sum of those before it never promises too much. Parts beyond
        // stay unread.
        return frage("""
                SELECT g.id, coalesce(nullif(f.titel, ''), f.dateiname) AS titel, g.nummer, g.eingegangen, g.schutzbereich_id, s.stufe, s.sonder_id IS NOT NULL AS sonder,
                       concat_ws(' · ', f.absender, f.dateiname) AS zusatz, e.kuerzel,
                       coalesce((SELECT string_agg(left(t.text, :laengster - t.davor), E'\\f' ORDER BY t.teil_nr)
                                   FROM (SELECT x.text, d.teil_nr, CAST(least(sum(octet_length(x.text)) OVER (ORDER BY d.teil_nr) - octet_length(x.text), :laengster) AS int) AS davor
                                           FROM datei d JOIN datei_text x ON x.mandant_id = d.mandant_id AND x.datei_id = d.id
                                          WHERE d.mandant_id = g.mandant_id AND (d.id = f.id OR d.teil_von = f.id)) t
                                  WHERE t.davor < :laengster), '') AS text
                  FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id
                  JOIN schutzbereich s ON s.mandant_id = g.mandant_id AND s.id = g.schutzbereich_id
                  JOIN einheit e ON e.mandant_id = g.mandant_id AND e.id = g.einheit_id
                 WHERE g.mandant_id = :m AND g.status = 'offen' AND g.id = ANY (CAST(:ids AS uuid[]))""", ids)
                .param("laengster", Indexeintrag.LAENGSTER_TEXT)
                .query((z, nr) -> new Indexeintrag(
                        z.getObject("id", UUID.class),
                        art(),
                        z.getString("titel"),
                        z.getString("nummer"),
                        z.getString("text"),
                        z.getInt("schutzbereich_id"),
                        z.getInt("stufe"),
                        z.getBoolean("sonder"),
                        null,
                        null,
                        z.getTimestamp("eingegangen").toInstant(),
                        z.getString("zusatz"),
                        z.getString("kuerzel"),
                        null))
                .list();
    }

    private JdbcClient.StatementSpec frage(String sql, Collection<UUID> ids) {
        return datenbank
                .sql(sql)
                .param("m", mandant())
                .param("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")));
    }

    @Override
    public List<UUID> ids(@Nullable UUID nach, int hoechstens) {
        return datenbank
                .sql(
                        "SELECT id FROM eingang WHERE mandant_id = :m AND status = 'offen' AND (CAST(:nach AS uuid) IS NULL OR id > :nach) ORDER BY id LIMIT :n")
                .param("m", mandant())
                .param("nach", nach)
                .param("n", hoechstens)
                .query(UUID.class)
                .list();
    }
}
