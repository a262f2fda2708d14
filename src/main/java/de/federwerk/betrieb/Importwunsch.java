package de.federwerk.betrieb;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import de.federwerk.betrieb.Importbefehl.Wunsch;
import de.federwerk.uebernahme.Ausgabe;
import de.federwerk.uebernahme.Uebernahmeauftrag;
import de.federwerk.uebernahme.Uebernahmen;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
 * How {@code bin/import} reaches the program that runs: by files in {@code DATEN/uebernahmen}, so that only somebody with access to the
 * data folder can. The command writes {@code <id>.wunsch} and reads {@code <id>.ausgabe}; as long as it lives it holds a lock on
 * {@code <id>.lebt}, and whoever ends it (Ctrl+C, kill -9) ends the Übernahme.
 */
@Component
class Importwunsch {

    private static final Logger LOG = LoggerFactory.getLogger(Importwunsch.class);
    private static final Duration ANNAHME = Duration.ofSeconds(30);
    private static final String ENDE = "ENDE ";

    private final Path ordner;
    private final Uebernahmen uebernahmen;
    private final ScheduledExecutorService takt = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("uebernahme-wunsch").daemon().factory());
    private final Set<Thread> laeufe = ConcurrentHashMap.newKeySet();
    private volatile boolean endet;

    Importwunsch(@Value("${federwerk.daten}") Path daten, Uebernahmen uebernahmen) {
        this.ordner = daten.resolve("uebernahmen");
        this.uebernahmen = uebernahmen;
    }

    @EventListener(ApplicationReadyEvent.class)
    void beginne() {
        var _ = takt.scheduleWithFixedDelay(this::sieh, 0, 1, TimeUnit.SECONDS);
    }

    /** While the database is still there: the batch in hand comes to its end. */
    @EventListener(ContextClosedEvent.class)
    void ende() {
        endet = true;
        takt.shutdown();
        try {
            for (var lauf : laeufe) lauf.join(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sieh() {
        if (!Files.isDirectory(ordner)) {
            return;
        }
        try (var dateien = Files.newDirectoryStream(ordner, "*.{wunsch,lebt}")) {
            for (var datei : dateien) {
                var id = datei.getFileName().toString().replaceAll("\\..*", "");
                if (!id.matches("[0-9a-f-]{36}")) {
                    continue;
                }
                if (!lebt(id)) {
                    raeumeWeg(ordner, id);
                } else if (datei.toString().endsWith(".wunsch")) {
                    var werte = new Properties();
                    try (var leser = Files.newBufferedReader(datei)) {
                        werte.load(leser);
                    }
                    Files.delete(datei);
                    laeufe.removeIf(lauf -> !lauf.isAlive());
                    laeufe.add(Thread.ofPlatform().name("uebernahme").daemon().start(() -> fuehreAus(id, werte)));
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Wünsche nach einer Übernahme ließen sich nicht lesen", e);
        }
    }

    private void fuehreAus(String id, Properties werte) {
        try (var aus = FileChannel.open(ordner.resolve(id + ".ausgabe"), CREATE_NEW, WRITE, APPEND)) {
            var fern = new Fern(id, aus);
            int code = 2;
            try {
                code = uebernahmen.fuehreAus(werte.getProperty("mandant"), auftrag(werte), fern);
            } finally {
                fern.schreibe(ENDE + code);
            }
        } catch (IOException | RuntimeException e) {
            LOG.error("Übernahme gescheitert", e);
        }
    }

    private static Uebernahmeauftrag auftrag(Properties werte) {
        var tabelle = werte.getProperty("tabelle");
        return new Uebernahmeauftrag(
                Path.of(werte.getProperty("ordner")),
                tabelle.isEmpty() ? null : Path.of(tabelle),
                Boolean.parseBoolean(werte.getProperty("probe")),
                werte.getProperty("name"),
                werte.getProperty("einheit"),
                werte.getProperty("ohneVorgang"));
    }

    /** Whether the command still holds its lock; the operating system gives it back when the process ends, however it does. */
    private boolean lebt(String id) {
        try (var datei = FileChannel.open(ordner.resolve(id + ".lebt"), READ, WRITE)) {
            var sperre = datei.tryLock();
            if (sperre == null) {
                return true;
            }
            sperre.release();
            return false;
        } catch (OverlappingFileLockException imSelbenProgramm) {
            return true;
        } catch (IOException weg) {
            return false;
        }
    }

    private static void raeumeWeg(Path ordner, String id) throws IOException {
        for (var endung : new String[] {".wunsch", ".ausgabe", ".lebt"}) {
            Files.deleteIfExists(ordner.resolve(id + endung));
        }
    }

    /** What the command shows on its console, a line each; '~' before what is only progress. */
    private final class Fern implements Ausgabe {

        private final String id;
        private final FileChannel ziel;
        private volatile long geprueft;
        private volatile boolean abgebrochen;

        Fern(String id, FileChannel ziel) {
            this.id = id;
            this.ziel = ziel;
        }

        @Override
        public void zeile(String text) {
            schreibe("=" + text);
        }

        @Override
        public void fortschritt(String text) {
            schreibe("~" + text);
        }

        synchronized void schreibe(String zeile) {
            try {
                ziel.write(StandardCharsets.UTF_8.encode(zeile.replaceAll("[\\r\\n]+", " ") + "\n"));
            } catch (IOException e) {
                // Nobody can be told; the Übernahme itself is not harmed.
                LOG.warn("Ausgabe der Übernahme nicht geschrieben: {}", e.toString());
            }
        }

        @Override
        public boolean abgebrochen() {
            if (!abgebrochen && System.nanoTime() - geprueft > 1_000_000_000L) {
                geprueft = System.nanoTime();
                abgebrochen = endet || !lebt(id);
            }
            return abgebrochen;
        }
    }

    /** The other end: asks the running program and shows what it says, until it is through. @return exit code */
    static int sende(Wunsch wunsch, Ausgabe konsole) throws IOException {
        var ordner = Files.createDirectories(wunsch.daten().resolve("uebernahmen"));
        var id = UUID.randomUUID().toString();
        try (var lebt = FileChannel.open(ordner.resolve(id + ".lebt"), CREATE_NEW, WRITE);
                var sperre = lebt.lock()) {
            if (!sperre.isValid()) throw new IOException("Sperre verloren");
            schreibe(wunsch, ordner, id);
            return folge(wunsch, ordner, id, konsole);
        } finally {
            raeumeWeg(ordner, id);
        }
    }

    private static void schreibe(Wunsch wunsch, Path ordner, String id) throws IOException {
        var auftrag = wunsch.auftrag();
        var werte = new Properties();
        werte.setProperty("mandant", wunsch.mandant());
        werte.setProperty("ordner", auftrag.ordner().toString());
        werte.setProperty(
                "tabelle", auftrag.tabelle() == null ? "" : auftrag.tabelle().toString());
        werte.setProperty("probe", String.valueOf(auftrag.probe()));
        werte.setProperty("name", auftrag.name());
        werte.setProperty("einheit", auftrag.einheit());
        werte.setProperty("ohneVorgang", auftrag.ohneVorgang());
        var neu = ordner.resolve(id + ".neu");
        try (var schreiber = Files.newBufferedWriter(neu)) {
            werte.store(schreiber, null);
        }
        Files.move(neu, ordner.resolve(id + ".wunsch"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static int folge(Wunsch wunsch, Path ordner, String id, Ausgabe konsole) throws IOException {
        long annahme = System.nanoTime() + ANNAHME.toNanos();
        while (Files.notExists(ordner.resolve(id + ".ausgabe"))) {
            if (System.nanoTime() - annahme > 0)
                throw new Startfehler(
                        "Das laufende Programm nimmt den Auftrag nicht an. Läuft es in derselben Version? Übernommen wurde nichts.");
            pruefeDassEsLaeuft(wunsch);
            pause();
        }
        var rest = new StringBuilder();
        try (var ausgabe = new RandomAccessFile(ordner.resolve(id + ".ausgabe").toFile(), "r")) {
            var puffer = new byte[8192];
            for (int still = 0; ; ) {
                int n = ausgabe.read(puffer);
                if (n <= 0) {
                    if (++still % 5 == 0) pruefeDassEsLaeuft(wunsch);
                    pause();
                    continue;
                }
                still = 0;
                rest.append(new String(puffer, 0, n, StandardCharsets.ISO_8859_1));
                for (int ende; (ende = rest.indexOf("\n")) >= 0; rest.delete(0, ende + 1)) {
                    var zeile = new String(
                            rest.substring(0, ende).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                    if (zeile.startsWith(ENDE)) return Integer.parseInt(zeile.substring(ENDE.length()));
                    if (zeile.startsWith("~")) konsole.fortschritt(zeile.substring(1));
                    else konsole.zeile(zeile.substring(1));
                }
            }
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pruefeDassEsLaeuft(Wunsch wunsch) throws IOException {
        var frei = Sperre.versuche(wunsch.daten());
        if (frei.isPresent()) {
            frei.get().close();
            throw new Startfehler(
                    "Das Programm wurde währenddessen beendet. Was bis dahin übernommen wurde, ist sicher; derselbe Befehl macht dort weiter.");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Startfehler("Abgebrochen.");
        }
    }
}
