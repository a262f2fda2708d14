package de.federwerk.datei;

import de.federwerk.datei.Band.Stueck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Binds pages from {@link Aufbereitung} and pages of our own to one PDF/A. Each page gets a strip below it with its number, so that
 * nothing of what it shows is covered or made smaller.
 */
final class Bandschreiber {

    static final String PLAN = "plan.json";
    static final String BAND = "band.pdf";
    static final String BLAETTER = "blaetter.json";

    private static final float STREIFEN = 20;
    private static final float GRAD = 8;
    private static final COSName SCHRIFT = COSName.getPDFName("FwBlatt");

    /** @param erste for each part of the Band its first page, from 1 */
    record Gebunden(int blaetter, List<Integer> erste) {}

    private final Path ordner;
    private final Band band;
    private final IntConsumer lebenszeichen;
    private final PDDocument hilfe;
    private final Hausschrift schrift;
    private int gesamt;

    private Bandschreiber(Path ordner, Band band, IntConsumer lebenszeichen, PDDocument hilfe) throws IOException {
        this.ordner = ordner;
        this.band = band;
        this.lebenszeichen = lebenszeichen;
        this.hilfe = hilfe;
        this.schrift = new Hausschrift(hilfe);
    }

    /** @param hoechstens most pages */
    static Gebunden tu(Path ordner, Band band, int hoechstens, IntConsumer lebenszeichen) throws IOException, Befund {
        try (var hilfe = new PDDocument(Aufbereitung.speicher(ordner).streamCache)) {
            return new Bandschreiber(ordner, band, lebenszeichen, hilfe).binde(hoechstens);
        }
    }

    private Gebunden binde(int hoechstens) throws IOException, Befund {
        var deckblatt = Textsatz.setze(schrift, hilfe, band.deckblatt());
        int verzeichnisseiten = Math.ceilDiv(Math.max(1, band.stuecke().size()), Textsatz.EINTRAEGE_JE_BLATT);
        var texte = new ArrayList<List<PDPage>>();
        var erste = new ArrayList<Integer>();
        var eintraege = new ArrayList<Textsatz.Eintrag>();
        gesamt = deckblatt.size() + verzeichnisseiten;
        for (var stueck : band.stuecke()) {
            var text = Textsatz.setze(schrift, hilfe, stueck.text());
            texte.add(text);
            erste.add(gesamt + 1);
            eintraege.add(new Textsatz.Eintrag(stueck.ebene(), stueck.titel(), gesamt + 1));
            gesamt += text.size();
            for (var bogen : stueck.boegen()) {
                gesamt += seiten(bogen);
            }
            if (gesamt > hoechstens) {
                throw new Befund(String.format(Locale.GERMANY, "Es wären mehr als %,d Blatt.", hoechstens));
            }
        }
        var spruenge = new ArrayList<Textsatz.Sprung>();
        var verzeichnis = Textsatz.verzeichnis(schrift, hilfe, eintraege, spruenge);
        if (verzeichnis.size() != verzeichnisseiten) {
            throw new IllegalStateException("Verzeichnis anders als gedacht");
        }
        try (var buch = new Pdfbuch(ordner.resolve(BAND), gesamt)) {
            buch.strom().fest(schrift.schrift().getCOSObject());
            int blatt = eigene(buch, 0, deckblatt, band.titel());
            for (int i = 0; i < verzeichnis.size(); i++) {
                var seite = Aufbereitung.wieSieIst(verzeichnis.get(i));
                seite.setItem(COSName.ANNOTS, verweise(buch, spruenge, i));
                drucke(buch, blatt++, seite, "Inhalt");
            }
            buch.strom().vergiss();
            for (int i = 0; i < band.stuecke().size(); i++) {
                var stueck = band.stuecke().get(i);
                blatt = eigene(buch, blatt, texte.get(i), stueck.fuss());
                for (var bogen : stueck.boegen()) {
                    blatt = fremde(buch, blatt, bogen, stueck);
                }
            }
            buch.schliesse(
                    band.titel(),
                    band.verfasser(),
                    eintraege.stream()
                            .map(e -> new Pdfbuch.Lesezeichen(e.ebene(), e.titel(), e.blatt() - 1))
                            .toList());
        }
        return new Gebunden(gesamt, erste);
    }

    private int seiten(String bogen) throws Befund {
        try (var pdf = Aufbereitung.oeffne(ordner, ordner.resolve(bogen))) {
            return pdf.getNumberOfPages();
        } catch (IOException e) {
            throw Befund.beschaedigt(e);
        }
    }

    private int eigene(Pdfbuch buch, int blatt, List<PDPage> seiten, String fuss) throws IOException {
        int naechstes = blatt;
        for (var seite : seiten) {
            drucke(buch, naechstes++, Aufbereitung.wieSieIst(seite), fuss);
        }
        buch.strom().vergiss();
        return naechstes;
    }

    private int fremde(Pdfbuch buch, int blatt, String bogen, Stueck stueck) throws IOException, Befund {
        int naechstes = blatt;
        try (var pdf = Aufbereitung.oeffne(ordner, ordner.resolve(bogen))) {
            for (PDPage seite : pdf.getPages()) {
                drucke(buch, naechstes++, Aufbereitung.wieSieIst(seite), stueck.fuss());
            }
            buch.strom().vergiss();
        }
        return naechstes;
    }

