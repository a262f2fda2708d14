package de.federwerk.stand;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Federwerk in a process of its own, as {@code bin/start} starts it, with the demo town. */
final class Programm implements AutoCloseable {

    private static final int MINUTEN = 5;
    /** In the tests, where nobody asks how fast: half the work until it is ready. {@code bin/bench} names those of {@code bin/start}. */
    private static final String UEBLICH =
            "-Xmx512m\t-XX:+UseSerialGC\t-XX:TieredStopAtLevel=1\t--enable-native-access=ALL-UNNAMED\t-Dstdout.encoding=UTF-8";

    final int port;
    final double millisekunden;
    private final Path daten;
    private final Process prozess;

    private Programm(int port, double millisekunden, Path daten, Process prozess) {
        this.port = port;
        this.millisekunden = millisekunden;
        this.daten = daten;
        this.prozess = prozess;
    }

    /** Returns when it says that it is ready; {@link #millisekunden} it took. */
    static Programm starte(Path daten) throws IOException {
        int port = freierPort();
        var befehl = new ArrayList<String>();
        befehl.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        befehl.addAll(
                List.of(System.getProperty("federwerk.stand.optionen", UEBLICH).split("\t")));
        var jar = System.getProperty("federwerk.stand.programm");
        if (jar == null) {
            befehl.addAll(List.of("-cp", System.getProperty("java.class.path"), "de.federwerk.Federwerk"));
        } else {
            befehl.addAll(List.of("-jar", jar));
        }
        befehl.addAll(List.of(
                "--daten",
                daten.toString(),
                "--port",
                "" + port,
                "--verwaltungsport",
                "" + freierPort(),
                "--portalport",
                "0"));
        long beginn = System.nanoTime();
        var prozess = new ProcessBuilder(befehl).redirectErrorStream(true).start();
        var ausgabe = new BufferedReader(new InputStreamReader(prozess.getInputStream(), StandardCharsets.UTF_8));
        var gesagt = new StringBuilder();
        for (String zeile = ausgabe.readLine(); zeile != null; zeile = ausgabe.readLine()) {
            if (zeile.startsWith("Federwerk bereit")) {
                double ms = (System.nanoTime() - beginn) / 1e6;
                // Read on, or it would wait for us one day.
                Thread.ofVirtual().start(() -> ueberlies(ausgabe));
                return new Programm(port, ms, daten, prozess);
            }
            gesagt.append(zeile).append('\n');
        }
        throw new IOException("Federwerk startet nicht: " + gesagt);
    }

    private static void ueberlies(BufferedReader ausgabe) {
        try {
            while (ausgabe.readLine() != null) {}
        } catch (IOException zu) {
            // The same as its end.
        }
    }

    /** Anonymous memory of the program, its workers and its PostgreSQL, in bytes: what no file can give back. */
    long eigenerSpeicher() throws IOException {
        long summe = rssAnon(prozess.pid());
        for (var kind : prozess.descendants().toList()) {
            summe += rssAnon(kind.pid());
        }
        var pid = daten.resolve("datenbank/postmaster.pid");
        if (Files.exists(pid)) {
            var postmaster = ProcessHandle.of(
                    Long.parseLong(Files.readAllLines(pid).getFirst().strip()));
            for (var p : postmaster.stream()
                    .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
                    .toList()) {
                summe += rssAnon(p.pid());
            }
        }
        return summe;
    }

    private static long rssAnon(long pid) throws IOException {
        @Nullable String zeile;
        try (var status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            zeile = status.filter(z -> z.startsWith("RssAnon:")).findFirst().orElse(null);
        } catch (IOException | java.io.UncheckedIOException beendet) {
            return 0;
        }
        return zeile == null ? 0 : Long.parseLong(zeile.replaceAll("\\D", "")) << 10;
    }

    private static int freierPort() throws IOException {
        try (var probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    /** As Ctrl+C or the system's stop does. */
    @Override
    public void close() throws IOException {
        prozess.destroy();
        try {
            if (!prozess.waitFor(MINUTEN, TimeUnit.MINUTES)) {
                throw new IOException("Federwerk endet nicht");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
