package de.federwerk.basis;

import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The number that counts every change of anybody's rights, as of the beginning of this transaction. Kept with the connection, so that a
 * transaction inside another one has its own.
 */
public final class Rechtestand {

    private Rechtestand() {}

    static void merke(Object verbindung, long stand) {
        TransactionSynchronizationManager.bindResource(verbindung, stand);
    }

    static void vergiss(@Nullable Object verbindung) {
        if (verbindung != null) {
            TransactionSynchronizationManager.unbindResourceIfPossible(verbindung);
        }
    }

    /** Empty outside a transaction, and where nobody has any rights yet. One that writes may have changed the rights itself since. */
    public static OptionalLong zuBeginn(DataSource quelle) {
        var verbindung = TransactionSynchronizationManager.getResource(quelle);
        return verbindung != null && TransactionSynchronizationManager.getResource(verbindung) instanceof Long stand
                ? OptionalLong.of(stand)
                : OptionalLong.empty();
    }
}
