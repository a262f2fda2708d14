package de.federwerk.suche;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
    /**
     * As many once a full batch shows that a stream is coming (an import, a rebuild's backlog): nobody waits for one entry of it, and
     * with a quarter of the commits Lucene has fewer small pieces to write and to merge.
     */
    private static final int IM_STROM = 2_000;

    private static final Duration TAKT = Duration.ofSeconds(1);
    /**
     * After a few entries the next ones are gathered for this long. Each commit of Lucene is some thirty files with fsync (28 per upload,
     * 300 a second): whoever uploads one file after the other had one such commit for each beside his next. Found within a second still.
     */
    private static final Duration SAMMELN = Duration.ofMillis(250);
    /** From here on the entries and not the commit are the work, and nothing is gained by waiting. */
    private static final int VIELE = 100;

    /** One batch of the longest texts takes seconds; a lock that a rebuild holds, too. */
    private static final Duration STILLE = Duration.ofMinutes(10);
    /** From one look at the towns that were ended to the next. */
    private static final Duration BEENDETE = Duration.ofMinutes(1);

    private static final int GEMELDET_AB = 3;
    /** A rebuild that failed is begun again after this, not each second. */
    private static final Duration AUFBAU_PAUSE = Duration.ofMinutes(1);

    private final Rueckstand rueckstand;
    private final Quellen quellen;
    private final Indizes indizes;
    private final Aufbauten aufbauten;
    private final Transaktionen transaktionen;
    private final ApplicationEventPublisher ereignisse;
    private final Indexbefinden befinden;
    private final Dauerlaeufe laeufe;
    private final Map<UUID, Neuaufbau> letzteAufbauten = new HashMap<>();
    private final HashSet<UUID> gestoerte = new HashSet<>();
    /** What each index has yet to learn. */
    private final Map<UUID, Long> wartende = new ConcurrentHashMap<>();
    /** Whose last batch was full. */
    private final HashSet<UUID> imStrom = new HashSet<>();
    /** Whose bytes are or were compared with their checksums since it was opened. */
    private final Map<UUID, Mandantenindex> geprueft = new HashMap<>();

    private volatile boolean laeuft;
    private volatile long naechsteBeendete = System.nanoTime();
    private volatile @Nullable Dauerlauf lauf;

    Speisung(
            Rueckstand rueckstand,
            Quellen quellen,
            Indizes indizes,
            Aufbauten aufbauten,
            Transaktionen transaktionen,
            ApplicationEventPublisher ereignisse,
            Indexbefinden befinden,
            Dauerlaeufe laeufe) {
        this.rueckstand = rueckstand;
        this.quellen = quellen;
        this.indizes = indizes;
        this.aufbauten = aufbauten;
        this.transaktionen = transaktionen;
        this.ereignisse = ereignisse;
        this.befinden = befinden;
        this.laeufe = laeufe;
    }

    @Override
    public void start() {
        laeuft = true;
        lauf = laeufe.beginne("index-speisung", TAKT, STILLE, this::runde);
    }

    /** Something was noted and committed. */
    void wecke() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.wecke();
        }
    }

    /** One batch for each Mandant in turn, so that an import of one does not keep the others waiting; until nothing is due. */
    private void runde() throws IOException, InterruptedException {
        int geschrieben = 0;
        var mandanten = rueckstand.mandanten(auchBeendete());
        boolean mehr = true;
        while (mehr && laeuft) {
            mehr = false;
            for (UUID mandant : mandanten) {
                lebenszeichen();
                try {
                    int hoechstens = imStrom.remove(mandant) ? IM_STROM : HOECHSTENS;
                    long wartet = transaktionen.lesend(mandant, rueckstand::anzahl);
                    int anzahl = speise(mandant, wartet == 0 ? 0 : hoechstens);
                    wartende.put(mandant, wartet - anzahl);
                    geschrieben += anzahl;
                    if (anzahl == hoechstens) {
                        imStrom.add(mandant);
                        mehr = true;
                    }
                    gestoerte.remove(mandant);
                } catch (IOException | RuntimeException | Error e) {
                    if (gestoerte.add(mandant)) {
                        LOG.error(
                                "Der Suchindex von {} kann nicht geschrieben werden; nichts geht verloren, neuer Versuch jede Sekunde",
                                mandant,
                                e);
                    } else {
                        // The second time running: an index that was only exchanged under our hands is no news.
                        befinden.scheitert(mandant, e);
                    }
                    if (Indexbefinden.istSchaden(e)) {
                        indizes.verwirf(mandant);
                    } else if (e instanceof IOException) {
                        indizes.schliesse(mandant);
                    }
                }
            }
        }
        if (laeuft && geschrieben > 0 && geschrieben < VIELE) {
            Thread.sleep(SAMMELN);
        }
    }

    private void lebenszeichen() {
        var laufender = lauf;
        if (laufender != null) {
            laufender.lebenszeichen();
        }
    }

    /** Where nobody may sign in nobody searches. */
    private boolean auchBeendete() {
        if (System.nanoTime() - naechsteBeendete < 0) return false;
        naechsteBeendete = System.nanoTime() + BEENDETE.toNanos();
        return true;
    }

    /** @param hoechstens 0 if nothing waits @return how many entries; as many as possible = more is due */
    private int speise(UUID mandant, int hoechstens) throws IOException {
        var index = indizes.von(mandant);
        baueNoetigenfalls(mandant, index);
        index.schreibsperre.lock();
        try {
            // Most have nothing to tell: asked once, not three times a second.
            var zeilen = hoechstens == 0
                    ? List.<Rueckstand.Zeile>of()
                    : transaktionen.lesend(mandant, () -> rueckstand.faellige(hoechstens));
            if (zeilen.isEmpty()) {
                sageBefinden(mandant, index);
                return 0;
            }
            indizes.pruefePlatz();
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
            sageBefinden(mandant, index);
            return zeilen.size();
        } finally {
            index.schreibsperre.unlock();
        }
    }

    private void sageBefinden(UUID mandant, Mandantenindex index) {
        var verlust = index.verlust();
        if (verlust != null) {
            befinden.wirdGebaut(mandant, verlust);
        } else if (!index.brauchtAufbau()) {
            befinden.istGesund(mandant);
        }
    }

    private void baueNoetigenfalls(UUID mandant, Mandantenindex index) {
        if (!index.brauchtAufbau()) {
            if (geprueft.put(mandant, index) != index) {
                aufbauten.pruefe(mandant, index);
            }
            return;
        }
        if (aufbauten.laeuft(mandant)) {
            return;
        }
        var verlust = index.verlust();
        if (verlust != null) {
            befinden.wirdGebaut(mandant, verlust);
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
        Gauge.builder(
                        "federwerk.index.rueckstand",
                        () -> wartende.values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .description("Dinge, die der Suchindex noch lernen muss")
                .register(messwerte);
    }

    @Override
    public void stop() {
        laeuft = false;
        var laufender = lauf;
        if (laufender != null) {
            laufender.ende(Duration.ofSeconds(30));
        }
    }

    @Override
    public boolean isRunning() {
        return laeuft;
    }
}
