package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells the role Datenschutz which answers are due, and which Einschränkungen somebody wanted to look at again; and sees what has changed since it was decided about. */
@Component
class Datenschutzwache extends Dauerdienst {

    private static final Duration TAKT = Duration.ofHours(1);
    private static final Duration STILLE = Duration.ofHours(3);
    private static final int VORHER = 7;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Fundaufnahme aufnahme;
    private final Personen personen;
    private final Meldungen meldungen;
    private final Mandanten mandanten;

    Datenschutzwache(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Fundaufnahme aufnahme,
            Personen personen,
            Meldungen meldungen,
            Mandanten mandanten,
            Dauerlaeufe laeufe) {
        super(laeufe, "datenschutzwache", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.aufnahme = aufnahme;
        this.personen = personen;
        this.meldungen = meldungen;
        this.mandanten = mandanten;
    }

    @Override
    protected void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var mandant : mandanten.alle()) {
            if (mandant.gilt()) {
                Mandantenkontext.als(
                        mandant.id(),
                        () -> transaktion.executeWithoutResult(t -> {
                            erinnere(heute);
                            aufnahme.merkeGeaendertes();
                        }));
            }
        }
    }

    private record Faelliges(UUID id, LocalDate tag) {}

    /** Each once; the days are those of the house. */
    void erinnere(LocalDate heute) {
        for (var e : datenbank
                .sql(
                        "SELECT id, coalesce(verlaengert_bis, frist) AS tag FROM auskunftsersuchen WHERE mandant_id = ? AND erledigt IS NULL AND coalesce(verlaengert_bis, frist) <= ?")
                .params(mandant(), heute.plusDays(VORHER))
                .query(Faelliges.class)
                .list()) {
            boolean vorbei = e.tag.isBefore(heute);
            sage(
                    vorbei ? Meldungsart.FRIST_UEBERSCHRITTEN : Meldungsart.FRIST_BALD,
                    (vorbei ? "auskunft-vorbei " : "auskunft-bald ") + e.id + " " + e.tag,
                    "Auskunftsersuchen",
                    "Antwort bis " + Anzeige.datum(e.tag),
                    "/datenschutz/ersuchen/" + e.id);
        }
        for (var e : datenbank
                .sql(
                        "SELECT id, pruefen_am AS tag FROM einschraenkung WHERE mandant_id = ? AND aufgehoben IS NULL AND pruefen_am <= ?")
                .params(mandant(), heute)
                .query(Faelliges.class)
                .list()) {
            sage(
                    Meldungsart.DATENSCHUTZ,
                    "einschraenkung-pruefen " + e.id,
                    "Einschränkung der Verarbeitung prüfen",
                    "seit " + Anzeige.datum(e.tag),
                    "/datenschutz/einschraenkungen/" + e.id);
        }
    }

    private void sage(Meldungsart art, String schluessel, String titel, String text, String pfad) {
        personen.mitRolle(Rolle.DATENSCHUTZ).forEach(p -> meldungen.sage(p, art, schluessel, titel, text, pfad));
    }
}
