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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Random towns that change at random. After each change the database is asked for everybody at each level, in every tenth town the
 * search, too, and in every twentieth the pages, the interface and the calendars. Which of them a town is depends on its seed, so that
 * the seed alone repeats it; only the moments at which something begins or ends remain the clock's.
 */
public final class Rechteprobe {

    private static final int AENDERUNGEN = 14;
    private static final int MIT_INDEX = 10;
    private static final int MIT_BESUCH = 20;
    /** In a town that is visited, after so many changes of a hundred: a visit takes as long as ten questions to the database. */
    private static final int JE_BESUCH = 35;

    /** Longer than this nobody waits for a moment to pass. */
    private static final Duration GEDULD = Duration.ofMillis(120);

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

    /** By hand: {@code Rechteprobe DATEN WELTEN SAAT}. Ends with 0 if nothing differed. */
    public static void main(String[] argumente) {
        int anzahl = Integer.parseInt(argumente[1]);
        long saat = Long.parseLong(argumente[2]);
        boolean gleich;
        try (var haus = Haus.starte(Path.of(argumente[0]))) {
            var probe = new Rechteprobe(haus.kontext(), haus.adresse());
            long naechste = System.nanoTime();
            for (int i = 0; i < anzahl && !probe.befunde.genug(); i++) {
                probe.welt(saat + i);
                if (System.nanoTime() >= naechste) {
                    System.out.println(probe.befund());
                    naechste = System.nanoTime() + Duration.ofMinutes(1).toNanos();
                }
            }
            System.out.println("Saat " + saat + ": " + probe.befund());
            System.out.println(probe.befunde.text());
            gleich = probe.befunde.verschieden() == 0;
        }
        System.exit(gleich ? 0 : 1);
    }

    String befund() {
        return "%d Welten, %d Änderungen, %d Besuche, %d Vergleiche, %d Unterschiede"
                .formatted(welten, aenderungen, besuche, befunde.vergleiche(), befunde.verschieden());
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
        var besuch = mitBesuch ? new Rechtebesuch(haus, adresse, welt, vergleich) : null;
        if (besuch != null) {
            besuch.schliesseAuf();
        }
        if (mitIndex) {
            bisIndexiert(welt);
        }
        welten++;
        var weg = new StringBuilder();
        vergleiche(welt, mitIndex, besuch, saat, weg.append("gebaut"));
        for (int i = 0; i < AENDERUNGEN; i++) {
            if (welt.zufall.inVonHundert(15)) {
                warte(welt);
                weg.append("\n  die Zeit vergeht");
            } else {
                weg.append("\n  ").append(als(schreibend, welt, aenderung::eine));
                aenderungen++;
            }
            vergleiche(welt, mitIndex, besuch, saat, weg);
        }
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
            Rechtewelt welt, boolean mitIndex, @Nullable Rechtebesuch besuch, long saat, StringBuilder weg) {
        befunde.ort("Welt " + saat + ", Mandant " + welt.mandant + ": " + weg);
        als(welt.zufall.inVonHundert(80) ? lesend : schreibend, welt, () -> {
            vergleich.alles(welt);
            if (mitIndex) {
                vergleich.index(welt);
            }
            return true;
        });
        if (besuch != null && welt.zufall.inVonHundert(JE_BESUCH)) {
            besuche++;
            besuch.besuche(befunde);
        }
    }

    /** Until the next moment at which time alone changes something, if that is soon. */
    private void warte(Rechtewelt welt) {
        var jetzt = Instant.now();
        welt.modell
                .naechsteGrenze(jetzt)
                .filter(grenze -> grenze.isBefore(jetzt.plus(GEDULD)))
                .ifPresent(grenze -> {
                    while (!Instant.now().isAfter(grenze)) {
                        Thread.onSpinWait();
                    }
                });
    }

    private void bisIndexiert(Rechtewelt welt) {
        await().atMost(INDEXIERT)
                .until(() -> als(lesend, welt, () -> vergleich.wartende(welt)).isEmpty() && vergleich.ganz(welt));
    }

    private static <T> T als(TransactionTemplate transaktion, Rechtewelt welt, Supplier<T> arbeit) {
        return Mandantenkontext.als(welt.mandant, () -> transaktion.execute(t -> arbeit.get()));
    }
}
