package de.federwerk.umbau;

import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Does it all and undoes it again: what is shown is what will happen. */
@Component
class Vorschau {

    /**
     * @param einwand why it cannot be; then there is nothing else
     */
    record Ergebnis(
            List<Zuordnung> zuordnungen,
            List<Zugriffsbild.Aenderung> zugriffe,
            List<Weiterungen.Weiterung> weiterungen,
            @Nullable String einwand) {

        long gewinner() {
            return leute(true);
        }

        long verlierer() {
            return leute(false);
        }

        private long leute(boolean gewinnt) {
            return zugriffe.stream()
                    .filter(a -> a.gewinnt() == gewinnt)
                    .map(Zugriffsbild.Aenderung::person)
                    .distinct()
                    .count();
        }
    }

    private final TransactionTemplate transaktion;
    private final Messung messung;

    Vorschau(PlatformTransactionManager transaktionen, Messung messung) {
        this.transaktion = new TransactionTemplate(transaktionen);
        this.transaktion.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        this.messung = messung;
    }

    /** Always rolled back: to where it began, within a transaction that runs already. */
    Ergebnis von(UUID wer, List<Schritt> schritte) {
        return requireNonNull(transaktion.execute(stand -> {
            stand.setRollbackOnly();
            try {
                return messung.fuehreAus(wer, schritte, true);
            } catch (Abgelehnt e) {
                return new Ergebnis(List.of(), List.of(), List.of(), e.getMessage());
            }
        }));
    }
}
