package de.federwerk.betrieb;

import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import de.federwerk.suche.Index;
import de.federwerk.suche.Indexausfall;
import de.federwerk.suche.Indexheilung;
import de.federwerk.suche.Indexrueckkehr;
import de.federwerk.suche.Indexstoerung;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the index could not take stands under Störungen; until it took it; “Erneut versuchen” puts it in the queue again. */
@Component
class Indexmeldung {

    private static final String ART = "index:";
    /** The index as a whole. */
    private static final String GANZ = "index";

    private final Stoerungen stoerungen;
    private final Index index;

    Indexmeldung(Stoerungen stoerungen, Index index) {
        this.stoerungen = stoerungen;
        this.index = index;
    }

    @EventListener
    void nach(Indexstoerung stoerung) {
        stoerungen.melde(
                ART + stoerung.art(),
                stoerung.id(),
                "Suche: " + stoerung.art(),
                "Dieser Eintrag steht noch nicht in der Suche. In der Akte ist er vollständig da; es wird weiter versucht.",
                stoerung.ursache());
    }

    @EventListener
    void nach(Indexheilung heilung) {
        stoerungen.erledigt(ART + heilung.art(), heilung.id());
    }

    @EventListener
    void nach(Indexausfall ausfall) {
        stoerungen.melde(GANZ, ausfall.mandant(), "Suche", ausfall.ursache(), ausfall.technisch());
    }

    @EventListener
    void nach(Indexrueckkehr rueckkehr) {
        stoerungen.erledigt(GANZ, rueckkehr.mandant());
    }

    @EventListener
    void nach(StoerungErneut erneut) {
        if (erneut.art().equals(GANZ)) {
            index.neuAufbauen(erneut.mandant());
        }
        if (erneut.art().startsWith(ART)) {
            index.vormerken(erneut.art().substring(ART.length()), erneut.bezug());
        }
    }
}
