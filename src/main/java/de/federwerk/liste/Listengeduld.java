package de.federwerk.liste;

import de.federwerk.basis.Abgelehnt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What no index carries – words of a title, a kind of file – is looked at row by row, among a million Dokumente for seconds. Bounds how long
 * that may take, so that one list does not hold the database that all others wait for.
 */
@Component
class Listengeduld {

    private static final Duration SEITE = Duration.ofSeconds(15);
    private static final Duration ZAHL = Duration.ofSeconds(4);

    static final String WORT =
            "So weit ließ sich die Liste nicht in angemessener Zeit durchsehen. Bitte grenzen Sie weiter ein, zum Beispiel nach Aktenplan, Einheit oder Tag.";

    /** SQLSTATE of a statement that took too long. */
    private static final String ZU_LANGE = "57014";

    private final JdbcClient datenbank;
    private final TransactionTemplate einzeln;
    private final Duration seite;
    private final Duration zahl;

    @Autowired
    Listengeduld(JdbcClient datenbank, PlatformTransactionManager transaktionen) {
        this(datenbank, transaktionen, SEITE, ZAHL);
    }

    Listengeduld(JdbcClient datenbank, PlatformTransactionManager transaktionen, Duration seite, Duration zahl) {
        this.datenbank = datenbank;
        this.seite = seite;
        this.zahl = zahl;
        einzeln = new TransactionTemplate(transaktionen);
        // What was cut off must not spoil the transaction around it.
        einzeln.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    /**
     * @param frage reads with what it is given: all it reads together is bounded
     * @return empty if it takes too long; a page says so itself, with what it can be narrowed by
     */
    <T> Optional<T> mit(Function<JdbcClient, T> frage) {
        return innerhalb(seite, frage);
    }

    /** @param sonst what is said instead if it takes too long */
    <T> T sonst(T sonst, Function<JdbcClient, T> frage) {
        return innerhalb(zahl, frage).orElse(sonst);
    }

    /** Where there is no page to say it on. */
    static Abgelehnt zuLange() {
        return new Abgelehnt(Abgelehnt.Art.GRENZE, WORT);
    }

    private <T> Optional<T> innerhalb(Duration frist, Function<JdbcClient, T> frage) {
        long ende = System.nanoTime() + frist.toNanos();
        try {
            return Optional.ofNullable(einzeln.execute(t -> {
                // What is set for the role or the server holds again afterwards.
                var vorher = datenbank
                        .sql("SELECT current_setting('statement_timeout')")
                        .query(String.class)
                        .single();
                var gelesen = frage.apply(sql -> {
                    grenze(rest(ende));
                    return datenbank.sql(sql);
                });
                grenze(vorher);
                return gelesen;
            }));
        } catch (DataAccessException e) {
            if (e instanceof QueryTimeoutException
                    || e.getMostSpecificCause() instanceof SQLException sql && ZU_LANGE.equals(sql.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What is left of it for the next statement, in milliseconds. */
    private static String rest(long ende) {
        long rest = Duration.ofNanos(ende - System.nanoTime()).toMillis();
        if (rest <= 0) {
            throw new QueryTimeoutException("Die Frist ist vorbei");
        }
        return String.valueOf(rest);
    }

    private void grenze(String frist) {
        datenbank
                .sql("SELECT set_config('statement_timeout', ?, true)")
                .param(frist)
                .query(String.class)
                .single();
    }
}
