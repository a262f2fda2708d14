package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.datei.DateiErschlossen;
import de.federwerk.datei.DateienErschlossen;
import de.federwerk.suche.Index;
import de.federwerk.suche.Indexeintrag;
import de.federwerk.suche.Indexquelle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the index learns of Akten, Vorgänge and Dokumente; each reads its own table in one statement. */
@Component
class Indexquellen {

    /** One kind of thing: the same reading, another statement. */
    private abstract static class Quelle implements Indexquelle {

        private final JdbcClient datenbank;
        private final String art;
        private final String auswahl;
        private final String laengen;

        /** @param laengen id and bytes of text of what has text @param auswahl the entries; :laengster bounds the text */
        Quelle(JdbcClient datenbank, String art, String laengen, String auswahl) {
            this.datenbank = datenbank;
            this.art = art;
            this.laengen = laengen;
            this.auswahl = auswahl;
        }

        @Override
        public String art() {
            return art;
        }

        @Override
        public Map<UUID, Long> laengen(Collection<UUID> ids) {
            return frage(laengen, ids).query((z, nr) -> Map.entry(z.getObject(1, UUID.class), z.getLong(2))).stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public List<Indexeintrag> lies(Collection<UUID> ids) {
            return frage(auswahl, ids)
                    .param("laengster", Indexeintrag.LAENGSTER_TEXT)
                    .query((zeile, nr) -> eintrag(zeile))
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
                            "SELECT id FROM " + art
                                    + " WHERE mandant_id = :m AND (CAST(:nach AS uuid) IS NULL OR id > :nach) ORDER BY id LIMIT :n")
                    .param("m", mandant())
                    .param("nach", nach)
                    .param("n", hoechstens)
                    .query(UUID.class)
                    .list();
        }

        private static List<String> fruehere(@Nullable String zeilen) {
            return zeilen == null ? List.of() : zeilen.lines().toList();
        }

        private Indexeintrag eintrag(ResultSet zeile) throws SQLException {
            return new Indexeintrag(
                    zeile.getObject("id", UUID.class),
                    art,
                    zeile.getString("titel"),
                    zeile.getString("aktenzeichen"),
                    fruehere(zeile.getString("fruehere")),
                    zeile.getString("text"),
                    zeile.getInt("schutzbereich_id"),
                    zeile.getInt("stufe"),
                    zeile.getBoolean("sonder"),
                    zeile.getObject("vorgang", UUID.class),
                    zeile.getObject("akte", UUID.class),
                    zeile.getTimestamp("datum").toInstant(),
                    zeile.getString("zusatz"),
                    zeile.getString("einheit"),
                    zeile.getString("dokumentart"));
        }
    }

    @Component
    static class AusAkten extends Quelle {
        AusAkten(JdbcClient datenbank) {
            super(
                    datenbank,
                    "akte",
                    "SELECT akte_id, sum(octet_length(text) + 100) FROM aktenwert WHERE mandant_id = :m AND akte_id = ANY (CAST(:ids AS uuid[])) GROUP BY akte_id",
                    """
                    SELECT a.id, a.titel, a.aktenzeichen, a.schutzbereich_id,
                           left(coalesce((SELECT string_agg(f.name || ': ' || w.text, E'\\n' ORDER BY f.platz, f.id)
                                            FROM aktenwert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id
                                           WHERE w.mandant_id = a.mandant_id AND w.akte_id = a.id), '')
                                || coalesce((SELECT string_agg(E'\\nTeilakte ' || a.aktenzeichen || '-T' || t.nummer || ' ' || t.titel, '' ORDER BY t.nummer)
                                               FROM aktenteil t WHERE t.mandant_id = a.mandant_id AND t.akte_id = a.id AND t.art = 'teilakte'), '')
                                || coalesce((SELECT string_agg(E'\\nfrüher Teilakte ' || f.zeichen || '-T' || t.nummer, '' ORDER BY f.bis, t.nummer)
                                               FROM aktenteil t JOIN frueheres_aktenzeichen f ON f.mandant_id = t.mandant_id AND f.akte_id = t.akte_id AND f.bis > t.angelegt
                                              WHERE t.mandant_id = a.mandant_id AND t.akte_id = a.id AND t.art = 'teilakte'), ''), :laengster) AS text, s.stufe, s.sonder_id IS NOT NULL AS sonder,
                           NULL::uuid AS vorgang, a.id AS akte, (SELECT string_agg(f.zeichen, E'\\n') FROM frueheres_aktenzeichen f WHERE f.mandant_id = a.mandant_id AND f.akte_id = a.id) AS fruehere,
                           a.angelegt AS datum, k.kennzeichen || ' ' || k.titel AS zusatz, e.kuerzel AS einheit, NULL AS dokumentart
                      FROM akte a JOIN schutzbereich s ON s.mandant_id = a.mandant_id AND s.id = a.schutzbereich_id
                      JOIN einheit e ON e.mandant_id = a.mandant_id AND e.id = a.einheit_id
                      JOIN planknoten k ON k.mandant_id = a.mandant_id AND k.id = a.planknoten_id
                     WHERE a.mandant_id = :m AND a.id = ANY (CAST(:ids AS uuid[]))""");
        }
    }

