package de.federwerk.liste;

import de.federwerk.basis.Abgelehnt;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
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

    /** @throws Abgelehnt (GRENZE) if it takes too long */
    <T> T mit(Supplier<T> frage) {
        var gelesen = innerhalb(seite, frage);
        if (gelesen == null) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "So weit ließ sich die Liste nicht in angemessener Zeit durchsehen. Bitte grenzen Sie weiter ein, zum Beispiel nach Aktenplan, Einheit oder Tag.");
        }
        return gelesen;
    }

    /** @param sonst what is said instead if it takes too long */
    <T> T sonst(T sonst, Supplier<T> frage) {
        var gelesen = innerhalb(zahl, frage);
        return gelesen == null ? sonst : gelesen;
    }

    private <T> @Nullable T innerhalb(Duration frist, Supplier<T> frage) {
        try {
            return einzeln.execute(t -> {
                grenze(frist);
                var gelesen = frage.get();
                grenze(Duration.ZERO);
                return gelesen;
            });
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException sql && ZU_LANGE.equals(sql.getSQLState())) {
                return null;
            }
            throw e;
        }
    }

    private void grenze(Duration frist) {
        datenbank
                .sql("SELECT set_config('statement_timeout', ?, true)")
                .param(String.valueOf(frist.toMillis()))
                .query(String.class)
                .single();
    }
}
