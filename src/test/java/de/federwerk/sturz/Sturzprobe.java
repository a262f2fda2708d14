package de.federwerk.sturz;

import de.federwerk.betrieb.Pruefzugang;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Kills the real program at random moments of a working day and looks afterwards whether anything was lost, doubled or left half.
 * The same seed gives the same order of kills and the same post; the exact moment remains the operating system's.
 *
 * <p>Arguments: {@code --toetungen N} or {@code --minuten M}, {@code --saat S}, {@code --daten DIR}, {@code --programm JAR} (or a
 * class path). Ends with 0 if nothing was found, else with 1 and leaves the data folder as it is.
 */
public final class Sturzprobe implements AutoCloseable {

    /** What is killed. */
    enum Opfer {
        JVM,
        ARBEITER,
        POSTMASTER,
        ALLES,
        BEIM_START
    }

    /** How often each is chosen, in twentieths; a worker or the database cost no new start. */
    private static final List<Opfer> LOSE = lose();

    private static final Duration ERHOLUNG = Duration.ofSeconds(60);
    private static final Duration BETRIEB = Duration.ofSeconds(90);
    private static final Duration RUHE = Duration.ofMinutes(4);
    /** So many kills from one complete check to the next, with all queues empty and {@code bin/pruefe} as a process. */
    private static final int BIS_ZUR_RUHE = 25;

    private final Programm programm;
    private final Merkbuch buch = new Merkbuch();
    private final Betrieb betrieb;
    private final Betrieb.Tempo tempo;
    private final Random zufall;
    private final PrintWriter protokoll;
    private final Map<Opfer, Integer> getoetet = new EnumMap<>(Opfer.class);
    private final List<String> befunde = new ArrayList<>();
    private long laengsteErholung;

    Sturzprobe(Path daten, String klassen, long saat, Betrieb.Tempo tempo) throws IOException {
        raeume(daten);
        var vorrat = daten.resolveSibling(daten.getFileName() + ".aot");
        this.programm = new Programm(
                daten,
                freierPort(),
                freierPort(),
                klassen,
                Files.exists(vorrat) ? List.of("-XX:AOTCache=" + vorrat) : List.of());
        this.betrieb = new Betrieb(programm, buch, saat, tempo);
        this.tempo = tempo;
        this.zufall = new Random(saat);
        this.protokoll = new PrintWriter(
                Files.newBufferedWriter(daten.resolveSibling(daten.getFileName() + ".sturz.txt")), true);
        schreibe("Saat %d", saat);
    }

    /** All but the unpacked PostgreSQL and tools, which are the same each time. */
    private static void raeume(Path daten) throws IOException {
        Files.createDirectories(daten);
        try (var altes = Files.list(daten)) {
            for (var eintrag : altes.filter(e -> !e.endsWith("programme") && !e.endsWith("werkzeug"))
                    .toList()) FileSystemUtils.deleteRecursively(eintrag);
        }
        Files.deleteIfExists(daten.resolveSibling(daten.getFileName() + ".konsole.txt"));
    }

    /** Starts the program and the day's work. */
    public void beginne() throws IOException {
        programm.beginne();
        programm.bisBereit();
        betrieb.beginne();
        schreibe("bereit unter %s", programm.url());
    }

    /** Until work of every kind is going on. */
    void bisVonAllemEtwas() {
        if (!Programm.warte(BETRIEB, buch::vonAllemEtwas))
            befunde.add(
                    "BETRIEB: nach %d s ist nicht von allem etwas bestätigt: %s".formatted(BETRIEB.toSeconds(), buch));
    }

    /** One kill, the recovery, and the check that follows each. */
    public void stuerze() throws Exception {
        stuerze(LOSE.get(zufall.nextInt(LOSE.size())));
    }

