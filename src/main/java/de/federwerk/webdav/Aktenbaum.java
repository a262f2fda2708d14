package de.federwerk.webdav;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.akte.Akten;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Dateiname;
import de.federwerk.webdav.Eintrag.Art;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Akten as folders: position, Akte, Vorgang, and in it the Dokumente as files. Only what a person may read; the rights are a condition of each
 * statement. Lists are bounded, what is not in them is still found by its name.
 */
@Component
class Aktenbaum {

    /** In one folder; the newest first, of Dokumente those with the highest numbers. */
    static final int HOECHSTENS = 2_000;

    /** Between the Aktenzeichen, by which a folder is found, and the title, which may change. */
    private static final String TRENNER = " – ";

    private static final Pattern MIT_NUMMER = Pattern.compile("^(.*) \\(Nr\\. (\\d{1,9})\\)(\\.[^.]*)?$");

    /** Two of the same name are told apart by their numbers; counted among those that the person sees. */
    private static final String DOKUMENTE = """
            SELECT * FROM (
              SELECT d.id, d.nummer, d.vorgang_id, f.blob_id, f.dateiname, f.medientyp, f.laenge, d.angelegt, v.angelegt AS geaendert,
                     row_number() OVER (PARTITION BY lower(f.dateiname) ORDER BY d.nummer) AS wievielter
                FROM dokument d
                JOIN LATERAL (SELECT v.datei_id, v.angelegt FROM version v WHERE v.mandant_id = d.mandant_id AND v.dokument_id = d.id ORDER BY v.nummer DESC LIMIT 1) v ON true
                JOIN datei f ON f.mandant_id = d.mandant_id AND f.id = v.datei_id
               WHERE d.mandant_id = :m AND %s AND %s) x""";

    private final JdbcClient datenbank;
    private final Aktenplan plan;
    private final Akten akten;

    Aktenbaum(JdbcClient datenbank, Aktenplan plan, Akten akten) {
        this.datenbank = datenbank;
        this.plan = plan;
        this.akten = akten;
    }

    /** Those positions under which the person sees an Akte, ended ones too: their Akten are still there. */
    @Transactional(readOnly = true)
    public List<Eintrag> positionen(Sicht sicht) {
        var gefuellte = akten.anzahlJePosition(sicht);
        return plan.baumMitBeendeten().stream()
                .filter(k -> gefuellte.getOrDefault(k.id(), 0L) > 0)
                .map(Aktenbaum::position)
                .toList();
    }

    /** By its Kennzeichen; whatever title stands behind it. */
    @Transactional(readOnly = true)
    public Optional<Eintrag> position(Sicht sicht, String name) {
        var alle = positionen(sicht);
        return alle.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .or(() -> alle.stream()
                        .filter(p -> kennzeichen(p.name()).equals(kennzeichen(name)))
                        .findFirst());
    }

    private static Eintrag position(Aktenplan.Knoten knoten) {
        return Eintrag.ordner(Art.POSITION, knoten.id(), name(knoten.kennzeichen() + " " + knoten.titel()), null, null);
    }

    private static final String AKTEN = """
            SELECT a.id, ordnername(a.aktenzeichen) AS zeichen, a.titel, a.angelegt, a.angelegt AS geaendert FROM akte a
             WHERE a.mandant_id = :m AND a.planknoten_id = :ueber AND\s""";

    private static final String VORGAENGE = """
            SELECT v.id, ordnername(v.aktenzeichen) AS zeichen, v.titel, v.angelegt, v.geaendert FROM vorgang v
             WHERE v.mandant_id = :m AND v.akte_id = :ueber AND\s""";

    @Transactional(readOnly = true)
    public List<Eintrag> akten(Sicht sicht, UUID position) {
        return abfrage(
                        AKTEN + sicht.aufAkte("a") + " ORDER BY a.ordnung DESC, a.id DESC LIMIT :hoechstens",
                        sicht,
                        position)
                .param("hoechstens", HOECHSTENS)
                .query((zeile, nr) -> ordner(Art.AKTE, zeile))
                .list();
    }

