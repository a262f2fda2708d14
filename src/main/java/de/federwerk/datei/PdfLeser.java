package de.federwerk.datei;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.apache.pdfbox.text.PDFTextStripper;
import org.jspecify.annotations.Nullable;

/** PDF: the text it carries, OCR for the pages that are only pictures, page images. The original is its own preview. */
final class PdfLeser {

    private static final int OCR_DPI = 300;
    private static final float PUNKTE_JE_ZOLL = 72;
    /** Fewer letters than this is no text layer but a stamp of the scanner or fax. */
    private static final int KEIN_TEXT = 16;

    private static final int WENIG_TEXT = 150;
    private static final int GROSSES_BILD = 900;

    private final Lesung lesung;
    private final PDDocument pdf;
    private final PDFRenderer zeichner;
    private final Textschicht textschicht;
    private int misslungen;
    /** The page (from 1) that is being drawn. */
    private int gezeichnet;

    private PdfLeser(Lesung lesung, PDDocument pdf) throws IOException {
        this.lesung = lesung;
        this.pdf = pdf;
        this.zeichner = new Zeichner(pdf);
        // A photo of 100 megapixels on an A4 page is thinned out while decoding.
        zeichner.setSubsamplingAllowed(true);
        this.textschicht = new Textschicht(pdf);
    }

    /** Text and images of the file. */
    static void lies(Lesung lesung) throws IOException, Befund {
        try (PDDocument pdf = oeffne(lesung, lesung.original)) {
            new PdfLeser(lesung, pdf).liesSeiten();
        }
    }

    /** Only images and number of pages, from a PDF that we made ourselves. */
    static void zeige(Lesung lesung, Path datei) throws IOException, Befund {
        try (PDDocument pdf = oeffne(lesung, datei)) {
            var leser = new PdfLeser(lesung, pdf);
            lesung.seiten = pdf.getNumberOfPages();
            for (int i = 0; i < Math.min(pdf.getNumberOfPages(), lesung.grenzen.seitenbilder()); i++) {
                lesung.beginne(i + 1);
                Bilder.seitenbild(lesung, i + 1, leser.bild(i, pdf.getPage(i), 100, ImageType.RGB));
            }
        }
    }

    private static PDDocument oeffne(Lesung lesung, Path datei) throws Befund {
        MemoryUsageSetting speicher = MemoryUsageSetting.setupMixed(48L << 20, 2L << 30);
        speicher.setTempDir(lesung.ordner.toFile());
        try {
            return Loader.loadPDF(datei.toFile(), "", speicher.streamCache);
        } catch (InvalidPasswordException verschluesselt) {
            throw Befund.kennwort(verschluesselt);
        } catch (IOException | RuntimeException | StackOverflowError kaputt) {
            throw Befund.beschaedigt(kaputt);
        }
    }

    private void liesSeiten() throws IOException, Befund {
        List<PDPage> seiten = seiten();
        for (int i = 0; i < seiten.size() && i < lesung.grenzen.seiten(); i++) {
            lesung.beginne(i + 1);
            lesung.text.seite(lesung.ausgelassen.contains(i + 1) ? unlesbar(i + 1) : seite(i, seiten.get(i)));
        }
        if (misslungen == seiten.size()) {
            throw Befund.beschaedigt(new IOException("Keine der " + misslungen + " Seiten lesbar"));
        }
        if (seiten.size() > lesung.grenzen.seiten()) {
            lesung.hinweis(String.format(
                    Locale.GERMANY,
                    "Die Datei hat mehr als %,d Seiten; gelesen sind die ersten %1$,d.",
                    lesung.grenzen.seiten()));
        }
        if (lesung.zeitUm()) {
            lesung.hinweis(
                    "Das Lesen hat die vorgesehene Zeit überschritten; ein Teil der Seiten ist nicht durchsuchbar.");
        }
        lesung.seiten = seiten.size();
    }

    /** Counts pages that are there, not pages that are declared; stops a little behind the limit. */
    private List<PDPage> seiten() throws Befund {
        var seiten = new ArrayList<PDPage>();
        try {
            for (PDPage seite : pdf.getPages()) {
                seiten.add(seite);
                if (seiten.size() >= 50_000) {
                    break;
                }
            }
        } catch (RuntimeException | StackOverflowError kaputt) {
            if (seiten.isEmpty()) {
                throw Befund.beschaedigt(kaputt);
            }
            lesung.hinweis("Die Datei ist beschädigt; es fehlen womöglich Seiten.");
        }
        if (seiten.isEmpty()) {
            throw Befund.beschaedigt(new IOException("PDF ohne Seiten"));
        }
        return seiten;
    }

