package de.federwerk.posteingang;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which unit opens the post of a Mandant. */
@Component
public class Poststellen {

    private final JdbcClient datenbank;

    Poststellen(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** The unit set, else the only or first top unit; empty while the Mandant has no units. */
    @Transactional(readOnly = true)
    public Optional<UUID> einheit() {
        return datenbank.sql("""
                SELECT coalesce((SELECT einheit_id FROM poststelle WHERE mandant_id = :m),
                                (SELECT id FROM einheit WHERE mandant_id = :m AND ueber_id IS NULL AND gilt(gueltig_von, gueltig_bis) ORDER BY kuerzel LIMIT 1))""").param("m", mandant()).query(UUID.class).optional();
    }

    @Transactional
    public void bestimme(UUID einheit) {
        datenbank
                .sql(
                        "INSERT INTO poststelle (mandant_id, einheit_id) VALUES (?, ?) ON CONFLICT (mandant_id) DO UPDATE SET einheit_id = excluded.einheit_id")
                .params(mandant(), einheit)
                .update();
    }
}
