package de.federwerk.meldung;

import de.federwerk.anmeldung.NotfallBenutzt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells those who must know at once that somebody administers with the Notfallkonto; why stands on the page, not in a mail. */
@Component
class Notfallmeldung {

    private final Personen personen;
    private final Meldungen meldungen;

    Notfallmeldung(Personen personen, Meldungen meldungen) {
        this.personen = personen;
        this.meldungen = meldungen;
    }

    @EventListener
    void benutzt(NotfallBenutzt notfall) {
        for (var person : personen.mitRolle(Rolle.ADMINISTRATION, Rolle.DATENSCHUTZ)) {
            meldungen.sage(
                    person,
                    Meldungsart.NOTFALLKONTO,
                    "notfallkonto " + notfall.umschlag(),
                    "Das Notfallkonto wird benutzt",
                    "gilt bis " + Anzeige.genau(notfall.bis()) + "; das Geheimnis ist verbraucht",
                    "/verwaltung/notfallkonto");
        }
    }
}
