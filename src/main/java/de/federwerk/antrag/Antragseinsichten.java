package de.federwerk.antrag;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.antrag.Antraege.Antrag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Which office opened what a citizen sent, as she may see it; runs with a citizen's rights, as {@link Antraege} does. */
@Component
public class Antragseinsichten {

    private static final int ZEILEN = 500;

    /**
     * All that one office opened of one Antrag on one day.
     *
     * @param titel of the Antrag, as the citizen knows it
     * @param stelle name of the unit; empty for somebody without one, and for programs
     * @param eingelesen it became a Vorgang
     */
    public record Einsicht(
            UUID antrag,
            String titel,
            String stelle,
            boolean automatisch,
            boolean eingelesen,
            Instant erst,
            Instant zuletzt) {

        /** Whether it was opened again later that day, as far as one can tell from a clock with minutes. */
        public boolean nochmal() {
            return Duration.between(erst, zuletzt).toMinutes() > 0;
        }
    }

    /** @param gezeigt false where the town does not show it for this Leistung */
    public record Ansicht(boolean gezeigt, List<Einsicht> einsichten) {}

    private static final String FRAGE = """
            SELECT a.id, a.titel, e.stelle, e.automatisch, false AS eingelesen, e.erst, e.zuletzt
              FROM antrag a JOIN antragseinsicht e ON e.mandant_id = a.mandant_id AND e.antrag_id = a.id
             WHERE a.mandant_id = :m AND %1$s
            UNION ALL
            SELECT a.id, a.titel, '', true, true, s.zeit, s.zeit
              FROM antrag a JOIN antragsstand s ON s.mandant_id = a.mandant_id AND s.antrag_id = a.id AND s.art = 'eingegangen'
              JOIN antragsweg w ON w.mandant_id = a.mandant_id AND w.leistung_id = a.leistung_id AND w.einsicht_zeigen
             WHERE a.mandant_id = :m AND %1$s
             ORDER BY erst DESC LIMIT :zeilen""";

    private final JdbcClient datenbank;
    private final Antragsfelder felder;

    Antragseinsichten(JdbcClient datenbank, Antragsfelder felder) {
        this.datenbank = datenbank;
        this.felder = felder;
    }

    /** @param antrag found as her own */
    @Transactional(readOnly = true)
    public Ansicht zu(Antrag antrag) {
        if (!felder.zeigtEinsicht(antrag.leistungId())) {
            return new Ansicht(false, List.of());
        }
        return new Ansicht(
                true,
                datenbank
                        .sql(FRAGE.formatted("a.id = :antrag"))
                        .param("m", mandant())
                        .param("antrag", antrag.id())
                        .param("zeilen", ZEILEN)
                        .query(Antragseinsichten::einsicht)
                        .list());
    }

    /** Of all Anträge of the Konto that is signed in, the newest first. */
    @Transactional(readOnly = true)
    public List<Einsicht> meine() {
        return datenbank
                .sql(FRAGE.formatted("a.konto_id = (SELECT aktuelles_konto())"))
                .param("m", mandant())
                .param("zeilen", ZEILEN)
                .query(Antragseinsichten::einsicht)
                .list();
    }

    private static Einsicht einsicht(ResultSet z, int nr) throws SQLException {
        return new Einsicht(
                z.getObject("id", UUID.class),
                z.getString("titel"),
                z.getString("stelle"),
                z.getBoolean("automatisch"),
                z.getBoolean("eingelesen"),
                z.getTimestamp("erst").toInstant(),
                z.getTimestamp("zuletzt").toInstant());
    }
}