    void stuerze(Opfer opfer) throws Exception {
        int warten = 100 + zufall.nextInt(tempo.sturzMs() - 100);
        TimeUnit.MILLISECONDS.sleep(warten);
        long beginn = System.nanoTime();
        toete(opfer);
        if (!Programm.warte(ERHOLUNG, programm::gesund)) {
            befunde.add("ERHOLUNG: nach %s in %d s nicht wieder da".formatted(opfer, ERHOLUNG.toSeconds()));
            if (!programm.lebt()) {
                programm.beginne();
                programm.bisBereit();
            }
        }
        long erholung = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginn);
        laengsteErholung = Math.max(laengsteErholung, erholung);
        getoetet.merge(opfer, 1, Integer::sum);
        betrieb.haltEin();
        try {
            pruefe();
        } finally {
            betrieb.weiter();
        }
        schreibe("#%d %s nach %d ms, erholt in %d ms; %s", anzahl(), opfer, warten, erholung, buch);
        if (anzahl() % BIS_ZUR_RUHE == 0) ruhe();
    }

    private void toete(Opfer opfer) throws IOException {
        switch (opfer) {
            case ARBEITER -> {
                // Post comes all the time: one is there or will be in a moment.
                Programm.warte(ERHOLUNG, () -> !programm.arbeiter().isEmpty());
                var arbeiter = programm.arbeiter();
                if (arbeiter.isEmpty()) return;
                Programm.toete(arbeiter.get(zufall.nextInt(arbeiter.size())));
            }
            case POSTMASTER -> {
                var alter = programm.postmaster().orElse(null);
                if (alter == null) return;
                Programm.toete(alter);
                // Else the check would find the old state, in which nothing has been noticed yet.
                Programm.warte(
                        ERHOLUNG,
                        () -> programm.postmaster()
                                .filter(p -> p.pid() != alter.pid())
                                .isPresent());
            }
            case JVM -> {
                Programm.toete(programm.jvm());
                starteNeu();
            }
            case ALLES -> {
                toeteAlles();
                starteNeu();
            }
            case BEIM_START -> {
                Programm.toete(programm.jvm());
                programm.bisTot();
                programm.beginne();
                Programm.warte(Duration.ofMillis(zufall.nextInt(9_000)), programm::gesund);
                toeteAlles();
                starteNeu();
            }
        }
    }

    private void toeteAlles() {
        var alle = new ArrayList<ProcessHandle>();
        programm.postmaster().ifPresent(alle::add);
        alle.addAll(programm.arbeiter());
        alle.add(programm.jvm());
        java.util.Collections.shuffle(alle, zufall);
        alle.forEach(Programm::toete);
    }

    private void starteNeu() throws IOException {
        programm.bisTot();
        programm.beginne();
        programm.bisBereit();
    }

    private void pruefe() throws IOException, SQLException {
        try (var nachschau = new Nachschau(programm.daten())) {
            merke(nachschau.pruefe(buch));
        }
    }

    /** Stops the work, lets the program finish what waits, and checks everything. */
    public void ruhe() throws Exception {
        betrieb.haltEin();
        try {
            var ruht = Programm.warte(RUHE, 250, () -> {
                try (var nachschau = new Nachschau(programm.daten())) {
                    return nachschau.ruht();
                } catch (IOException | SQLException nochNicht) {
                    return false;
                }
            });
            if (!ruht)
                befunde.add("RUHE: nach %d s ist noch nicht alles gelesen und indiziert".formatted(RUHE.toSeconds()));
            try (var nachschau = new Nachschau(programm.daten())) {
                merke(nachschau.pruefeInRuhe(buch));
            }
            merke(Pruefzugang.schaeden(programm.daten()));
            schreibe(
                    "alles geprüft, in Ruhe: %s; %s",
                    befunde.isEmpty() ? "nichts gefunden" : befunde.size() + " Befunde", buch);
        } finally {
            betrieb.weiter();
        }
    }

    private void merke(List<String> neue) {
        for (var befund : neue) {
            if (befunde.contains(befund)) continue;
            befunde.add(befund);
            schreibe("BEFUND %s", befund);
        }
    }

    public int anzahl() {
        return getoetet.values().stream().mapToInt(Integer::intValue).sum();
    }

    public List<String> befunde() {
        return befunde;
    }

    Programm programm() {
        return programm;
    }

    Merkbuch buch() {
        return buch;
    }

    @Override
    public void close() {
        betrieb.close();
        programm.close();
        schreibe(
                "%d Tötungen %s, längste Erholung %d ms, %d Befunde; %s",
                anzahl(), getoetet, laengsteErholung, befunde.size(), buch);
        protokoll.close();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void schreibe(String form, Object... werte) {
        var zeile =
                LocalTime.now(ZoneId.of("Europe/Berlin")).truncatedTo(ChronoUnit.MILLIS) + " " + form.formatted(werte);
        protokoll.println(zeile);
        System.out.println(zeile);
    }

    private static List<Opfer> lose() {
        var lose = new ArrayList<Opfer>();
        Map.of(Opfer.JVM, 4, Opfer.ARBEITER, 6, Opfer.POSTMASTER, 6, Opfer.ALLES, 3, Opfer.BEIM_START, 1)
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> lose.addAll(java.util.Collections.nCopies(e.getValue(), e.getKey())));
        return lose;
    }

    /** Below those that the system gives to connections: one of them was taken between the look and the start. */
    private static int freierPort() throws IOException {
        for (int port = 10_000 + new Random().nextInt(10_000); ; port++) {
            try (var eins = new ServerSocket(port);
                    var zwei = new ServerSocket(port + 10_000)) {
                return Math.min(eins.getLocalPort(), zwei.getLocalPort());
            } catch (IOException belegt) {
                // The next one.
            }
        }
    }

    /** Starts once and stops, to have the classes of later starts at hand: most of a kill's cost is the start after it. */
    private static void macheVorrat(Path daten, String programm) throws IOException {
        var vorrat = daten.resolveSibling(daten.getFileName() + ".aot");
        if (Files.exists(vorrat)
                && Files.getLastModifiedTime(vorrat).compareTo(Files.getLastModifiedTime(Path.of(programm))) > 0)
            return;
        raeume(daten);
        Files.deleteIfExists(vorrat);
        try (var start =
                new Programm(daten, freierPort(), freierPort(), programm, List.of("-XX:AOTCacheOutput=" + vorrat))) {
            start.beginne();
            start.bisBereit();
        }
    }

    public static void main(String[] argumente) throws Exception {
        int toetungen = Integer.MAX_VALUE;
        var frist = Duration.ofDays(365);
        long saat = System.nanoTime() % 1_000_000;
        var daten = Path.of("target/sturz");
        var programm = "target/start/federwerk.jar";
        for (int i = 0; i + 1 < argumente.length; i += 2) {
            var wert = argumente[i + 1];
            switch (argumente[i]) {
                case "--toetungen" -> toetungen = Integer.parseInt(wert);
                case "--minuten" -> frist = Duration.ofMinutes(Long.parseLong(wert));
                case "--saat" -> saat = Long.parseLong(wert);
                case "--daten" -> daten = Path.of(wert);
                case "--programm" -> programm = wert;
                default -> throw new IllegalArgumentException(argumente[i]);
            }
        }
        if (programm.endsWith(".jar")) macheVorrat(daten, programm);
        var probe = new Sturzprobe(daten, programm, saat, Betrieb.Tempo.LANG);
        try {
            probe.beginne();
            long beginn = System.nanoTime();
            while (probe.anzahl() < toetungen
                    && System.nanoTime() - beginn < frist.toNanos()
                    && probe.befunde().isEmpty()) probe.stuerze();
            if (probe.befunde().isEmpty()) probe.ruhe();
            // A run without a kill has shown nothing, however quiet it was.
            if (probe.anzahl() == 0) probe.merke(List.of("NICHTS GETAN: keine einzige Tötung"));
        } catch (Exception gescheitert) {
            gescheitert.printStackTrace(System.out);
            probe.merke(List.of("ABBRUCH: " + gescheitert));
        } finally {
            probe.close();
        }
        System.exit(probe.befunde().isEmpty() ? 0 : 1);
    }
}
