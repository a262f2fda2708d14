package de.federwerk.datei;

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

/** Plans the reading of files: in the caller's transaction, so that a file without a job and a job without a file never exist. */
@Component
class Leseauftraege {

    static final String ART = "datei-lesen";

    /** Planned into the past: keeps the order, and a clock that is set back by hours stops nothing. */
    private static final Duration VORLAUF = Duration.ofDays(1);

    private final SchedulerClient planer;
    private final ObjectProvider<Scheduler> ausfuehrung;
    private final ObjectProvider<Stapellesung> stapel;
    private final Vortritt vortritt;

    Leseauftraege(
            SchedulerClient planer,
            ObjectProvider<Scheduler> ausfuehrung,
            ObjectProvider<Stapellesung> stapel,
            Vortritt vortritt) {
        this.planer = planer;
        this.vortritt = vortritt;
        this.ausfuehrung = ausfuehrung;
        this.stapel = stapel;
    }

    /** Plans one reading; it begins after the commit, see {@link Vortritt}. Twice is harmless: the second finds nothing left to do. */
    void plane(UUID mandant, UUID datei) {
        plane(mandant, datei, 0);
    }

    /**
     * As {@link #plane(UUID, UUID)}, for one of many: a file that comes in by itself goes before all that are further back than it came
     * later, so that a mail with a thousand attachments keeps nobody waiting.
     *
     * @param nachrang position among those that came together; each counts as one second later
     */
    void plane(UUID mandant, UUID datei, int nachrang) {
        // As a batch of one: its name is new, so it need not be asked whether it exists.
        planer.scheduleBatch(
                List.of(new TaskInstance<>(ART, Kennung.neu().toString(), mandant + " " + datei)),
                Instant.now().minus(VORLAUF).plusSeconds(nachrang));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                if (nachrang == 0) {
                    vortritt.kam();
                }
                ausfuehrung.ifAvailable(Scheduler::triggerCheckForDueExecutions);
            }
        });
    }

    /** Many files are there to be read when nothing else is; see {@link Stapellesung}. */
    void planeStapel(UUID mandant) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                stapel.ifAvailable(s -> s.wecke(mandant));
            }
        });
    }
}