    private static COSArray verweise(Pdfbuch buch, List<Textsatz.Sprung> spruenge, int auf) {
        var alle = new COSArray();
        for (var sprung : spruenge) {
            if (sprung.auf() == auf) {
                var verweis = new COSDictionary();
                verweis.setItem(COSName.TYPE, COSName.ANNOT);
                verweis.setItem(COSName.SUBTYPE, COSName.getPDFName("Link"));
                verweis.setItem(
                        COSName.RECT,
                        new PDRectangle(55, sprung.unten(), 495, sprung.oben() - sprung.unten()).getCOSArray());
                // Print: PDF/A wants it of everything that is laid over a page.
                verweis.setInt(COSName.F, 4);
                var rand = new COSArray();
                for (int i = 0; i < 3; i++) {
                    rand.add(COSInteger.ZERO);
                }
                verweis.setItem(COSName.BORDER, rand);
                verweis.setItem(COSName.DEST, buch.ziel(sprung.ziel()));
                alle.add(verweis);
            }
        }
        return alle;
    }

    /** The page with its strip: larger by it at the side that is below when one looks at it. */
    private void drucke(Pdfbuch buch, int blatt, COSDictionary seite, String fuss) throws IOException {
        lebenszeichen.accept(blatt + 1);
        var flaeche = new PDRectangle((COSArray) seite.getDictionaryObject(COSName.CROP_BOX));
        int drehung = Math.floorMod(seite.getInt(COSName.ROTATE), 360);
        float x = flaeche.getLowerLeftX();
        float y = flaeche.getLowerLeftY();
        float b = flaeche.getWidth();
        float h = flaeche.getHeight();
        float breite = drehung % 180 == 0 ? b : h;
        var groesser = switch (drehung) {
            case 90 -> new PDRectangle(x, y, b + STREIFEN, h);
            case 180 -> new PDRectangle(x, y, b, h + STREIFEN);
            case 270 -> new PDRectangle(x - STREIFEN, y, b + STREIFEN, h);
            default -> new PDRectangle(x, y - STREIFEN, b, h + STREIFEN);
        };
        // Where the lower left corner of the strip is, as one looks at it, and which way its lines run.
        var lage = switch (drehung) {
            case 90 -> lage("0 1 -1 0", x + b + STREIFEN, y);
            case 180 -> lage("-1 0 0 -1", x + b, y + h + STREIFEN);
            case 270 -> lage("0 -1 1 0", x - STREIFEN, y + h);
            default -> lage("1 0 0 1", x, y - STREIFEN);
        };
        var davor = String.format(Locale.ROOT, "q %.3f %.3f %.3f %.3f re W n\n", x, y, b, h);
        var inhalt = new COSArray();
        inhalt.add(buch.strom().verweis(buch.strom().strom(davor.getBytes(StandardCharsets.US_ASCII), "")));
        var bisher = seite.getDictionaryObject(COSName.CONTENTS);
        if (bisher instanceof COSArray mehrere) {
            for (int i = 0; i < mehrere.size(); i++) {
                inhalt.add(mehrere.get(i));
            }
        } else if (bisher != null) {
            inhalt.add(seite.getItem(COSName.CONTENTS));
        }
        var danach = "\nQ\nq " + lage + " cm\n" + streifen(breite, blatt + 1, fuss) + "Q\n";
        inhalt.add(buch.strom().verweis(buch.strom().strom(danach.getBytes(StandardCharsets.US_ASCII), "")));
        seite.setItem(COSName.CONTENTS, inhalt);
        seite.setItem(COSName.MEDIA_BOX, groesser.getCOSArray());
        seite.removeItem(COSName.CROP_BOX);
        seite.setItem(COSName.RESOURCES, mitSchrift(seite.getDictionaryObject(COSName.RESOURCES)));
        buch.seite(blatt, seite);
    }

    private static String lage(String richtung, float x, float y) {
        return String.format(Locale.ROOT, "%s %.3f %.3f", richtung, x, y);
    }

    private String streifen(float breite, int blatt, String fuss) throws IOException {
        float rand = Math.min(40, breite / 10);
        var nummer = "Blatt " + blatt + " von " + gesamt;
        float rechts = breite - rand - schrift.breite(nummer, GRAD);
        var links = schrift.gekuerzt(fuss, GRAD, Math.max(0, rechts - rand - 12));
        return String.format(
                Locale.ROOT,
                "1 g 0 0 %1$.2f %2$.2f re f 0.4 G 0.4 w %3$.2f %4$.2f m %5$.2f %4$.2f l S\n"
                        + "0 g BT /FwBlatt %6$.1f Tf 1 0 0 1 %3$.2f 6 Tm %7$s Tj 1 0 0 1 %8$.2f 6 Tm %9$s Tj ET\n",
                breite,
                STREIFEN,
                rand,
                STREIFEN - 3,
                breite - rand,
                GRAD,
                schrift.hex(links),
                rechts,
                schrift.hex(nummer));
    }

    /** A copy: pages share what they use, and none of them is ours. */
    private COSDictionary mitSchrift(COSBase bisher) {
        var mittel = bisher instanceof COSDictionary d ? new COSDictionary(d) : new COSDictionary();
        var schriften = mittel.getDictionaryObject(COSName.FONT) instanceof COSDictionary d
                ? new COSDictionary(d)
                : new COSDictionary();
        schriften.setItem(SCHRIFT, schrift.schrift().getCOSObject());
        mittel.setItem(COSName.FONT, schriften);
        return mittel;
    }
}
