package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
     * @param aufbewahrung years; -1 unbefristet; null if nobody above has said
     * @param aussonderungsart A archivwürdig, B bewerten, V vernichten (xdomea); null if nobody above has said
     * @param fristbeginn {@code jahresende} of the year of zdA, or the day of {@code zda}
     * @param fristVon Kennzeichen of the position the years are inherited from; null if they are its own, or nobody's
     * @param blatt whether nothing valid stands below: only there Akten are made
     * @param gilt whether it has not ended: only then Akten are made
     */
    public record Knoten(
            UUID id,
            @Nullable UUID ueberId,
            String kennzeichen,
            String titel,
            int ebene,
            @Nullable Integer aufbewahrung,
            @Nullable String aussonderungsart,
            String fristbeginn,
            @Nullable String fristVon,
            @Nullable String artVon,
            @Nullable String beginnVon,
            boolean blatt,
            boolean gilt) {

        public String anzeige() {
            return kennzeichen + " " + titel;
        }

        /** In words, for the metadata of an Akte: {@code 10 Jahre ab Ende des zdA-Jahres, dann Bewertung}. */
        public String frist() {
            var jahre = aufbewahrung == null
                    ? "nicht festgelegt"
                    : aufbewahrung < 0 ? "unbefristet" : Planworte.aufbewahrung(aufbewahrung) + " ab " + beginn();
            return aussonderungsart == null || (aufbewahrung != null && aufbewahrung < 0)
                    ? jahre
                    : jahre
                            + switch (aussonderungsart) {
                                case "A" -> ", dann Archiv";
                                case "V" -> ", dann Vernichtung";
                                default -> ", dann Bewertung";
                            };
        }

        private String beginn() {
            return fristbeginn.equals(Position.ZDA) ? "Tag der zdA" : "Ende des zdA-Jahres";
        }

        /** Where what {@link #frist()} says comes from: {@code Frist von 66.20, Aussonderung von 66 geerbt}; empty if all is its own. */
        public String herkunft() {
            var teile = Stream.of(
                            fristVon == null ? null : "Frist von " + fristVon,
                            artVon == null ? null : "Aussonderung von " + artVon,
                            beginnVon == null ? null : "Fristbeginn von " + beginnVon)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(", "));
            return teile.isEmpty() ? "" : teile + " geerbt";
        }
    }

    static final String POSITION = """
            SELECT id, ueber_id, kennzeichen, titel, aufbewahrung, aussonderungsart, fristbeginn, rang, fassung, gilt(gueltig_von, gueltig_bis) AS gilt
              FROM planknoten WHERE mandant_id = :m\s""";

    private static final int VORSCHLAEGE = 20;

    private final JdbcClient datenbank;

    Aktenplan(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All valid positions in their order, each after the one above it. */
    @Transactional(readOnly = true)
    public List<Knoten> baum() {
        return bild("AND gilt(gueltig_von, gueltig_bis)").knoten();
    }

    /** As {@link #baum()}, and in between what has ended: the Akten under it are still there. */
    @Transactional(readOnly = true)
    public List<Knoten> baumMitBeendeten() {
        return bild("").knoten(true);
    }

    private Planbild bild(String welche) {
        return new Planbild(datenbank
                .sql(POSITION + welche)
                .param("m", mandant())
                .query(Position::lies)
                .list());
    }

    /** One position, ended ones too. */
    @Transactional(readOnly = true)
    public Optional<Knoten> knoten(UUID id) {
        // Only the way up and what is directly below: a page of an Akte does not read the whole plan.
        var naehe = datenbank
                .sql("""
                WITH RECURSIVE weg AS (
                    SELECT id, ueber_id, 1 AS weite FROM planknoten WHERE mandant_id = :m AND id = :id
                    UNION ALL SELECT k.id, k.ueber_id, w.weite + 1 FROM planknoten k JOIN weg w ON k.mandant_id = :m AND k.id = w.ueber_id WHERE w.weite < 50)
                """ + POSITION + """
                AND (id IN (SELECT id FROM weg) OR ueber_id = :id)""")
                .param("m", mandant())
                .param("id", id)
                .query(Position::lies)
                .list();
        return Optional.ofNullable(new Planbild(naehe).knoten(id));
    }

    /** Positions for Akten that begin with or contain what was typed, at most 20; Kennzeichen first, former ones too. */
    @Transactional(readOnly = true)
    public List<Knoten> suche(String getippt) {
        return suche(getippt, false);
    }

    /** As {@link #suche(String)}. @param alle also those with positions below, under which no Akten are made */
    @Transactional(readOnly = true)
    public List<Knoten> suche(String getippt, boolean alle) {
        var text = bereinigt(getippt);
        var wort = text.toLowerCase(Locale.GERMAN);
        var frueher = text.isEmpty() ? Set.<UUID>of() : frueher("LIKE :text ESCAPE '\\'", muster(text) + "%");
        return baum().stream()
                .filter(k -> alle || k.blatt())
                .filter(k -> frueher.contains(k.id())
                        || k.kennzeichen().startsWith(text)
                        || k.anzeige().toLowerCase(Locale.GERMAN).contains(wort))
                .sorted(Comparator.comparing((Knoten k) -> !k.kennzeichen().startsWith(text))
                        .thenComparing(k -> !frueher.contains(k.id()))
                        .thenComparing(Knoten::kennzeichen))
                .limit(VORSCHLAEGE)
                .toList();
    }

    /** Positions that once had such a Kennzeichen and have another one now. */
    private Set<UUID> frueher(String wie, String text) {
        return new HashSet<>(datenbank
                .sql("""
                SELECT f.knoten_id FROM plankennzeichen f JOIN planknoten k ON k.mandant_id = f.mandant_id AND k.id = f.knoten_id
                 WHERE f.mandant_id = :m AND f.kennzeichen <> k.kennzeichen AND f.kennzeichen\s""" + wie + " LIMIT 100")
                .param("m", mandant())
                .param("text", text)
                .query(UUID.class)
                .list());
    }

    /**
     * What somebody meant who typed a Kennzeichen, its title, or both; empty when it is not exactly one position for Akten. A former
     * Kennzeichen means what it always meant.
     */
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
        if (genau.isPresent() || treffer.size() == 1) {
            return Optional.of(genau.orElseGet(treffer::getFirst));
        }
        var frueher = treffer.isEmpty() ? Set.<UUID>of() : frueher("= :text", bereinigt(text));
        return treffer.stream().filter(k -> frueher.contains(k.id())).findFirst();
    }

    private static String bereinigt(String getippt) {
        var text = getippt.replace("\0", "").strip();
        return text.length() > 100 ? text.substring(0, 100) : text;
    }

    private static String muster(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
