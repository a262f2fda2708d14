package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the Redaktion sees: everything, in every state, with who wrote and released it. */
@Component
class Katalog {

    /** @param stand of the newest version that is not dropped @param gueltig whether citizens read one @param regeln how many */
    public record Zeile(
            UUID id,
            String kurzname,
            String titel,
            String stand,
            boolean gueltig,
            Instant geaendert,
            int regeln,
            String sprachen) {

        String standwort() {
            return Katalog.standwort(stand);
        }
    }

    /** One version in the history. */
    public record Fassung(
            UUID id,
            UUID leistungId,
            int nummer,
            String stand,
            int aenderung,
            String verfasser,
            Instant geaendert,
            @Nullable String freigegebenVon,
            @Nullable Instant freigegeben,
            @Nullable Instant beendet) {

        boolean offen() {
            return stand.equals("entwurf") || stand.equals("zur_freigabe");
        }

        String standwort() {
            return Katalog.standwort(stand);
        }
    }

    /** What holds for all versions. */
    public record Kopf(
            UUID id,
            String kurzname,
            @Nullable String leika,
            @Nullable Integer haeufig) {}

    static final Map<String, String> STAENDE = new java.util.LinkedHashMap<>();

    static {
        STAENDE.put("entwurf", "Entwurf");
        STAENDE.put("zur_freigabe", "zur Freigabe");
        STAENDE.put("veroeffentlicht", "veröffentlicht");
        STAENDE.put("ersetzt", "ersetzt");
        STAENDE.put("zurueckgezogen", "zurückgezogen");
        STAENDE.put("verworfen", "verworfen");
    }

    static String standwort(String stand) {
        return STAENDE.getOrDefault(stand, stand);
    }

    private final JdbcClient datenbank;
    private final Fassungen fassungen;

    Katalog(JdbcClient datenbank) {
        this.datenbank = datenbank;
        this.fassungen = new Fassungen(datenbank);
    }

    /** @param stand empty: all @param titel a part of the title or the short name; empty: all */
    @Transactional(readOnly = true)
    public List<Zeile> liste(String stand, String titel) {
        return datenbank
                .sql("""
                SELECT l.id, l.kurzname, coalesce(t.titel, l.kurzname) AS titel, f.stand, f.geaendert,
                       EXISTS (SELECT FROM leistungsfassung g WHERE g.mandant_id = l.mandant_id AND g.leistung_id = l.id AND g.stand = 'veroeffentlicht') AS gueltig,
                       (SELECT count(*) FROM zustaendigkeitsregel r WHERE r.mandant_id = l.mandant_id AND r.leistung_id = l.id) AS regeln,
                       (SELECT string_agg(s.sprache, ' ' ORDER BY s.sprache) FROM leistungstext s WHERE s.mandant_id = f.mandant_id AND s.fassung_id = f.id) AS sprachen
                  FROM leistung l
                  CROSS JOIN LATERAL (SELECT * FROM leistungsfassung f WHERE f.mandant_id = l.mandant_id AND f.leistung_id = l.id
                                       ORDER BY f.stand = 'verworfen', f.nummer DESC LIMIT 1) f
                  LEFT JOIN leistungstext t ON t.mandant_id = f.mandant_id AND t.fassung_id = f.id AND t.sprache = 'de'
                 WHERE l.mandant_id = :m AND (:stand = '' OR f.stand = :stand)
                   AND (:titel = '' OR strpos(lower(coalesce(t.titel, '') || ' ' || l.kurzname), lower(:titel)) > 0)
                 ORDER BY lower(coalesce(t.titel, l.kurzname)), l.id""")
                .param("m", mandant())
                .param("stand", stand)
                .param("titel", titel.strip())
                .query((z, nr) -> new Zeile(
                        z.getObject("id", UUID.class),
                        z.getString("kurzname"),
                        z.getString("titel"),
                        z.getString("stand"),
                        z.getBoolean("gueltig"),
                        z.getObject("geaendert", Timestamp.class).toInstant(),
                        z.getInt("regeln"),
                        Optional.ofNullable(z.getString("sprachen")).orElse("")))
                .list();
    }

    @Transactional(readOnly = true)
    public Kopf kopf(UUID leistung) {
        return datenbank
                .sql("SELECT id, kurzname, leika, haeufig FROM leistung WHERE mandant_id = ? AND id = ?")
                .params(mandant(), leistung)
                .query(Kopf.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Leistung gibt es nicht."));
    }

    private static final String GESCHICHTE = """
            SELECT f.id, f.leistung_id, f.nummer, f.stand, f.aenderung, f.geaendert, f.freigegeben, f.beendet,
                   coalesce((SELECT string_agg(trim(p.vorname || ' ' || p.nachname), ', ' ORDER BY array_position(f.verfasser, p.id)) FROM person p
                      WHERE p.mandant_id = f.mandant_id AND p.id = ANY (f.verfasser)), '') AS verfasser,
                   (SELECT trim(p.vorname || ' ' || p.nachname) FROM person p WHERE p.mandant_id = f.mandant_id AND p.id = f.freigegeben_von) AS freigegeben_von
              FROM leistungsfassung f WHERE f.mandant_id = ?""";

    /** Newest first. */
    @Transactional(readOnly = true)
    public List<Fassung> geschichte(UUID leistung) {
        return datenbank
                .sql(GESCHICHTE + " AND f.leistung_id = ? ORDER BY f.nummer DESC")
                .params(mandant(), leistung)
                .query(Fassung.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Fassung fassung(UUID id) {
        return datenbank
                .sql(GESCHICHTE + " AND f.id = ?")
                .params(mandant(), id)
                .query(Fassung.class)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diese Fassung gibt es nicht."));
    }

    /** A version as citizens would read it. */
    @Transactional(readOnly = true)
    public Leistung ansicht(UUID fassung, Sprache sprache) {
        return fassungen.lies("f.id = :fassung", Map.of("fassung", fassung), sprache).stream()
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Fassung gibt es nicht."));
    }

    @Transactional(readOnly = true)
    public Map<Sprache, Leistungstext> texte(UUID fassung) {
        return fassungen.texte(fassung);
    }

    /** All that a version says, for the form. */
    @Transactional(readOnly = true)
    public Leistungsangaben angaben(UUID fassung) {
        var l = ansicht(fassung, Sprache.DE);
        return new Leistungsangaben(
                fassungen.texte(fassung),
                l.betrag(),
                l.formular(),
                l.adresse(),
                l.vertrauensniveau(),
                l.ohneKonto(),
                l.lebenslagen());
    }
}
