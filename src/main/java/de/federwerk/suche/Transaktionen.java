package de.federwerk.suche;

import de.federwerk.basis.Mandantenkontext;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions for threads of our own, each for one Mandant. */
@Component
class Transaktionen {

    private final JdbcClient datenbank;
    private final TransactionTemplate lesen;
    private final TransactionTemplate schreiben;

    Transaktionen(JdbcClient datenbank, PlatformTransactionManager verwalter) {
        this.datenbank = datenbank;
        lesen = new TransactionTemplate(verwalter);
        lesen.setReadOnly(true);
        schreiben = new TransactionTemplate(verwalter);
    }

    <R> R lesend(UUID mandant, Supplier<R> arbeit) {
        return Mandantenkontext.als(mandant, () -> lesen.execute(status -> arbeit.get()));
    }

    /**
     * Until this transaction ends PostgreSQL plans a statement once per connection instead of each time: a handful of ids always take
     * the same way, and planning seven tables took ten times as long as reading them (20 ms of 22 for 25 Dokumente, two cores busy).
     */
    void mitFestemPlan() {
        datenbank
                .sql("SELECT set_config('plan_cache_mode', 'force_generic_plan', true)")
                .query(String.class)
                .single();
    }

    void schreibend(UUID mandant, Runnable arbeit) {
        Mandantenkontext.als(mandant, () -> schreiben.executeWithoutResult(status -> arbeit.run()));
    }
}
