package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(Antwortamt.class);
    private static final Duration TAKT = Duration.ofSeconds(15);
    private static final Duration STILLE = Duration.ofMinutes(30);
    private static final int JE_RUNDE = 200;
    /** Years that a message stays in the Postfach after it was opened, and an answer after it was laid into its Vorgang. The Akte keeps all. */
    static final int AUFBEWAHRUNG = 3;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Antwortablage ablage;
    private final Stoerungen stoerungen;
    /** Those that failed, how often, and when again. Forgotten with the program, which then tries at once. */
    private final Map<UUID, Fehlschlag> fehlschlaege = new HashMap<>();

    private @Nullable LocalDate geraeumt;

    private record Fehlschlag(int wievielter, long wieder) {}

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
        this.stoerungen = stoerungen;
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
        for (var id : wartende()) {
            if (!laeuft()) {
                return;
            }
            var bisher = fehlschlaege.get(id);
            legeAb(id, bisher == null ? 1 : bisher.wievielter + 1);
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
                SELECT id FROM nachricht WHERE mandant_id = ? AND vom_buerger AND abgelegt IS NULL AND id <> ALL (CAST(? AS uuid[]))
                 ORDER BY gesendet, id LIMIT ?""")
                .params(mandant(), spaeter, JE_RUNDE)
                .query(UUID.class)
                .list()));
    }

    private void legeAb(UUID id, int wievielter) {
        try {
            ablage.legeAb(id);
            if (fehlschlaege.remove(id) != null) {
                stoerungen.erledigt(STOERUNG, id);
            }
        } catch (RuntimeException e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            LOG.error("Antwort {} lässt sich nicht ablegen", id, e);
            var pause = Duration.ofSeconds(15L << Math.min(wievielter, 8));
            fehlschlaege.put(id, new Fehlschlag(wievielter, System.nanoTime() + pause.toNanos()));
            stoerungen.melde(
                    STOERUNG,
                    id,
                    "Antwort aus dem Portal",
                    "Die Antwort auf eine Rückfrage lässt sich in keinen Vorgang legen. Sie ist sicher gespeichert und wird immer wieder versucht; bitte prüfen Sie, wohin die Anträge dieser Leistung gehen (Verwaltung, Anträge).",
                    e.getClass().getName());
        }
    }

    /** A Bescheid stays as long as its Antrag: what runs from it is not over because it was read. */
    private void raeumeAuf() {
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
