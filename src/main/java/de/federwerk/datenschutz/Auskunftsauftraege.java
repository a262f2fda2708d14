package de.federwerk.datenschutz;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
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

/** Plans searches and the making of answers. One whose process was killed is begun again from the start. */
@Component
class Auskunftsauftraege {

    private static final String ART = "auskunft";
    private static final String SUCHE = "auskunftssuche";
    private static final Duration SPAETER = Duration.ofSeconds(30);

    private final SchedulerClient planer;
    private final ObjectProvider<Scheduler> ausfuehrung;

    Auskunftsauftraege(SchedulerClient planer, ObjectProvider<Scheduler> ausfuehrung) {
        this.planer = planer;
        this.ausfuehrung = ausfuehrung;
    }

    /** It begins after the commit. Twice is harmless: the second finds nothing left to do. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void plane(UUID erteilung) {
        plane(ART, mandant() + " " + erteilung);
    }

    /** @param person who asked for it */
    @Transactional(propagation = Propagation.MANDATORY)
    public void planeSuche(UUID ersuchen, UUID person) {
        plane(SUCHE, mandant() + " " + ersuchen + " " + person);
    }

    private void plane(String art, String daten) {
        planer.scheduleBatch(List.of(new TaskInstance<>(art, Kennung.neu().toString(), daten)), Instant.now());
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                ausfuehrung.ifAvailable(Scheduler::triggerCheckForDueExecutions);
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Auftragsart {

        @Bean
        Task<String> auskunftErstellen(Auskunftslauf lauf) {
            return Tasks.oneTime(ART, String.class)
                    .onFailure((ende, auftrag) ->
                            auftrag.reschedule(ende, Instant.now().plus(SPAETER)))
                    .execute((auftrag, umstand) -> {
                        var daten = auftrag.getData().split(" ");
                        Mandantenkontext.als(
                                UUID.fromString(daten[0]), () -> lauf.fuehreAus(UUID.fromString(daten[1])));
                    });
        }

        @Bean
        Task<String> auskunftSuchen(Suchlauf lauf) {
            return Tasks.oneTime(SUCHE, String.class)
                    .onFailure((ende, auftrag) ->
                            auftrag.reschedule(ende, Instant.now().plus(SPAETER)))
                    .execute((auftrag, umstand) -> {
                        var daten = auftrag.getData().split(" ");
                        Mandantenkontext.als(
                                UUID.fromString(daten[0]),
                                () -> lauf.fuehreAus(UUID.fromString(daten[1]), UUID.fromString(daten[2])));
                    });
        }
    }
}
