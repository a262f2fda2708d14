package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The person nobody is: valid, and of role ADMINISTRATION, for as long as an emergency lasts. When it is over the next click signs out,
 * as with anybody who has left.
 */
@Component
public class Notfallperson {

    private final JdbcClient datenbank;
    private final Personen personen;

    Notfallperson(JdbcClient datenbank, Personen personen) {
        this.datenbank = datenbank;
        this.personen = personen;
    }

    /** Its validity of now on; one that still ran ends with it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Anmeldung oeffne(Duration dauer) {
        datenbank.sql("""
                INSERT INTO person (mandant_id, id, anmeldename, nachname, art, pseudonym)
                SELECT :m, :id, CASE WHEN EXISTS (SELECT FROM person WHERE mandant_id = :m AND anmeldename = 'notfallkonto')
                                     THEN 'notfallkonto-' || left(CAST(:id AS text), 13) ELSE 'notfallkonto' END,
                       'Notfallkonto', 'notfall', gen_random_uuid()
                ON CONFLICT (mandant_id) WHERE art = 'notfall' DO NOTHING""").param("m", mandant()).param("id", Kennung.neu()).update();
        var wer = datenbank
                .sql("""
                UPDATE person SET gueltig_von = now() - interval '1 second', gueltig_bis = now() + make_interval(secs => ?)
                 WHERE mandant_id = ? AND art = 'notfall' RETURNING mandant_id AS mandant, id AS person, pseudonym, nachname AS name""")
                .params(dauer.toSeconds(), mandant())
                .query(Anmeldung.class)
                .single();
        // Who had it the last time does not come back in with it.
        personen.beendeSitzungen(wer.person(), "");
        var rolle = personen.rolle(Rolle.ADMINISTRATION);
        datenbank
                .sql(
                        "INSERT INTO rollenbesetzung (mandant_id, id, rolle_id, person_id, gueltig_bis) VALUES (?, ?, ?, ?, now() + make_interval(secs => ?))")
                .params(mandant(), Kennung.neu(), rolle, wer.person(), dauer.toSeconds())
                .update();
        return wer;
    }

    /** Until when it is valid now; the epoch if it is not. */
    @Transactional(readOnly = true)
    public Instant bis() {
        return datenbank
                .sql(
                        "SELECT gueltig_bis FROM person WHERE mandant_id = ? AND art = 'notfall' AND gilt(gueltig_von, gueltig_bis)")
                .param(mandant())
                .query(Instant.class)
                .optional()
                .orElse(Instant.EPOCH);
    }

    /** Whether it is this one. */
    @Transactional(readOnly = true)
    public boolean ist(UUID person) {
        return datenbank
                .sql("SELECT EXISTS (SELECT FROM person WHERE mandant_id = ? AND id = ? AND art = 'notfall')")
                .params(mandant(), person)
                .query(Boolean.class)
                .single();
    }
}
