package de.federwerk.datei;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One running worker, seen from the server: asks, watches the clock and the memory, ends it when it must. */
final class Arbeiterprozess {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ZEILE_HOECHSTENS = 4 << 20;
    private static final int FEHLER_ZEICHEN = 2_000;
    private static final Duration BLICK = Duration.ofMillis(250);
    private static final String ENDE = "";

    private final Process prozess;
    private final Path heim;
    private final long speicherHoechstens;
    private final BlockingQueue<String> zeilen = new LinkedBlockingQueue<>(100);
    // Written by the reader of the error stream, read by whoever reports.
    @SuppressWarnings("JdkObsolete")
    private final StringBuffer fehler = new StringBuffer();

    private volatile long zuletzt = System.nanoTime();
    private volatile long hoechsterSpeicher;
    private volatile long hoechsterPlatz;

    private Arbeiterprozess(Process prozess, Path heim, long speicherHoechstens) {
        this.prozess = prozess;
        this.heim = heim;
        this.speicherHoechstens = speicherHoechstens;
    }

    /**
     * Starts a worker.
     *
     * @param heim its own folder for temporary files, removed with it
     * @param werkzeug what is unpacked once for all workers: tessdata, natives, font cache
     * @param speicherHoechstens bytes of own memory (heap and native) before it is ended
     * @param nachrangig whether it works only where the machine has nothing else to do
     */
    static Arbeiterprozess starte(Path heim, Path werkzeug, long speicherHoechstens, boolean nachrangig)
            throws IOException {
        Files.createDirectories(heim);
        var befehl = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The JVM writes its warnings to standard output by default: that is our line.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-Xms32m",
                "-Xmn24m",
                "-Xmx512m",
                "-Xss4m",
                // Give memory back between pages rather than keep it for the next large one: several workers share a
                // small machine.
                // PDFBox keeps every decoded picture softly; without this the heap grows to its limit with every scan.
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-XX:MinHeapFreeRatio=5",
                "-XX:MaxHeapFreeRatio=15",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                // Most workers read a few files and go; the one for many lives long enough for good code to be worth
                // its making.
                "-XX:TieredStopAtLevel=" + (nachrangig ? 4 : 1),
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Djava.io.tmpdir=" + heim,
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dpdfbox.fontcache=" + werkzeug,
                "-Dorg.bytedeco.javacpp.cachedir=" + werkzeug.resolve("javacpp"),
                "-D" + Texterkennung.ORT + "=" + werkzeug.resolve("tessdata"),
                "-cp",
                klassenpfad(),
                Arbeiter.class.getName(),
                nachrangig ? Arbeiter.NACHRANGIG : "");
        var bau = new ProcessBuilder(befehl).directory(heim.toFile());
        Map<String, String> umgebung = bau.environment();
        // Nothing of the server's environment (passwords!) reaches the process that touches hostile files.
        umgebung.keySet().retainAll(List.of("PATH", "LD_LIBRARY_PATH"));
        umgebung.put("LANG", "C.UTF-8");
        umgebung.put("HOME", heim.toString());
        umgebung.put("TMPDIR", heim.toString());
        // Tesseract with several threads per page is four times slower than one thread per page and core.
        umgebung.put("OMP_THREAD_LIMIT", "1");
        umgebung.put("MALLOC_ARENA_MAX", "1");
        umgebung.put("MALLOC_TRIM_THRESHOLD_", "1000000");
        var arbeiter = new Arbeiterprozess(bau.start(), heim, speicherHoechstens);
        Thread.ofVirtual().name("arbeiter-antworten").start(arbeiter::hoereAntworten);
        Thread.ofVirtual().name("arbeiter-fehler").start(arbeiter::hoereFehler);
        return arbeiter;
    }

    /** Relative entries (java -jar federwerk.jar) made absolute, because the worker runs in a folder of its own. */
    private static String klassenpfad() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(eintrag -> !eintrag.isEmpty())
                .map(eintrag -> new File(eintrag).getAbsolutePath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * Has one file read.
     *
     * @throws Ausfall if it takes too long, needs too much memory, or the worker dies; the worker is ended then
     * @throws InterruptedException if the server stops; the worker is ended then, too
     */
    Ergebnis lies(Auftrag auftrag, Duration jeSeite, Duration jeDatei, IntConsumer fortschritt)
            throws Ausfall, InterruptedException {
        frage(List.of(auftrag));
        return erwarte(auftrag, jeSeite, jeDatei, fortschritt);
    }

    /**
     * Has several files read one after the other, without a pause in between: {@link #erwarte} then gives the results in this
     * order.
     *
     * @throws Ausfall if the worker is gone
     */
    void frage(List<Auftrag> auftraege) throws Ausfall, InterruptedException {
        try {
            var zeilenAlle = new StringBuilder();
            auftraege.forEach(auftrag ->
                    zeilenAlle.append(JSON.writeValueAsString(auftrag)).append('\n'));
            sende(zeilenAlle.toString());
        } catch (IOException zu) {
            beende();
            throw abgestuerzt(0);
        }
    }

    /** The result of the next file that was asked for; see {@link #lies}. @param fortschritt is told of each page (from 1) that begins */
    Ergebnis erwarte(Auftrag auftrag, Duration jeSeite, Duration jeDatei, IntConsumer fortschritt)
            throws Ausfall, InterruptedException {
        long beginn = System.nanoTime();
        long seitenbeginn = beginn;
        long blick = beginn;
        int seite = 0;
        boolean fertig = false;
        var ordner = Path.of(auftrag.ordner());
        long platz = auftrag.grenzen().platz();
        try {
            while (true) {
                String zeile = zeilen.poll(BLICK.toMillis(), TimeUnit.MILLISECONDS);
                // By the clock and not only in silence: many quick pages must not keep anybody from looking.
                if (System.nanoTime() - blick >= BLICK.toNanos()) {
                    pruefeZeit(seite, System.nanoTime() - seitenbeginn, jeSeite, System.nanoTime() - beginn, jeDatei);
                    pruefeSpeicher(seite);
                    pruefePlatz(seite, ordner, platz);
                    blick = System.nanoTime();
                }
                if (zeile == null) {
                    continue;
                }
                if (zeile.equals(ENDE)) {
                    throw abgestuerzt(seite);
                }
                if (!zeile.startsWith("{")) {
                    continue;
                }
                Antwort antwort = JSON.readValue(zeile, Antwort.class);
                if (antwort.ergebnis() != null) {
                    pruefePlatz(0, ordner, platz);
                    // Without what it started: that has been ended, and finding out costs more than reading a letter.
                    long speicher = merke(Verbrauch.speicher(prozess.pid()));
                    fertig = !antwort.ergebnis().verbraucht() && speicher < speicherHoechstens / 2;
                    return antwort.ergebnis();
                }
                seite = antwort.seite();
                seitenbeginn = System.nanoTime();
                fortschritt.accept(seite);
            }
        } catch (JacksonException unsinn) {
            throw new Ausfall(
                    Ausfall.Art.ABSTURZ, "Beim Lesen der Datei ist ein Fehler aufgetreten.", seite, unsinn.toString());
        } finally {
            zuletzt = System.nanoTime();
            if (!fertig) {
                beende();
            }
        }
    }

    private void sende(String zeile) throws IOException {
        OutputStream ziel = prozess.getOutputStream();
        ziel.write(zeile.getBytes(StandardCharsets.UTF_8));
        ziel.flush();
    }

    private void pruefeZeit(int seite, long aufDerSeite, Duration jeSeite, long gesamt, Duration jeDatei)
            throws Ausfall {
        if (aufDerSeite > jeSeite.toNanos()) {
            throw new Ausfall(
                    Ausfall.Art.ZEIT,
                    seite == 0
                            ? "Das Lesen der Datei dauerte länger als vorgesehen und wurde abgebrochen."
                            : "Das Lesen von Seite %d dauerte länger als vorgesehen und wurde abgebrochen."
                                    .formatted(seite),
                    seite,
                    "Zeitgrenze je Seite: " + jeSeite);
        }
        if (gesamt > jeDatei.toNanos()) {
            throw new Ausfall(
                    Ausfall.Art.ZEIT,
                    "Das Lesen der Datei dauerte länger als vorgesehen und wurde abgebrochen.",
                    0,
                    "Zeitgrenze je Datei: " + jeDatei);
        }
    }

    private void pruefeSpeicher(int seite) throws Ausfall {
        long speicher = merke(Verbrauch.speicher(prozess.toHandle()));
        if (speicher > speicherHoechstens) {
            throw new Ausfall(
                    Ausfall.Art.SPEICHER,
                    "Das Lesen der Datei brauchte mehr Speicher, als vorgesehen ist, und wurde abgebrochen.",
                    seite,
                    "Arbeiter belegte %d MiB".formatted(speicher >> 20));
        }
    }

    private void pruefePlatz(int seite, Path ordner, long platzHoechstens) throws Ausfall {
        long platz = Verbrauch.platz(ordner, Set.of(ordner.resolve(Auftrag.ORIGINAL)), platzHoechstens)
                + Verbrauch.platz(heim, Set.of(), platzHoechstens);
        hoechsterPlatz = Math.max(hoechsterPlatz, platz);
        if (platz > platzHoechstens) {
            throw new Ausfall(
                    Ausfall.Art.PLATZ,
                    "Das Lesen der Datei brauchte mehr Platz auf der Festplatte, als vorgesehen ist, und wurde abgebrochen.",
                    seite,
                    "Arbeiter belegte mehr als %d MiB".formatted(platzHoechstens >> 20));
        }
    }

    private Ausfall abgestuerzt(int seite) throws InterruptedException {
        prozess.waitFor(2, TimeUnit.SECONDS);
        String code = prozess.isAlive() ? "lebt noch" : "Ende mit " + prozess.exitValue();
        return new Ausfall(
                Ausfall.Art.ABSTURZ,
                "Das Programm, das die Datei liest, ist abgestürzt.",
                seite,
                code + ": " + fehler.toString().strip());
    }

    private long merke(long jetzt) {
        hoechsterSpeicher = Math.max(hoechsterSpeicher, jetzt);
        return jetzt;
    }

    /** Highest memory seen of this worker and what it started, in bytes; for measurements. */
    long hoechsterSpeicher() {
        return hoechsterSpeicher;
    }

    /** Most disk seen in use for one file, without the received bytes; for measurements. */
    long hoechsterPlatz() {
        return hoechsterPlatz;
    }

    /** Whether the kernel refused to shut the worker in; known once it has read its first file. */
    boolean offen() {
        return fehler.indexOf(Zwinger.OFFEN) >= 0;
    }

    boolean lebt() {
        return prozess.isAlive();
    }

    long pid() {
        return prozess.pid();
    }

    boolean ruhtSeit(Duration dauer) {
        return System.nanoTime() - zuletzt > dauer.toNanos();
    }

    /** Ends the process and everything it started (LibreOffice), and removes its folder. */
    void beende() {
        var familie = new ArrayList<>(prozess.descendants().toList());
        prozess.destroyForcibly();
        familie.forEach(ProcessHandle::destroyForcibly);
        try {
            prozess.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException abbruch) {
            Thread.currentThread().interrupt();
        }
        Arbeitsordner.loesche(heim);
    }

    private void hoereAntworten() {
        try (InputStream ein = new BufferedInputStream(prozess.getInputStream())) {
            for (String zeile = zeile(ein); zeile != null; zeile = zeile(ein)) {
                zeilen.put(zeile);
            }
        } catch (IOException zu) {
            // The end, like any other.
        } catch (InterruptedException abbruch) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever is left unread: the end must arrive, or somebody waits for it until the time is up.
            while (!zeilen.offer(ENDE)) {
                zeilen.poll();
            }
        }
    }

    /** The next line that is not empty; bounded, because the other side may have been taken over. */
    private static @Nullable String zeile(InputStream ein) throws IOException {
        var zeile = new ByteArrayOutputStream();
        for (int b = ein.read(); b >= 0; b = ein.read()) {
            if (b != '\n') {
                zeile.write(b);
            } else if (zeile.size() > 0) {
                return zeile.toString(StandardCharsets.UTF_8);
            }
            if (zeile.size() > ZEILE_HOECHSTENS) {
                throw new IOException("Zeile zu lang");
            }
        }
        return null;
    }

    private void hoereFehler() {
        try (InputStream ein = prozess.getErrorStream()) {
            byte[] stueck = new byte[4096];
            for (int n = ein.read(stueck); n >= 0; n = ein.read(stueck)) {
                fehler.append(new String(stueck, 0, n, StandardCharsets.UTF_8));
                if (fehler.length() > 2 * FEHLER_ZEICHEN) {
                    fehler.delete(0, fehler.length() - FEHLER_ZEICHEN);
                }
            }
        } catch (IOException zu) {
            // Nothing more to hear.
        }
    }
}
