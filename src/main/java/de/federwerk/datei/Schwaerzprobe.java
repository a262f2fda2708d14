package de.federwerk.datei;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.PDFTextStripperByArea;

/**
 * Attacks the PDF that was just made, before anybody gets it: reads its text, draws its pages, goes through its objects and its bytes,
 * looking for what should be gone. It trusts nothing of how the PDF was made.
 */
final class Schwaerzprobe {

    private static final int DPI = 100;
    /** Of 255: JPEG does not keep black quite black. */
    private static final int SCHWARZ = 40;
    /** Shorter ones occur by chance among the bytes of pictures. */
    private static final int IM_BYTESTROM = 6;

    private static final Set<String> KATALOG = Set.of("Type", "Version", "Pages", "Metadata", "OutputIntents", "Lang");
    private static final Set<String> SEITE =
            Set.of("Type", "Parent", "MediaBox", "Resources", "Contents", "CropBox", "Rotate");
    private static final Set<String> MITTEL = Set.of("XObject", "Font");
    private static final Pattern CODES = Pattern.compile("<([0-9A-F]+)>");

    private final Lesung lesung;
    private final Path datei;

    Schwaerzprobe(Lesung lesung, Path datei) {
        this.lesung = lesung;
        this.datei = datei;
    }

    /**
     * @param flaechen by page, in points from the upper left corner
     * @param zuviel words that must not be found
     * @param erlaubt words that are seen; what is part of one of them is no find
     * @throws Befund if anything is found
     */
    void bestehe(List<List<Rectangle2D>> flaechen, Set<String> zuviel, Set<String> erlaubt) throws IOException, Befund {
        var sichtbares = String.join(" ", erlaubt);
        MemoryUsageSetting speicher = MemoryUsageSetting.setupMixed(48L << 20);
        speicher.setTempDir(lesung.ordner.toFile());
        try (PDDocument pdf = Loader.loadPDF(datei.toFile(), "", speicher.streamCache)) {
            verlange(pdf.getNumberOfPages() == flaechen.size(), "Seitenzahl");
            pruefeAufbau(pdf);
            pruefeObjekte(pdf, zuviel);
            pruefeText(pdf, flaechen, zuviel);
            pruefePunkte(pdf, flaechen);
        }
        pruefeBytes(zuviel.stream().filter(w -> !sichtbares.contains(w)).toList());
    }

    private static void verlange(boolean gilt, String was) throws Befund {
        if (!gilt) {
            throw new Befund(
                    "Die geschwärzte Kopie hat ihre eigene Prüfung nicht bestanden (%s). Sie wurde verworfen, es ist nichts abgelegt; Ihr Entwurf ist erhalten. Bitte melden Sie das der Technik."
                            .formatted(was));
        }
    }

    /** Nothing in it but pages with one picture and one font. */
    private static void pruefeAufbau(PDDocument pdf) throws Befund {
        var kopf = pdf.getDocument().getTrailer();
        verlange(
                kopf.getDictionaryObject(COSName.INFO) == null
                        || kopf.getCOSDictionary(COSName.INFO).size() == 0,
                "Angaben zum Dokument");
        verlange(kopf.getItem(COSName.PREV) == null, "frühere Fassung");
        verlange(nur(pdf.getDocumentCatalog().getCOSObject(), KATALOG), "Beiwerk");
        for (var seite : pdf.getPages()) {
            verlange(nur(seite.getCOSObject(), SEITE), "Beiwerk einer Seite");
            var mittel = seite.getResources().getCOSObject();
            verlange(nur(mittel, MITTEL), "Mittel einer Seite");
            verlange(mittel.getCOSDictionary(COSName.XOBJECT).size() == 1, "Bilder einer Seite");
        }
    }

    private static boolean nur(COSDictionary verzeichnis, Set<String> namen) {
        return verzeichnis.keySet().stream().map(COSName::getName).allMatch(namen::contains);
    }

    /** Each object, also those nothing refers to. */
    private static void pruefeObjekte(PDDocument pdf, Set<String> zuviel) throws IOException, Befund {
        for (var schluessel : pdf.getDocument().getXrefTable().keySet()) {
            var objekt = pdf.getDocument().getObjectFromPool(schluessel).getObject();
            if (objekt instanceof COSStream strom && !COSName.IMAGE.equals(strom.getCOSName(COSName.SUBTYPE))) {
                pruefeStrom(strom, zuviel);
            }
            if (objekt instanceof COSDictionary verzeichnis) {
                verlange(verzeichnis.getItem(COSName.AA) == null && verzeichnis.getItem(COSName.JS) == null, "Skript");
                for (COSBase wert : verzeichnis.getValues()) {
                    COSBase inhalt = wert instanceof COSObject verweis ? verweis.getObject() : wert;
                    verlange(
                            !(inhalt instanceof COSString text)
                                    || Wortform.teile(List.of(text.getString())).stream()
                                            .noneMatch(w -> zuviel.contains(w) && !unser(w)),
                            "Angaben");
                }
            }
        }
    }

