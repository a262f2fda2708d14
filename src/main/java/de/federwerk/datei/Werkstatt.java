package de.federwerk.datei;

import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The workers: at most as many as set (one per core by default), started when there is work, ended after a minute without,
 * killed and replaced when a file is too much for them.
 */
@Component
class Werkstatt implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Werkstatt.class);
    private static final String SPRACHE = "deu.traineddata";
    private static final Duration RUHE = Duration.ofSeconds(60);
    private static final long SPEICHER = 1_500L << 20;
    /** Folders of Werkstätten that live in this JVM; everything else under our process id is left from a former life. */
    private static final Set<Path> LEBENDE = ConcurrentHashMap.newKeySet();

    private final Path werkzeug;
    private final Path ort;
    private final int plaetze;
    private final Duration jeSeite;
    private final Duration jeDatei;
    private final Semaphore frei;
    private final Deque<Arbeiterprozess> ruhende = new ArrayDeque<>();
    private final Set<Arbeiterprozess> alle = new HashSet<>();
    private final AtomicLong nummer = new AtomicLong();
    private final ScheduledExecutorService hausmeister = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("werkstatt-hausmeister").factory());
    private @Nullable Arbeiterprozess nachrangiger;
    private final AtomicLong hoechsterSpeicher = new AtomicLong();
    private final AtomicLong hoechsterPlatz = new AtomicLong();
    private final AtomicBoolean gewarnt = new AtomicBoolean();
    private volatile boolean geschlossen;

    /**
     * @param daten the data folder; temporary files lie in {@code tmp}, unpacked tools in {@code werkzeug}
     * @param arbeiter number of workers, 0 = one per core
     * @param sekundenJeSeite after this long on one page a worker is killed
     * @param minutenJeDatei after this long on one file a worker is killed
     */
    @Autowired
    Werkstatt(
            @Value("${federwerk.daten:data}") Path daten,
            @Value("${federwerk.werkstatt.arbeiter:0}") int arbeiter,
            @Value("${federwerk.werkstatt.sekunden-je-seite:120}") int sekundenJeSeite,
            @Value("${federwerk.werkstatt.minuten-je-datei:60}") int minutenJeDatei) {
        this(daten, arbeiter, Duration.ofSeconds(sekundenJeSeite), Duration.ofMinutes(minutenJeDatei));
    }

    Werkstatt(Path daten, int arbeiter, Duration jeSeite, Duration jeDatei) {
        this.plaetze =
                Math.max(1, arbeiter > 0 ? arbeiter : Runtime.getRuntime().availableProcessors());
        this.jeSeite = jeSeite;
        this.jeDatei = jeDatei;
        this.frei = new Semaphore(plaetze, true);
        this.werkzeug = daten.toAbsolutePath().normalize().resolve("werkzeug");
        Path tmp = daten.toAbsolutePath().normalize().resolve("tmp");
        long beginn = ProcessHandle.current()
                .info()
                .startInstant()
                .orElse(Instant.EPOCH)
                .toEpochMilli();
        try {
            Files.createDirectories(tmp);
            raeumeAuf(tmp);
            this.ort = Files.createTempDirectory(
                    tmp, "werkstatt-%d-%d-".formatted(ProcessHandle.current().pid(), beginn));
        } catch (IOException fehler) {
            throw new UncheckedIOException(
                    "Der Ordner für Zwischenergebnisse lässt sich nicht anlegen: " + tmp, fehler);
        }
        LEBENDE.add(ort);
        var _ = hausmeister.scheduleWithFixedDelay(this::entlasse, 10, 10, TimeUnit.SECONDS);
    }

    /** Number of files that can be read at the same time. */
    int plaetze() {
        return plaetze;
    }

    /** A fresh working folder; whoever opens it closes it, and everything in it is gone. */
    Arbeitsordner ordner() throws IOException {
        return new Arbeitsordner(Files.createDirectory(ort.resolve("auftrag-" + nummer.incrementAndGet())));
    }

    /**
     * Has the file {@link Auftrag#ORIGINAL} in this folder read by a worker; waits until one is free.
     *
     * @throws Ausfall if the worker did not bring it to an end
     * @throws IOException if no worker can be started
     * @throws InterruptedException if the house closes
     */
    Ergebnis lies(Arbeitsordner ordner, String dateiname, Set<Integer> ausgelassen, Grenzen grenzen)
            throws Ausfall, IOException, InterruptedException {
        return lies(ordner, new Auftrag(ordner.pfad().toString(), dateiname, ausgelassen, grenzen), seite -> {});
    }

    /** As {@link #lies(Arbeitsordner, String, Set, Grenzen)}. @param fortschritt is told of each page (from 1) that begins */
    Ergebnis lies(Arbeitsordner ordner, Auftrag auftrag, IntConsumer fortschritt)
            throws Ausfall, IOException, InterruptedException {
        frei.acquire();
        Arbeiterprozess arbeiter = null;
        try {
            arbeiter = hole();
            Ergebnis ergebnis = arbeiter.lies(auftrag, jeSeite, jeDatei, fortschritt);
            ordner.pruefe(ergebnis, auftrag.grenzen());
            return ergebnis;
        } catch (Ausfall ausfall) {
            if (geschlossen) {
                throw new InterruptedException("Die Werkstatt schließt");
            }
            throw ausfall;
        } finally {
            if (arbeiter != null) {
                hoechsterSpeicher.accumulateAndGet(arbeiter.hoechsterSpeicher(), Math::max);
                hoechsterPlatz.accumulateAndGet(arbeiter.hoechsterPlatz(), Math::max);
                if (arbeiter.offen() && !gewarnt.getAndSet(true)) {
                    LOG.warn("Der Kern sperrt die lesenden Prozesse nicht ein (seccomp fehlt): dass sie nichts aus dem"
                            + " Netz holen, liegt allein an den Programmen, die sie benutzen.");
                }
                bringe(arbeiter);
            }
            frei.release();
        }
    }

    /** Told of each file of a batch as soon as it was read. */
    interface Abnehmer {
        void nimm(int stelle, Ergebnis ergebnis) throws IOException;
    }

    /**
     * Has files read one after the other by a worker that yields to all others. It takes no place from them: what came in just now
     * never waits behind these, and while nobody else needs the machine they are read at full speed. For one thread.
     *
     * @throws Ausfall if the worker did not bring the first file that was not handed over to an end
     */
    void liesNachrangig(List<Arbeitsordner> ordner, List<String> dateinamen, Grenzen grenzen, Abnehmer abnehmer)
            throws Ausfall, IOException, InterruptedException {
        var arbeiter = nachrangiger();
        boolean heil = false;
        try {
            var auftraege = new ArrayList<Auftrag>();
            for (int i = 0; i < ordner.size(); i++) {
                auftraege.add(new Auftrag(ordner.get(i).pfad().toString(), dateinamen.get(i), Set.of(), grenzen));
            }
            arbeiter.frage(auftraege);
            for (int i = 0; i < ordner.size(); i++) {
                var ergebnis = arbeiter.erwarte(auftraege.get(i), jeSeite, jeDatei, seite -> {});
                ordner.get(i).pruefe(ergebnis, grenzen);
                abnehmer.nimm(i, ergebnis);
            }
            heil = true;
        } finally {
            // What was asked and not fetched would be taken for the answer to the next question.
            if (!heil) {
                arbeiter.beende();
            }
        }
    }

    /** Ends it at once, in whatever file it is. */
    synchronized void entlasseNachrangigen() {
        if (nachrangiger != null) {
            nachrangiger.beende();
        }
    }

    private Arbeiterprozess nachrangiger() throws IOException, InterruptedException {
        synchronized (this) {
            if (geschlossen) {
                throw new InterruptedException("Die Werkstatt ist geschlossen");
            }
            if (nachrangiger != null && nachrangiger.lebt()) {
                return nachrangiger;
            }
            if (nachrangiger != null) {
                alle.remove(nachrangiger);
                nachrangiger.beende();
                nachrangiger = null;
            }
        }
        packeSpracheAus();
        var neuer =
                Arbeiterprozess.starte(ort.resolve("arbeiter-" + nummer.incrementAndGet()), werkzeug, SPEICHER, true);
        synchronized (this) {
            alle.add(neuer);
            nachrangiger = neuer;
            if (geschlossen) {
                neuer.beende();
                throw new InterruptedException("Die Werkstatt ist geschlossen");
            }
        }
        return neuer;
    }

    private Arbeiterprozess hole() throws IOException, InterruptedException {
        synchronized (this) {
            if (geschlossen) {
                throw new InterruptedException("Die Werkstatt ist geschlossen");
            }
            while (!ruhende.isEmpty()) {
                Arbeiterprozess arbeiter = ruhende.pop();
                if (arbeiter.lebt()) {
                    return arbeiter;
                }
                alle.remove(arbeiter);
                arbeiter.beende();
            }
        }
        packeSpracheAus();
        Arbeiterprozess neuer =
                Arbeiterprozess.starte(ort.resolve("arbeiter-" + nummer.incrementAndGet()), werkzeug, SPEICHER, false);
        synchronized (this) {
            alle.add(neuer);
            if (geschlossen) {
                neuer.beende();
                throw new InterruptedException("Die Werkstatt ist geschlossen");
            }
        }
        return neuer;
    }

    private synchronized void bringe(Arbeiterprozess arbeiter) {
        if (arbeiter.lebt() && !geschlossen) {
            ruhende.push(arbeiter);
        } else {
            alle.remove(arbeiter);
            arbeiter.beende();
        }
    }

    private synchronized void entlasse() {
        if (nachrangiger != null && nachrangiger.ruhtSeit(RUHE)) {
            alle.remove(nachrangiger);
            nachrangiger.beende();
            nachrangiger = null;
        }
        ruhende.removeIf(arbeiter -> {
            boolean gehen = arbeiter.ruhtSeit(RUHE) || !arbeiter.lebt();
            if (gehen) {
                alle.remove(arbeiter);
                arbeiter.beende();
            }
            return gehen;
        });
    }

    /** Process ids of the workers, for tests and measurements. */
    synchronized Set<Long> pids() {
        var pids = new HashSet<Long>();
        alle.forEach(arbeiter -> pids.add(arbeiter.pid()));
        return pids;
    }

    /** Highest memory seen of one worker and what it started, in bytes, since the last asking; for tests and measurements. */
    long hoechsterSpeicher() {
        return hoechsterSpeicher.getAndSet(0);
    }

    /** Most disk seen in use for one file, in bytes without the file itself, since the last asking; for tests and measurements. */
    long hoechsterPlatz() {
        return hoechsterPlatz.getAndSet(0);
    }

    /** Unpacks the language of the house once; an atomic rename, so nobody ever reads half a file. */
    private synchronized void packeSpracheAus() throws IOException {
        Path ziel = werkzeug.resolve("tessdata").resolve(SPRACHE);
        if (Files.exists(ziel)) {
            return;
        }
        Files.createDirectories(ziel.getParent());
        Path halb = Files.createTempFile(ziel.getParent(), SPRACHE, ".teil");
        try (InputStream gepackt = Werkstatt.class.getResourceAsStream("/tessdata/" + SPRACHE + ".gz")) {
            if (gepackt == null) {
                throw new IOException("Im Programm fehlt tessdata/" + SPRACHE + ".gz");
            }
            try (InputStream ein = new GZIPInputStream(gepackt)) {
                Files.copy(ein, halb, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(halb, ziel, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(halb);
        }
    }

    private static void raeumeAuf(Path tmp) throws IOException {
        try (var reste = Files.newDirectoryStream(tmp, "werkstatt-*")) {
            for (Path rest : reste) {
                String[] teile = rest.getFileName().toString().split("-");
                long pid = Long.parseLong(teile[1]);
                long beginn = Long.parseLong(teile[2]);
                boolean fremd = pid != ProcessHandle.current().pid()
                        && ProcessHandle.of(pid)
                                .flatMap(p -> p.info().startInstant())
                                .filter(zeit -> zeit.toEpochMilli() == beginn)
                                .isPresent();
                if (!fremd && !LEBENDE.contains(rest)) {
                    Arbeitsordner.loesche(rest);
                }
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException fremderName) {
            // Not one of ours: leave it.
        }
    }

    /** Ends all workers at once; files in their hands are read again after the next start. */
    @Override
    @PreDestroy
    public void close() {
        Set<Arbeiterprozess> offene;
        synchronized (this) {
            geschlossen = true;
            offene = new HashSet<>(alle);
            ruhende.clear();
        }
        hausmeister.shutdownNow();
        offene.forEach(Arbeiterprozess::beende);
        Arbeitsordner.loesche(ort);
        LEBENDE.remove(ort);
    }
}
