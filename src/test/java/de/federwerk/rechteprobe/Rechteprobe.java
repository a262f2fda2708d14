package de.federwerk.rechteprobe;

import static org.awaitility.Awaitility.await;

import de.federwerk.ablage.Blobs;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.stand.Haus;
import de.federwerk.suche.Index;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random towns that change at random. After each change the database is asked for everybody at each level, in every tenth town the
 * search, too, in every twentieth the pages, the interface and the calendars, and in each one or two of the {@link Rechtetueren}. Which of them a town is depends on its seed, so that
 * the seed alone repeats it; only the moments at which something begins or ends remain the clock's.
 */
public final class Rechteprobe {

    /** In a town of every {@link #LANG}th seed; the others are done sooner: more beginnings find more than longer lives. */
    private static final int AENDERUNGEN = 14;

    private static final int WENIGE_AENDERUNGEN = 4;
    private static final int LANG = 5;
    private static final int MIT_INDEX = 10;
    private static final int MIT_BESUCH = 20;
    /** In a town that is visited, after so many changes of a hundred: a visit takes as long as ten questions to the database. */
    private static final int JE_BESUCH = 25;

    /** Longer than this nobody waits for a moment to pass. */
    private static final Duration GEDULD = Duration.ofMillis(200);

    private static final Duration INDEXIERT = Duration.ofSeconds(60);

    private final ApplicationContext haus;
    private final String adresse;
    private final JdbcClient jdbc;
    private final TransactionTemplate schreibend;
    private final TransactionTemplate lesend;
    private final Befunde befunde = new Befunde();
    private final Rechtevergleich vergleich;
    private int welten;
    private int aenderungen;
    private int besuche;

    Rechteprobe(ApplicationContext haus, String adresse) {
        this.haus = haus;
        this.adresse = adresse;
        this.jdbc = haus.getBean(JdbcClient.class);
        this.schreibend = new TransactionTemplate(haus.getBean(PlatformTransactionManager.class));
        this.lesend = new TransactionTemplate(haus.getBean(PlatformTransactionManager.class));
        this.lesend.setReadOnly(true);
        this.vergleich = new Rechtevergleich(haus, befunde);
    }

    /** By hand: {@code Rechteprobe DATEN WELTEN SAAT}. Town after town on every core of the machine. Ends with 0 if nothing differed. */
    public static void main(String[] argumente) throws InterruptedException {
        int anzahl = Integer.parseInt(argumente[1]);
        long saat = Long.parseLong(argumente[2]);
        boolean gleich;
        try (var haus = Haus.starte(Path.of(argumente[0]))) {
            var naechste = new AtomicLong(saat);
            var proben = Stream.generate(() -> new Rechteprobe(haus.kontext(), haus.adresse()))
                    .limit(Runtime.getRuntime().availableProcessors())
                    .toList();
            var faeden = proben.stream()
                    .map(probe -> Thread.ofPlatform().start(() -> probe.laufe(naechste, saat + anzahl)))
                    .toList();
            for (var faden : faeden) {
                while (!faden.join(Duration.ofMinutes(1))) {
                    System.out.println(befund(proben));
                }
            }
            System.out.println("Saat " + saat + ": " + befund(proben));
            gleich = proben.stream().mapToInt(p -> p.welten).sum() == anzahl
                    && proben.stream().allMatch(p -> p.befunde.verschieden() == 0);
        }
        System.exit(gleich ? 0 : 1);
    }

    /** Until all are done, something broke, or so much differed that more says no more. */
    private void laufe(AtomicLong naechste, long ende) {
        for (long saat = naechste.getAndIncrement();
                saat < ende && !befunde.genug();
                saat = naechste.getAndIncrement()) {
            long bisher = befunde.verschieden();
            welt(saat);
            if (befunde.verschieden() > bisher) {
                System.out.println(befunde.text());
            }
        }
    }

    private static String befund(List<Rechteprobe> proben) {
        return "%d Welten, %d Änderungen, %d Besuche, %d Vergleiche, %d Unterschiede"
                .formatted(
                        proben.stream().mapToInt(p -> p.welten).sum(),
                        proben.stream().mapToInt(p -> p.aenderungen).sum(),
                        proben.stream().mapToInt(p -> p.besuche).sum(),
                        proben.stream().mapToLong(p -> p.befunde.vergleiche()).sum(),
                        proben.stream().mapToLong(p -> p.befunde.verschieden()).sum());
    }

    String befund() {
        return befund(List.of(this));
    }

