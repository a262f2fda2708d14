package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.organisation.Anmeldung;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How much a person is to look at for requests of others, for the start page. */
@Component
public class Pruefauftraege {

    /** Where it is done. */
    public static final String SEITE = "/auskunft";

    private final JdbcClient datenbank;
    private final Fundbuch funde;

    Pruefauftraege(JdbcClient datenbank, Fundbuch funde) {
        this.datenbank = datenbank;
        this.funde = funde;
    }

    @Transactional(readOnly = true)
    public long offene(Anmeldung wer) {
        // On nearly all days no request is open: then this is all it costs.
        boolean gibtEs = datenbank
                .sql("SELECT EXISTS (SELECT FROM auskunftsersuchen WHERE mandant_id = ? AND erledigt IS NULL)")
                .param(mandant())
                .query(Boolean.class)
                .single();
        return gibtEs ? funde.offene(wer) : 0;
    }
}
