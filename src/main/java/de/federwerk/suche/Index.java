package de.federwerk.suche;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the modules that own things tell the index. Noting happens in the acting transaction: if it rolls back, nothing was
 * said; once it has committed, the change is searchable within a second, whatever is killed in between.
 */
@Component
public class Index {

    private final Rueckstand rueckstand;
    private final Speisung speisung;
    private final Aufbauten aufbauten;

    Index(Rueckstand rueckstand, Speisung speisung, Aufbauten aufbauten) {
        this.rueckstand = rueckstand;
        this.speisung = speisung;
        this.aufbauten = aufbauten;
    }

    /** New or changed: to be indexed. Until then the old state is found. */
    public void vormerken(String art, UUID id) {
        vormerken(art, List.of(id));
    }

    /** As {@link #vormerken(String, UUID)} for many things of one kind in one statement. */
    public void vormerken(String art, Collection<UUID> ids) {
        merke(ids, () -> rueckstand.merke(art, ids, false));
    }

    /**
     * As {@link #vormerken(String, Collection)}, but only when nothing else waits: for what an Übernahme brings by the million.
     *
     * @param fruehestens from now; whoever will say more about the same things in a moment saves indexing them twice
     */
    public void vormerkenNachrangig(String art, Collection<UUID> ids, Duration fruehestens) {
        merke(ids, () -> rueckstand.merke(art, ids, false, true, fruehestens));
    }

    /** Rights were cut, re-filed, or removed: from this commit on nobody finds it until it is indexed anew. */
    public void vormerkenUndSperren(String art, UUID id) {
        vormerkenUndSperren(art, List.of(id));
    }

    /** As {@link #vormerkenUndSperren(String, UUID)} for many things of one kind in one statement. */
    public void vormerkenUndSperren(String art, Collection<UUID> ids) {
        merke(ids, () -> rueckstand.merke(art, ids, true));
    }

    private void merke(Collection<UUID> ids, Runnable merken) {
        if (ids.isEmpty()) {
            return;
        }
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Vormerken gehört in die Transaktion der Änderung");
        }
        merken.run();
        weckeNachher();
    }

    /** Once per transaction, not once per thing: an import notes thousands. */
    private void weckeNachher() {
        if (TransactionSynchronizationManager.hasResource(this)) {
            return;
        }
        TransactionSynchronizationManager.bindResource(this, true);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResourceIfPossible(Index.this);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(Index.this, true);
            }

            @Override
            public void afterCompletion(int ausgang) {
                TransactionSynchronizationManager.unbindResourceIfPossible(Index.this);
                if (ausgang == STATUS_COMMITTED) {
                    speisung.wecke();
                }
            }
        });
    }

    /**
     * Builds the index of a Mandant anew from the database, in the background, while people search and work; returns at once. If
     * it is being built already, returns the build that runs.
     */
    public Neuaufbau neuAufbauen(UUID mandant) {
        return aufbauten.beginne(mandant);
    }
}
