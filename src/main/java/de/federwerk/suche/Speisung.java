package de.federwerk.suche;

import de.federwerk.basis.Kennung;
import de.federwerk.suche.Rueckstand.Fehlschlag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Carries what was noted into the index: read rows, read entries, write, commit Lucene, then delete the rows. Killed anywhere in
 * between, the rows are still there and the same work is done again. Woken after each commit; looks every second for what other
 * processes noted or what waited for its pause.
 */
@Component
class Speisung implements SmartLifecycle, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(Speisung.class);
    private static final int HOECHSTENS = 500;
    private static final long TAKT_MS = 1_000;
    private static final int GEMELDET_AB = 3;
    /** A rebuild that failed is begun again after this, not each second. */
    private static final Duration AUFBAU_PAUSE = Duration.ofMinutes(1);

    private final Rueckstand rueckstand;
    private final Quellen quellen;
    private final Indizes indizes;
    private final Aufbauten aufbauten;
    private final Transaktionen transaktionen;
    private final ApplicationEventPublisher ereignisse;
    private final Semaphore weckruf = new Semaphore(0);
    private final Map<UUID, Neuaufbau> letzteAufbauten = new HashMap<>();
    private final HashSet<UUID> gestoerte = new HashSet<>();
    private volatile boolean laeuft;
    private volatile long wartende;
    private @Nullable Thread faden;

    Speisung(
            Rueckstand rueckstand,
            Quellen quellen,
            Indizes indizes,
            Aufbauten aufbauten,
            Transaktionen transaktionen,
            ApplicationEventPublisher ereignisse) {
        this.rueckstand = rueckstand;
        this.quellen = quellen;
        this.indizes = indizes;
        this.aufbauten = aufbauten;
        this.transaktionen = transaktionen;
        this.ereignisse = ereignisse;
    }

    @Override
    public void start() {
        laeuft = true;
        weckruf.release();
        faden = Thread.ofPlatform().daemon().name("index-speisung").start(this::speise);
    }

    /** Something was noted and committed. */
    void wecke() {
        weckruf.release();
    }

    private void speise() {
        while (laeuft) {
            try {
                weckruf.tryAcquire(TAKT_MS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
            weckruf.drainPermits();
            try {
                runde();
            } catch (RuntimeException e) {
                LOG.warn("Die Suche erreicht die Datenbank nicht; nächster Versuch in einer Sekunde: {}", e.toString());
            } catch (Throwable e) {
                // Whatever it is: without this thread nothing new would ever be found, and nobody would notice.
                LOG.error("Die Speisung des Suchindex ist gestolpert; nächster Versuch in einer Sekunde", e);
            }
        }
    }

    /** One batch for each Mandant in turn, so that an import of one does not keep the others waiting; until nothing is due. */
    private void runde() {
        var mandanten = rueckstand.mandanten();
        boolean mehr = true;
        while (mehr && laeuft) {
            mehr = false;
            long summe = 0;
            for (UUID mandant : mandanten) {
                try {
                    mehr |= speise(mandant);
                    summe += transaktionen.lesend(mandant, rueckstand::anzahl);
                    gestoerte.remove(mandant);
                } catch (IOException | RuntimeException | Error e) {
                    if (gestoerte.add(mandant)) {
                        LOG.error(
                                "Der Suchindex von {} kann nicht geschrieben werden; nichts geht verloren, neuer Versuch jede Sekunde",
                                mandant,
                                e);
                    }
                    if (e instanceof IOException) {
                        indizes.schliesse(mandant);
                    }
                }
            }
            wartende = summe;
        }
    }

    /** @return whether more is due */
    private boolean speise(UUID mandant) throws IOException {
        var index = indizes.von(mandant);
        baueNoetigenfalls(mandant, index);
        index.schreibsperre.lock();
        try {
            var zeilen = transaktionen.lesend(mandant, () -> rueckstand.faellige(HOECHSTENS));
            if (zeilen.isEmpty()) {
                return false;
            }
            var fehlschlaege = quellen.reiche(mandant, zeilen, (zeile, eintrag) -> {
                if (eintrag == null) {
                    index.entferne(zeile.art(), zeile.id());
                } else {
                    index.setze(eintrag);
                }
            });
            UUID vorher = transaktionen.lesend(mandant, rueckstand::stand).orElse(null);
            UUID stand = Kennung.neu();
            index.schreibeFest(stand, vorher);
            transaktionen.schreibend(mandant, () -> {
                var gescheiterte = fehlschlaege.stream().map(Fehlschlag::zeile).toList();
                rueckstand
                        .erledigt(
                                zeilen.stream()
                                        .filter(z -> !gescheiterte.contains(z))
                                        .toList(),
                                stand)
                        .forEach(geheilte ->
                                ereignisse.publishEvent(new Indexheilung(mandant, geheilte.art(), geheilte.id())));
                fehlschlaege.forEach(fehlschlag -> vermerke(mandant, fehlschlag));
            });
            return zeilen.size() == HOECHSTENS;
        } finally {
            index.schreibsperre.unlock();
        }
    }

    private void baueNoetigenfalls(UUID mandant, Mandantenindex index) {
        if (!index.brauchtAufbau() || aufbauten.laeuft(mandant)) {
            return;
        }
        var letzter = letzteAufbauten.get(mandant);
        if (letzter == null
                || !letzter.ende.isCompletedExceptionally()
                || letzter.begonnen().plus(AUFBAU_PAUSE).isBefore(Instant.now())) {
            letzteAufbauten.put(mandant, aufbauten.beginne(mandant));
        }
    }

    private void vermerke(UUID mandant, Fehlschlag fehlschlag) {
        var zeile = fehlschlag.zeile();
        boolean melden = zeile.versuche() + 1 == GEMELDET_AB;
        rueckstand.gescheitert(fehlschlag, melden);
        if (melden) {
            ereignisse.publishEvent(new Indexstoerung(mandant, zeile.art(), zeile.id(), fehlschlag.ursache()));
        }
    }

    @Override
    public void bindTo(MeterRegistry messwerte) {
        Gauge.builder("federwerk.index.rueckstand", () -> wartende)
                .description("Dinge, die der Suchindex noch lernen muss")
                .register(messwerte);
    }

    /** Waits for the batch in hand; never by interrupt, which would close Lucene's files under it. */
    @Override
    public void stop() {
        laeuft = false;
        weckruf.release();
        var laufender = faden;
        if (laufender != null) {
            try {
                laufender.join(TimeUnit.SECONDS.toMillis(30));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return laeuft;
    }
}
