package de.federwerk.suche;

import de.federwerk.suche.Platzwaechter.KeinPlatz;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.index.CorruptIndexException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What is said about each index, once when it changes: that it fails, is being built anew, is well again. */
@Component
class Indexbefinden {

    private static final Logger LOG = LoggerFactory.getLogger(Indexbefinden.class);

    private static final String WIRD_GEBAUT =
            " Er wird aus der Datenbank neu aufgebaut, ohne dass jemand etwas tun muss; solange findet die Suche noch nicht alles. Akten und"
                    + " Dokumente sind davon nicht berührt.";

    private final Transaktionen transaktionen;
    private final ApplicationEventPublisher ereignisse;
    private final Map<UUID, String> gemeldet = new HashMap<>();
    private final Set<UUID> gesund = new HashSet<>();

    Indexbefinden(Transaktionen transaktionen, ApplicationEventPublisher ereignisse) {
        this.transaktionen = transaktionen;
        this.ereignisse = ereignisse;
    }

    /** Whether Lucene found its own files damaged; the cause may stand behind the closing of the index. */
    static boolean istSchaden(@Nullable Throwable grund) {
        for (Throwable t = grund; t != null; t = t.getCause()) {
            if (t instanceof CorruptIndexException) {
                return true;
            }
        }
        return false;
    }

    synchronized void wirdGebaut(UUID mandant, String technisch) {
        melde(mandant, "Der Suchindex fehlte oder war beschädigt." + WIRD_GEBAUT, technisch);
    }

    synchronized void scheitert(UUID mandant, Throwable grund) {
        if (grund instanceof DataAccessException || grund instanceof TransactionException) {
            // Not the index: the database is away, and says so itself.
            return;
        }
        var platz = keinPlatz(grund);
        melde(
                mandant,
                platz
                        ? "Die Festplatte ist fast voll; neue und geänderte Dinge kommen deshalb noch nicht in die Suche. Es ist nichts"
                                + " verloren. Bitte Platz schaffen; es geht dann von selbst weiter."
                        : "Der Suchindex lässt sich nicht schreiben; neue und geänderte Dinge kommen deshalb noch nicht in die Suche. Es"
                                + " ist nichts verloren, und es wird jede Sekunde wieder versucht.",
                grund.toString());
    }

    private static boolean keinPlatz(Throwable grund) {
        for (Throwable t = grund; t != null; t = t.getCause()) {
            if (t instanceof KeinPlatz || String.valueOf(t.getMessage()).contains("No space left")) {
                return true;
            }
        }
        return false;
    }

    private void melde(UUID mandant, String ursache, String technisch) {
        gesund.remove(mandant);
        if (ursache.equals(gemeldet.get(mandant))) {
            return;
        }
        LOG.error("Suchindex von {}: {} ({})", mandant, ursache, technisch);
        sage(mandant, new Indexausfall(mandant, ursache, technisch));
        gemeldet.put(mandant, ursache);
    }

    /** Also said once after each start: what an earlier process had reported may be over. */
    synchronized void istGesund(UUID mandant) {
        if (!gesund.contains(mandant)) {
            sage(mandant, new Indexrueckkehr(mandant));
            gemeldet.remove(mandant);
            gesund.add(mandant);
        }
    }

    private void sage(UUID mandant, Object ereignis) {
        transaktionen.schreibend(mandant, () -> ereignisse.publishEvent(ereignis));
    }
}
