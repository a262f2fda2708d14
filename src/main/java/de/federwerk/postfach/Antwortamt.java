package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Nachholer;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lays what citizens have answered into the Vorgang, the oldest first. An answer waits in its table until it lies there, however often the program is
 * killed; what cannot be laid there stands among the Störungen, is tried again, and holds up nobody.
 */
@Component
class Antwortamt extends Dauerdienst {

    static final String STOERUNG = "antwort";

    private static final Duration TAKT = Duration.ofSeconds(15);
    private static final Duration STILLE = Duration.ofMinutes(30);
    private static final int JE_RUNDE = 200;
    /** Years that a message stays in the Postfach after it was opened, and an answer after it was laid into its Vorgang. The Akte keeps all. */
    static final int AUFBEWAHRUNG = 3;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Antwortablage ablage;
    private final Nachholer nachholer;

    private @Nullable LocalDate geraeumt;

    Antwortamt(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Antwortablage ablage,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "antwortamt", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.ablage = ablage;
        this.nachholer = new Nachholer(
                stoerungen,
                STOERUNG,
                "Antwort aus dem Portal",
                "Die Antwort auf eine Rückfrage lässt sich in keinen Vorgang legen. Sie ist sicher gespeichert und wird immer wieder versucht; bitte prüfen Sie, wohin die Anträge dieser Leistung gehen (Verwaltung, Anträge).");
    }

    @Override
    protected void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var m : mandanten.alle()) {
            if (m.gilt() && laeuft()) {
                Mandantenkontext.als(m.id(), () -> {
                    legeAlleAb();
                    if (!heute.equals(geraeumt)) {
                        raeumeAuf();
                    }
                });
            }
        }
        geraeumt = heute;
    }

    private void legeAlleAb() {
        nachholer.arbeite(this::wartende, ablage::legeAb, () -> {
            lebenszeichen();
            return laeuft();
        });
    }

    private List<UUID> wartende(String[] spaetere) {
        return requireNonNull(transaktion.execute(t -> datenbank
                .sql("""
                SELECT id FROM nachricht WHERE mandant_id = ? AND vom_buerger AND abgelegt IS NULL AND id <> ALL (CAST(? AS uuid[]))
                 ORDER BY gesendet, id LIMIT ?""")
                .params(mandant(), spaetere, JE_RUNDE)
                .query(UUID.class)
                .list()));
    }

    /** A Bescheid stays as long as its Antrag: what runs from it is not over because it was read. */
    void raeumeAuf() {
        transaktion.executeWithoutResult(t -> {
            var alte = datenbank.sql("""
                    SELECT id FROM nachricht WHERE mandant_id = ? AND art <> 'bescheid'
                       AND CASE WHEN vom_buerger THEN abgelegt ELSE gelesen END < now() - make_interval(years => ?) LIMIT 10000""").params(mandant(), AUFBEWAHRUNG).query(UUID.class).list().stream()
                    .map(UUID::toString)
                    .toArray(String[]::new);
            datenbank
                    .sql("DELETE FROM nachrichtanlage WHERE mandant_id = ? AND nachricht_id = ANY (CAST(? AS uuid[]))")
                    .params(mandant(), alte)
                    .update();
            datenbank
                    .sql("DELETE FROM nachricht WHERE mandant_id = ? AND id = ANY (CAST(? AS uuid[]))")
                    .params(mandant(), alte)
                    .update();
        });
    }
}
