package de.federwerk.betrieb;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.organisation.Mandanten;
import de.federwerk.suche.Index;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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
    private final Dauerlaeufe laeufe;
    private volatile @Nullable Dauerlauf lauf;

    Neuaufbauwunsch(@Value("${federwerk.daten}") Path daten, Mandanten mandanten, Index index, Dauerlaeufe laeufe) {
        this.wunsch = daten.resolve(DATEI);
        this.mandanten = mandanten;
        this.index = index;
        this.laeufe = laeufe;
    }

    @EventListener(ApplicationReadyEvent.class)
    void beginne() {
        // A rebuild of a large house takes long, and this thread waits for it.
        lauf = laeufe.beginne("suchindex", Duration.ofSeconds(2), Duration.ofDays(2), this::sieh);
    }

    @EventListener(ContextClosedEvent.class)
    void ende() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(Duration.ZERO);
        }
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