    /** The name of a Teilakte only where both have the same rights, as with the title of a Vorgang below. */
    @Component
    static class AusVorgaengen extends Quelle {
        AusVorgaengen(JdbcClient datenbank) {
            super(datenbank, "vorgang", """
                    SELECT vorgang_id, sum(lang) FROM (
                        SELECT vorgang_id, octet_length(text) AS lang FROM vermerk WHERE mandant_id = :m AND vorgang_id = ANY (CAST(:ids AS uuid[]))
                        UNION ALL SELECT vorgang_id, octet_length(text) + 100 FROM vorgangswert WHERE mandant_id = :m AND vorgang_id = ANY (CAST(:ids AS uuid[]))) t
                     GROUP BY vorgang_id""", """
                    SELECT v.id, v.titel, v.aktenzeichen, s.stufe, s.sonder_id IS NOT NULL AS sonder, v.schutzbereich_id, v.id AS vorgang, v.akte_id AS akte,
                           (SELECT string_agg(f.zeichen, E'\\n') FROM frueheres_aktenzeichen f WHERE f.mandant_id = v.mandant_id AND f.vorgang_id = v.id) AS fruehere,
                           left(coalesce((SELECT string_agg(f.name || ': ' || w.text, E'\\n' ORDER BY f.platz, f.id) || E'\\n'
                                       FROM vorgangswert w JOIN aktenfeld f ON f.mandant_id = w.mandant_id AND f.id = w.feld_id
                                      WHERE w.mandant_id = v.mandant_id AND w.vorgang_id = v.id), '') ||
                           coalesce((SELECT string_agg(left(n.text, :laengster - n.davor), E'\\n' ORDER BY n.verfasst, n.id)
                                       FROM (SELECT id, text, verfasst, CAST(least(sum(octet_length(text)) OVER (ORDER BY verfasst, id) - octet_length(text), :laengster) AS int) AS davor
                                               FROM vermerk WHERE mandant_id = v.mandant_id AND vorgang_id = v.id) n
                                      WHERE n.davor < :laengster), ''), :laengster) AS text,
                           v.geaendert AS datum,
                           concat_ws(' · ', a.titel, (SELECT CASE WHEN v.schutzbereich_id = a.schutzbereich_id OR t.art = 'band' THEN %s END FROM aktenteil t WHERE t.mandant_id = v.mandant_id AND t.id = v.teil_id)) AS zusatz, e.kuerzel AS einheit, NULL AS dokumentart
                      FROM vorgang v JOIN schutzbereich s ON s.mandant_id = v.mandant_id AND s.id = v.schutzbereich_id
                      JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id
                      JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
                     WHERE v.mandant_id = :m AND v.id = ANY (CAST(:ids AS uuid[]))""".formatted(Aktenteile.NAME));
        }
    }

    /** The title of the Vorgang only where both have the same rights: otherwise it would be read and found by who may see the Dokument alone. */
    @Component
    static class AusDokumenten extends Quelle {
        AusDokumenten(JdbcClient datenbank) {
            super(datenbank, "dokument", """
                    SELECT d.id, octet_length(t.text)
                      FROM dokument d
                      JOIN LATERAL (SELECT datei_id FROM version n WHERE n.mandant_id = d.mandant_id AND n.dokument_id = d.id ORDER BY nummer DESC LIMIT 1) n ON true
                      JOIN datei_text t ON t.mandant_id = d.mandant_id AND t.datei_id = n.datei_id
                     WHERE d.mandant_id = :m AND d.id = ANY (CAST(:ids AS uuid[]))""", """
                    SELECT d.id, d.titel, v.aktenzeichen, s.stufe, s.sonder_id IS NOT NULL AS sonder, d.schutzbereich_id, d.vorgang_id AS vorgang, d.akte_id AS akte, NULL AS fruehere,
                           coalesce(left(t.text, :laengster), '') AS text, d.angelegt AS datum,
                           concat_ws(' · ', CASE WHEN v.schutzbereich_id = d.schutzbereich_id THEN v.titel END, d.absender, f.dateiname) AS zusatz, e.kuerzel AS einheit, d.dokumentart
                      FROM dokument d JOIN schutzbereich s ON s.mandant_id = d.mandant_id AND s.id = d.schutzbereich_id
                      JOIN vorgang v ON v.mandant_id = d.mandant_id AND v.id = d.vorgang_id
                      JOIN einheit e ON e.mandant_id = v.mandant_id AND e.id = v.einheit_id
                      JOIN LATERAL (SELECT datei_id FROM version n WHERE n.mandant_id = d.mandant_id AND n.dokument_id = d.id ORDER BY nummer DESC LIMIT 1) n ON true
                      JOIN datei f ON f.mandant_id = d.mandant_id AND f.id = n.datei_id
                      LEFT JOIN datei_text t ON t.mandant_id = f.mandant_id AND t.datei_id = f.id
                     WHERE d.mandant_id = :m AND d.id = ANY (CAST(:ids AS uuid[]))""");
        }
    }

    private final JdbcClient datenbank;
    private final Index index;

    Indexquellen(JdbcClient datenbank, Index index) {
        this.datenbank = datenbank;
        this.index = index;
    }

    /** The text of a file was read: whatever Dokument holds it is indexed anew. */
    @EventListener
    @Order(2)
    void nach(DateiErschlossen erschlossen) {
        datenbank
                .sql("SELECT dokument_id FROM version WHERE mandant_id = ? AND datei_id = ?")
                .params(erschlossen.mandant(), erschlossen.datei())
                .query(UUID.class)
                .list()
                .forEach(dokument -> index.vormerken("dokument", dokument));
    }

    @EventListener
    void nach(DateienErschlossen erschlossen) {
        index.vormerkenNachrangig(
                "dokument",
                datenbank
                        .sql(
                                "SELECT dokument_id FROM version WHERE mandant_id = ? AND datei_id = ANY (CAST(? AS uuid[]))")
                        .param(erschlossen.mandant())
                        .param(erschlossen.dateien().stream()
                                .map(UUID::toString)
                                .toArray(String[]::new))
                        .query(UUID.class)
                        .list(),
                Duration.ZERO);
    }
}
