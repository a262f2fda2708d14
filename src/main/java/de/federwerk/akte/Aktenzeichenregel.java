package de.federwerk.akte;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Zaehler;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How a town writes its Aktenzeichen: a pattern with {@code {plan}}, {@code {jahr}}, {@code {akte}} and {@code {nr}} or {@code {nr:4}}
 * (at least four digits). Whatever surrounds the number is its own gap-free counter: a rule with the year begins anew each year.
 */
@Component
public class Aktenzeichenregel {

    /** The rules of a town that has set none. */
    public static final String AKTE = "{plan}-{nr:4}/{jahr}";

    public static final String VORGANG = "{akte}-{nr:2}";

    private static final Pattern NUMMER = Pattern.compile("\\{nr(?::([1-9]))?}");
    private static final Regel UEBLICH = new Regel(AKTE, VORGANG);

    private record Regel(String akte, String vorgang) {}

    private final JdbcClient datenbank;
    private final Zaehler zaehler;

    Aktenzeichenregel(JdbcClient datenbank, Zaehler zaehler) {
        this.datenbank = datenbank;
        this.zaehler = zaehler;
    }

    /**
     * What an Aktenzeichen made by this rule looks like, as a regular expression of PostgreSQL: before the number, the number, after
     * it. Whatever stands in the place of the number in the first and last part names its counter.
     */
    public static String muster(String regel) {
        var stelle = NUMMER.matcher(regel);
        if (!stelle.find()) {
            throw new IllegalStateException("Aktenzeichenregel ohne {nr}: " + regel);
        }
        var stellen = stelle.group(1) == null ? "1" : stelle.group(1);
        return "^(" + teil(regel.substring(0, stelle.start())) + ")(\\d{" + stellen + ",})("
                + teil(regel.substring(stelle.end())) + ")$";
    }

    private static String teil(String text) {
        return text.replaceAll("[\\\\.+*?^$|()\\[\\]]", "\\\\$0")
                .replace("{jahr}", "\\d{4}")
                .replaceAll("\\{(plan|akte)}", ".+");
    }

    String fuerAkte(String plan) {
        return fuerAkten(List.of(plan)).getFirst();
    }

    /** One for each Kennzeichen of the list, in its order. */
    List<String> fuerAkten(List<String> plaene) {
        var muster = regel().akte;
        return nummeriert(
                "akte", plaene.stream().map(plan -> mitPlan(muster, plan)).toList());
    }

    /** What an Akte under this Kennzeichen would be called if so many others came first; gives nothing. */
    @Transactional(readOnly = true)
    public String kuenftiges(String plan, long andere) {
        var muster = mitPlan(regel().akte, plan);
        long stand = datenbank
                .sql("SELECT coalesce((SELECT stand FROM zaehler WHERE mandant_id = ? AND name = ?), 0)")
                .params(mandant(), zaehlername("akte", muster))
                .query(Long.class)
                .single();
        return nummeriert(muster, stand + andere + 1);
    }

    /** The year that Aktenzeichen made now carry; 0 if the rule has none. */
    int jahrDerAkten() {
        return regel().akte.contains("{jahr}") ? jahr() : 0;
    }

    private static String mitPlan(String muster, String plan) {
        return muster.replace("{plan}", plan).replace("{jahr}", String.valueOf(jahr()));
    }

    private static int jahr() {
        return LocalDate.now(ZoneId.of("Europe/Berlin")).getYear();
    }

    /** What somebody means who types only the number of an Akte; anything else is what it is. */
    String gemeint(String plan, String getippt) {
        boolean istJahr = getippt.matches("(19|20)[0-9]{2}") && regel().akte.contains("{jahr}");
        return istJahr || !getippt.matches("[0-9]{1,18}") ? getippt : mitNummer(mitPlan(regel().akte, plan), getippt);
    }

    /** The same for a Vorgang in an Akte. */
    String gemeintIn(String akte, String getippt) {
        return getippt.matches("[0-9]{1,18}") ? mitNummer(regel().vorgang.replace("{akte}", akte), getippt) : getippt;
    }

    private static String mitNummer(String muster, String nummer) {
        return NUMMER.matcher(muster).replaceFirst(nummer);
    }

    String fuerVorgang(String akte) {
        return fuerVorgaenge(List.of(akte)).getFirst();
    }

    /** One for each Aktenzeichen of an Akte of the list, in its order. */
    List<String> fuerVorgaenge(List<String> akten) {
        var muster = regel().vorgang;
        return nummeriert(
                "vorgang",
                akten.stream().map(akte -> muster.replace("{akte}", akte)).toList());
    }

    private List<String> nummeriert(String art, List<String> muster) {
        var bedarf = new HashMap<String, Integer>();
        muster.forEach(m -> bedarf.merge(zaehlername(art, m), 1, Integer::sum));
        var naechste = new HashMap<>(zaehler.naechste(bedarf));
        return muster.stream()
                .map(m -> nummeriert(m, naechste.merge(zaehlername(art, m), 1L, Long::sum) - 1))
                .toList();
    }

    private static String zaehlername(String art, String muster) {
        var stelle = NUMMER.matcher(muster);
        if (!stelle.find()) {
            throw new IllegalStateException("Aktenzeichenregel ohne {nr}: " + muster);
        }
        return art + ":" + stelle.replaceFirst("#");
    }

    private static String nummeriert(String muster, long zahl) {
        var stelle = NUMMER.matcher(muster);
        stelle.find();
        var nummer = String.valueOf(zahl);
        int stellen = stelle.group(1) == null ? 1 : Integer.parseInt(stelle.group(1));
        return stelle.replaceFirst(Matcher.quoteReplacement(
                "0".repeat(Math.max(0, stellen - nummer.length())) + nummer));
    }

    private Regel regel() {
        return datenbank
                .sql("SELECT akte, vorgang FROM aktenzeichenregel WHERE mandant_id = ?")
                .param(mandant())
                .query(Regel.class)
                .optional()
                .orElse(UEBLICH);
    }
}
