package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.konto.KontoGeloescht;
import de.federwerk.leistung.Leistung;
import de.federwerk.leistung.Vertrauensniveau;
import de.federwerk.protokoll.Protokoll;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The citizen's side of an Antrag. Runs with a citizen's rights in the database, which shows each only what is her own; what belongs to others
 * does not exist here.
 */
@Component
public class Antraege {

    /** Drafts that one browser may have at once. */
    private static final int ENTWUERFE = 20;

    /**
     * @param blatt leaf of its entry in the Protokoll, hex; null while it is a draft
     * @param imKonto whether a Konto opens it, and not a browser
     */
    public record Antrag(
            UUID id,
            UUID leistungId,
            String titel,
            UUID formularfassungId,
            Sprache sprache,
            Stand stand,
            Werte werte,
            String schritt,
            Instant geaendert,
            @Nullable Instant gesendet,
            @Nullable String blatt,
            boolean imKonto) {

        public boolean entwurf() {
            return stand == Stand.ENTWURF;
        }
    }

    public enum Stand {
        ENTWURF,
        GESENDET,
        VERAKTET,
        VERWORFEN
    }

    /** Something that has happened, as the citizen is told. @param stelle which office, if one is named */
    public record Schritt(Instant zeit, String art, String stelle) {}

    private static final String ZEILE = """
            SELECT id, leistung_id, titel, formularfassung_id, sprache, stand, werte, schritt, geaendert, gesendet, blatt, konto_id IS NOT NULL AS im_konto FROM antrag
             WHERE mandant_id = :m AND stand <> 'verworfen'\s""";

    /** What is hers who asks: by the secret of her browser, a status code, or her Konto. */
    private static final String EIGEN = "AND (:ausweis IN (besucher, code) OR konto_id = (SELECT aktuelles_konto()))";

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Formulare formulare;
    private final Protokoll protokoll;
    private final Antragsamt amt;
    private final ApplicationEventPublisher ereignisse;

    Antraege(
            JdbcClient datenbank,
            Einmal einmal,
            Formulare formulare,
            Protokoll protokoll,
            Antragsamt amt,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.formulare = formulare;
        this.protokoll = protokoll;
        this.amt = amt;
        this.ereignisse = ereignisse;
    }

    /** Whether something can be sent for this Leistung: it has a published form, and the house knows where it goes. */
    @Transactional(readOnly = true)
    public boolean moeglich(Leistung leistung) {
        return (leistung.ohneKonto() || angemeldetGenuegt(leistung)) && offen(leistung);
    }

    /** Whether only a Konto with password and second factor is missing. */
    @Transactional(readOnly = true)
    public boolean nachAnmeldungMoeglich(Leistung leistung) {
        return !leistung.ohneKonto()
                && leistung.vertrauensniveau().compareTo(Vertrauensniveau.BASIS) <= 0
                && !angemeldetGenuegt(leistung)
                && offen(leistung);
    }

    private boolean offen(Leistung leistung) {
        return leistung.formular() != null
                && formulare.gueltig(leistung.formular()).isPresent()
                && datenbank
                        .sql("SELECT offen FROM antragsweg WHERE mandant_id = ? AND leistung_id = ?")
                        .params(mandant(), leistung.id())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
    }

    /** Whether the sign-in has proved as much as the Leistung asks; never without one. */
    private boolean angemeldetGenuegt(Leistung leistung) {
        var niveau = Vertrauensniveau.von(
                datenbank.sql("SELECT aktuelles_niveau()").query(String.class).single());
        return niveau != Vertrauensniveau.OHNE && niveau.compareTo(leistung.vertrauensniveau()) >= 0;
    }

