package de.federwerk.stand;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param szenario its key in {@code szenarien.md}
 * @param wert what Federwerk reached, in the unit of the scenario
 * @param gegenstueck what the bare machine reached in the same unit; null if there is none
 * @param verhaeltnis wert / gegenstueck; null without counterpart
 * @param ziel e.g. {@code >=0.6} (of the ratio if there is one, else of the value)
 */
record Ergebnis(
        String szenario,
        int n,
        double wert,
        @Nullable Double gegenstueck,
        @Nullable Double verhaeltnis,
        String ziel) {

    static Ergebnis verhaeltnis(String szenario, int n, double wert, double gegenstueck, String ziel) {
        return new Ergebnis(szenario, n, wert, gegenstueck, wert / gegenstueck, ziel);
    }

    static Ergebnis wert(String szenario, int n, double wert, String ziel) {
        return new Ergebnis(szenario, n, wert, null, null, ziel);
    }

    boolean erfuellt() {
        double gemessen = verhaeltnis == null ? wert : verhaeltnis;
        double grenze = Double.parseDouble(ziel.replaceAll("[<>=]", ""));
        return ziel.startsWith(">=")
                ? gemessen >= grenze
                : ziel.startsWith("<=") ? gemessen <= grenze : gemessen < grenze;
    }

    static String zahl(@Nullable Double zahl) {
        return zahl == null
                ? ""
                : Math.abs(zahl) >= 100
                        ? String.format(Locale.ROOT, "%.0f", zahl)
                        : Math.abs(zahl) >= 10
                                ? String.format(Locale.ROOT, "%.1f", zahl)
                                : String.format(Locale.ROOT, "%.2f", zahl);
    }
}
