package de.federwerk.leistung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Regelwerk.Frage;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What citizens may read about the Leistungen of the current Mandant: the published versions and nothing else. Reads {@code leistung},
 * {@code leistungsfassung} (without who wrote and released), {@code leistungstext}, {@code lebenslage}, {@code dienststelle},
 * {@code zustaendigkeitsregel} and {@code leistungsstand}; who makes one with a connection of its own calls it within a transaction.
 */
@Component
public class Leistungen {

    private static final int INDIZES = 64;
    /** Short name of the Leistung that is for whatever no other is for. */
    private static final String ANLIEGEN = "allgemeines-anliegen";

    /** A line in a list. @param online whether one can apply at once */
    public record Zeile(
            UUID id,
            String kurzname,
            String titel,
            Sprache titelsprache,
            String kurztext,
            Sprache kurztextsprache,
            @Nullable BigDecimal betrag,
            boolean online) {

        static Zeile von(Leistung l) {
            return new Zeile(
                    l.id(),
                    l.kurzname(),
                    l.titel(),
                    l.titelsprache(),
                    l.kurztext(),
                    l.kurztextsprache(),
                    l.betrag(),
                    l.formular() != null || l.adresse() != null);
        }

        /** For JSON: strings, numbers and truth values only. */
        public Map<String, Object> alsMap() {
            var map = new LinkedHashMap<String, Object>();
            map.put("kurzname", kurzname);
            map.put("titel", titel);
            map.put("titelSprache", titelsprache.lang());
            map.put("kurztext", kurztext);
            map.put("kurztextSprache", kurztextsprache.lang());
            if (betrag != null) {
                map.put("betragEuro", betrag);
            }
            map.put("online", online);
            return map;
        }
    }

    /** Why a Leistung was found. @param wort as it was typed @param text the reason as a sentence, in the language that was asked in */
    public record Grund(String wort, String text) {}

    /** One Leistung that fits, with its reasons. */
    public record Treffer(Zeile leistung, List<Grund> gruende) {

        /** For JSON. */
        public Map<String, Object> alsMap() {
            var map = leistung.alsMap();
            map.put("gruende", gruende.stream().map(Grund::text).toList());
            return map;
        }
    }

    /** A Lebenslage with what is under it. */
    public record Gruppe(String kurzname, String titel, List<Zeile> leistungen) {

        /** For JSON. */
        public Map<String, Object> alsMap() {
            return Map.of(
                    "kurzname",
                    kurzname,
                    "titel",
                    titel,
                    "leistungen",
                    leistungen.stream().map(Zeile::alsMap).toList());
        }
    }

    /**
     * Who is responsible.
     *
     * @param dienststelle empty: nobody, or first something must be asked
     * @param fehlt what must be asked, else it would be guessed: strasse, hausnummer, ortsteil, name or the subject
     * @param gegenstaende the subjects among which to choose, if that must be asked
     */
    public record Zustaendig(Optional<Dienststelle> dienststelle, Set<String> fehlt, List<String> gegenstaende) {}

    private record Schluessel(UUID mandant, Sprache sprache) {}

