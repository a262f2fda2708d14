package de.federwerk.berechtigung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Stelle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A list that can be long and of which a person may see all, some or nothing. Two ways lead to a page (ADR 0015): along the list, as
 * long as it is short or this person sees enough of it; and where {@link #STRECKE} rows do not fill the page, from the person's own
 * Schutzbereiche, each read in the order of the list by an index of its own. Neither grows with the length of the list.
 *
 * @param tabelle with an index in the order of the list, and one in which that order follows the Schutzbereich
 * @param bestand kept numbers of it per Schutzbereich and whatever a {@link Frage#bereich} asks for: schutzbereich_id, anzahl
 * @param spalten what {@code sichtbar} looks at beside id, Schutzbereich and sort key
 * @param sichtbar the condition of a Sicht on the rows, alias {@code x}
 * @param einzeln which column the single grants (F) name: parameter of the Sicht → column; exclusions (X) name that of {@code s_akten}
 * @param vorhanden column after which the second index comes before the Schutzbereich: then only Schutzbereiche that occur are looked
 *     at, however many the person has; null if the second index begins with the Schutzbereich
 */
public record Sichtliste(
        String tabelle,
        String bestand,
        List<String> spalten,
        Ordnung ordnung,
        Function<Sicht, String> sichtbar,
        Map<String, String> einzeln,
        @Nullable String vorhanden) {

    /** Rows looked at along the list, about 10 ms. */
    static final int STRECKE = 20_000;

    /** With more Schutzbereiche than this it is cheaper to go on along the list: whoever has so many sees much. */
    static final int VIELE = 2_000;

    /** One person asks for one such list. @param bereich which rows belong to it, also in the Bestand; alias {@code x}, beside the Mandant */
    public record Frage(JdbcClient datenbank, Sicht sicht, String bereich, Map<String, ?> werte) {}

    /** The ids of one page, in the order of {@link Ordnung#folge}. */
    public List<UUID> ids(Frage frage, Stelle ab, int hoechstens) {
        var entlang = entlang(frage, ab, hoechstens, " LIMIT " + STRECKE);
        if (entlang.size() == hoechstens || !laenger(frage, ab)) {
            return entlang;
        }
        if (vorhanden == null && frage.sicht.bereiche().size() > VIELE) {
            return entlang(frage, ab, hoechstens, "");
        }
        var rest = " ORDER BY " + ordnung.folge("x", ab) + " LIMIT " + hoechstens;
        return stelle(
                        frage,
                        ab,
                        bereiche(frage) + "SELECT x.id FROM ("
                                + stuecke(frage, ordnung.bedingung("x", ab), rest)
                                        .collect(Collectors.joining(" UNION "))
                                + ") x"
                                + rest)
                .query(UUID.class)
                .list();
    }

    /** As {@link #ids}, for a part of the list that is short or has an index of its own: along it to its end. */
    public List<UUID> entlang(Frage frage, Stelle ab, int hoechstens) {
        return entlang(frage, ab, hoechstens, "");
    }

    private List<UUID> entlang(Frage frage, Stelle ab, int hoechstens, String grenze) {
        var folge = " ORDER BY " + ordnung.folge("x", ab);
        return stelle(
                        frage,
                        ab,
                        "SELECT x.id FROM (" + zeilen(frage, ordnung.bedingung("x", ab)) + folge + grenze + ") x WHERE "
                                + sichtbar.apply(frage.sicht) + folge + " LIMIT " + hoechstens)
                .query(UUID.class)
                .list();
    }

    private boolean laenger(Frage frage, Stelle ab) {
        return stelle(
                        frage,
                        ab,
                        zeilen(frage, ordnung.bedingung("x", ab)) + " ORDER BY " + ordnung.folge("x", ab) + " OFFSET "
                                + STRECKE + " LIMIT 1")
                .query((zeile, nr) -> true)
                .optional()
                .isPresent();
    }

    /** How many rows this person sees. */
    public Anzahl anzahl(Frage frage) {
        return Anzahl.genau(stelle(
                        frage,
                        Stelle.ANFANG,
                        "SELECT CAST(coalesce(sum(z.anzahl), 0) AS bigint) FROM (" + ausBestand(frage, "") + ") z")
                .query(Long.class)
                .single());
    }

    /** How many rows this person sees of a part of the list as for {@link #entlang(Frage, Stelle, int)}, counted up to {@link Anzahl#GENAU_BIS}. */
    public Anzahl gezaehltEntlang(Frage frage) {
        return gezaehlt(
                frage,
                "SELECT count(*) FROM (SELECT FROM (" + zeilen(frage, "TRUE") + ") x WHERE "
                        + sichtbar.apply(frage.sicht) + BIS + ") z");
    }

    /** How many rows this person sees, where no Bestand knows: counted up to {@link Anzahl#GENAU_BIS}, from the person's own Schutzbereiche. */
    public Anzahl gezaehlt(Frage frage) {
        if (frage.sicht.bereiche().size() > VIELE) {
            return gezaehltEntlang(frage);
        }
        var sichtbare = sichtbar.apply(frage.sicht);
        var einzelne = einzeln.entrySet().stream()
                .filter(f -> frage.sicht.nennt(f.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(f -> einzelne(frage, f, sichtbare + " AND NOT " + frage.sicht.aufBereich("x"), BIS))
                .collect(Collectors.joining(" UNION "));
        return gezaehlt(
                frage,
                "WITH b (nr) AS (SELECT unnest(CAST(:s_bereiche AS int[]))) SELECT count(*) FROM (SELECT z.id FROM b CROSS JOIN LATERAL ("
                        + zeilen(frage, sichtbare) + " AND x.schutzbereich_id = b.nr" + BIS + ") z"
                        + (einzelne.isEmpty() ? "" : " UNION ALL SELECT e.id FROM (" + einzelne + ") e") + BIS + ") z");
    }

    private static final String BIS = " LIMIT " + (Anzahl.GENAU_BIS + 1);

    private Anzahl gezaehlt(Frage frage, String sql) {
        return Anzahl.aus(stelle(frage, Stelle.ANFANG, sql).query(Long.class).single());
    }

    /** How many rows this person sees for each value of a column, where there are any. @param spalte of the list and of its Bestand */
    public Map<UUID, Long> anzahlJe(Frage frage, String spalte) {
        var je = new HashMap<UUID, Long>();
        stelle(
                        frage,
                        Stelle.ANFANG,
                        "SELECT z." + spalte + ", CAST(sum(z.anzahl) AS bigint) FROM ("
                                + ausBestand(frage, "x." + spalte + ", ") + ") z GROUP BY 1 HAVING sum(z.anzahl) > 0")
                .query((zeile, nr) -> je.put(zeile.getObject(1, UUID.class), zeile.getLong(2)))
                .list();
        return je;
    }

    /** What the Schutzbereiche open is kept as numbers; what single grants and exclusions change about it are a few rows. */
    private String ausBestand(Frage frage, String spalte) {
        var offen = frage.sicht.aufBereich("x");
        var bestandszeilen = "SELECT " + spalte + "x.anzahl FROM " + bestand + " x WHERE x.mandant_id = :m AND "
                + frage.bereich + " AND " + offen;
        var abweichend = Stream.concat(
                        einzeln.entrySet().stream(), Stream.of(Map.entry("s_ausgeschlossen", einzeln.get("s_akten"))))
                .filter(f -> frage.sicht.nennt(f.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(f -> einzelne(frage, f, "TRUE", ""))
                .collect(Collectors.joining(" UNION "));
        return !abweichend.isEmpty()
                ? bestandszeilen + " UNION ALL SELECT " + spalte + "CASE WHEN " + sichtbar.apply(frage.sicht)
                        + " THEN 1 ELSE 0 END - CASE WHEN " + offen + " THEN 1 ELSE 0 END FROM (" + abweichend + ") x"
                : bestandszeilen;
    }

    /** The person's Schutzbereiche; or those of them that occur at all, found by leaping from one to the next in the index. */
    private String bereiche(Frage frage) {
        if (vorhanden == null) {
            return "WITH b (nr) AS (SELECT unnest(CAST(:s_bereiche AS int[]))) ";
        }
        var naechster = "SELECT x.schutzbereich_id FROM " + tabelle + " x WHERE x.mandant_id = :m AND " + frage.bereich
                + "%s ORDER BY x." + vorhanden + ", x.schutzbereich_id LIMIT 1";
        return "WITH RECURSIVE da (nr) AS ((" + naechster.formatted("") + ") UNION ALL SELECT ("
                + naechster.formatted(" AND x.schutzbereich_id > da.nr")
                + ") FROM da WHERE da.nr IS NOT NULL), b (nr) AS MATERIALIZED (SELECT nr FROM da WHERE "
                + Sicht.bereich("nr") + ") ";
    }

    /** What the Schutzbereiche open, and what single grants open; {@code rest} bounds each Schutzbereich and each grant. */
    private Stream<String> stuecke(Frage frage, String bedingung, String rest) {
        var sichtbare = bedingung + " AND " + sichtbar.apply(frage.sicht);
        return Stream.concat(
                Stream.of("SELECT z.* FROM b CROSS JOIN LATERAL (" + zeilen(frage, sichtbare)
                        + " AND x.schutzbereich_id = b.nr" + rest + ") z"),
                einzeln.entrySet().stream()
                        .filter(f -> frage.sicht.nennt(f.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .map(f -> einzelne(frage, f, sichtbare, rest)));
    }

    /**
     * The rows that single grants or exclusions name, by their key. OFFSET 0 keeps everything else outside: planned as one, a position of
     * 100,000 Akten was read for three of them, because positions have 61 on average.
     *
     * @param fund parameter of the Sicht → column
     */
    private String einzelne(Frage frage, Map.Entry<String, String> fund, String bedingung, String rest) {
        return "(SELECT x.* FROM (SELECT DISTINCT * FROM (" + Sicht.nummern(fund.getKey())
                + ") f) f (nr) CROSS JOIN LATERAL (SELECT "
                + namen() + " FROM " + tabelle + " x WHERE x.mandant_id = :m AND x." + fund.getValue()
                + " = f.nr OFFSET 0) x WHERE " + frage.bereich + " AND " + bedingung + rest + ")";
    }

    private String zeilen(Frage frage, String bedingung) {
        return "SELECT " + namen() + " FROM " + tabelle + " x WHERE x.mandant_id = :m AND " + frage.bereich + " AND "
                + bedingung;
    }

    private String namen() {
        return Stream.of(
                        Stream.of("id", "schutzbereich_id"),
                        spalten.stream(),
                        ordnung.spalten().stream().map(Ordnung.Spalte::name))
                .flatMap(s -> s)
                .distinct()
                .map(name -> "x." + name)
                .collect(Collectors.joining(", "));
    }

    private JdbcClient.StatementSpec stelle(Frage frage, Stelle ab, String sql) {
        return frage.datenbank
                .sql(sql)
                .param("m", mandant())
                .params(frage.werte)
                .param("s_bereiche", sql.contains(":s_bereiche") ? frage.sicht.bereicheAlsFeld() : "{}")
                .params(ordnung.parameter(ab))
                .params(frage.sicht.parameter());
    }
}
