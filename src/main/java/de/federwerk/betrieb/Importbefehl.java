package de.federwerk.betrieb;

import de.federwerk.uebernahme.Ausgabe;
import de.federwerk.uebernahme.Uebernahmeauftrag;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code bin/import}: hands the wish to the program that runs on this data folder, or, where none runs, is that program for as long
 * as it takes, with no door open to anybody.
 */
final class Importbefehl {

    static final String HILFE = """
            Aufruf: bin/import ORDNER [Optionen]
              --tabelle DATEI.csv   was die Ordnernamen nicht sagen: Pfad;Position;Akte;Vorgang;Titel;Datum;…
              --probe               zeigt nur, was würde; geschrieben wird allein der Bericht
              --einheit KÜRZEL      federführende Einheit für alles (sonst je Position gefunden)
              --ohne-vorgang TITEL  Vorgang für Dateien, die unmittelbar im Ordner der Akte liegen (sonst „Allgemeines“)
              --mandant KÜRZEL      sonst der erste
              --name NAME           unter dem diese Übernahme fortgesetzt wird (sonst der Ordner)
              --daten DIR           Ordner für alle Daten (sonst daten neben bin)
            Derselbe Befehl noch einmal macht dort weiter, wo er stand; nichts kommt doppelt.
            Ende mit 0 = alles da, 1 = im Bericht stehen Probleme, 2 = nicht begonnen oder angehalten.""";

    /** @param mandant Kürzel, or empty */
    record Wunsch(Path daten, String mandant, Uebernahmeauftrag auftrag) {}

    private Importbefehl() {}

    /** Ends the process. */
    static void fuehreAus(Class<?> programm, String[] argumente) {
        try {
            var wunsch = aus(argumente);
            if (wunsch == null) {
                System.out.println(HILFE);
                System.exit(0);
                return;
            }
            System.exit(fuehreAus(programm, wunsch));
        } catch (Optionen.Unverstanden | Startfehler e) {
            System.err.println(e.getMessage());
        } catch (IOException e) {
            System.err.println("Die Übernahme lässt sich nicht beginnen: " + e.getMessage());
        }
        System.exit(2);
    }

    private static int fuehreAus(Class<?> programm, Wunsch wunsch) throws IOException {
        if (!Files.isDirectory(wunsch.daten.resolve("protokolle")))
            throw new Startfehler("In %s liegen keine Daten von Federwerk.".formatted(wunsch.daten));
        var frei = Sperre.versuche(wunsch.daten);
        if (frei.isEmpty()) return Importwunsch.sende(wunsch, new Konsole(System.out));
        frei.get().close();
        return Programmstart.allein(programm, wunsch);
    }

    /** @return null if only help is wanted @throws Optionen.Unverstanden with one German line */
    static @Nullable Wunsch aus(String... argumente) {
        var daten = "daten";
        String mandant = "";
        String name = "";
        String einheit = "";
        String ohneVorgang = "Allgemeines";
        Path ordner = null;
        Path tabelle = null;
        boolean probe = false;
        for (int i = 0; i < argumente.length; i++) {
            switch (argumente[i]) {
                case "--daten" -> daten = Optionen.wert(argumente, ++i);
                case "--mandant" -> mandant = Optionen.wert(argumente, ++i);
                case "--name" -> name = Optionen.wert(argumente, ++i);
                case "--einheit" -> einheit = Optionen.wert(argumente, ++i);
                case "--ohne-vorgang" -> ohneVorgang = Optionen.wert(argumente, ++i);
                case "--tabelle" -> tabelle = pfad(Optionen.wert(argumente, ++i));
                case "--probe" -> probe = true;
                case "--hilfe", "--help", "-h" -> {
                    return null;
                }
                default -> {
                    if (argumente[i].startsWith("--") || ordner != null)
                        throw new Optionen.Unverstanden(
                                "Unbekannte Option „%s“; bin/import --hilfe zeigt alle.".formatted(argumente[i]));
                    ordner = pfad(argumente[i]);
                }
            }
        }
        if (ordner == null)
            throw new Optionen.Unverstanden("Es fehlt der Ordner; bin/import --hilfe zeigt, wie es geht.");
        if (!Files.isDirectory(ordner))
            throw new Optionen.Unverstanden("Den Ordner %s gibt es nicht.".formatted(ordner));
        if (name.length() > 200) throw new Optionen.Unverstanden("Der Name darf höchstens 200 Zeichen haben.");
        if (tabelle != null && !Files.isReadable(tabelle))
            throw new Optionen.Unverstanden(
                    "Die Tabelle %s gibt es nicht, oder sie ist nicht lesbar.".formatted(tabelle));
        var dort = pfad(daten);
        if (ordner.startsWith(dort) || dort.startsWith(ordner))
            throw new Optionen.Unverstanden("Der Ordner und der Datenordner dürfen nicht ineinander liegen.");
        return new Wunsch(
                dort,
                mandant,
                new Uebernahmeauftrag(
                        ordner, tabelle, probe, name.isEmpty() ? ordner.toString() : name, einheit, ohneVorgang));
    }

    /** The one name of a folder, whatever way leads there: a second run must find the first. */
    private static Path pfad(String text) {
        try {
            var pfad = Path.of(text).toAbsolutePath().normalize();
            return Files.exists(pfad) ? pfad.toRealPath() : pfad;
        } catch (IOException | InvalidPathException e) {
            throw new Optionen.Unverstanden("Der Pfad %s ist nicht lesbar.".formatted(text));
        }
    }

    /** On a terminal the progress stays on one line; into a file it goes now and then. */
    static class Konsole implements Ausgabe {

        private static final long SELTEN = 15_000_000_000L;

        private final PrintStream ziel;
        /** {@code bin/import} knows whether somebody looks. */
        private final boolean bildschirm = Boolean.getBoolean("federwerk.bildschirm");

        private int breite;
        private long naechste = System.nanoTime();

        Konsole(PrintStream ziel) {
            this.ziel = ziel;
        }

        @Override
        public synchronized void zeile(String text) {
            loesche();
            ziel.println(text);
            ziel.flush();
        }

        @Override
        public synchronized void fortschritt(String text) {
            if (bildschirm) {
                ziel.print("\r" + text + " ".repeat(Math.max(0, breite - text.length())));
                breite = text.length();
                ziel.flush();
            } else if (System.nanoTime() - naechste > 0) {
                naechste = System.nanoTime() + SELTEN;
                ziel.println(text);
                ziel.flush();
            }
        }

        private void loesche() {
            if (breite > 0) {
                ziel.print("\r" + " ".repeat(breite) + "\r");
                breite = 0;
            }
        }

        @Override
        public boolean abgebrochen() {
            return false;
        }
    }
}
