package de.federwerk.sturz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The real program on a data folder of its own, as a process that can be killed: its JVM, its workers, its PostgreSQL. */
final class Programm implements AutoCloseable {

    /** How long a start may take on a loaded machine before it counts as hanging. */
    private static final Duration START = Duration.ofMinutes(2);

    private final Path daten;
    private final int port;
    private final int portalport;
    private final List<String> aufruf;
    private final HttpClient netz =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Process prozess;

    /** @param klassen what stands after {@code java -cp}, or a jar */
    Programm(Path daten, int port, int portalport, String klassen, List<String> schalter) {
        this.daten = daten.toAbsolutePath().normalize();
        this.port = port;
        this.portalport = portalport;
        this.aufruf = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx320m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        aufruf.addAll(schalter);
        aufruf.addAll(
                klassen.endsWith(".jar") && !klassen.contains(":")
                        ? List.of("-jar", klassen)
                        : List.of("-cp", klassen, "de.federwerk.Federwerk"));
        aufruf.addAll(List.of(
                "--daten",
                this.daten.toString(),
                "--port",
                String.valueOf(port),
                "--portalport",
                String.valueOf(portalport)));
    }

    Path daten() {
        return daten;
    }

    String url() {
        return "http://localhost:" + port;
    }

    String portal() {
        return "http://localhost:" + portalport;
    }

    /** Begins a start and does not wait for it. */
    void beginne() throws IOException {
        Files.createDirectories(daten);
        var bau = new ProcessBuilder(aufruf)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(konsole().toFile()));
        bau.environment().put("LC_ALL", "C.UTF-8");
        bau.environment().keySet().removeIf(name -> name.startsWith("FEDERWERK_"));
        prozess = bau.start();
    }

    /** @throws IllegalStateException if the program ends or does not become ready */
    void bisBereit() throws IOException {
        var fertig = warte(START, () -> !prozess.isAlive() || gesund());
        if (!fertig || !prozess.isAlive()) {
            throw new IllegalStateException("Das Programm startet nicht (%s): %s"
                    .formatted(fertig ? "beendet mit " + prozess.exitValue() : "keine Antwort", letzteZeilen()));
        }
    }

    /** Answers and reports itself as up, its database included. */
    boolean gesund() {
        return zustand().filter(status -> status == 200).isPresent();
    }

    /** HTTP status of the health endpoint; empty if nobody answers. */
    Optional<Integer> zustand() {
        try {
            var antwort = netz.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + 10_000) + "/actuator/health"))
                            .timeout(Duration.ofSeconds(15))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Optional.of(antwort.statusCode());
        } catch (IOException nichtDa) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    boolean lebt() {
        return prozess != null && prozess.isAlive();
    }

    /** Whether anybody takes calls at its port; says nothing about what the answer would be. */
    boolean horcht() {
        if (!lebt()) return false;
        try (var leitung = new Socket()) {
            leitung.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException weg) {
            return false;
        }
    }

    ProcessHandle jvm() {
        return prozess.toHandle();
    }

    /** The worker processes, children of the JVM. */
    List<ProcessHandle> arbeiter() {
        return prozess.children().filter(Programm::istArbeiter).toList();
    }

    /** {@link ProcessHandle} reads 4 KiB of a command line, and a class path may be longer. */
    private static boolean istArbeiter(ProcessHandle kind) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(kind.pid()), "cmdline"))
                    .contains("\0de.federwerk.datei.Arbeiter\0");
        } catch (IOException schonFort) {
            return false;
        }
    }

    /** The postmaster of the data folder, if one lives. */
    Optional<ProcessHandle> postmaster() {
        try {
            var zeilen = Files.readAllLines(daten.resolve("datenbank/postmaster.pid"));
            return zeilen.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(zeilen.getFirst().strip()))
                            .filter(p -> p.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException | NumberFormatException keiner) {
            return Optional.empty();
        }
    }

    /** SIGKILL. */
    static void toete(ProcessHandle opfer) {
        opfer.destroyForcibly();
    }

    void bisTot() {
        if (!warte(Duration.ofSeconds(20), () -> !prozess.isAlive()))
            throw new IllegalStateException("Der getötete Prozess lebt noch");
    }

    /** SIGTERM, as an administrator stops it. */
    @Override
    public void close() {
        if (!lebt()) return;
        prozess.destroy();
        try {
            if (!prozess.waitFor(60, TimeUnit.SECONDS)) prozess.destroyForcibly();
        } catch (InterruptedException e) {
            prozess.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    Path konsole() {
        return daten.resolveSibling(daten.getFileName() + ".konsole.txt");
    }

    private String letzteZeilen() throws IOException {
        var zeilen = Files.readAllLines(konsole());
        return String.join(" | ", zeilen.subList(Math.max(0, zeilen.size() - 5), zeilen.size()));
    }

    /** Polls; a kill test cannot be told when something has happened. */
    static boolean warte(Duration hoechstens, BooleanSupplier bedingung) {
        return warte(hoechstens, 50, bedingung);
    }

    static boolean warte(Duration hoechstens, int pauseMs, BooleanSupplier bedingung) {
        long bis = System.nanoTime() + hoechstens.toNanos();
        while (!bedingung.getAsBoolean()) {
            if (System.nanoTime() > bis) return false;
            try {
                TimeUnit.MILLISECONDS.sleep(pauseMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
