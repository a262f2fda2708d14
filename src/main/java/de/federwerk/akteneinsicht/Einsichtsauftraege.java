package de.federwerk.akteneinsicht;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Mandantenkontext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Plans the making of packages. One whose process was killed is begun again from the start. */
@Component
class Einsichtsauftraege {

    private static final String ART = "akteneinsicht";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration NACH_FEHLER = Duration.ofSeconds(30);

    private final SchedulerClient planer;
    private final ObjectProvider<Scheduler> ausfuehrung;

    Einsichtsauftraege(SchedulerClient planer, ObjectProvider<Scheduler> ausfuehrung) {
        this.planer = planer;
        this.ausfuehrung = ausfuehrung;
    }

    /** It begins after the commit. Twice is harmless: the second finds nothing left to do. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void plane(UUID einsicht) {
        planer.scheduleBatch(
                List.of(new TaskInstance<>(ART, Kennung.neu().toString(), mandant() + " " + einsicht)), Instant.now());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ausfuehrung.ifAvailable(Scheduler::triggerCheckForDueExecutions);
            }
        });
    }

    /** Not a failure: another one is being made, or the house closes. */
    static final class Spaeter extends RuntimeException {
        Spaeter() {
            super("später", null, false, false);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Auftragsart {

        @Bean
        Task<String> akteneinsichtErstellen(Einsichtslauf lauf) {
            return Tasks.oneTime(ART, String.class)
                    .onFailure(Auftragsart::spaeterNochmal)
                    .execute((auftrag, umstand) -> {
                        var daten = auftrag.getData().split(" ");
                        Mandantenkontext.als(
                                UUID.fromString(daten[0]), () -> lauf.fuehreAus(UUID.fromString(daten[1])));
                    });
        }

        private static void spaeterNochmal(ExecutionComplete ende, ExecutionOperations<String> auftrag) {
            boolean wartet = ende.getCause().filter(Spaeter.class::isInstance).isPresent();
            auftrag.reschedule(ende, Instant.now().plus(wartet ? PAUSE : NACH_FEHLER));
        }
    }
}
