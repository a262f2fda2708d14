package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Mandantenkontext;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the house does for citizens about their Konten because nobody is signed in yet, or nobody may read her own secrets: with the rights of the
 * house, in a transaction of its own. The only place in which a request of the Portal has them.
 */
@Component
class Kontoamt {

    private final TransactionTemplate transaktion;

    Kontoamt(TransactionTemplate transaktion) {
        this.transaktion = transaktion;
    }

    @SuppressWarnings("NullAway") // a transaction gives back what its work gave
    <T> T tu(Supplier<T> arbeit) {
        return Mandantenkontext.<T, RuntimeException>alsHaus(mandant(), () -> transaktion.execute(t -> arbeit.get()));
    }

    void tu(Runnable arbeit) {
        tu(() -> {
            arbeit.run();
            return true;
        });
    }
}
