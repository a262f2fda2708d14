package de.federwerk.suche;

import de.federwerk.basis.Mandantenkontext;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions for threads of our own, each for one Mandant. */
@Component
class Transaktionen {

    private final TransactionTemplate lesen;
    private final TransactionTemplate schreiben;

    Transaktionen(PlatformTransactionManager verwalter) {
        lesen = new TransactionTemplate(verwalter);
        lesen.setReadOnly(true);
        schreiben = new TransactionTemplate(verwalter);
    }

    <R> R lesend(UUID mandant, Supplier<R> arbeit) {
        return Mandantenkontext.als(mandant, () -> lesen.execute(status -> arbeit.get()));
    }

    void schreibend(UUID mandant, Runnable arbeit) {
        Mandantenkontext.als(mandant, () -> schreiben.executeWithoutResult(status -> arbeit.run()));
    }
}
