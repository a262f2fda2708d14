package de.federwerk.datei;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has hostile files read by real workers, one after the other, while somebody listens at the place to which all their references
 * point. By hand: {@code Giftprobe MIB [=MUSTER]} prints what
 * came of each; {@code Giftprobe MIB ORDNER PORT} only puts the files there.
 */
final class Giftprobe implements AutoCloseable {

    /**
     * @param ausfall why the worker was ended; null if it came to an end by itself
     * @param millisekunden from the order to the answer
     * @param speicher most memory seen of the worker and what it started, in bytes
     * @param platz most disk seen beside the file itself, in bytes
     */
    record Ausgang(Ergebnis ergebnis, Ausfall ausfall, String text, long millisekunden, long speicher, long platz) {

        /** What a person is told: reason, note, or why it was ended. */
        String satz() {
            if (ausfall != null) {
                return ausfall.getMessage();
            }
            return ergebnis.ursache() != null
                    ? ergebnis.ursache()
                    : ergebnis.hinweis() != null ? ergebnis.hinweis() : "";
        }

        /**
         * What holds for every file, however large the bomb: bounded, and a reason in German unless it was simply read, or is of a kind that
         * nobody opens (an archive). 500 pages may take as long as 500 pages take.
         */
        boolean gehalten() {
            var folge = folge();
            boolean gelesen = folge == Giftschrank.Folge.GELESEN;
            return millisekunden <= (gelesen ? JE_DATEI.toMillis() : 30_000)
                    && speicher <= 1_500L << 20
                    && platz <= Grenzen.UEBLICH.platz()
                    && (gelesen || folge == Giftschrank.Folge.UNGEOEFFNET || satz().matches("(?s)[A-ZÄÖÜ].*\\."));
        }

        /** Whether it came out as the cabinet says; a missing preview may be due to this machine's LibreOffice. */
        boolean wie(Giftschrank.Stueck stueck) {
            boolean nurOhneVorschau = ergebnis != null
                    && ergebnis.hinweis() != null
                    && ergebnis.hinweis().matches("[^.]*Vorschau[^.]*\\.");
            var folge = folge() == Giftschrank.Folge.GEKUERZT && nurOhneVorschau ? Giftschrank.Folge.GELESEN : folge();
            return (folge == stueck.folge() || stueck.folge() == Giftschrank.Folge.EGAL)
                    && (stueck.wort() == null || (text + satz()).contains(stueck.wort()));
        }

        Giftschrank.Folge folge() {
            if (ausfall != null) {
                return Giftschrank.Folge.BEENDET;
            }
            return ergebnis.ursache() != null
                    ? Giftschrank.Folge.GESCHEITERT
                    : ergebnis.hinweis() != null
                            ? Giftschrank.Folge.GEKUERZT
                            : ergebnis.text() == null && ergebnis.seiten() == null
                                    ? Giftschrank.Folge.UNGEOEFFNET
                                    : Giftschrank.Folge.GELESEN;
        }
    }

    private static final Duration JE_DATEI = Duration.ofMinutes(5);

    private final Werkstatt werkstatt;
    private final ServerSocket lauscher;
    private final AtomicInteger gehoert = new AtomicInteger();

    Giftprobe(Path daten, Duration jeSeite) throws IOException {
        werkstatt = new Werkstatt(daten, 1, jeSeite, JE_DATEI);
        lauscher = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    lauscher.accept().close();
                    gehoert.incrementAndGet();
                }
            } catch (IOException zu) {
                // The end.
            }
        });
    }

    int lauscher() {
        return lauscher.getLocalPort();
    }

    /** How often somebody came to fetch something. */
    int gehoert() {
        return gehoert.get();
    }

    Ausgang lies(Giftschrank.Stueck stueck, Grenzen grenzen) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.move(stueck.schreibe(ordner.pfad()), ordner.original());
            return lies(ordner, stueck.name(), grenzen);
        }
    }

    Werkstatt werkstatt() {
        return werkstatt;
    }

    Ausgang lies(String name, byte[] bytes, Grenzen grenzen) throws Exception {
        try (var ordner = werkstatt.ordner()) {
            Files.write(ordner.original(), bytes);
            return lies(ordner, name, grenzen);
        }
    }

    private Ausgang lies(Arbeitsordner ordner, String name, Grenzen grenzen) throws Exception {
        werkstatt.hoechsterSpeicher();
        werkstatt.hoechsterPlatz();
        long beginn = System.nanoTime();
        Ergebnis ergebnis = null;
        Ausfall ausfall = null;
        try {
            ergebnis = werkstatt.lies(ordner, name, Set.of(), grenzen);
        } catch (Ausfall a) {
            ausfall = a;
        }
        return new Ausgang(
                ergebnis,
                ausfall,
                ergebnis == null || ergebnis.text() == null ? "" : Files.readString(ordner.ergebnis(ergebnis.text())),
                (System.nanoTime() - beginn) / 1_000_000,
                werkstatt.hoechsterSpeicher(),
                werkstatt.hoechsterPlatz());
    }

    @Override
    public void close() {
        werkstatt.close();
        try {
            lauscher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws Exception {
        int mib = Integer.parseInt(args[0]);
        if (args.length > 1 && !args[1].startsWith("=")) {
            Giftschrank.alle(mib, Integer.parseInt(args[2])).forEach(s -> s.schreibe(Path.of(args[1])));
            return;
        }
        try (var probe = new Giftprobe(Path.of("target/giftprobe"), Duration.ofSeconds(20))) {
            probe.lies("warm.txt", new byte[] {65}, Grenzen.UEBLICH);
            int gebrochen = 0;
            for (var stueck : Giftschrank.alle(mib, probe.lauscher())) {
                if (args.length > 1 && !stueck.name().matches(args[1].substring(1))) {
                    continue;
                }
                var aus = probe.lies(stueck, Grenzen.UEBLICH.mitBuerosekunden(8));
                gebrochen += aus.gehalten() ? 0 : 1;
                System.out.printf(
                        "%s %-28s %-12s %7d ms %5d MiB %5d MiB %9d Z. %s%s%n",
                        aus.gehalten() ? aus.wie(stueck) ? "  " : "~ " : "! ",
                        stueck.name(),
                        aus.folge(),
                        aus.millisekunden(),
                        aus.speicher() >> 20,
                        aus.platz() >> 20,
                        aus.text().length(),
                        aus.satz(),
                        aus.ergebnis() == null
                                ? " | " + aus.ausfall().technisch()
                                : aus.ergebnis().technisch() == null
                                        ? ""
                                        : " | " + aus.ergebnis().technisch());
            }
            System.out.printf("gebrochene Zusagen: %d, Verbindungen nach draußen: %d%n", gebrochen, probe.gehoert());
            System.exit(gebrochen + probe.gehoert() == 0 ? 0 : 1);
        }
    }
}