    Befunde befunde() {
        return befunde;
    }

    /** One town from its founding on. */
    void welt(long saat) {
        boolean mitBesuch = Math.floorMod(saat, MIT_BESUCH) == 0;
        boolean mitIndex = Math.floorMod(saat, MIT_INDEX) == 0;
        var berechtigungen = haus.getBean(Berechtigungen.class);
        var welt =
                new Rechtewelt(new Weltzufall(saat), jdbc, berechtigungen, mitIndex ? haus.getBean(Index.class) : null);
        var vergabe = new Rechtevergabe(welt, berechtigungen);
        var aenderung = new Rechteaenderung(welt, vergabe);
        welt.gruende();
        baue(welt, vergabe);
        var tueren = new Rechtetueren(haus, welt, saat);
        als(schreibend, welt, tueren::richteEin);
        var besuch = mitBesuch ? new Rechtebesuch(haus, adresse, welt, vergleich) : null;
        if (besuch != null) {
            besuch.schliesseAuf();
        }
        if (mitIndex) {
            bisIndexiert(welt);
        }
        var weg = new StringBuilder();
        vergleiche(welt, tueren, mitIndex, besuch, saat, weg.append("gebaut"));
        int anzahl = Math.floorMod(saat, LANG) == 0 ? AENDERUNGEN : WENIGE_AENDERUNGEN;
        for (int i = 0; i < anzahl; i++) {
            if (welt.zufall.inVonHundert(20)) {
                weg.append("\n  ").append(als(schreibend, welt, vergabe::befristet));
                // Once before, so that it is remembered, and again when it is over, with nothing else changed.
                als(lesend, welt, () -> vergleich.fluechtig(welt));
                warte(welt);
                weg.append("; die Zeit vergeht");
            } else {
                // What the search has to hide at once is what it would show longest if it did not.
                weg.append("\n  ")
                        .append(
                                mitIndex && welt.zufall.inVonHundert(40)
                                        ? als(schreibend, welt, aenderung::herausgenommen)
                                        : als(schreibend, welt, aenderung::eine));
            }
            aenderungen++;
            vergleiche(welt, tueren, mitIndex, besuch, saat, weg);
        }
        welten++;
    }

    private void baue(Rechtewelt welt, Rechtevergabe vergabe) {
        var blobs = haus.getBean(Blobs.class);
        var inhalt =
                Mandantenkontext.als(welt.mandant, () -> blobs.schreibe(new ByteArrayInputStream(new byte[] {'x'})));
        als(schreibend, welt, () -> {
            blobs.merke(inhalt);
            welt.baue(inhalt);
            vergabe.baue();
            return true;
        });
    }

    /** Mostly as a page asks; sometimes inside a transaction that writes, where nothing may be remembered that it changed itself. */
    private void vergleiche(
            Rechtewelt welt,
            Rechtetueren tueren,
            boolean mitIndex,
            @Nullable Rechtebesuch besuch,
            long saat,
            StringBuilder weg) {
        befunde.ort("Welt " + saat + ", Mandant " + welt.mandant + ": " + weg);
        als(welt.zufall.inVonHundert(80) ? lesend : schreibend, welt, () -> {
            // First the search, before it has had time to learn what is new.
            if (mitIndex) {
                vergleich.index(welt);
            }
            vergleich.alles(welt);
            return true;
        });
        tueren.frage(befunde);
        if (besuch != null && welt.zufall.inVonHundert(JE_BESUCH)) {
            besuche++;
            besuch.besuche(befunde);
        }
    }

    /** Until nothing begins or ends by itself any more in the next moments. */
    private static void warte(Rechtewelt welt) {
        var bis = Instant.now().plus(GEDULD);
        for (var grenze = welt.modell.naechsteGrenze(Instant.now());
                grenze.isPresent() && grenze.get().isBefore(bis);
                grenze = welt.modell.naechsteGrenze(Instant.now())) {
            while (!Instant.now().isAfter(grenze.get())) {
                Thread.onSpinWait();
            }
        }
    }

    private void bisIndexiert(Rechtewelt welt) {
        await().atMost(INDEXIERT)
                .until(() -> als(lesend, welt, () -> vergleich.wartende(welt)).isEmpty() && vergleich.ganz(welt));
    }

    private static <T> T als(TransactionTemplate transaktion, Rechtewelt welt, Supplier<T> arbeit) {
        return Mandantenkontext.als(welt.mandant, () -> transaktion.execute(t -> arbeit.get()));
    }
}
