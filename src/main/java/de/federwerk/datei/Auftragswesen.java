package de.federwerk.datei;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Persistent jobs (db-scheduler) in the table {@code scheduled_tasks}. Every {@link Task} bean is known to it. Planning joins
 * the running transaction; jobs of a process that was killed are taken up again within half a minute.
 */
@Configuration(proxyBeanMethods = false)
class Auftragswesen {

    /** For planning. Apart from the execution, which needs all jobs, which in turn plan others. */
    @Bean
    @Primary
    SchedulerClient auftragsplaner(DataSource datenbank) {
        return SchedulerClient.Builder.create(new TransactionAwareDataSourceProxy(datenbank), List.of())
                .serializer(new Klartext())
                .build();
    }

    /** Closed by {@link Betrieb} and not by the container, while the database is still there. */
    @Bean(destroyMethod = "")
    Scheduler auftragsausfuehrung(DataSource datenbank, List<Task<?>> arten, Werkstatt werkstatt) {
        return Scheduler.create(new TransactionAwareDataSourceProxy(datenbank), arten)
                .serializer(new Klartext())
                .threads(werkstatt.plaetze())
                .pollingInterval(Duration.ofMillis(500))
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(Duration.ofSeconds(4))
                // Four missed (the least it allows) and two more until somebody looks: under half a minute.
                .missedHeartbeatsLimit(4)
                // Jobs say themselves what went wrong, in the log and on the page Störungen.
                .failureLogging(LogLevel.DEBUG, false)
                .shutdownMaxWait(Duration.ofSeconds(2))
                .build();
    }

    /** Starts when the house is ready, stops before anything else does. */
    @Component
    static class Betrieb implements SmartLifecycle {

        private final Scheduler scheduler;
        private volatile boolean laeuft;

        Betrieb(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        @EventListener(ApplicationReadyEvent.class)
        synchronized void bereit() {
            if (!laeuft) {
                laeuft = true;
                scheduler.start();
            }
        }

        @Override
        public void start() {
            // Not with the other beans: first the demo data, the sign-in page, the line that says we are ready.
        }

        @Override
        public synchronized void stop() {
            if (laeuft) {
                laeuft = false;
                scheduler.stop();
            }
        }

        @Override
        public boolean isRunning() {
            return laeuft;
        }
    }

    /** Job data are short strings, readable in the table; no Java serialisation. */
    private static final class Klartext implements Serializer {

        @Override
        public byte @Nullable [] serialize(@Nullable Object daten) {
            return daten == null ? null : ((String) daten).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> art, byte @Nullable [] daten) {
            return daten == null ? null : art.cast(new String(daten, StandardCharsets.UTF_8));
        }
    }
}
