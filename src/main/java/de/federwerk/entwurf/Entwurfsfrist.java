package de.federwerk.entwurf;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Deletes drafts that nobody has come back to, those of people who have left as well. */
@Component
class Entwurfsfrist extends Dauerdienst {

    private static final Duration TAKT = Duration.ofHours(6);
    private static final Duration STILLE = Duration.ofHours(12);

    private final Entwuerfe entwuerfe;
    private final Mandanten mandanten;

    Entwurfsfrist(Entwuerfe entwuerfe, Mandanten mandanten, Dauerlaeufe laeufe) {
        super(laeufe, "entwuerfe", TAKT, STILLE);
        this.entwuerfe = entwuerfe;
        this.mandanten = mandanten;
    }

    @Override
    protected void runde() {
        for (var mandant : mandanten.alle()) Mandantenkontext.als(mandant.id(), entwuerfe::raeumeAuf);
    }
}
