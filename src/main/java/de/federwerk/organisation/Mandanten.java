package de.federwerk.organisation;

import de.federwerk.basis.Ordnung;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The towns in this house. Only names stand here: known before anybody has signed in. */
@Component
public class Mandanten {

    /**
     * @param kuerzel what follows the {@code @} in a sign-in name
     * @param gilt false once it was ended: nobody signs in, nothing is taken in or sent out
     */
    public record Mandant(UUID id, String kuerzel, String name, boolean gilt) {}

    /** A line of the list of all towns. @param seit when it was founded @param bis when it was ended */
    public record Zeile(
            UUID id,
            String kuerzel,
            String name,
            @Nullable String hostname,
            Instant seit,
            @Nullable Instant bis) {

        public boolean gilt() {
            return bis == null || bis.isAfter(Instant.now());
        }
    }

    /** The order of the list of all towns. */
    public static final Ordnung NACH_KUERZEL = Ordnung.auf(Ordnung.text("kuerzel"));

    private static final String ZEILEN =
            "SELECT m.id, m.kuerzel, m.name, m.hostname, m.angelegt AS seit, m.gueltig_bis AS bis FROM mandant m WHERE ";

    private final JdbcClient datenbank;

    Mandanten(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** All, the oldest first: the first is the one meant when nothing says otherwise. */
    @Transactional(readOnly = true)
    public List<Mandant> alle() {
        return datenbank
                .sql(
                        "SELECT id, kuerzel, name, gilt(gueltig_von, gueltig_bis) AS gilt FROM mandant ORDER BY angelegt, id")
                .query(Mandant.class)
                .list();
    }

    /** By the part after {@code @} in a sign-in name, else by host name, else the first. */
    @Transactional(readOnly = true)
    public Optional<Mandant> gemeint(String kuerzel, String host) {
        return datenbank
                .sql("""
                SELECT id, kuerzel, name, true AS gilt FROM mandant
                 WHERE gilt(gueltig_von, gueltig_bis) AND CASE WHEN :kuerzel <> '' THEN kuerzel = :kuerzel
                            ELSE NOT EXISTS (SELECT FROM mandant WHERE hostname = :host) OR hostname = :host END
                 ORDER BY angelegt, id LIMIT 1""")
                .param("kuerzel", kuerzel)
                .param("host", host)
                .query(Mandant.class)
                .optional();
    }

    /** One page of all of them, with those that were ended. */
    @Transactional(readOnly = true)
    public Seite<Zeile> liste(Stelle ab, int jeSeite) {
        return Seite.lies(
                ab,
                jeSeite,
                m -> List.of(m.kuerzel),
                (stelle, hoechstens) -> datenbank
                        .sql(ZEILEN + NACH_KUERZEL.bedingung("m", stelle) + " ORDER BY "
                                + NACH_KUERZEL.folge("m", stelle) + " LIMIT :hoechstens")
                        .param("hoechstens", hoechstens)
                        .params(NACH_KUERZEL.parameter(stelle))
                        .query(Zeile.class)
                        .list());
    }

    @Transactional(readOnly = true)
    public Optional<Zeile> finde(UUID id) {
        return datenbank.sql(ZEILEN + "m.id = ?").param(id).query(Zeile.class).optional();
    }

    /** A new town, empty. */
    @Transactional
    public void gruende(UUID id, String kuerzel, String name, @Nullable String hostname) {
        datenbank
                .sql(
                        "INSERT INTO mandant (id, kuerzel, name, hostname, angelegt) VALUES (?, ?, ?, ?, clock_timestamp())")
                .param(id)
                .param(kuerzel)
                .param(name)
                .param(hostname)
                .update();
    }

    /** What it is called, and under which host name one signs in without the Kürzel. */
    @Transactional
    public void benenne(UUID id, String name, @Nullable String hostname) {
        datenbank
                .sql("UPDATE mandant SET name = ?, hostname = ? WHERE id = ?")
                .param(name)
                .param(hostname)
                .param(id)
                .update();
    }

    /** Nobody signs in any more, and whoever is signed in is signed out with the next click. Nothing is deleted. @return whether it was not ended before */
    @Transactional
    public boolean beende(UUID id) {
        return datenbank
                        .sql("UPDATE mandant SET gueltig_bis = now() WHERE id = ? AND gilt(gueltig_von, gueltig_bis)")
                        .param(id)
                        .update()
                == 1;
    }

    /** As if it had not been ended. @return whether it was ended */
    @Transactional
    public boolean oeffne(UUID id) {
        return datenbank
                        .sql(
                                "UPDATE mandant SET gueltig_bis = NULL WHERE id = ? AND NOT gilt(gueltig_von, gueltig_bis)")
                        .param(id)
                        .update()
                == 1;
    }
}
