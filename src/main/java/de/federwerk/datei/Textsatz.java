package de.federwerk.datei;

import de.federwerk.datei.Band.Zeile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Pages of our own around those of the files: cover, contents, Vermerke, what is withheld. */
final class Textsatz implements AutoCloseable {

    private static final float LINKS = 62;
    private static final float RECHTS = 50;
    private static final float OBEN = 64;
    private static final float UNTEN = 40;
    private static final float EINZUG = 130;
    private static final float BREITE = PDRectangle.A4.getWidth() - LINKS - RECHTS;

    /** A line of the contents: where it stands and where it leads. @param auf the page of contents, from 0 */
    record Sprung(int auf, float unten, float oben, int ziel) {}

    /** @param blatt from 1 */
    record Eintrag(int ebene, String titel, int blatt) {}

    private final Hausschrift schrift;
    private final PDDocument pdf;
    private final List<PDPage> blaetter = new ArrayList<>();
    private PDPageContentStream stift;
    private float hoehe;

    private Textsatz(Hausschrift schrift, PDDocument pdf) throws IOException {
        this.schrift = schrift;
        this.pdf = pdf;
        this.stift = neuesBlatt();
    }

    static List<PDPage> setze(Hausschrift schrift, PDDocument pdf, List<Zeile> zeilen) throws IOException {
        if (zeilen.isEmpty()) {
            return List.of();
        }
        try (var satz = new Textsatz(schrift, pdf)) {
            for (var zeile : zeilen) {
                satz.setze(zeile);
            }
            return satz.blaetter;
        }
    }

    static final int EINTRAEGE_JE_BLATT = 44;

    /** The contents: one line each, so that their number of pages is known before the numbers in them are. */
    static List<PDPage> verzeichnis(Hausschrift schrift, PDDocument pdf, List<Eintrag> eintraege, List<Sprung> spruenge)
            throws IOException {
        try (var satz = new Textsatz(schrift, pdf)) {
            satz.zeile("Inhalt", 15, LINKS);
            satz.hoehe -= 10;
            for (int i = 0; i < eintraege.size(); i++) {
                if (i > 0 && i % EINTRAEGE_JE_BLATT == 0) {
                    satz.stift.close();
                    satz.stift = satz.neuesBlatt();
                    satz.zeile("Inhalt (Fortsetzung)", 9, LINKS);
                    satz.hoehe -= 8;
                }
                var eintrag = eintraege.get(i);
                float unten = satz.hoehe - 15;
                satz.eintrag(eintrag);
                spruenge.add(new Sprung(satz.blaetter.size() - 1, unten - 3, unten + 11, eintrag.blatt - 1));
            }
            return satz.blaetter;
        }
    }

    private void eintrag(Eintrag eintrag) throws IOException {
        float grad = eintrag.ebene == 1 ? 10.5f : 9.5f;
        float links = LINKS + (eintrag.ebene == 1 ? 0 : 14);
        var nummer = String.valueOf(eintrag.blatt);
        float rechts = LINKS + BREITE - schrift.breite(nummer, grad);
        hoehe -= 15;
        var titel = schrift.gekuerzt(eintrag.titel, grad, rechts - links - 12);
        schreibe(titel, grad, links);
        schreibe(nummer, grad, rechts);
        float von = links + schrift.breite(titel, grad) + 4;
        if (rechts - von > 12) {
            stift.setLineWidth(0.4f);
            stift.setLineDashPattern(new float[] {1, 2.5f}, 0);
            stift.setStrokingColor(0.5f);
            stift.moveTo(von, hoehe + 1);
            stift.lineTo(rechts - 4, hoehe + 1);
            stift.stroke();
        }
    }

    private void setze(Zeile zeile) throws IOException {
        switch (zeile.stil()) {
            case TITEL -> {
                absatz(zeile.text(), 22, LINKS, BREITE);
                hoehe -= 14;
            }
            case UEBERSCHRIFT -> {
                hoehe -= 10;
                absatz(zeile.text(), 13, LINKS, BREITE);
                hoehe -= 4;
            }
            case TEXT -> {
                absatz(zeile.text(), 10, LINKS, BREITE);
                hoehe -= 4;
            }
            case KLEIN -> absatz(zeile.text(), 8, LINKS, BREITE);
            case PAAR -> {
                platz(15);
                float oben = hoehe;
                zeile(schrift.gekuerzt(zeile.wort(), 9, EINZUG - 8), 9, LINKS);
                hoehe = oben;
                absatz(zeile.text(), 10, LINKS + EINZUG, BREITE - EINZUG);
                hoehe -= 3;
            }
        }
    }

    private void absatz(String text, float grad, float links, float breite) throws IOException {
        var zeilen = new ArrayList<String>();
        schrift.umbrich(text, grad, breite, zeilen);
        for (var zeile : zeilen) {
            zeile(zeile, grad, links);
        }
    }

    private void zeile(String text, float grad, float links) throws IOException {
        platz(grad * 1.4f);
        hoehe -= grad * 1.4f;
        schreibe(schrift.setzbar(text), grad, links);
    }

    private void platz(float noetig) throws IOException {
        if (hoehe - noetig < UNTEN) {
            stift.close();
            stift = neuesBlatt();
        }
    }

    private void schreibe(String text, float grad, float x) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        stift.beginText();
        stift.setFont(schrift.schrift(), grad);
        stift.newLineAtOffset(x, hoehe);
        stift.showText(text);
        stift.endText();
    }

    private PDPageContentStream neuesBlatt() throws IOException {
        var blatt = new PDPage(PDRectangle.A4);
        blaetter.add(blatt);
        hoehe = PDRectangle.A4.getHeight() - OBEN;
        return new PDPageContentStream(pdf, blatt);
    }

    @Override
    public void close() throws IOException {
        stift.close();
    }
}