    /** What we wrote ourselves is known byte by byte; the rest is text of pages, whose codes are Unicode. */
    private static void pruefeStrom(COSStream strom, Set<String> zuviel) throws IOException, Befund {
        byte[] inhalt;
        try (InputStream ein = strom.createInputStream()) {
            inhalt = ein.readAllBytes();
        }
        if (Arrays.equals(inhalt, Pixelpdf.XMP.getBytes(StandardCharsets.UTF_8))
                || Arrays.equals(inhalt, Pixelpdf.farbprofil())
                || Arrays.equals(inhalt, Pixelpdf.nachUnicode())) {
            return;
        }
        var text = new StringBuilder();
        var codes = CODES.matcher(new String(inhalt, StandardCharsets.ISO_8859_1));
        while (codes.find()) {
            var hex = codes.group(1);
            for (int i = 0; i + 4 <= hex.length(); i += 4) {
                text.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
            }
            text.append(' ');
        }
        verlange(Wortform.teile(List.of(text.toString())).stream().noneMatch(zuviel::contains), "Text im Seiteninhalt");
    }

    private static boolean unser(String wort) {
        return Wortform.teile(List.of("Adobe Identity sRGB IEC61966-2.1 http://www.color.org Unsichtbar"))
                .contains(wort);
    }

    private static void pruefeText(PDDocument pdf, List<List<Rectangle2D>> flaechen, Set<String> zuviel)
            throws IOException, Befund {
        var alles = new PDFTextStripper();
        verlange(
                Wortform.teile(List.of(alles.getText(pdf))).stream().noneMatch(zuviel::contains), "Text des Dokuments");
        for (int i = 0; i < flaechen.size(); i++) {
            if (flaechen.get(i).isEmpty()) {
                continue;
            }
            var stellen = new PDFTextStripperByArea();
            for (int j = 0; j < flaechen.get(i).size(); j++) {
                stellen.addRegion(String.valueOf(j), flaechen.get(i).get(j));
            }
            stellen.extractRegions(pdf.getPage(i));
            for (var stelle : stellen.getRegions()) {
                verlange(
                        stellen.getTextForRegion(stelle).isBlank(), "Text unter einer Schwärzung auf Seite " + (i + 1));
            }
        }
    }

    private void pruefePunkte(PDDocument pdf, List<List<Rectangle2D>> flaechen) throws IOException, Befund {
        var zeichner = new PDFRenderer(pdf);
        for (int i = 0; i < flaechen.size(); i++) {
            if (flaechen.get(i).isEmpty()) {
                continue;
            }
            lesung.beginne(i + 1);
            var flaeche = pdf.getPage(i).getMediaBox();
            double zoll2 = (double) flaeche.getWidth() * flaeche.getHeight() / (72 * 72);
            float massstab = (float) Math.min(DPI, Math.sqrt(lesung.grenzen.bildpunkte() / 2.0 / Math.max(zoll2, 1e-6)))
                    / Sichtblatt.PUNKTE_JE_ZOLL;
            var bild = zeichner.renderImage(i, massstab, ImageType.RGB);
            // Not from the width of the picture: that is rounded down, and on a long page the error is many pixels at
            // its end.
            double jePunkt = massstab;
            for (var f : flaechen.get(i)) {
                int bis = (int) Math.floor(f.getMaxY() * jePunkt);
                for (int y = (int) Math.ceil(f.getMinY() * jePunkt); y < bis && y < bild.getHeight(); y++) {
                    int ende = (int) Math.floor(f.getMaxX() * jePunkt);
                    for (int x = (int) Math.ceil(f.getMinX() * jePunkt); x < ende && x < bild.getWidth(); x++) {
                        verlange(Blattworte.grau(bild.getRGB(x, y)) < SCHWARZ, "Farbe auf Seite " + (i + 1));
                    }
                }
            }
        }
    }

    /** The bytes as they lie there, whatever a PDF reader would make of them: one end only, and none of the words in any spelling. */
    private void pruefeBytes(List<String> zuviel) throws IOException, Befund {
        var muster = new ArrayList<byte[]>();
        for (var wort : zuviel) {
            for (var form : new TreeSet<>(List.of(wort, wort.toUpperCase(Locale.GERMAN), gross(wort)))) {
                for (Charset satz : List.of(
                        StandardCharsets.ISO_8859_1,
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_16BE,
                        StandardCharsets.UTF_16LE)) {
                    byte[] bytes = form.getBytes(satz);
                    if (bytes.length >= IM_BYTESTROM) {
                        muster.add(bytes);
                    }
                }
            }
        }
        var suche = new Bytesuche(muster);
        var leer = new ByteArrayOutputStream();
        try (var ohneWorte = new Pixelpdf(lesung.ordner)) {
            ohneWorte.seite(
                    new java.awt.image.BufferedImage(8, 8, java.awt.image.BufferedImage.TYPE_INT_RGB), 8, 8, List.of());
            var ziel = lesung.neben("leer.pdf");
            ohneWorte.speichere(ziel);
            leer.write(Files.readAllBytes(ziel));
        }
        // Words that each PDF of ours is made of, such as Filter.
        var unsere = new String(leer.toByteArray(), StandardCharsets.ISO_8859_1);
        Predicate<byte[]> fremd = m -> !unsere.contains(new String(m, StandardCharsets.ISO_8859_1));
        verlange(suche.in(datei).stream().noneMatch(fremd), "Bytes der Datei");
        verlange(new Bytesuche(List.of("%%EOF".getBytes(StandardCharsets.US_ASCII))).zaehle(datei) == 1, "Fassungen");
    }

    private static String gross(String wort) {
        return wort.substring(0, 1).toUpperCase(Locale.GERMAN) + wort.substring(1);
    }
}
