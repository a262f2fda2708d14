package de.federwerk.basis;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Transactions that tell PostgreSQL for whom they run. The setting is local to the transaction, so a pooled connection never
 * carries one Mandant's right into another's work.
 */
@Component("transactionManager")
class Mandantentransaktionen extends JdbcTransactionManager {

    Mandantentransaktionen(DataSource quelle) {
        super(quelle);
        // Deliberate: a lost connection at commit must surface, not pass as committed.
        setRollbackOnCommitFailure(false);
    }

    @Override
    protected void doBegin(Object transaktion, TransactionDefinition art) {
        super.doBegin(transaktion, art);
        try {
            setzeMandant();
        } catch (RuntimeException | Error e) {
            // A connection that died in the pool: unbind it, or this thread would join the dead transaction for ever.
            doCleanupAfterCompletion(transaktion);
            throw e;
        }
    }

    /**
     * On a lost connection there is nothing to roll back: the server has done so. What is told then is why it was lost, and not that the
     * rollback failed as well.
     */
    @Override
    protected void doRollback(DefaultTransactionStatus stand) {
        try {
            super.doRollback(stand);
        } catch (RuntimeException e) {
            if (!Datenbankfehler.istWeg(e)) {
                throw e;
            }
            logger.debug("Die Verbindung war beim Zurückrollen schon verloren", e);
        }
    }

    /**
     * The state of the rights comes along: nearly every request asks for it first, and a second statement in the same message costs
     * nothing, while a way of its own to the database cost as much as the answer.
     */
    private void setzeMandant() {
        Mandantenkontext.wennGesetzt().ifPresent(mandant -> {
            var halter = halter();
            if (Mandantenkontext.istBuerger()) {
                werdeBuerger(halter, mandant);
                return;
            }
            try (var anweisung = halter.getConnection().prepareStatement("""
                    SELECT set_config('federwerk.mandant', ?, true); SELECT stand FROM rechte_stand WHERE mandant_id = ?""")) {
                anweisung.setString(1, mandant.toString());
                anweisung.setObject(2, mandant);
                anweisung.execute();
                anweisung.getMoreResults();
                try (var stand = anweisung.getResultSet()) {
                    if (stand.next()) {
                        Rechtestand.merke(halter, stand.getLong(1));
                    }
                }
            } catch (SQLException e) {
                throw translateException("Mandant setzen", e);
            }
        });
    }

    /** The role ends with the transaction, as the setting does: the next one that takes this connection is the house again. */
    private void werdeBuerger(ConnectionHolder halter, UUID mandant) {
        try (var anweisung = halter.getConnection().prepareStatement("""
                SELECT set_config('federwerk.mandant', ?, true), set_config('federwerk.ausweis', ?, true), set_config('federwerk.sitzung', ?, true),
                       set_config('role', session_user || '_portal', true)""")) {
            anweisung.setString(1, mandant.toString());
            anweisung.setString(2, Mandantenkontext.ausweis().orElse(""));
            anweisung.setString(3, Mandantenkontext.sitzung().orElse(""));
            anweisung.execute();
        } catch (SQLException e) {
            throw translateException("Bürgerrolle annehmen", e);
        }
    }

    private ConnectionHolder halter() {
        return requireNonNull((ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource()));
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaktion) {
        Rechtestand.vergiss(TransactionSynchronizationManager.getResource(obtainDataSource()));
        super.doCleanupAfterCompletion(transaktion);
    }
}
