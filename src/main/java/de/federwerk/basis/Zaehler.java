package de.federwerk.basis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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

    /**
     * Blocks of numbers, as {@link #naechster} for each: the first of each block. In one statement and in the order of the names, so
     * that two of these wait for each other instead of deadlocking.
     *
     * @param anzahl how many of each counter, at least one
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<String, Long> naechste(Map<String, Integer> anzahl) {
        var namen = anzahl.keySet().stream().sorted().toArray(String[]::new);
        var erste = new HashMap<String, Long>();
        datenbank
                .sql("""
                INSERT INTO zaehler (mandant_id, name, stand)
                SELECT ?, t.* FROM unnest(CAST(? AS text[]), CAST(? AS bigint[])) AS t
                ON CONFLICT (mandant_id, name) DO UPDATE SET stand = zaehler.stand + excluded.stand RETURNING name, stand""")
                .param(mandant())
                .param(namen)
                .param(Arrays.stream(namen).mapToLong(anzahl::get).toArray())
                .query((zeile, nr) -> erste.put(
                        zeile.getString(1), zeile.getLong(2) - anzahl.getOrDefault(zeile.getString(1), 0) + 1))
                .list();
        return erste;
    }
}
