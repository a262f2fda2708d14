package de.federwerk.organisation;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The towns in this house. Only names stand here: known before anybody has signed in. */
@Component
public class Mandanten {

    /** @param kuerzel what follows the {@code @} in a sign-in name */
    public record Mandant(UUID id, String kuerzel, String name) {}

    private final JdbcClient datenbank;

    Mandanten(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All, the oldest first: the first is the one meant when nothing says otherwise. */
    @Transactional(readOnly = true)
    public List<Mandant> alle() {
        return datenbank
                .sql("SELECT id, kuerzel, name FROM mandant ORDER BY angelegt, id")
                .query(Mandant.class)
                .list();
    }

    /** By the part after {@code @} in a sign-in name, else by host name, else the first. */
    @Transactional(readOnly = true)
    public Optional<Mandant> gemeint(String kuerzel, String host) {
        return datenbank
                .sql("""
                SELECT id, kuerzel, name FROM mandant
                 WHERE gilt(gueltig_von, gueltig_bis) AND CASE WHEN :kuerzel <> '' THEN kuerzel = :kuerzel
                            ELSE NOT EXISTS (SELECT FROM mandant WHERE hostname = :host) OR hostname = :host END
                 ORDER BY angelegt, id LIMIT 1""")
                .param("kuerzel", kuerzel)
                .param("host", host)
                .query(Mandant.class)
                .optional();
    }

    /** A new town, empty. */
    @Transactional
    public void gruende(UUID id, String kuerzel, String name) {
        datenbank
                .sql("INSERT INTO mandant (id, kuerzel, name, angelegt) VALUES (?, ?, ?, clock_timestamp())")
                .params(id, kuerzel, name)
                .update();
    }
}
