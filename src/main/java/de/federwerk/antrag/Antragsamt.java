package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Nachholer;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes over what citizens have sent, the oldest first. What was sent waits in its table until it is a Vorgang, however often the program is
 * killed; what cannot become one stands among the Störungen and is tried again.
 */
@Component
class Antragsamt extends Dauerdienst {

    static final String STOERUNG = "antrag";

    private static final Duration TAKT = Duration.ofSeconds(15);
    private static final Duration STILLE = Duration.ofMinutes(30);
    private static final int JE_RUNDE = 200;
    /** Days that a draft is kept after it was last written to. */
    private static final int ENTWURFSTAGE = 30;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Veraktung veraktung;
    private final Nachholer nachholer;

    Antragsamt(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Veraktung veraktung,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        super(laeufe, "antragsamt", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.veraktung = veraktung;
        this.nachholer = new Nachholer(
                stoerungen,
                STOERUNG,
                "Antrag aus dem Portal",
                "Ein abgesendeter Antrag lässt sich nicht in eine Akte übernehmen. Er ist sicher gespeichert und wird immer wieder versucht; bitte prüfen Sie, wohin die Anträge dieser Leistung gehen (Verwaltung, Anträge).");
    }

    @Override
    protected void runde() {
        for (var m : mandanten.alle()) {
            if (m.gilt() && laeuft()) {
                Mandantenkontext.als(m.id(), () -> nimmAlleUeber());
            }
        }
    }

    private void nimmAlleUeber() {
        vergissEntwuerfe();
        nachholer.arbeite(this::wartende, veraktung::verakte, () -> {
            lebenszeichen();
            return laeuft();
        });
    }

    private List<UUID> wartende(String[] spaetere) {
        return requireNonNull(transaktion.execute(t -> datenbank
                .sql("""
                SELECT id FROM antrag WHERE mandant_id = ? AND stand = 'gesendet' AND id <> ALL (CAST(? AS uuid[])) ORDER BY gesendet, id LIMIT ?""")
                .params(mandant(), spaetere, JE_RUNDE)
                .query(UUID.class)
                .list()));
    }

    /** Also what was thrown away. Their files' bytes stay in the Ablage until it can delete. */
    private void vergissEntwuerfe() {
        transaktion.executeWithoutResult(
                t -> datenbank.sql("""
                DELETE FROM antrag WHERE mandant_id = ? AND stand IN ('entwurf', 'verworfen')
                   AND geaendert < now() - make_interval(days => CASE stand WHEN 'entwurf' THEN ? ELSE 0 END)""").params(mandant(), ENTWURFSTAGE).update());
    }
}
