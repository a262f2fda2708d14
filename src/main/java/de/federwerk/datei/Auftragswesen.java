package de.federwerk.datei;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.Task;
import de.federwerk.basis.UhrZurueckgestellt;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
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

    /**
     * Who executes jobs here. The same after each start on this data folder, which only one program may hold: whatever bears this name
     * when it starts was picked by its dead predecessor.
     */
    @Bean
    String auftragnehmer(@Value("${federwerk.daten}") Path daten) {
        var ort = rechner() + ":" + daten.toAbsolutePath().normalize();
        return "federwerk-" + UUID.nameUUIDFromBytes(ort.getBytes(StandardCharsets.UTF_8));
    }

    private static String rechner() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException ohneNamen) {
            // The data folder alone tells enough where nobody has named the machine.
            return "";
        }
    }

    /** Closed by {@link Betrieb} and not by the container, while the database is still there. */
    @Bean(destroyMethod = "")
    Scheduler auftragsausfuehrung(
            DataSource datenbank, List<Task<?>> arten, Werkstatt werkstatt, @Qualifier("auftragnehmer") String name) {
        return Scheduler.create(new TransactionAwareDataSourceProxy(datenbank), arten)
                .serializer(new Klartext())
                .schedulerName(new SchedulerName.Fixed(name))
                // One more than are read at once: long work with many files waits for its workers like each of them
                // does.
                .threads(werkstatt.plaetze() + 1)
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
        private final JdbcClient jdbc;
        private final String name;
        private volatile boolean laeuft;

        Betrieb(Scheduler scheduler, JdbcClient jdbc, @Qualifier("auftragnehmer") String name) {
            this.scheduler = scheduler;
            this.jdbc = jdbc;
            this.name = name;
        }

        @EventListener(ApplicationReadyEvent.class)
        synchronized void bereit() {
            if (!laeuft) {
                laeuft = true;
                gibFrei();
                scheduler.start();
            }
        }

        /** Taken up at once instead of after half a minute; and whatever the clock says about the last heartbeat. */
        private void gibFrei() {
            jdbc.sql(
                            "UPDATE scheduled_tasks SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1 WHERE picked AND picked_by = ?")
                    .param(name)
                    .update();
        }

        /** A reading that failed pauses at most five minutes; what seems to wait longer was planned by a clock that was ahead. */
        @EventListener
        void nach(UhrZurueckgestellt zurueck) {
            jdbc.sql("""
                            UPDATE scheduled_tasks SET execution_time = now(), version = version + 1
                             WHERE task_name = ? AND NOT picked AND execution_time > now() + interval '6 minutes'""").param(Leseauftraege.ART).update();
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
