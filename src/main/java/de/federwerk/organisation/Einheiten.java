package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.protokoll.Protokoll;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tree of Organisationseinheiten and the Stellen in it. */
@Component
public class Einheiten {

    /** @param tiefe 0 for the top */
    public record Einheit(UUID id, @Nullable UUID ueberId, String kuerzel, String name, int tiefe) {}

    private final JdbcClient datenbank;
    private final Protokoll protokoll;

    Einheiten(JdbcClient datenbank, Protokoll protokoll) {
        this.datenbank = datenbank;
        this.protokoll = protokoll;
    }

    /** All valid today, each after the one above it. */
    @Transactional(readOnly = true)
    public List<Einheit> baum() {
        return datenbank.sql("""
                WITH RECURSIVE baum AS (
                    SELECT id, ueber_id, kuerzel, name, 0 AS tiefe, ARRAY[kuerzel] AS pfad FROM einheit
                     WHERE mandant_id = :m AND ueber_id IS NULL AND gilt(gueltig_von, gueltig_bis)
                    UNION ALL
                    SELECT e.id, e.ueber_id, e.kuerzel, e.name, b.tiefe + 1, b.pfad || e.kuerzel
                      FROM einheit e JOIN baum b ON e.mandant_id = :m AND e.ueber_id = b.id WHERE gilt(e.gueltig_von, e.gueltig_bis))
                SELECT id, ueber_id, kuerzel, name, tiefe FROM baum ORDER BY pfad""").param("m", mandant()).query(Einheit.class).list();
    }

    @Transactional(readOnly = true)
    public Optional<UUID> mitKuerzel(String kuerzel) {
        return datenbank
                .sql(
                        "SELECT id FROM einheit WHERE mandant_id = ? AND lower(kuerzel) = lower(?) AND gilt(gueltig_von, gueltig_bis)")
                .params(mandant(), kuerzel)
                .query(UUID.class)
                .optional();
    }

    /** The unit in which the person holds a Stelle: the one led, else the oldest; empty without a Stelle. */
    @Transactional(readOnly = true)
    public Optional<UUID> von(UUID person) {
        return datenbank.sql("""
                SELECT s.einheit_id FROM stellenbesetzung b JOIN stelle s ON s.mandant_id = b.mandant_id AND s.id = b.stelle_id
                 WHERE b.mandant_id = ? AND b.person_id = ? AND gilt(b.gueltig_von, b.gueltig_bis) AND gilt(s.gueltig_von, s.gueltig_bis)
                 ORDER BY s.leitung DESC, b.gueltig_von, b.id LIMIT 1""").params(mandant(), person).query(UUID.class).optional();
    }

    /** @throws NichtGefunden unless there is such a unit today */
    @Transactional(readOnly = true)
    public void verlange(UUID einheit) {
        var da = datenbank
                .sql(
                        "SELECT EXISTS (SELECT FROM einheit WHERE mandant_id = ? AND id = ? AND gilt(gueltig_von, gueltig_bis))")
                .params(mandant(), einheit)
                .query(Boolean.class)
                .single();
        if (!da) {
            throw new NichtGefunden("Diese Einheit gibt es nicht.");
        }
    }

    @Transactional
    public UUID richteEin(UUID wer, String kuerzel, String name, @Nullable UUID ueber) {
        var id = Kennung.neu();
        datenbank
                .sql("INSERT INTO einheit (mandant_id, id, ueber_id, kuerzel, name) VALUES (?, ?, ?, ?, ?)")
                .param(mandant())
                .param(id)
                .param(ueber)
                .param(kuerzel)
                .param(name)
                .update();
        protokoll.schreibe(wer, "einheit.eingerichtet", id, null, Map.of("kuerzel", kuerzel, "name", name));
        return id;
    }

    /** A Stelle in a unit, held by {@code person} from now on. */
    @Transactional
    public UUID besetze(UUID wer, UUID einheit, String bezeichnung, boolean leitung, UUID person) {
        var id = Kennung.neu();
        datenbank
                .sql(
                        "INSERT INTO stelle (mandant_id, id, einheit_id, bezeichnung, leitung, zeichnungsbefugnis) VALUES (?, ?, ?, ?, ?, ?)")
                // A head signs finally, everybody else with others; the administration may change it.
                .params(mandant(), id, einheit, bezeichnung, leitung, leitung ? 2 : 1)
                .update();
        datenbank
                .sql("INSERT INTO stellenbesetzung (mandant_id, id, stelle_id, person_id) VALUES (?, ?, ?, ?)")
                .params(mandant(), Kennung.neu(), id, person)
                .update();
        protokoll.schreibe(
                wer, "stelle.besetzt", id, null, Map.of("bezeichnung", bezeichnung, "person", person.toString()));
        return id;
    }
}
