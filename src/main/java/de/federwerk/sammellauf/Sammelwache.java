package de.federwerk.sammellauf;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Goes round the runs that are under way, a few Posten of each in turn: nobody waits for a long one of somebody else. */
@Component
class Sammelwache extends Dauerdienst {

    private static final Logger LOG = LoggerFactory.getLogger(Sammelwache.class);
    private static final Duration TAKT = Duration.ofSeconds(30);
    private static final Duration STILLE = Duration.ofHours(1);
    private static final int REIHUM = 20;
    /** So often in a row a run may fail as a whole. */
    private static final int VERSUCHE = 3;

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Sammelschritt schritt;
    private final Map<UUID, Integer> gescheitert = new ConcurrentHashMap<>();

    Sammelwache(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Sammelschritt schritt,
            Dauerlaeufe laeufe) {
        super(laeufe, "sammelwache", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.schritt = schritt;
    }

    @Override
    protected void runde() {
        boolean mehr = true;
        while (mehr && laeuft()) {
            mehr = false;
            for (var m : mandanten.alle()) {
                mehr |= Mandantenkontext.<Boolean, RuntimeException>als(m.id(), this::reihum);
            }
        }
    }

    /** Some Posten of each run of this Mandant. @return whether there is more */
    private boolean reihum() {
        boolean mehr = false;
        var unterwegs = requireNonNull(transaktion.execute(t -> datenbank
                .sql(
                        "SELECT id FROM sammellauf WHERE mandant_id = ? AND stand IN ('laeuft', 'ruecknahme') ORDER BY angelegt, id")
                .param(mandant())
                .query(UUID.class)
                .list()));
        for (var id : unterwegs) {
            boolean dieser = true;
            for (int i = 0; i < REIHUM && dieser && laeuft(); i++) {
                dieser = weiter(id);
                lebenszeichen();
            }
            mehr |= dieser;
        }
        return mehr;
    }

    /** What goes wrong with one must not stop the others, nor go wrong for ever. */
    boolean weiter(UUID id) {
        try {
            boolean mehr = schritt.weiter(id);
            gescheitert.remove(id);
            return mehr;
        } catch (RuntimeException | Error e) {
            if (Datenbankfehler.istWeg(e)) {
                throw e;
            }
            LOG.warn("Sammellauf {} kommt nicht weiter", id, e);
            if (gescheitert.merge(id, 1, Integer::sum) >= VERSUCHE) {
                halteAn(id);
            }
            return false;
        }
    }

    private void halteAn(UUID id) {
        try {
            schritt.halteAn(
                    id,
                    "Angehalten, weil er wegen eines unerwarteten Fehlers mehrmals nicht weiterkam. Die Technik findet ihn im Programmprotokoll.");
            gescheitert.remove(id);
        } catch (RuntimeException e) {
            LOG.warn("Sammellauf {} lässt sich nicht anhalten", id, e);
        }
    }
}
