package de.federwerk.umbau;

import static java.util.Objects.requireNonNull;

import de.federwerk.basis.Abgelehnt;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
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
    private final Ausfuehrung ausfuehrung;
    private final Zugriffsbild bild;

    Vorschau(TransactionTemplate transaktion, Ausfuehrung ausfuehrung, Zugriffsbild bild) {
        this.transaktion = transaktion;
        this.ausfuehrung = ausfuehrung;
        this.bild = bild;
    }

    /** Outside of any transaction: in one of its own, which is always rolled back. */
    Ergebnis von(UUID wer, List<Schritt> schritte) {
        return requireNonNull(transaktion.execute(stand -> {
            stand.setRollbackOnly();
            try {
                var vorher = bild.lies();
                var zuordnungen = ausfuehrung.fuehreAus(wer, schritte, true);
                return new Ergebnis(zuordnungen, bild.vergleiche(vorher, bild.lies()), null);
            } catch (Abgelehnt e) {
                return new Ergebnis(List.of(), List.of(), e.getMessage());
            }
        }));
    }
}
