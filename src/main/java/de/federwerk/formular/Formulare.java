package de.federwerk.formular;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.NichtGefunden;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The forms of a town, for those who ask: no more than the tables {@code formular} and {@code formularfassung} is read. */
@Component
public class Formulare {

    /** As many definitions are kept read; a town has some dozens. */
    private static final int GEMERKT = 500;

    private static final String FRAGE = """
            SELECT f.id, f.formular_id, o.name, f.nummer, f.stand, f.inhalt FROM formularfassung f
              JOIN formular o ON o.mandant_id = f.mandant_id AND o.id = f.formular_id
             WHERE f.mandant_id = ?""";

    /** @param stand {@code entwurf}, {@code veroeffentlicht} or {@code zurueckgezogen} @param nummer of the version, from 1 */
    public record Fassung(UUID id, UUID formularId, String name, int nummer, String stand, Formular formular) {
        /** Whether something new may be begun with it. */
        public boolean gilt() {
            return stand.equals("veroeffentlicht");
        }
    }

    private record Schluessel(UUID mandant, UUID fassung) {}

    private final JdbcClient datenbank;
    /** Published ones never change. */
    private final ConcurrentMap<Schluessel, Formular> gelesen = new ConcurrentHashMap<>();

    Formulare(JdbcClient datenbank) {
        this.datenbank = datenbank;
    }

    /** The published version of this name; empty if there is none. */
    @Transactional(readOnly = true)
    public Optional<Fassung> gueltig(String name) {
        return datenbank
                .sql(FRAGE + " AND o.name = ? AND f.stand = 'veroeffentlicht'")
                .params(mandant(), name)
                .query(this::zuFassung)
                .optional();
    }

    /** All that are published, by name. */
    @Transactional(readOnly = true)
    public List<Fassung> gueltige() {
        return datenbank
                .sql(FRAGE + " AND f.stand = 'veroeffentlicht' ORDER BY o.name")
                .param(mandant())
                .query(this::zuFassung)
                .list();
    }

    /** A version by its id, also one that was withdrawn: what was begun with it goes on with it. @throws NichtGefunden if there is none */
    @Transactional(readOnly = true)
    public Fassung fassung(UUID id) {
        return datenbank
                .sql(FRAGE + " AND f.id = ?")
                .params(mandant(), id)
                .query(this::zuFassung)
                .optional()
                .orElseThrow(() -> new NichtGefunden("Dieses Formular gibt es nicht."));
    }

    private Fassung zuFassung(ResultSet z, int nr) throws SQLException {
        var id = z.getObject("id", UUID.class);
        var stand = z.getString("stand");
        var inhalt = z.getString("inhalt");
        if (gelesen.size() > GEMERKT) {
            gelesen.clear();
        }
        var formular = stand.equals("entwurf")
                ? Formular.aus(inhalt)
                : gelesen.computeIfAbsent(new Schluessel(mandant(), id), s -> Formular.aus(inhalt));
        return new Fassung(
                id, z.getObject("formular_id", UUID.class), z.getString("name"), z.getInt("nummer"), stand, formular);
    }
}