    /** By its Aktenzeichen; whatever title stands behind it. */
    @Transactional(readOnly = true)
    public Optional<Eintrag> akte(Sicht sicht, UUID position, String name) {
        return abfrage(
                        AKTEN + "ordnername(a.aktenzeichen) = :zeichen AND " + sicht.aufAkte("a") + " LIMIT 1",
                        sicht,
                        position)
                .param("zeichen", zeichen(name))
                .query((zeile, nr) -> ordner(Art.AKTE, zeile))
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Eintrag> vorgaenge(Sicht sicht, UUID akte) {
        return abfrage(
                        VORGAENGE + sicht.aufVorgang("v") + " ORDER BY v.ordnung DESC, v.id DESC LIMIT :hoechstens",
                        sicht,
                        akte)
                .param("hoechstens", HOECHSTENS)
                .query((zeile, nr) -> ordner(Art.VORGANG, zeile))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Eintrag> vorgang(Sicht sicht, UUID akte, String name) {
        return abfrage(
                        VORGAENGE + "ordnername(v.aktenzeichen) = :zeichen AND " + sicht.aufVorgang("v") + " LIMIT 1",
                        sicht,
                        akte)
                .param("zeichen", zeichen(name))
                .query((zeile, nr) -> ordner(Art.VORGANG, zeile))
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Eintrag> dokumente(Sicht sicht, UUID vorgang) {
        return abfrage(
                        DOKUMENTE.formatted("d.vorgang_id = :ueber", sicht.aufDokument("d"))
                                + " ORDER BY x.nummer DESC LIMIT :hoechstens",
                        sicht,
                        vorgang)
                .param("hoechstens", HOECHSTENS)
                .query((zeile, nr) -> dokument(zeile))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<Eintrag> dokument(Sicht sicht, UUID vorgang, String name) {
        var nummer = MIT_NUMMER.matcher(name);
        boolean eines = nummer.matches();
        var ohne = eines ? nummer.group(1) + (nummer.group(3) == null ? "" : nummer.group(3)) : name;
        return abfrage(
                        DOKUMENTE.formatted("d.vorgang_id = :ueber", sicht.aufDokument("d"))
                                + " WHERE lower(x.dateiname) = lower(:name) AND x.wievielter = 1 OR lower(x.dateiname) = lower(:ohne) AND x.nummer = :nummer AND x.wievielter > 1"
                                + " ORDER BY x.wievielter LIMIT 1",
                        sicht,
                        vorgang)
                .param("name", name)
                .param("ohne", ohne)
                .param("nummer", eines ? Integer.parseInt(nummer.group(2)) : -1)
                .query((zeile, nr) -> dokument(zeile))
                .optional();
    }

    /** By its id, under its plain file name. */
    @Transactional(readOnly = true)
    public Optional<Eintrag> dokument(Sicht sicht, UUID dokument) {
        return abfrage(DOKUMENTE.formatted("d.id = :ueber", sicht.aufDokument("d")), sicht, dokument)
                .query((zeile, nr) -> dokument(zeile))
                .optional();
    }

    private JdbcClient.StatementSpec abfrage(String frage, Sicht sicht, UUID ueber) {
        return datenbank.sql(frage).param("m", mandant()).param("ueber", ueber).params(sicht.parameter());
    }

    private static Eintrag ordner(Art art, ResultSet zeile) throws SQLException {
        return Eintrag.ordner(
                art,
                zeile.getObject("id", UUID.class),
                name(zeile.getString("zeichen") + TRENNER + zeile.getString("titel")),
                zeile.getTimestamp("angelegt").toInstant(),
                zeile.getTimestamp("geaendert").toInstant());
    }

    private static Eintrag dokument(ResultSet zeile) throws SQLException {
        var dateiname = zeile.getString("dateiname");
        return new Eintrag(
                Art.DOKUMENT,
                zeile.getObject("id", UUID.class),
                zeile.getInt("wievielter") == 1 ? dateiname : mitNummer(dateiname, zeile.getInt("nummer")),
                zeile.getTimestamp("angelegt").toInstant(),
                zeile.getTimestamp("geaendert").toInstant(),
                zeile.getLong("laenge"),
                zeile.getObject("vorgang_id", UUID.class),
                zeile.getObject("blob_id", UUID.class),
                zeile.getString("medientyp"));
    }

    private static String mitNummer(String dateiname, int nummer) {
        int punkt = dateiname.lastIndexOf('.');
        var stamm = punkt > 0 ? dateiname.substring(0, punkt) : dateiname;
        return stamm + " (Nr. " + nummer + ")" + dateiname.substring(stamm.length());
    }

    private static String kennzeichen(String name) {
        int ende = name.indexOf(' ');
        return ende < 0 ? name : name.substring(0, ende);
    }

    private static String zeichen(String name) {
        int ende = name.indexOf(TRENNER);
        return ende < 0 ? name : name.substring(0, ende);
    }

    /** A slash in a title is no folder. */
    private static String name(String text) {
        return Dateiname.sicher(text.replace('/', '-').replace('\\', '-'));
    }
}
