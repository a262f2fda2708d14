package de.federwerk.betrieb;

import de.federwerk.organisation.Mandanten;
import de.federwerk.suche.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * {@code bin/suchindex} leaves a file in the data folder; while it lies there, every Mandant's index is built anew, and people go on
 * searching in the old one. Works the same with the program running (within seconds) and stopped (at its next start), and a kill in
 * between only means that it begins again.
 */
@Component
class Neuaufbauwunsch {

    static final String DATEI = "suchindex-neu";
    private static final Logger LOG = LoggerFactory.getLogger(Neuaufbauwunsch.class);

    private final Path wunsch;
    private final Mandanten mandanten;
    private final Index index;
    private final ScheduledExecutorService takt = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("suchindex").daemon().factory());

    Neuaufbauwunsch(@Value("${federwerk.daten}") Path daten, Mandanten mandanten, Index index) {
        this.wunsch = daten.resolve(DATEI);
        this.mandanten = mandanten;
        this.index = index;
    }

    @EventListener(ApplicationReadyEvent.class)
    void beginne() {
        var _ = takt.scheduleWithFixedDelay(this::sieh, 1, 2, TimeUnit.SECONDS);
    }

    @EventListener(ContextClosedEvent.class)
    void ende() {
        takt.shutdown();
    }

    private void sieh() {
        if (Files.notExists(wunsch)) {
            return;
        }
        try {
            for (var mandant : mandanten.alle()) {
                long eintraege = index.neuAufbauen(mandant.id()).warte(Duration.ofDays(1));
                LOG.info("Suchindex von {} neu aufgebaut: {} Einträge", mandant.kuerzel(), eintraege);
            }
            Files.deleteIfExists(wunsch);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Suchindex noch nicht neu aufgebaut, es wird wieder versucht", e);
        }
    }
}