    private final JdbcClient datenbank;
    private final Fassungen fassungen;
    private final Map<Schluessel, Leistungsindex> indizes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Schluessel, Leistungsindex> aelteste) {
            return size() > INDIZES;
        }
    };

    public Leistungen(JdbcClient datenbank) {
        this.datenbank = datenbank;
        this.fassungen = new Fassungen(datenbank);
    }

    /** Grows with every change: what was made from this catalogue holds as long as the number is the same. */
    @Transactional(readOnly = true)
    public long stand() {
        return datenbank
                .sql("SELECT stand FROM leistungsstand WHERE mandant_id = ?")
                .param(mandant())
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    @Transactional(readOnly = true)
    public Optional<Leistung> finde(String kurzname, Sprache sprache) {
        return fassungen
                .lies(Fassungen.GUELTIG + " AND l.kurzname = :kurzname", Map.of("kurzname", kurzname), sprache)
                .stream()
                .findFirst();
    }

    /** All, by their title. */
    @Transactional(readOnly = true)
    public List<Zeile> alle(Sprache sprache) {
        return index(sprache).zeilen();
    }

    /** Those that are asked for often, in the order the town gave them. */
    @Transactional(readOnly = true)
    public List<Zeile> haeufige(Sprache sprache) {
        return index(sprache).haeufige();
    }

    /** In the order of the town, without empty ones. */
    @Transactional(readOnly = true)
    public List<Gruppe> lebenslagen(Sprache sprache) {
        var index = index(sprache);
        return lebenslagen().stream()
                .map(l -> new Gruppe(l.kurzname(), l.titel(sprache), index.in(l.kurzname())))
                .filter(g -> !g.leistungen().isEmpty())
                .toList();
    }

    private List<Lebenslage> lebenslagen() {
        return datenbank
                .sql(
                        "SELECT id, kurzname, titel, titel_en, titel_leicht, platz FROM lebenslage WHERE mandant_id = ? ORDER BY platz, titel")
                .param(mandant())
                .query(Lebenslage.class)
                .list();
    }

    /**
     * Best first; each with its reason. Empty if nothing in the catalogue is called so: it never offers what was not asked for.
     *
     * @param frage as people type it; only its first 200 characters count
     */
    @Transactional(readOnly = true)
    public List<Treffer> suche(String frage, Sprache sprache) {
        return index(sprache).suche(frage);
    }

    private Leistungsindex index(Sprache sprache) {
        var schluessel = new Schluessel(mandant(), sprache);
        // First the number: what changes in between makes the next reader read again.
        long stand = stand();
        synchronized (indizes) {
            var da = indizes.get(schluessel);
            if (da != null && da.stand() == stand) {
                return da;
            }
        }
        var neu = Leistungsindex.aus(
                stand, sprache, fassungen.lies(Fassungen.GUELTIG, Map.of(), sprache), haeufigkeiten());
        synchronized (indizes) {
            indizes.put(schluessel, neu);
        }
        return neu;
    }

    private Map<UUID, Integer> haeufigkeiten() {
        return datenbank
                .sql("SELECT id, haeufig FROM leistung WHERE mandant_id = ? AND haeufig IS NOT NULL")
                .param(mandant())
                .query((z, nr) -> Map.entry(z.getObject("id", UUID.class), z.getInt("haeufig")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Who is responsible for a published Leistung in a case like this. Empty and nothing missing: nobody, or no such Leistung. */
    @Transactional(readOnly = true)
    public Zustaendig zustaendig(String kurzname, Merkmale merkmale) {
        var regelwerk = new Regelwerk(regeln(datenbank, """
                (SELECT l.id FROM leistung l JOIN leistungsfassung f ON f.mandant_id = l.mandant_id AND f.leistung_id = l.id
                  WHERE l.mandant_id = :m AND l.kurzname = :was AND f.stand = 'veroeffentlicht')""", kurzname));
        var antwort = regelwerk.antwort(merkmale);
        return new Zustaendig(
                antwort.dienststelle().flatMap(this::dienststelle),
                antwort.fehlt().stream()
                        .map(f -> f.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.toSet()),
                antwort.fehlt().contains(Frage.GEGENSTAND) ? regelwerk.gegenstaende() : List.of());
    }

    /** @param welche the id of the Leistung in SQL, from code, with {@code :was} */
    static List<Regel> regeln(JdbcClient datenbank, String welche, Object was) {
        return datenbank
                .sql("""
                SELECT r.id, r.platz, r.strasse, r.hausnummer_von, r.hausnummer_bis, r.seite, r.ortsteil, r.name_von, r.name_bis, r.gegenstand,
                       r.dienststelle_id, d.name AS dienststelle
                  FROM zustaendigkeitsregel r JOIN dienststelle d ON d.mandant_id = r.mandant_id AND d.id = r.dienststelle_id
                 WHERE r.mandant_id = :m AND d.beendet IS NULL AND r.leistung_id =\s""" + welche + " ORDER BY r.platz, r.id")
                .param("m", mandant())
                .param("was", was)
                .query(Regel.class)
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Dienststelle> dienststelle(UUID id) {
        return datenbank
                .sql(DIENSTSTELLE + " AND id = ? AND beendet IS NULL")
                .params(mandant(), id)
                .query(Leistungen::dienststelle)
                .optional();
    }

    /** All that are open to citizens, by their name. */
    @Transactional(readOnly = true)
    public List<Dienststelle> dienststellen() {
        return datenbank
                .sql(DIENSTSTELLE + " AND beendet IS NULL ORDER BY name, id LIMIT 500")
                .param(mandant())
                .query(Leistungen::dienststelle)
                .list();
    }

    /** Whom to ask who finds nothing: who is responsible for a general Anliegen, else all, some of them. */
    @Transactional(readOnly = true)
    public List<Dienststelle> auskunftsstellen() {
        var zustaendig = zustaendig(ANLIEGEN, Merkmale.KEINE).dienststelle();
        return zustaendig
                .map(List::of)
                .orElseGet(() -> dienststellen().stream().limit(3).toList());
    }

    static final String DIENSTSTELLE = """
            SELECT id, einheit_id, name, strasse, ort, raum, telefon, mail, barrierefreiheit, zeiten, schliesstage, aenderung
              FROM dienststelle WHERE mandant_id = ?""";

    static Dienststelle dienststelle(ResultSet z, int nr) throws SQLException {
        return new Dienststelle(
                z.getObject("id", UUID.class),
                z.getObject("einheit_id", UUID.class),
                z.getString("name"),
                z.getString("strasse"),
                z.getString("ort"),
                z.getString("raum"),
                z.getString("telefon"),
                z.getString("mail"),
                z.getString("barrierefreiheit"),
                Oeffnungszeiten.aus((String[]) z.getArray("zeiten").getArray(), (String[])
                        z.getArray("schliesstage").getArray()),
                z.getInt("aenderung"));
    }
}
