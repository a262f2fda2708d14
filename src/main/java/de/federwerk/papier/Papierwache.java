package de.federwerk.papier;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Looks now and then which paper should be back. */
@Component
class Papierwache extends Dauerdienst {

    private static final Duration TAKT = Duration.ofHours(1);
    private static final Duration STILLE = Duration.ofHours(3);

    private final Ausleihen ausleihen;
    private final Mandanten mandanten;

    Papierwache(Ausleihen ausleihen, Mandanten mandanten, Dauerlaeufe laeufe) {
        super(laeufe, "papierwache", TAKT, STILLE);
        this.ausleihen = ausleihen;
        this.mandanten = mandanten;
    }

    @Override
    protected void runde() {
        var heute = LocalDate.now(Anzeige.ZONE);
        for (var mandant : mandanten.alle()) {
            if (mandant.gilt()) {
                Mandantenkontext.als(mandant.id(), () -> ausleihen.erinnere(heute));
            }
        }
    }
}
