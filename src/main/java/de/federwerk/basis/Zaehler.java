package de.federwerk.basis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gap-free counters: Aktenzeichen, Posteingangsbuch. */
@Component
public class Zaehler {

    private final JdbcClient datenbank;

    Zaehler(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /**
     * The next number of this counter, from 1. Belongs to the running transaction: others wait for its end, and a rollback gives
     * the number back. Take it late.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long naechster(String name) {
        return datenbank.sql("""
                INSERT INTO zaehler (mandant_id, name, stand) VALUES (?, ?, 1)
                ON CONFLICT (mandant_id, name) DO UPDATE SET stand = zaehler.stand + 1 RETURNING stand""").params(mandant(), name).query(Long.class).single();
    }
}
