package de.federwerk.stand;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The stand: builds the town unless it is there, measures, prints a table and writes the report. */
public final class Stand {

    private static final long SAAT = 20261123;
    private static final String GEBAUT = "gebaut";
    private static final String FERTIG = "fertig";

    private Stand() {}

    public static void main(String[] argumente) throws Exception {
        if (List.of(argumente).contains("--hilfe")) {
            System.out.println(Optionen.HILFE);
            return;
        }
        try {
            laufe(Optionen.aus(argumente));
        } catch (Optionen.Unverstanden e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        System.exit(0);
    }

    private static void laufe(Optionen optionen) throws Exception {
        var umfang = Umfang.fuer(optionen.dokumente(), optionen.kurz());
        var texte = Textquelle.aus(optionen.korpus());
        var szenarien = gewaehlte(optionen.szenarien(), texte);
        var daten = optionen.daten().resolve(umfang.kuerzel());
        sperre(optionen.daten().resolve(umfang.kuerzel() + ".sperre"));
        if (!Files.exists(daten.resolve(umfang.kuerzel() + "." + GEBAUT))) {
            FileSystemUtils.deleteRecursively(daten);
        }
        Files.createDirectories(daten);
        System.setProperty("java.io.tmpdir", daten.toString());
        var bericht =
                new Bericht(optionen.bericht() == null || optionen.kurz() ? optionen.daten() : optionen.bericht());
        try (var haus = Haus.starte(daten)) {
            einmal(haus, umfang, FERTIG, () -> baue(haus, umfang, texte));
            betritt(haus, umfang);
            haus.bisRuhe();
            if (!optionen.nurLaden()) {
                var ergebnisse = miss(haus, umfang, szenarien, bericht);
                System.out.println(Bericht.tafel(ergebnisse));
            }
        }
    }

    /** Held here: a channel that nobody knows is closed by the garbage collector, and its lock goes with it. */
    private static @Nullable FileLock sperre;

    /** Until this process ends: two stands on one town would stop each other's database. */
    private static void sperre(Path datei) throws IOException {
        Files.createDirectories(datei.getParent());
        sperre = FileChannel.open(datei, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .tryLock();
        if (sperre == null) {
            throw new Optionen.Unverstanden(
                    "Mit dieser Stadt misst schon ein anderer Stand; bitte warten oder --daten ändern.");
        }
    }

    /** A step of building that need not be done again after a break. */
    private interface Schritt {
        void tu() throws Exception;
    }

    private static void einmal(Haus haus, Umfang umfang, String name, Schritt schritt) throws Exception {
        var marke = haus.daten.resolve(umfang.kuerzel() + "." + name);
        if (!Files.exists(marke)) {
            schritt.tu();
            Files.createFile(marke);
        }
    }

    /** Builds the town of this size in the house; broken off, it goes on where it was. */
    static void baue(Haus haus, Umfang umfang, Textquelle texte) throws Exception {
        var plan = new Stadtplan(umfang, texte, SAAT);
        einmal(haus, umfang, GEBAUT, () -> new Stadtbau(haus, plan, umfang.kuerzel()).baue());
        betritt(haus, umfang);
        var ordner = haus.daten.resolve(umfang.kuerzel() + ".altes");
        int anzahl = umfang.dokumente();
        // As a town does it: its old network drive, taken over by bin/import, which itself goes on where it was.
        einmal(haus, umfang, "geschrieben", () -> {
            FileSystemUtils.deleteRecursively(ordner);
            try (var berg = new Aktenberg(ordner, plan)) {
                sage("Netzlaufwerk geschrieben", anzahl, Messreihe.millisekunden(() -> plan.akten(berg)));
            }
        });
        einmal(
                haus,
                umfang,
                "uebernommen",
                () -> sage("Übernommen", anzahl, Uebernahme.nimm(haus, umfang.kuerzel(), ordner, true)));
        einmal(
                haus,
                umfang,
                "gelesen",
                () -> sage("Danach gelesen und zu finden", anzahl, Messreihe.millisekunden(haus::bisRuhe)));
        FileSystemUtils.deleteRecursively(ordner);
        einmal(haus, umfang, "nachgebaut", () -> new Nachbau(haus).baue());
        haus.bisRuhe();
        try (var verbindung = haus.eigner();
                var sql = verbindung.createStatement()) {
            // Autovacuum would do it within minutes; measured is the town of every other day.
            sql.execute("VACUUM ANALYZE");
        }
    }

    private static void betritt(Haus haus, Umfang umfang) {
        haus.betritt(haus.jdbc()
                .sql("SELECT id FROM mandant WHERE kuerzel = ?")
                .param(umfang.kuerzel())
                .query(UUID.class)
                .single());
    }

    private static void sage(String was, int anzahl, double millisekunden) {
        System.err.printf("%s: %.1f s, %.0f Dateien/s%n", was, millisekunden / 1000, anzahl / millisekunden * 1000);
    }

    /** All scenarios, one after the other; the report is written after each, so that a broken run loses nothing. */
    static List<Ergebnis> miss(Haus haus, Umfang umfang, List<Szenario> szenarien, @Nullable Bericht bericht)
            throws Exception {
        var alle = new ArrayList<Ergebnis>();
        for (var szenario : szenarien) {
            long beginn = System.nanoTime();
            var ergebnisse = szenario.miss(haus, umfang);
            System.err.printf("%s: %.0f s%n", szenario.name(), (System.nanoTime() - beginn) / 1e9);
            alle.addAll(ergebnisse);
            if (bericht != null) {
                ergebnisse.forEach(bericht::nimm);
                bericht.schreibe();
            }
        }
        return alle;
    }

    /** In the order in which they disturb each other least. */
    static List<Szenario> alle(Textquelle texte) {
        return List.of(
                new Seiten(),
                new Blaettern(),
                new Grosslisten(),
                new Suchen(),
                new Rechtekosten(),
                new Rechtewechsel(),
                new Zugriffe(),
                new Planbaum(),
                new Indexieren(),
                new Laufen(),
                new Beantragen(),
                new Ablegen(),
                new Massenimport(texte),
                new Texterkennen(texte),
                new Binden(),
                new Starten(texte));
    }

    private static List<Szenario> gewaehlte(List<String> namen, Textquelle texte) {
        var alle = alle(texte);
        for (var name : namen) {
            if (alle.stream().noneMatch(s -> s.name().equals(name))) {
                throw new Optionen.Unverstanden(
                        "Ein Szenario „" + name + "“ gibt es nicht; bin/bench --hilfe nennt alle.");
            }
        }
        return alle.stream()
                .filter(s -> namen.isEmpty() || namen.contains(s.name()))
                .toList();
    }
}