    /**
     * A draft; the one that this browser already has of this Leistung, if there is one.
     *
     * @throws Abgelehnt if nothing can be sent for it, or there are too many drafts
     */
    @Transactional
    public Antrag beginne(Leistung leistung, Sprache sprache) {
        if (!moeglich(leistung)) {
            throw Abgelehnt.konflikt(
                    "Diese Leistung kann zurzeit nicht online beantragt werden. Bitte wenden Sie sich an die zuständige Stelle.");
        }
        var konto = datenbank
                .sql("SELECT aktuelles_konto()")
                .query(UUID.class)
                .optional()
                .orElse(null);
        var besucher = konto == null ? verlangeAusweis() : null;
        var schon = entwurf(leistung, konto, besucher);
        if (schon.isPresent()) {
            return schon.get();
        }
        if (meine().stream().filter(Antrag::entwurf).count() >= ENTWUERFE) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Sie haben schon %d angefangene Anträge. Bitte senden Sie einen davon ab oder verwerfen Sie ihn."
                            .formatted(ENTWUERFE));
        }
        var fassung = formulare
                .gueltig(leistung.formular() == null ? "" : leistung.formular())
                .orElseThrow();
        var id = Kennung.neu();
        datenbank
                .sql("""
                INSERT INTO antrag (mandant_id, id, leistung_id, titel, amtstitel, formularfassung_id, sprache, besucher, konto_id, werte, schritt)
                VALUES (:m, :id, :leistung, :titel, :amtstitel, :fassung, :sprache, :besucher, :konto, CAST(:werte AS jsonb), :schritt)
                ON CONFLICT DO NOTHING""")
                .param("m", mandant())
                .param("id", id)
                .param("leistung", leistung.id())
                .param("titel", leistung.titel())
                .param("amtstitel", leistung.deutsch().titel())
                .param("fassung", fassung.id())
                .param("sprache", sprache.kennung())
                .param("besucher", besucher, Types.VARCHAR)
                .param("konto", konto, Types.OTHER)
                .param("werte", Werte.LEER.json())
                .param("schritt", fassung.formular().schritte().getFirst().id())
                .update();
        return entwurf(leistung, konto, besucher).orElseThrow();
    }

    private Optional<Antrag> entwurf(Leistung leistung, @Nullable UUID konto, @Nullable String besucher) {
        return suche(
                        "AND leistung_id = :leistung AND stand = 'entwurf' AND (konto_id = :konto OR konto_id IS NULL AND besucher = :besucher)")
                .param("leistung", leistung.id())
                .param("konto", konto, Types.OTHER)
                .param("besucher", besucher, Types.VARCHAR)
                .query(Antraege::antrag)
                .optional();
    }

    private static String verlangeAusweis() {
        return Mandantenkontext.ausweis().orElseThrow(() -> new NichtGefunden("Diesen Antrag gibt es nicht."));
    }

    /** Opens nothing where nothing was shown. */
    private static String ausweis() {
        return Mandantenkontext.ausweis().orElse("");
    }

    private JdbcClient.StatementSpec suche(String bedingung) {
        return datenbank.sql(ZEILE + bedingung).param("m", mandant());
    }

    private static Antrag antrag(ResultSet z, int nr) throws SQLException {
        var gesendet = z.getTimestamp("gesendet");
        var blatt = z.getBytes("blatt");
        return new Antrag(
                z.getObject("id", UUID.class),
                z.getObject("leistung_id", UUID.class),
                z.getString("titel"),
                z.getObject("formularfassung_id", UUID.class),
                Sprache.von(z.getString("sprache")),
                Stand.valueOf(z.getString("stand").toUpperCase(java.util.Locale.ROOT)),
                Werte.aus(z.getString("werte")),
                z.getString("schritt"),
                z.getTimestamp("geaendert").toInstant(),
                gesendet == null ? null : gesendet.toInstant(),
                blatt == null ? null : HexFormat.of().formatHex(blatt),
                z.getBoolean("im_konto"));
    }

    /** All of whoever asks, the newest first. */
    @Transactional(readOnly = true)
    public List<Antrag> meine() {
        return suche(EIGEN + " ORDER BY geaendert DESC LIMIT 50")
                .param("ausweis", ausweis())
                .query(Antraege::antrag)
                .list();
    }

    /** @throws NichtGefunden if there is none, or it is somebody else's */
    @Transactional(readOnly = true)
    public Antrag antrag(UUID id) {
        return suche("AND id = :id " + EIGEN)
                .param("id", id)
                .param("ausweis", ausweis())
                .query(Antraege::antrag)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Diesen Antrag gibt es nicht."));
    }

    /** By the status code alone, which opens nothing but this one. */
    @Transactional(readOnly = true)
    public Optional<Antrag> mitCode() {
        return suche("AND code = :ausweis")
                .param("ausweis", verlangeAusweis())
                .query(Antraege::antrag)
                .optional();
    }

    @Transactional(readOnly = true)
    public List<Schritt> schritte(UUID id) {
        return datenbank
                .sql("""
                SELECT zeit, art, stelle FROM (SELECT mandant_id, antrag_id, platz, zeit, art, stelle FROM antragsstand
                       UNION ALL SELECT mandant_id, antrag_id, platz, zeit, art, stelle FROM entscheidungsstand) s
                 WHERE mandant_id = ? AND antrag_id = ? ORDER BY platz, zeit""")
                .params(mandant(), id)
                .query((z, nr) ->
                        new Schritt(z.getTimestamp("zeit").toInstant(), z.getString("art"), z.getString("stelle")))
                .list();
    }

    /**
     * Changes what was filled in, upon what stands there now: two tabs on two pages of one draft take nothing from each other.
     *
     * @param schritt the page on which to go on
     * @throws Abgelehnt (KONFLIKT) if it was sent meanwhile
     */
    @Transactional
    public Antrag schreibe(UUID id, String schritt, UnaryOperator<Werte> aenderung) {
        einmal.warte(id);
        var vorher = entwurf(id);
        var neu = aenderung.apply(vorher.werte());
        datenbank.sql("""
                UPDATE antrag SET werte = CAST(? AS jsonb), schritt = ?, aenderung = aenderung + 1, geaendert = now()
                 WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'""").params(neu.json(), schritt, mandant(), id).update();
        return antrag(id);
    }

    /** @throws NichtGefunden if there is none, or it is somebody else's @throws Abgelehnt (KONFLIKT) if it was sent */
    Antrag entwurf(UUID id) {
        var antrag = antrag(id);
        if (!antrag.entwurf()) {
            throw Abgelehnt.konflikt(
                    "Dieser Antrag ist schon abgesendet. Was Sie jetzt geändert haben, gehört nicht mehr dazu.");
        }
        return antrag;
    }

    /** What was begun in this browser is the Konto's from now on, and no browser's. @throws Abgelehnt (KONFLIKT) if it has a draft of that Leistung */
    @Transactional
    public void uebernimm(UUID id) {
        einmal.warte(id);
        entwurf(id);
        try {
            datenbank.sql("""
                    UPDATE antrag SET konto_id = (SELECT aktuelles_konto()), besucher = NULL
                     WHERE mandant_id = ? AND id = ? AND konto_id IS NULL AND stand = 'entwurf' AND (SELECT aktuelles_konto()) IS NOT NULL""").params(mandant(), id).update();
        } catch (DuplicateKeyException schon) {
            throw Abgelehnt.konflikt(
                    "In Ihrem Konto liegt schon ein angefangener Antrag für diese Leistung. Bitte senden Sie einen davon ab oder verwerfen Sie ihn.");
        }
    }

    /** With the Konto its drafts go; what was sent lies in the Akten. */
    @EventListener
    public void verwirfEntwuerfe(KontoGeloescht geloescht) {
        datenbank
                .sql(
                        "UPDATE antrag SET stand = 'verworfen', werte = '{}', geaendert = now() WHERE mandant_id = ? AND konto_id = ? AND stand = 'entwurf'")
                .params(mandant(), geloescht.konto())
                .update();
    }

    /** A draft goes; what was sent stays. */
    @Transactional
    public void verwirf(UUID id) {
        einmal.warte(id);
        entwurf(id);
        datenbank
                .sql(
                        "UPDATE antrag SET stand = 'verworfen', werte = '{}', geaendert = now() WHERE mandant_id = ? AND id = ? AND stand = 'entwurf'")
                .params(mandant(), id)
                .update();
    }

    /**
     * Sends it: from this commit on it is the house's, and within seconds a Vorgang. Sent twice, it is sent once.
     *
     * @param codehash SHA-256 in hex of the status code; null where a Konto opens it
     * @throws Abgelehnt if something does not fit any more
     */
    @Transactional
    public Antrag sende(UUID id, @Nullable String codehash) {
        einmal.warte(id);
        var antrag = antrag(id);
        if (!antrag.entwurf()) {
            return antrag;
        }
        var formular = formulare.fassung(antrag.formularfassungId()).formular();
        var fehler = formular.pruefeAlles(antrag.werte());
        if (!fehler.isEmpty()) {
            throw Abgelehnt.eingabe("Es fehlt noch etwas: " + fehler.getFirst().feldtitel() + ". "
                    + fehler.getFirst().meldung());
        }
        lasseNurGezeigte(id, formular.angaben(antrag.werte()));
        var werte = formular.nurGezeigtes(antrag.werte());
        var blatt = protokoll.quittiere(
                Protokoll.PROGRAMM, "antrag.gesendet", id, Map.of("antrag", antrag.titel(), "werte", werte.json()));
        datenbank
                .sql("""
                UPDATE antrag SET stand = 'gesendet', gesendet = now(), geaendert = now(), werte = CAST(:werte AS jsonb), code = :code, blatt = :blatt
                 WHERE mandant_id = :m AND id = :id AND stand = 'entwurf'""")
                .param("code", codehash, Types.VARCHAR)
                .param("werte", werte.json())
                .param("blatt", blatt)
                .param("m", mandant())
                .param("id", id)
                .update();
        ereignisse.publishEvent(new AntragGesendet(id));
        amt.weckeNachCommit();
        return antrag(id);
    }

    /** What was added to a part that was removed or is not asked any more, nobody meant to send. */
    private void lasseNurGezeigte(UUID id, List<Formularangabe> angaben) {
        var gezeigte = angaben.stream()
                .flatMap(a -> a.anlagen().stream())
                .map(a -> a.id().toString())
                .toArray(String[]::new);
        datenbank
                .sql(
                        "DELETE FROM antragsanlage WHERE mandant_id = ? AND antrag_id = ? AND id <> ALL (CAST(? AS uuid[]))")
                .params(mandant(), id, gezeigte)
                .update();
    }
}
