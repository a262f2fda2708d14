package de.federwerk.berechtigung;

import de.federwerk.berechtigung.Berechtigungen.Subjekt;
import de.federwerk.berechtigung.Berechtigungen.Ziel;
import de.federwerk.organisation.StelleBesetzt;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What a new Stelle usually may: work on what its unit leads. Hangs on the Stelle, not on the person or the unit, so that it goes
 * with the Stelle and reaches nobody above or beside it.
 */
@Component
class Anfangsrechte {

    private final Berechtigungen berechtigungen;

    Anfangsrechte(Berechtigungen berechtigungen) {
        this.berechtigungen = berechtigungen;
    }

    @EventListener
    void nach(StelleBesetzt besetzt) {
        berechtigungen.gebeFrei(
                besetzt.wer(),
                "mit der Stelle eingerichtet",
                Subjekt.STELLE,
                besetzt.stelle(),
                Ziel.EINHEIT,
                besetzt.einheit(),
                Recht.BEARBEITEN);
    }
}
