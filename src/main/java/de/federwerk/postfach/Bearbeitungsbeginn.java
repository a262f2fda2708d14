package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.geschaeftsgang.AufgabenGeaendert;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Notes when a person of the house first took a task of an Antrag, or did one: from then on its citizen is told that it is being worked on. */
@Component
class Bearbeitungsbeginn {

    private final JdbcClient datenbank;

    Bearbeitungsbeginn(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** In the transaction in which the task moves. Most Laufwege are of no Antrag, and find nothing. */
    @EventListener
    void nach(AufgabenGeaendert geaendert) {
        datenbank.sql("""
                UPDATE antragsvorgang v SET bearbeitet_seit = now() FROM laufweg l
                 WHERE v.mandant_id = ? AND l.mandant_id = v.mandant_id AND l.id = ? AND v.vorgang_id = l.vorgang_id AND v.bearbeitet_seit IS NULL
                   AND EXISTS (SELECT FROM station s WHERE s.mandant_id = l.mandant_id AND s.laufweg_id = l.id AND s.art <> 'entwurf'
                                  AND (s.genommen_von IS NOT NULL OR s.erledigt_von IS NOT NULL OR s.empfaenger_art = 'person' AND s.stand = 'offen'))""").params(mandant(), geaendert.laufweg()).update();
    }
}
