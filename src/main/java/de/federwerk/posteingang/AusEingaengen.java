package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.suche.Indexeintrag;
import de.federwerk.suche.Indexquelle;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Open Eingänge in the index, with the text of their parts. Once filed, their Dokumente stand there instead. */
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
    public List<Indexeintrag> lies(Collection<UUID> ids) {
        return datenbank
                .sql("""
                SELECT g.id, coalesce(nullif(f.titel, ''), f.dateiname) AS titel, g.nummer, g.eingegangen, g.schutzbereich_id, s.stufe, s.sonder_id IS NOT NULL AS sonder,
                       concat_ws(' · ', f.absender, f.dateiname) AS zusatz, e.kuerzel,
                       coalesce((SELECT string_agg(t.text, E'\\f' ORDER BY d.teil_nr NULLS FIRST) FROM datei d
                                   JOIN datei_text t ON t.mandant_id = d.mandant_id AND t.datei_id = d.id
                                  WHERE d.mandant_id = g.mandant_id AND (d.id = f.id OR d.teil_von = f.id)), '') AS text
                  FROM eingang g JOIN datei f ON f.mandant_id = g.mandant_id AND f.id = g.datei_id
                  JOIN schutzbereich s ON s.mandant_id = g.mandant_id AND s.id = g.schutzbereich_id
                  JOIN einheit e ON e.mandant_id = g.mandant_id AND e.id = g.einheit_id
                 WHERE g.mandant_id = :m AND g.status = 'offen' AND g.id IN (SELECT unnest(CAST(:ids AS uuid[])))""")
                .param("m", mandant())
                .param("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .query((z, nr) -> new Indexeintrag(
                        z.getObject("id", UUID.class), art(), z.getString("titel"), z.getString("nummer"), z.getString("text"), z.getInt("schutzbereich_id"),
                        z.getInt("stufe"), z.getBoolean("sonder"), null, null, z.getTimestamp("eingegangen").toInstant(), z.getString("zusatz"),
                        z.getString("kuerzel"), null))
                .list();
    }

    @Override
    public List<UUID> ids(@Nullable UUID nach, int hoechstens) {
        return datenbank
                .sql("SELECT id FROM eingang WHERE mandant_id = :m AND status = 'offen' AND (CAST(:nach AS uuid) IS NULL OR id > :nach) ORDER BY id LIMIT :n")
                .param("m", mandant())
                .param("nach", nach)
                .param("n", hoechstens)
                .query(UUID.class)
                .list();
    }
}
