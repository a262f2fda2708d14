package de.federwerk.uebernahme;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.uebernahme.Ziel.Platz;
import de.federwerk.uebernahme.Ziel.Unklar;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Says for each file where it belongs, from the table and the names of its folders; what fits nothing is not guessed. */
final class Zuordnung {

    private static final int GEMERKT = 2_000;
    private static final List<DateTimeFormatter> DATEN = List.of(
            DateTimeFormatter.ofPattern("d.M.uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ISO_LOCAL_DATE);

    /** An Aktenzeichen that exists. @param vorgang null if it is one of an Akte */
    private record Vorhandenes(
            UUID akte, String akteTitel, @Nullable UUID vorgang, String vorgangTitel) {}

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Uebernahmeauftrag auftrag;
    private final @Nullable Uebernahmetabelle tabelle;
    private final Planleser plan;
    private final Zustaendigkeit zustaendigkeit;
    private final Map<List<String>, Ordnerstand> staende = gemerkt();
    private final Map<String, Optional<Vorhandenes>> vorhandene = gemerkt();

    Zuordnung(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Uebernahmeauftrag auftrag,
            @Nullable Uebernahmetabelle tabelle,
            Planleser plan,
            Zustaendigkeit zustaendigkeit) {
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.auftrag = auftrag;
        this.tabelle = tabelle;
        this.plan = plan;
        this.zustaendigkeit = zustaendigkeit;
    }

    private static <K, V> Map<K, V> gemerkt() {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> aeltester) {
                return size() > GEMERKT;
            }
        };
    }

    Ziel ziel(Fund fund) {
        var stand = stand(fund.ordner());
        var eigene = zeile(fund.pfad());
        if (eigene.isPresent()) {
            stand = stand.mit(eigene.get().werte(), plan);
        }
        return ziel(fund, stand, eigene.map(Uebernahmetabelle.Zeile::werte).orElse(Map.of()));
    }

    private Ordnerstand stand(List<String> ordner) {
        var bekannt = staende.get(ordner);
        if (bekannt != null) {
            return bekannt;
        }
        Ordnerstand stand;
        if (ordner.isEmpty()) {
            var zeile = zeile("");
            stand = zeile.isPresent() ? Ordnerstand.OBEN.mit(zeile.get().werte(), plan) : Ordnerstand.OBEN;
        } else {
            var oben = stand(ordner.subList(0, ordner.size() - 1));
            var zeile = zeile(String.join("/", ordner));
            var werte = new HashMap<>(zeile.map(Uebernahmetabelle.Zeile::werte).orElse(Map.of()));
            boolean ebeneGenannt = werte.containsKey("position")
                    || werte.containsKey("aktenzeichen")
                    || werte.containsKey("akte")
                    || werte.containsKey("vorgang");
            stand = ebeneGenannt
                    ? oben.mit(werte, plan)
                    : oben.mit(werte, plan)
                            .in(
                                    ordner.getLast(),
                                    plan,
                                    oben.aktenzeichen() != null
                                            && vorhandenes(oben.aktenzeichen())
                                                    .filter(v -> v.vorgang == null)
                                                    .isPresent());
        }
        staende.put(List.copyOf(ordner), stand);
        return stand;
    }

    private Optional<Uebernahmetabelle.Zeile> zeile(String pfad) {
        return tabelle == null ? Optional.empty() : tabelle.zu(pfad);
    }

    private Ziel ziel(Fund fund, Ordnerstand stand, Map<String, String> eigene) {
        var werte = stand.werte();
        LocalDate datum = null;
        if (eigene.containsKey("datum")) {
            var gelesen = datum(eigene.getOrDefault("datum", ""));
            if (gelesen.isEmpty()) {
                return new Unklar("Das Datum „" + eigene.get("datum") + "“ ist keines wie 12.03.2019 oder 2019-03-12");
            }
            datum = gelesen.get();
        }
        var stufe = werte.getOrDefault("stufe", "0");
        if (!stufe.matches("[0-9]")) {
            return new Unklar("Die Vertraulichkeit „" + stufe + "“ ist keine Zahl von 0 bis 9");
        }
        if (stand.aktenzeichen() == null && stand.position() == null) {
            return new Unklar(
                    stand.genannt() != null
                            ? "Die Position „" + stand.genannt() + "“ gibt es im Aktenplan nicht"
                            : "Kein Ordner darüber und keine Zeile der Tabelle nennt eine Position des Aktenplans");
        }
        var titel = titel(fund, stand, eigene);
        var vorgangTitel = stand.vorgang() == null ? auftrag.ohneVorgang() : stand.vorgang();
        var art = werte.getOrDefault("dokumentart", "");
        var absender = werte.getOrDefault("absender", "");
        var vermerk = vermerk(
                fund, stand, eigene.containsKey("altaktenzeichen") ? "" : werte.getOrDefault("altaktenzeichen", ""));
        if (stand.aktenzeichen() != null) {
            var gemeint = vorhandenes(stand.aktenzeichen());
            if (gemeint.isEmpty()) {
                return new Unklar("Das Aktenzeichen „" + stand.aktenzeichen() + "“ gibt es in Federwerk nicht");
            }
            var da = gemeint.get();
            var akte = Kennwert.von("akte-id", da.akte.toString());
            return new Platz(
                    null,
                    null,
                    "",
                    0,
                    akte,
                    da.akteTitel,
                    da.akte,
                    Kennwert.von("vorgang", akte.toString(), gleich(vorgangTitel)),
                    da.vorgang == null ? vorgangTitel : da.vorgangTitel,
                    da.vorgang,
                    vermerk,
                    titel,
                    art,
                    absender,
                    datum,
                    fund.hinweis());
        }
        return neu(fund, stand, werte, Integer.parseInt(stufe), vorgangTitel, vermerk, titel, art, absender, datum);
    }

