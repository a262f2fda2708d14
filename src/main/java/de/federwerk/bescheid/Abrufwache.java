package de.federwerk.bescheid;

import static de.federwerk.basis.Mandantenkontext.mandant;
import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Mandanten;
import de.federwerk.protokoll.Protokoll;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Sees when a Bescheid was fetched from a Postfach, and reckons then: a citizen's own transaction may not write in the Vorgang. */
@Component
class Abrufwache extends Dauerdienst {

    private static final Logger LOG = LoggerFactory.getLogger(Abrufwache.class);
    private static final Duration TAKT = Duration.ofMinutes(5);
    private static final Duration STILLE = Duration.ofMinutes(60);

    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final Mandanten mandanten;
    private final Bekanntgaben bekanntgaben;

    private record Abgerufener(UUID id, UUID vorgangId, UUID gesendetVon, String name) {}

    Abrufwache(
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            Mandanten mandanten,
            Bekanntgaben bekanntgaben,
            Dauerlaeufe laeufe) {
        super(laeufe, "abrufwache", TAKT, STILLE);
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.mandanten = mandanten;
        this.bekanntgaben = bekanntgaben;
    }

    @Override
    protected void runde() {
        for (var m : mandanten.alle()) {
            if (m.gilt() && laeuft()) {
                Mandantenkontext.als(m.id(), () -> siehNach());
                lebenszeichen();
            }
        }
    }

    /** In the current town. What it does stands in the Protokoll as done by the program. */
    void siehNach() {
        for (var b : abgerufene()) {
            try {
                transaktion.executeWithoutResult(t -> bekanntgaben.rechne(
                        new Anmeldung(mandant(), b.gesendetVon, Protokoll.PROGRAMM, b.name), b.vorgangId, b.id));
            } catch (Abgelehnt | NichtGefunden e) {
                LOG.warn("Die Bekanntgabe des Bescheids {} ließ sich nicht festhalten", b.id, e);
            }
        }
    }

    /** The last opened first: what was opened too late to count stays among them and is not to hold up the others. */
    private List<Abgerufener> abgerufene() {
        return requireNonNull(transaktion.execute(t ->
                datenbank.sql("""
                SELECT b.id, b.vorgang_id, b.gesendet_von, trim(p.vorname || ' ' || p.nachname) AS name FROM bescheid b
                  JOIN nachricht n ON n.mandant_id = b.mandant_id AND n.id = b.nachricht_id
                  JOIN person p ON p.mandant_id = b.mandant_id AND p.id = b.gesendet_von
                 WHERE b.mandant_id = ? AND b.kanal = 'postfach' AND b.bekanntgabe IS NULL AND n.gelesen IS NOT NULL ORDER BY n.gelesen DESC LIMIT 500""").param(mandant()).query(Abgerufener.class).list()));
    }
}
