package de.federwerk.schwaerzung;

import de.federwerk.datei.Schwaerzwerk;
import java.util.UUID;

/**
 * What is blacked out: part of a page (from 1), in millimetres from its upper left corner as it is seen.
 *
 * @param id chosen by the page: sent twice, it is marked once
 */
record Bereich(UUID id, int seite, double x, double y, double breite, double hoehe, Grund grund, String erlaeuterung) {

    /** A word counts as covered if so much of its box lies under an area: boxes of neighbouring lines overlap a little. */
    private static final double VERDECKT = 0.25;

    /** Less of its breadth or height, and something of the word can still be read. */
    private static final double GANZ = 0.94;

    private static final double HOCH = 0.7;

    Schwaerzwerk.Flaeche flaeche() {
        return new Schwaerzwerk.Flaeche(seite, x, y, breite, hoehe);
    }

    boolean verdeckt(Schwaerzwerk.Wort wort) {
        double b = Math.min(x + breite, wort.x() + wort.breite()) - Math.max(x, wort.x());
        double h = Math.min(y + hoehe, wort.y() + wort.hoehe()) - Math.max(y, wort.y());
        return b > 0 && h > 0 && b * h > VERDECKT * wort.breite() * wort.hoehe()
                || b > 0 && h > 0 && x >= wort.x() && y >= wort.y() && x + breite <= wort.x() + wort.breite();
    }

    /** Whether letters of a covered word stick out beside or above it. */
    boolean schneidetAn(Schwaerzwerk.Wort wort) {
        double b = Math.min(x + breite, wort.x() + wort.breite()) - Math.max(x, wort.x());
        double h = Math.min(y + hoehe, wort.y() + wort.hoehe()) - Math.max(y, wort.y());
        return b < GANZ * wort.breite() || h < HOCH * wort.hoehe();
    }

    /** Whether it covers that one nearly as a whole. */
    boolean enthaelt(Bereich b) {
        double rand = 0.4;
        return seite == b.seite
                && b.x >= x - rand
                && b.y >= y - rand
                && b.x + b.breite <= x + breite + rand
                && b.y + b.hoehe <= y + hoehe + rand;
    }
}
