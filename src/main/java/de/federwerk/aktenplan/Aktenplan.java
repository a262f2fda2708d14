package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The plan. Its positions are no secret inside the house; the Akten under them are. */
@Component
public class Aktenplan {

    /**
     * A position with what it inherits.
     *
     * @param aufbewahrung years after zdA; -1 unbefristet; null if nobody above has said
     * @param aussonderungsart A archivwürdig, B bewerten, V vernichten (xdomea); null if nobody above has said
     * @param blatt whether nothing stands below: only there Akten are made
     */
    public record Knoten(
            UUID id,
            @Nullable UUID ueberId,
            String kennzeichen,
            String titel,
            int ebene,
            @Nullable Integer aufbewahrung,
            @Nullable String aussonderungsart,
            boolean blatt) {

        public String anzeige() {
            return kennzeichen + " " + titel;
        }

        /** In words, for the metadata of an Akte. */
        public String frist() {
            var jahre = aufbewahrung == null
                    ? "nicht festgelegt"
                    : aufbewahrung < 0
                            ? "unbefristet"
                            : aufbewahrung + (aufbewahrung == 1 ? " Jahr" : " Jahre") + " ab zdA";
            return aussonderungsart == null || (aufbewahrung != null && aufbewahrung < 0)
                    ? jahre
                    : jahre
                            + switch (aussonderungsart) {
                                case "A" -> ", dann Archiv";
                                case "V" -> ", dann Vernichtung";
                                default -> ", dann Bewertung";
                            };
        }
    }

    private static final String KNOTEN = """
            WITH RECURSIVE baum AS (
                SELECT id, ueber_id, kennzeichen, titel, ebene, aufbewahrung, aussonderungsart FROM planknoten
                 WHERE mandant_id = :m AND ueber_id IS NULL AND gilt(gueltig_von, gueltig_bis)
                UNION ALL
                SELECT k.id, k.ueber_id, k.kennzeichen, k.titel, k.ebene, coalesce(k.aufbewahrung, b.aufbewahrung), coalesce(k.aussonderungsart, b.aussonderungsart)
                  FROM planknoten k JOIN baum b ON k.mandant_id = :m AND k.ueber_id = b.id WHERE gilt(k.gueltig_von, k.gueltig_bis))
            SELECT b.*, NOT EXISTS (SELECT FROM baum u WHERE u.ueber_id = b.id) AS blatt FROM baum b\s""";

    /** Positions that have ended as well: the Akten under them are still there. */
    private static final String AUCH_ENDE = KNOTEN.replaceAll(
                    " AND gilt\\((k\\.)?gueltig_von, (k\\.)?gueltig_bis\\)", "")
            .replaceAll(" WHERE gilt\\(k\\.gueltig_von, k\\.gueltig_bis\\)", "");

    private final JdbcClient datenbank;

    Aktenplan(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All valid positions in the order of their Kennzeichen, each after the one above it. */
    @Transactional(readOnly = true)
    public List<Knoten> baum() {
        return datenbank
                .sql(KNOTEN + "ORDER BY kennzeichen COLLATE \"C\"")
                .param("m", mandant())
                .query(Knoten.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Knoten> knoten(UUID id) {
        return datenbank
                .sql(AUCH_ENDE + "WHERE id = :id")
                .param("m", mandant())
                .param("id", id)
                .query(Knoten.class)
                .optional();
    }

    /** Positions for Akten that begin with or contain what was typed, at most 20; Kennzeichen first. */
    @Transactional(readOnly = true)
    public List<Knoten> suche(String getippt) {
        return suche(getippt, false);
    }

    /** As {@link #suche(String)}. @param alle also those with positions below, under which no Akten are made */
    @Transactional(readOnly = true)
    public List<Knoten> suche(String getippt, boolean alle) {
        return datenbank
                .sql("SELECT * FROM (" + KNOTEN + """
                ) k WHERE (blatt OR :alle) AND (kennzeichen LIKE :anfang ESCAPE '\\' OR lower(kennzeichen || ' ' || titel) LIKE :mitte ESCAPE '\\')
                 ORDER BY (kennzeichen LIKE :anfang ESCAPE '\\') DESC, kennzeichen COLLATE "C" LIMIT 20""")
                .param("m", mandant())
                .param("alle", alle)
                .param("anfang", muster(getippt) + "%")
                .param("mitte", "%" + muster(getippt.toLowerCase(java.util.Locale.GERMAN)) + "%")
                .query(Knoten.class)
                .list();
    }

    /** What somebody meant who typed a Kennzeichen, its title, or both; empty when it is not exactly one position for Akten. */
    @Transactional(readOnly = true)
    public Optional<Knoten> gemeint(String getippt) {
        return gemeint(getippt, false);
    }

    /** As {@link #gemeint(String)}. @param alle also a position with others below */
    @Transactional(readOnly = true)
    public Optional<Knoten> gemeint(String getippt, boolean alle) {
        var text = getippt.strip();
        var treffer = text.isEmpty() ? List.<Knoten>of() : suche(text, alle);
        var genau = treffer.stream()
                .filter(k -> k.kennzeichen().equals(text) || k.anzeige().equalsIgnoreCase(text))
                .findFirst();
        return genau.isPresent() ? genau : treffer.size() == 1 ? Optional.of(treffer.getFirst()) : Optional.empty();
    }

    private static String muster(String getippt) {
        var text = getippt.strip()
                .replace("\0", "")
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_");
        return text.length() > 100 ? text.substring(0, 100) : text;
    }
}
