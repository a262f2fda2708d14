package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Einmal;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Has the house searched: in the background, since it reads whatever is in no index. Again as often as needed. */
@Component
class Suchauftrag {

    private final JdbcClient datenbank;
    private final Einmal einmal;
    private final Ersuchenbuch buch;
    private final Auskunftsauftraege auftraege;

    Suchauftrag(JdbcClient datenbank, Einmal einmal, Ersuchenbuch buch, Auskunftsauftraege auftraege) {
        this.datenbank = datenbank;
        this.einmal = einmal;
        this.buch = buch;
        this.auftraege = auftraege;
    }

    /** Asked for twice at once, it is done once. */
    @Transactional
    public void beginne(Anmeldung wer, UUID id) {
        einmal.warte(id);
        if (buch.offenes(wer, id).sucht() == null) {
            datenbank
                    .sql(
                            "UPDATE auskunftsersuchen SET sucht = now(), suche_fehler = '' WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), id)
                    .update();
            auftraege.planeSuche(id, wer.person());
        }
    }
}
