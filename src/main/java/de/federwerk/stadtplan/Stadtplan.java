package de.federwerk.stadtplan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture of the town between four edges in degrees (WGS 84); within a town the error of drawing degrees straight is smaller than a house. The
 * last Stufe is the picture itself, each before it half of the next.
 *
 * @param breite of the picture in pixels, and {@code hoehe}
 * @param quelle whose map it is
 */
public record Stadtplan(
        int fassung,
        int breite,
        int hoehe,
        int stufen,
        double nord,
        double west,
        double sued,
        double ost,
        String quelle) {

    /** Pixels of a square's side. */
    public static final int KACHEL = 256;

    private static final int JE_SEITE = 3;

    /** Degrees, with six places: a tenth of a metre. */
    public record Punkt(BigDecimal breite, BigDecimal laenge) {}

    public record Kachel(int spalte, int zeile) {}

    /**
     * At most three times three squares around a place, fewer where the map is smaller.
     *
     * @param spalten of squares, and {@code zeilen}
     * @param mitteX pixel of the Stufe in the middle, and {@code mitteY}
     * @param punktX of the mark, from the left edge of the squares; null if it lies outside or there is none
     */
    public record Ausschnitt(
            int stufe,
            int mitteX,
            int mitteY,
            int spalten,
            int zeilen,
            List<Kachel> kacheln,
            @Nullable Integer punktX,
            @Nullable Integer punktY) {}

    public int breite(int stufe) {
        return Math.max(1, breite >> stufen - 1 - stufe);
    }

    public int hoehe(int stufe) {
        return Math.max(1, hoehe >> stufen - 1 - stufe);
    }

    public boolean zeigt(@Nullable BigDecimal breitengrad, @Nullable BigDecimal laengengrad) {
        return breitengrad != null
                && laengengrad != null
                && breitengrad.doubleValue() <= nord
                && breitengrad.doubleValue() >= sued
                && laengengrad.doubleValue() >= west
                && laengengrad.doubleValue() <= ost;
    }

    public int x(int stufe, BigDecimal laengengrad) {
        return (int) Math.round((laengengrad.doubleValue() - west) / (ost - west) * breite(stufe));
    }

    public int y(int stufe, BigDecimal breitengrad) {
        return (int) Math.round((nord - breitengrad.doubleValue()) / (nord - sued) * hoehe(stufe));
    }

    /** What lies under a pixel of a Stufe; the nearest point of the map if it is beside it. */
    public Punkt punkt(int stufe, int x, int y) {
        double rechts = Math.clamp((double) x / breite(stufe), 0, 1);
        double unten = Math.clamp((double) y / hoehe(stufe), 0, 1);
        return new Punkt(grad(nord - unten * (nord - sued)), grad(west + rechts * (ost - west)));
    }

    private static BigDecimal grad(double wert) {
        return BigDecimal.valueOf(wert).setScale(6, RoundingMode.HALF_EVEN);
    }

    /** Around a pixel of a Stufe. @param punkt to be marked; null for none */
    public Ausschnitt ausschnitt(int stufe, int x, int y, @Nullable Punkt punkt) {
        int gueltig = Math.clamp(stufe, 0, stufen - 1);
        int mitteX = Math.clamp(x, 0, breite(gueltig) - 1);
        int mitteY = Math.clamp(y, 0, hoehe(gueltig) - 1);
        int alleSpalten = (breite(gueltig) + KACHEL - 1) / KACHEL;
        int alleZeilen = (hoehe(gueltig) + KACHEL - 1) / KACHEL;
        int spalten = Math.min(JE_SEITE, alleSpalten);
        int zeilen = Math.min(JE_SEITE, alleZeilen);
        int links = Math.clamp(mitteX / KACHEL - 1L, 0, alleSpalten - spalten);
        int oben = Math.clamp(mitteY / KACHEL - 1L, 0, alleZeilen - zeilen);
        var kacheln = new ArrayList<Kachel>();
        for (int zeile = oben; zeile < oben + zeilen; zeile++) {
            for (int spalte = links; spalte < links + spalten; spalte++) {
                kacheln.add(new Kachel(spalte, zeile));
            }
        }
        boolean drauf = punkt != null && zeigt(punkt.breite, punkt.laenge);
        int punktX = drauf && punkt != null ? x(gueltig, punkt.laenge) - links * KACHEL : -1;
        int punktY = drauf && punkt != null ? y(gueltig, punkt.breite) - oben * KACHEL : -1;
        boolean hier = drauf && punktX >= 0 && punktY >= 0 && punktX <= spalten * KACHEL && punktY <= zeilen * KACHEL;
        return new Ausschnitt(
                gueltig, mitteX, mitteY, spalten, zeilen, kacheln, hier ? punktX : null, hier ? punktY : null);
    }
}
