package de.federwerk.stand;

import java.util.Arrays;

/** Values of one kind, in the order in which they were measured. */
final class Messreihe {

    /** One measurement; returns its value, e.g. milliseconds or things per second. */
    interface Messung {
        double miss() throws Exception;
    }

    /** Ours and the counterpart's. */
    record Paar(Messreihe wir, Messreihe gegenstueck) {}

    private double[] werte = new double[0];

    void nimm(double wert) {
        werte = Arrays.copyOf(werte, werte.length + 1);
        werte[werte.length - 1] = wert;
    }

    /**
     * Takes turns, so that whatever else the machine does meets both: first {@code aufwaermen} rounds that do not count, then
     * {@code runden} that do, ours first in every other one.
     */
    static Paar abwechselnd(int aufwaermen, int runden, Messung wir, Messung gegenstueck) throws Exception {
        var paar = new Paar(new Messreihe(), new Messreihe());
        for (int i = -aufwaermen; i < runden; i++) {
            double unser = 0;
            if (i % 2 == 0) {
                unser = wir.miss();
            }
            double anderes = gegenstueck.miss();
            if (i % 2 != 0) {
                unser = wir.miss();
            }
            if (i >= 0) {
                paar.wir.nimm(unser);
                paar.gegenstueck.nimm(anderes);
            }
        }
        return paar;
    }

    /** Milliseconds that something took. */
    static double millisekunden(Arbeit arbeit) throws Exception {
        long beginn = System.nanoTime();
        arbeit.tu();
        return (System.nanoTime() - beginn) / 1e6;
    }

    interface Arbeit {
        void tu() throws Exception;
    }

    double median() {
        return quantil(0.5);
    }

    double p95() {
        return quantil(0.95);
    }

    private double quantil(double anteil) {
        if (werte.length == 0) {
            throw new IllegalStateException("Nichts gemessen");
        }
        var sortiert = werte.clone();
        Arrays.sort(sortiert);
        double stelle = anteil * (sortiert.length - 1);
        int unten = (int) stelle;
        int oben = Math.min(unten + 1, sortiert.length - 1);
        return sortiert[unten] + (stelle - unten) * (sortiert[oben] - sortiert[unten]);
    }
}
