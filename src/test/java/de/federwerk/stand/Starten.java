package de.federwerk.stand;

import de.federwerk.Browser;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.util.FileSystemUtils;

/**
 * The demo town in processes of its own: how long a second start takes until the program says that it is ready, and how much
 * memory all processes together need at most while pages are opened and scans are read.
 */
final class Starten implements Szenario {

    /** Of the demo town, as {@code bin/start} prints it. */
    private static final String PASSWORT = "Musterstadt-2026";

    private final Textquelle texte;

    Starten(Textquelle texte) {
        this.texte = texte;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var daten = haus.daten.resolve("zweiter-start");
        FileSystemUtils.deleteRecursively(daten);
        Files.createDirectories(daten);
        if (!umfang.kurz()) {
            Programm.starte(daten).close();
        } else if (Files.isDirectory(haus.daten.resolve("programme"))) {
            // Unpacking PostgreSQL belongs to the first start, which is not what is measured.
            Files.createSymbolicLink(daten.resolve("programme"), haus.daten.resolve("programme"));
        }
        var start = new Messreihe();
        long speicher = 0;
        int runden = umfang.je(5, 1);
        for (int i = 1; i <= runden; i++) {
            try (var programm = Programm.starte(daten)) {
                start.nimm(programm.millisekunden / 1000);
                if (i == runden) {
                    speicher = speicher(programm, umfang);
                }
            }
        }
        FileSystemUtils.deleteRecursively(daten);
        return List.of(
                Ergebnis.wert("zweiter-start", umfang.dokumente(), start.median(), "<10"),
                Ergebnis.wert("speicher", umfang.dokumente(), speicher / 1e6, "<1000"));
    }

    /** The most that was needed in one moment, looked at five times a second. */
    private long speicher(Programm programm, Umfang umfang) throws Exception {
        var hoechster = new AtomicLong();
        var fertig = new AtomicBoolean();
        var waechter = Thread.ofVirtual().start(() -> {
            while (!fertig.get()) {
                try {
                    hoechster.accumulateAndGet(programm.eigenerSpeicher(), Math::max);
                } catch (java.io.IOException | RuntimeException unterwegs) {
                    // A process that ended between two looks; the last look below says if it is more than that.
                }
                try {
                    Thread.sleep(200);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        var browser = new Browser("http://localhost:" + programm.port);
        if (!browser.melde("anja.mueller", PASSWORT).ziel().equals("/postkorb")) {
            throw new IllegalStateException("Die Demo-Stadt lässt niemanden ein");
        }
        var seiten =
                new ArrayList<>(List.of("/postkorb", "/posteingang", "/akten", "/suche?q=Antrag", "/suche?q=Hund"));
        for (int i = 0; i < umfang.je(4, 1); i++) {
            var antwort = browser.ladeHoch(
                    "/posteingang", "/posteingang", "Scan " + i + ".pdf", Texterkennen.scan(texte, i, umfang));
            if (antwort.status() >= 400) {
                throw new IllegalStateException("Hochladen: " + antwort.status());
            }
        }
        // Long enough for the scans to be read meanwhile.
        long ende = System.nanoTime() + umfang.je(30, 2) * 1_000_000_000L;
        for (int i = 0; System.nanoTime() < ende; i++) {
            browser.hole(seiten.get(i % seiten.size()));
        }
        fertig.set(true);
        waechter.join();
        hoechster.accumulateAndGet(programm.eigenerSpeicher(), Math::max);
        if (hoechster.get() == 0) {
            throw new IllegalStateException("Kein Speicher gemessen");
        }
        return hoechster.get();
    }
}
