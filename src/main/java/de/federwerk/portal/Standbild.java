package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.antrag.Antragseinsichten;
import de.federwerk.antrag.Vorbelegung;
import de.federwerk.postfach.Nachrichten;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What became of an Antrag that was sent, for whoever may see it. */
@Component
class Standbild {

    private final Antraege antraege;
    private final Nachrichten nachrichten;
    private final Antragseinsichten einsichten;
    private final Vorbelegung vorbelegung;

    Standbild(Antraege antraege, Nachrichten nachrichten, Antragseinsichten einsichten, Vorbelegung vorbelegung) {
        this.antraege = antraege;
        this.nachrichten = nachrichten;
        this.einsichten = einsichten;
        this.vorbelegung = vorbelegung;
    }

    /** @param mitCode whether it is seen by the status code alone */
    String zeige(Antrag antrag, boolean mitCode, Model seite) {
        seite.addAttribute("antrag", antrag);
        seite.addAttribute("schritte", antraege.schritte(antrag.id()));
        seite.addAttribute("nachrichten", nachrichten.zu(antrag.id()));
        seite.addAttribute("mitCode", mitCode);
        seite.addAttribute("einsichten", einsichten.zu(antrag));
        seite.addAttribute("behaltbare", vorbelegung.behaltbare(antrag));
        return "portal/stand";
    }
}
