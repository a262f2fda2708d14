package de.federwerk.lesenachweis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Dauerdienst;
import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.protokoll.Protokoll;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The deletion of the Lesenachweis once its term is over, once a day; on record as a number. */
@Component
class Aufbewahrung extends Dauerdienst {

    private static final Duration TAKT = Duration.ofHours(24);
    private static final Duration STILLE = Duration.ofHours(50);
    private static final int STAPEL = 10_000;

    private final JdbcClient datenbank;
    private final Protokoll protokoll;
    private final Mandanten mandanten;
    private final TransactionTemplate transaktion;

    Aufbewahrung(
            JdbcClient datenbank,
            Protokoll protokoll,
            Mandanten mandanten,
            Dauerlaeufe laeufe,
            TransactionTemplate transaktion) {
        super(laeufe, "lesenachweis", TAKT, STILLE);
        this.datenbank = datenbank;
        this.protokoll = protokoll;
        this.mandanten = mandanten;
        this.transaktion = transaktion;
    }

    @Override
    protected void runde() {
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), this::raeumeAuf);
        }
    }

    /** Deletes what is older than it may be, but for what lies in an Einsicht that still runs. @return how many */
    long raeumeAuf() {
        long alle = 0;
        var ab = Instant.EPOCH;
        for (var bis = grenze(ab); bis.isPresent(); bis = grenze(ab)) {
            var hier = bis.get();
            var nach = ab;
            alle += transaktion.execute(t -> stapel(nach, hier));
            ab = hier;
        }
        return alle;
    }

    /** Up to when one batch reaches; empty when there is none. From the last one on: what has to stay is passed once. */
    private Optional<Instant> grenze(Instant ab) {
        return transaktion.execute(t -> datenbank
                .sql("""
                SELECT max(z.zeit) FROM (SELECT zeit FROM lesenachweis WHERE mandant_id = :m AND zeit > :ab AND zeit < lesenachweis_grenze(:m)
                                          ORDER BY zeit LIMIT :stapel) z""")
                .param("m", mandant())
                .param("ab", Timestamp.from(ab))
                .param("stapel", STAPEL)
                .query((zeile, nr) -> Optional.ofNullable(zeile.getTimestamp(1)).map(Timestamp::toInstant))
                .single());
    }

    /** The trigger {@code bleibt} passes over what an Einsicht still needs, and refuses what is too young. */
    private int stapel(Instant ab, Instant bis) {
        int weg = datenbank
                .sql("DELETE FROM lesenachweis WHERE mandant_id = ? AND zeit > ? AND zeit <= ?")
                .params(mandant(), Timestamp.from(ab), Timestamp.from(bis))
                .update();
        if (weg > 0) {
            protokoll.schreibe(
                    Protokoll.PROGRAMM,
                    "lesenachweis.geloescht",
                    mandant(),
                    null,
                    Map.of("anzahl", String.valueOf(weg)));
        }
        return weg;
    }
}
