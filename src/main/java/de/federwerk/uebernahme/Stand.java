package de.federwerk.uebernahme;

import de.federwerk.gesicht.Anzeige;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** How far a run is; counted by its thread, read by others. */
final class Stand {

    final AtomicLong gefunden = new AtomicLong();
    final AtomicLong gefundenBytes = new AtomicLong();
    final AtomicLong bearbeitet = new AtomicLong();
    final AtomicLong uebernommen = new AtomicLong();
    final AtomicLong uebernommenBytes = new AtomicLong();
    final AtomicLong schon = new AtomicLong();
    final AtomicLong ausgelassen = new AtomicLong();
    final AtomicLong probleme = new AtomicLong();
    final AtomicLong akten = new AtomicLong();
    final AtomicLong vorgaenge = new AtomicLong();
    volatile long begonnen = System.nanoTime();

    /** From an earlier run: goes by much faster and says nothing of the speed. */
    void zaehleSchon() {
        schon.incrementAndGet();
        bearbeitet.incrementAndGet();
    }

    void zaehle(long dokumente, long bytes, long nicht) {
        uebernommen.addAndGet(dokumente);
        uebernommenBytes.addAndGet(bytes);
        probleme.addAndGet(nicht);
        bearbeitet.addAndGet(dokumente + nicht);
    }

    String zeile() {
        long fertig = bearbeitet.get();
        long alle = Math.max(gefunden.get(), fertig);
        double sekunden = (System.nanoTime() - begonnen) / 1e9;
        double jeSekunde = sekunden < 0.5 ? 0 : (fertig - schon.get()) / sekunden;
        var rest = jeSekunde < 0.1 || fertig >= alle
                ? ""
                : " · noch etwa " + dauer(Duration.ofSeconds((long) ((alle - fertig) / jeSekunde)));
        return String.format(
                Locale.GERMANY,
                "%,d von %,d Dateien (%.1f %%) · %,.0f je Sekunde%s",
                fertig,
                alle,
                alle == 0 ? 100.0 : 100.0 * fertig / alle,
                jeSekunde,
                rest);
    }

    /** {@code 40 s}, {@code 12 min}, {@code 3 h 20 min}. */
    static String dauer(Duration dauer) {
        long sekunden = dauer.toSeconds();
        if (sekunden < 90) {
            return Math.max(1, sekunden) + " s";
        }
        long minuten = (sekunden + 30) / 60;
        return minuten < 90 ? minuten + " min" : minuten / 60 + " h " + minuten % 60 + " min";
    }

    /** @param probe says what would be */
    String bilanz(boolean probe) {
        return Anzeige.anzahl(uebernommen.get(), "Dokument", "Dokumente")
                + (probe ? " würden übernommen (" : " übernommen (")
                + Anzeige.groesse(uebernommenBytes.get())
                + ")" + (schon.get() > 0 ? ", " + Anzeige.zahl(schon.get()) + " schon früher" : "") + ", "
                + Anzeige.zahl(akten.get())
                + " neue Akten, " + Anzeige.zahl(vorgaenge.get()) + " neue Vorgänge, " + Anzeige.zahl(ausgelassen.get())
                + " ausgelassen, " + Anzeige.anzahl(probleme.get(), "Problem", "Probleme");
    }
}