    private String seite(int index, PDPage seite) throws IOException {
        try {
            String text = lesung.zeitUm() && index > lesung.grenzen.seitenbilder() ? "" : textschicht.lies(seite);
            int buchstaben = buchstaben(text);
            boolean scan = buchstaben < KEIN_TEXT ? seite.hasContents() : buchstaben < WENIG_TEXT && grossesBild(seite);
            boolean mitBild = lesung.seitenbilder.size() < lesung.grenzen.seitenbilder();
            if (scan && !lesung.zeitUm()) {
                Scan blatt = scan(index, seite, mitBild);
                var gesehen = Bilder.weiss(blatt.grau)
                        ? new Texterkennung.Gelesen("", 0, 1)
                        : Texterkennung.lies(blatt.grau, OCR_DPI);
                if (blatt.bild != null) {
                    Bilder.seitenbild(lesung, index + 1, Bilder.aufgerichtet(blatt.bild, gesehen.ausrichtung()));
                }
                return erkannt(text, gesehen.text());
            }
            if (mitBild) {
                Bilder.seitenbild(lesung, index + 1, bild(index, seite, 100, ImageType.RGB));
            }
            lesung.ausText |= buchstaben > 0;
            return text;
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError kaputt) {
            return unlesbar(index + 1);
        }
    }

    /** A drawn page: in grey as Tesseract wants it, and as small as its page image will be. */
    private record Scan(BufferedImage grau, @Nullable BufferedImage bild) {}

    /** The page in full colour (35 MB at A4) is gone before Tesseract takes its own memory. */
    private Scan scan(int index, PDPage seite, boolean mitBild) throws IOException {
        BufferedImage gross = bild(index, seite, OCR_DPI, mitBild ? ImageType.RGB : ImageType.GRAY);
        return new Scan(Bilder.grau(gross), mitBild ? Bilder.verkleinert(gross) : null);
    }

    private String unlesbar(int nummer) {
        misslungen++;
        lesung.hinweis("Seite %d ließ sich nicht lesen.".formatted(nummer));
        return "";
    }

    /** OCR text; a thin text layer (fax header, stamp) is kept in front of it unless OCR saw it as well. */
    private String erkannt(String schicht, String gesehen) {
        boolean eigenes = buchstaben(schicht) > 0 && !gesehen.contains(schicht.strip());
        lesung.ausText |= eigenes;
        lesung.ausBild |= !gesehen.isEmpty();
        return eigenes ? schicht.strip() + "\n" + gesehen : gesehen;
    }

    /** Renders a page; large sheets get a lower resolution, so that no page has more pixels than allowed. */
    private BufferedImage bild(int index, PDPage seite, int dpi, ImageType art) throws IOException {
        PDRectangle flaeche = seite.getCropBox();
        double zoll2 =
                Math.max(1, (double) flaeche.getWidth() * flaeche.getHeight()) / (PUNKTE_JE_ZOLL * PUNKTE_JE_ZOLL);
        double hoechstens = Math.sqrt(lesung.grenzen.bildpunkte() / 2.0 / zoll2);
        double lang = 20_000.0 * PUNKTE_JE_ZOLL / Math.max(flaeche.getWidth(), flaeche.getHeight());
        gezeichnet = index + 1;
        return zeichner.renderImageWithDPI(index, (float) Math.min(dpi, Math.min(hoechstens, lang)), art);
    }

    /** Letters and digits; a layer of unmapped glyphs counts as none. */
    private static int buchstaben(String text) {
        int gut = (int) text.codePoints().filter(Character::isLetterOrDigit).count();
        int schlecht = (int) text.codePoints()
                .filter(c -> c == 0xFFFD || Character.getType(c) == Character.PRIVATE_USE)
                .count();
        return schlecht * 2 > gut ? 0 : gut;
    }

    private static boolean grossesBild(PDPage seite) throws IOException {
        PDResources mittel = seite.getResources();
        if (mittel == null) {
            return false;
        }
        for (COSName name : mittel.getXObjectNames()) {
            if (mittel.isImageXObject(name)
                    && mittel.getXObject(name) instanceof PDImageXObject bild
                    && Math.min(bild.getWidth(), bild.getHeight()) > GROSSES_BILD) {
                return true;
            }
        }
        return false;
    }

    /** PDFBox leaves out what it cannot draw and says so only in its log: a blank sheet must not pass for an empty one. */
    private final class Zeichner extends PDFRenderer {

        Zeichner(PDDocument pdf) {
            super(pdf);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters angaben) throws IOException {
            return new PageDrawer(angaben) {
                @Override
                protected void operatorException(Operator befehl, List<COSBase> werte, IOException fehler)
                        throws IOException {
                    lesung.hinweis("Auf Seite %d ließ sich ein Bild oder ein anderer Teil nicht darstellen."
                            .formatted(gezeichnet));
                    super.operatorException(befehl, werte, fehler);
                }

                @Override
                public void drawImage(PDImage bild) throws IOException {
                    super.drawImage(bild instanceof PDImageXObject x && Graubild.ist(x) ? Graubild.von(x) : bild);
                }
            };
        }
    }

    /** PDFTextStripper for single pages: its own way walks the whole page tree again for every page. */
    private static final class Textschicht extends PDFTextStripper {

        Textschicht(PDDocument pdf) {
            document = pdf;
            // The page counter stays at 0 because we hand in pages ourselves.
            setStartPage(0);
        }

        String lies(PDPage seite) throws IOException {
            output = new StringWriter();
            processPage(seite);
            return output.toString().strip();
        }
    }
}
