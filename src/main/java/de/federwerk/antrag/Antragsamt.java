package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Antragsamt.class);
    private static final Duration TAKT = Duration.ofSeconds(15);
    private static final Duration STILLE = Duration.ofMinutes(30);
    private static final int JE_RUNDE = 200;
    /** Days that a draft is kept after it was last written to. */
    private static final int ENTWURFSTAGE = 30;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Veraktung veraktung;
    private final Stoerungen stoerungen;
    /** Those that failed, and how often: they wait longer each time and hold up nobody. Forgotten with the program, which then tries at once. */
    private final Map<UUID, Fehlschlag> fehlschlaege = new HashMap<>();

    private record Fehlschlag(int wievielter, long wieder) {}

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
        this.stoerungen = stoerungen;
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
        for (var id : wartende()) {
            if (!laeuft()) {
                return;
            }
            var bisher = fehlschlaege.get(id);
            nimmUeber(id, bisher == null ? 1 : bisher.wievielter + 1);
            lebenszeichen();
        }
    }

    /** The oldest of those whose turn it is: what waits for another try holds up nobody behind it. */
    private List<UUID> wartende() {
        var spaeter = fehlschlaege.entrySet().stream()
                .filter(f -> f.getValue().wieder >= System.nanoTime())
                .map(f -> f.getKey().toString())
                .toArray(String[]::new);
        return requireNonNull(transaktion.execute(t -> datenbank
                .sql("""
                SELECT id FROM antrag WHERE mandant_id = ? AND stand = 'gesendet' AND id <> ALL (CAST(? AS uuid[])) ORDER BY gesendet, id LIMIT ?""")
                .params(mandant(), spaeter, JE_RUNDE)
                .query(UUID.class)
                .list()));
    }

    private void nimmUeber(UUID id, int wievielter) {
        try {
            veraktung.verakte(id);
            if (fehlschlaege.remove(id) != null) {
                stoerungen.erledigt(STOERUNG, id);
            }
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            LOG.error("Antrag {} lässt sich nicht übernehmen", id, e);
            fehlschlaege.put(
                    id,
                    new Fehlschlag(
                            wievielter,
                            System.nanoTime()
                                    + Duration.ofSeconds(15L << Math.min(wievielter, 8))
                                            .toNanos()));
            stoerungen.melde(
                    STOERUNG,
                    id,
                    "Antrag aus dem Portal",
                    "Ein abgesendeter Antrag lässt sich nicht in eine Akte übernehmen. Er ist sicher gespeichert und wird immer wieder versucht; bitte prüfen Sie, wohin die Anträge dieser Leistung gehen (Verwaltung, Anträge).",
                    e.getClass().getName());
        }
    }

    /** Also what was thrown away. Their files' bytes stay in the Ablage until it can delete. */
    private void vergissEntwuerfe() {
        transaktion.executeWithoutResult(
                t -> datenbank.sql("""
                DELETE FROM antrag WHERE mandant_id = ? AND stand IN ('entwurf', 'verworfen')
                   AND geaendert < now() - make_interval(days => CASE stand WHEN 'entwurf' THEN ? ELSE 0 END)""").params(mandant(), ENTWURFSTAGE).update());
    }
}
