package de.federwerk.gespraech;

import de.federwerk.akte.SperreAufgehoben;
import de.federwerk.meldung.Meldungen;
import de.federwerk.meldung.Meldungsart;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Whoever had a Dokument checked out is told that somebody has taken it back: what was changed meanwhile is not filed by itself. */
@Component
class Sperrmeldung {

    private final Meldungen meldungen;

    Sperrmeldung(Meldungen meldungen) {
        this.meldungen = meldungen;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void nach(SperreAufgehoben sperre) {
        meldungen.sage(
                sperre.person(),
                Meldungsart.SPERRE_AUFGEHOBEN,
                "sperre-aufgehoben " + sperre.sperre(),
                "Ihr ausgechecktes Dokument wurde freigegeben, " + sperre.aktenzeichen(),
                "Warum, steht im Protokoll",
                "/dokumente/" + sperre.dokument());
    }
}
