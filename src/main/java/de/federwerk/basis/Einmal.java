package de.federwerk.basis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** For things whose id the caller chose: a form or request sent twice at the same moment makes one thing, not an error. */
@Component
public class Einmal {

    private final JdbcClient datenbank;

    Einmal(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** Waits for whoever is making something with this id right now; what they made is visible to the next statement. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void warte(UUID id) {
        datenbank
                .sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param(mandant() + " " + id)
                .query()
                .listOfRows();
    }
}