    private Ziel neu(
            Fund fund,
            Ordnerstand stand,
            Map<String, String> werte,
            int stufe,
            String vorgangTitel,
            String vermerk,
            String titel,
            String art,
            String absender,
            @Nullable LocalDate datum) {
        var position = java.util.Objects.requireNonNull(stand.position());
        if (!position.blatt()) {
            return new Unklar("Unter „" + position.anzeige()
                    + "“ stehen noch feinere Positionen; nur unter diesen gibt es Akten");
        }
        if (stand.akte() == null) {
            return new Unklar("Liegt unmittelbar unter der Position „" + position.anzeige()
                    + "“; es fehlt ein Ordner oder eine Angabe für die Akte");
        }
        var kuerzel = werte.getOrDefault("einheit", "");
        if (!kuerzel.isEmpty() && zustaendigkeit.mitKuerzel(kuerzel).isEmpty()) {
            return new Unklar("Die Einheit „" + kuerzel + "“ gibt es nicht");
        }
        var gefunden = kuerzel.isEmpty()
                ? zustaendigkeit.fuer(position)
                : zustaendigkeit.mitKuerzel(kuerzel).map(e -> new Zustaendigkeit.Gefunden(e, ""));
        if (gefunden.isEmpty()) {
            return new Unklar(
                    "Für die Position „" + position.anzeige()
                            + "“ ist keine federführende Einheit bekannt; bitte mit --einheit oder in der Spalte Einheit nennen");
        }
        var akte = Kennwert.von("akte", position.id().toString(), kuerzel, String.valueOf(stufe), gleich(stand.akte()));
        var hinweise = new ArrayList<String>();
        hinweise.add(fund.hinweis());
        hinweise.add(stand.abweichung());
        hinweise.removeIf(h -> h == null || h.isEmpty());
        return new Platz(
                position,
                gefunden.get().einheit().id(),
                gefunden.get().einheit().kuerzel(),
                stufe,
                akte,
                stand.akte(),
                null,
                Kennwert.von("vorgang", akte.toString(), gleich(vorgangTitel)),
                vorgangTitel,
                null,
                vermerk,
                titel,
                art,
                absender,
                datum,
                hinweise.isEmpty() ? null : String.join("; ", hinweise));
    }

    /** Folders below the Vorgang stay readable in the title: {@code Fotos / Baustelle: IMG_0815}. */
    private static String titel(Fund fund, Ordnerstand stand, Map<String, String> eigene) {
        var titel = eigene.getOrDefault("titel", "");
        if (titel.isEmpty()) {
            int punkt = fund.name().lastIndexOf('.');
            var stamm = punkt > 0 ? fund.name().substring(0, punkt) : fund.name();
            titel = stand.rest().isEmpty() ? stamm : String.join(" / ", stand.rest()) + ": " + stamm;
        }
        var alt = eigene.getOrDefault("altaktenzeichen", "");
        return alt.isEmpty() ? titel : titel + " (alt: " + alt + ")";
    }

    private String vermerk(Fund fund, Ordnerstand stand, String alt) {
        var ordner =
                fund.ordner().subList(0, fund.ordner().size() - stand.rest().size());
        return "Übernommen aus „" + auftrag.name() + "“"
                + (ordner.isEmpty() ? "" : ", Ordner „" + String.join("/", ordner) + "“") + "."
                + (alt.isEmpty() ? "" : "\nAltes Aktenzeichen: " + alt);
    }

    /** Titles that differ only in white space mean the same Akte. */
    private static String gleich(String titel) {
        return titel.replaceAll("\\s+", " ").strip();
    }

    private static Optional<LocalDate> datum(String text) {
        for (var form : DATEN) {
            try {
                return Optional.of(LocalDate.parse(text.strip(), form));
            } catch (DateTimeException andere) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private Optional<Vorhandenes> vorhandenes(String aktenzeichen) {
        return vorhandene.computeIfAbsent(
                aktenzeichen.strip(),
                az -> java.util.Objects.requireNonNull(transaktion.execute(t -> datenbank
                        .sql("""
                        SELECT a.id AS akte, a.titel AS akte_titel, v.id AS vorgang, v.titel AS vorgang_titel
                          FROM vorgang v JOIN akte a ON a.mandant_id = v.mandant_id AND a.id = v.akte_id WHERE v.mandant_id = :m AND v.aktenzeichen = :az
                        UNION ALL SELECT id, titel, NULL, '' FROM akte WHERE mandant_id = :m AND aktenzeichen = :az LIMIT 1""")
                        .param("m", mandant())
                        .param("az", az)
                        .query(Vorhandenes.class)
                        .optional())));
    }
}
