package de.federwerk.datei;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Letters put together to words, by where they stand and not by how the file cuts its text. */
final class Blattworte {

    /** In the size of the letter: what is farther apart are two words. */
    private static final double LUECKE = 0.19;

    private static final double UEBERLAPPT = -0.5;
    private static final double VERSATZ = 0.3;
    /** Pieces of one word that the file draws out of order. */
    private static final double NAHT = 0.1;

    /** Of 255: with less between its darkest and its lightest pixel nobody reads a word. */
    private static final int KONTRAST = 28;

    /**
     * Everything in points from the upper left corner of the page.
     *
     * @param x where its baseline begins
     * @param dx direction of the writing
     */
    record Wort(
            String text, double x, double y, double dx, double dy, double groesse, double breite, Rectangle2D kasten) {

        private double laengs() {
            return x * dx + y * dy;
        }

        private double quer() {
            return y * dx - x * dy;
        }

        private Wort und(Wort b) {
            double ende = Math.max(laengs() + breite, b.laengs() + b.breite);
            return new Wort(
                    text + b.text,
                    x,
                    y,
                    dx,
                    dy,
                    Math.max(groesse, b.groesse),
                    ende - laengs(),
                    kasten.createUnion(b.kasten));
        }
    }

    private Blattworte() {}

    /** @param welche of the letters */
    static List<Wort> aus(List<Sichtblatt.Glyphe> glyphen, Predicate<Sichtblatt.Glyphe> welche) {
        var worte = new ArrayList<Wort>();
        Wort wort = null;
        for (var g : glyphen) {
            if (!welche.test(g) || g.text().isBlank()) {
                if (wort != null) {
                    worte.add(wort);
                }
                wort = null;
                continue;
            }
            var neues = new Wort(g.text(), g.x(), g.y(), g.dx(), g.dy(), g.groesse(), g.breite(), g.kasten());
            if (wort != null && schliesstAn(wort, neues, UEBERLAPPT, LUECKE)) {
                wort = wort.und(neues);
            } else {
                if (wort != null) {
                    worte.add(wort);
                }
                wort = neues;
            }
        }
        if (wort != null) {
            worte.add(wort);
        }
        return vernaeht(worte);
    }

    private static boolean schliesstAn(Wort a, Wort b, double von, double bis) {
        double groesse = Math.max(a.groesse, b.groesse);
        double luecke = b.x * a.dx + b.y * a.dy - (a.laengs() + a.breite);
        return a.dx * b.dx + a.dy * b.dy > 0.98
                && Math.abs(b.y * a.dx - b.x * a.dy - a.quer()) < VERSATZ * groesse
                && luecke > von * groesse
                && luecke < bis * groesse;
    }

    /** A program may draw the letters of a word in any order; what touches on one line is one word. */
    private static List<Wort> vernaeht(List<Wort> worte) {
        var folge = new ArrayList<Integer>();
        for (int i = 0; i < worte.size(); i++) {
            folge.add(i);
        }
        folge.sort(Comparator.<Integer>comparingLong(i -> Math.round(Math.atan2(worte.get(i).dy, worte.get(i).dx) * 50))
                .thenComparingLong(i -> Math.round(worte.get(i).quer()))
                .thenComparingDouble(i -> worte.get(i).laengs()));
        var fertig = new Wort[worte.size()];
        int offen = -1;
        for (int i : folge) {
            var b = worte.get(i);
            if (offen >= 0 && fertig[offen] != null && schliesstAn(fertig[offen], b, -NAHT, NAHT)) {
                var ganz = fertig[offen].und(b);
                int platz = Math.min(offen, i);
                fertig[offen] = null;
                fertig[platz] = ganz;
                offen = platz;
            } else {
                fertig[i] = b;
                offen = i;
            }
        }
        var ergebnis = new ArrayList<Wort>();
        for (var wort : fertig) {
            if (wort != null) {
                ergebnis.add(wort);
            }
        }
        return ergebnis;
    }

    /** Whether there is anything to be read where this word stands: white on white and black on black is not. */
    static boolean zeigtSich(BufferedImage bild, double jePunkt, Wort wort) {
        int links = Math.clamp((long) Math.floor(wort.kasten.getMinX() * jePunkt), 0, bild.getWidth() - 1);
        int rechts = Math.clamp((long) Math.ceil(wort.kasten.getMaxX() * jePunkt), links, bild.getWidth() - 1);
        int oben = Math.clamp((long) Math.floor(wort.kasten.getMinY() * jePunkt), 0, bild.getHeight() - 1);
        int unten = Math.clamp((long) Math.ceil(wort.kasten.getMaxY() * jePunkt), oben, bild.getHeight() - 1);
        int hell = 0;
        int dunkel = 255;
        for (int y = oben; y <= unten; y++) {
            for (int x = links; x <= rechts; x++) {
                int grau = grau(bild.getRGB(x, y));
                hell = Math.max(hell, grau);
                dunkel = Math.min(dunkel, grau);
                if (hell - dunkel >= KONTRAST) {
                    return true;
                }
            }
        }
        return false;
    }

    static int grau(int rgb) {
        return ((rgb >> 16 & 0xFF) * 77 + (rgb >> 8 & 0xFF) * 151 + (rgb & 0xFF) * 28) >> 8;
    }
}
