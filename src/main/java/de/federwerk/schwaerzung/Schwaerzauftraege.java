package de.federwerk.schwaerzung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import de.federwerk.basis.Kennung;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Plans what takes longer than a click: in the caller's transaction, so that a draft never waits for a job that is not there. */
@Component
class Schwaerzauftraege {

    static final String VORBEREITEN = "schwaerzung-vorbereiten";
    static final String BRENNEN = "schwaerzung-brennen";

    /** Planned into the past: a clock that is set back stops nothing, and somebody waits for it. */
    private static final Duration VORLAUF = Duration.ofDays(1);

    private final SchedulerClient planer;
    private final ObjectProvider<Scheduler> ausfuehrung;

    Schwaerzauftraege(SchedulerClient planer, ObjectProvider<Scheduler> ausfuehrung) {
        this.planer = planer;
        this.ausfuehrung = ausfuehrung;
    }

    void bereiteVor(UUID schwaerzung) {
        plane(VORBEREITEN, schwaerzung);
    }

    void brenne(UUID schwaerzung) {
        plane(BRENNEN, schwaerzung);
    }

    private void plane(String art, UUID schwaerzung) {
        planer.scheduleBatch(
                List.of(new TaskInstance<>(art, Kennung.neu().toString(), mandant() + " " + schwaerzung)),
                Instant.now().minus(VORLAUF));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ausfuehrung.ifAvailable(Scheduler::triggerCheckForDueExecutions);
            }
        });
    }
}
