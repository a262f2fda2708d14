package de.federwerk.datei;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the words of a PDF stand, and a new PDF without some of them. The new one is made of nothing but the pixels of the drawn pages
 * and the words that are seen in them: whatever else the source holds has no way into it.
 */
final class Schwaerzer {

    /** Pages of a file that can be made unreadable in one go. */
    static final int SEITEN = 500;

    /** Fine enough to read the small print, small enough to send. */
    private static final int DPI = 200;

    private static final int OCR_DPI = 300;
    private static final int ANSICHT_DPI = 110;
    /** Letters on a page below which it is a picture, and below which it is one if a large picture lies on it. */
    private static final int KEIN_TEXT = 16;

    private static final int WENIG_TEXT = 150;
    private static final int GROSSES_BILD = 900;
    /** A letter so near to an area, in points, counts as touched: what is drawn is never exactly where the font says. */
    private static final double RAND = 1;

    private static final String ERGEBNIS = "geschwaerzt.pdf";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Lesung lesung;
    private final Schwaerzauftrag auftrag;
    private final PDDocument pdf;
    private final Sichtblatt blatt;
    private final List<Schwaerzwerk.Seitenlage> lagen = new ArrayList<>();

    private Schwaerzer(Lesung lesung, Schwaerzauftrag auftrag, PDDocument pdf) {
        this.lesung = lesung;
        this.auftrag = auftrag;
        this.pdf = pdf;
        this.blatt = new Sichtblatt(pdf);
    }

    static void fuehreAus(Lesung lesung, Schwaerzauftrag auftrag) throws IOException, Befund {
        try (PDDocument pdf = oeffne(lesung)) {
            int seiten = pdf.getNumberOfPages();
            if (seiten < 1) {
                throw Befund.beschaedigt(new IOException("PDF ohne Seiten"));
            }
            if (seiten > SEITEN) {
                throw new Befund(
                        "Das Dokument hat %d Seiten; geschwärzt werden kann eines mit höchstens %d. Teilen Sie es, und legen Sie die Teile als eigene Dokumente ab."
                                .formatted(seiten, SEITEN));
            }
            lesung.seiten = seiten;
            var schwaerzer = new Schwaerzer(lesung, auftrag, pdf);
            if (auftrag.brennen()) {
                schwaerzer.brenne();
            } else {
                schwaerzer.sieh();
            }
        }
    }

    private static PDDocument oeffne(Lesung lesung) throws Befund {
        MemoryUsageSetting speicher = MemoryUsageSetting.setupMixed(48L << 20, 2L << 30);
        speicher.setTempDir(lesung.ordner.toFile());
        try {
            return Loader.loadPDF(lesung.original.toFile(), "", speicher.streamCache);
        } catch (InvalidPasswordException verschluesselt) {
            throw Befund.kennwort(verschluesselt);
        } catch (IOException | RuntimeException | StackOverflowError kaputt) {
            throw Befund.beschaedigt(kaputt);
        }
    }

    private void sieh() throws IOException, Befund {
        for (int i = 0; i < pdf.getNumberOfPages(); i++) {
            lesung.beginne(i + 1);
            var seite = pdf.getPage(i);
            var mass = Sichtblatt.mass(seite);
            var bild = zeichne(i, ANSICHT_DPI);
            double jePunkt = blatt.massstab();
            var worte = Blattworte.aus(blatt.glyphen(), Sichtblatt.Glyphe::sichtbar).stream()
                    .filter(w -> Blattworte.zeigtSich(bild, jePunkt, w))
                    .toList();
            boolean erkannt = istBild(seite, worte);
            if (erkannt) {
                worte = erkenne(zeichne(i, DPI));
            }
            String name = "blatt-%04d.jpg".formatted(i + 1);
            Bilder.jpeg(bild, lesung.neben(name), 0.75f);
            lesung.seitenbilder.add(new Ergebnis.Seitenbild(i + 1, name, bild.getWidth(), bild.getHeight()));
            lagen.add(new Schwaerzwerk.Seitenlage(
                    i + 1,
                    Schwaerzwerk.mm(mass[0]),
                    Schwaerzwerk.mm(mass[1]),
                    erkannt,
                    worte.stream()
                            .limit(Schwaerzwerk.WORTE_JE_SEITE)
                            .map(w -> new Schwaerzwerk.Wort(
                                    Seitentext.rein(w.text()),
                                    Schwaerzwerk.mm(w.kasten().getX()),
                                    Schwaerzwerk.mm(w.kasten().getY()),
                                    Schwaerzwerk.mm(w.kasten().getWidth()),
                                    Schwaerzwerk.mm(w.kasten().getHeight())))
                            .toList()));
        }
        Files.writeString(lesung.neben(Schwaerzauftrag.LAGE), JSON.writeValueAsString(lagen));
    }

    private BufferedImage zeichne(int index, int dpi) throws IOException, Befund {
        try {
            var bild = blatt.zeichne(index, dpi, lesung.grenzen.bildpunkte() / 2);
            if (blatt.unvollstaendig()) {
                lesung.hinweis(
                        "Auf Seite %d ließ sich ein Bild oder ein anderer Teil nicht darstellen; in der Kopie fehlt er."
                                .formatted(index + 1));
            }
            return bild;
        } catch (IOException | RuntimeException | StackOverflowError kaputt) {
            throw new Befund(
                    "Seite %d ist beschädigt und lässt sich nicht darstellen; deshalb kann das Dokument nicht geschwärzt werden. Es ist unverändert aufbewahrt. Drucken Sie es, wenn ein anderes Programm es zeigt, neu als PDF, und legen Sie das als neue Version ab."
                            .formatted(index + 1),
                    kaputt);
        }
    }

    /** A picture with little or no text of its own: what stands on it, OCR must say. */
    private static boolean istBild(PDPage seite, List<Blattworte.Wort> worte) throws IOException {
        long buchstaben = worte.stream()
                .mapToLong(w ->
                        w.text().codePoints().filter(Character::isLetterOrDigit).count())
                .sum();
        return buchstaben < KEIN_TEXT ? seite.hasContents() : buchstaben < WENIG_TEXT && grossesBild(seite);
    }

    private static boolean grossesBild(PDPage seite) throws IOException {
        var mittel = seite.getResources();
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

    private List<Blattworte.Wort> erkenne(BufferedImage bild) {
        var grau = Bilder.skaliert(Bilder.grau(bild), (double) OCR_DPI / DPI);
        if (Bilder.weiss(grau)) {
            return List.of();
        }
        // Whole pixels: not quite as much smaller or larger in one direction as in the other.
        double punktX = bild.getWidth() / blatt.massstab() / grau.getWidth();
        double punktY = bild.getHeight() / blatt.massstab() / grau.getHeight();
        return Texterkennung.worte(grau, OCR_DPI).stream()
                .map(w -> {
                    var kasten = new Rectangle2D.Double(
                            w.x() * punktX, w.y() * punktY, w.breite() * punktX, w.hoehe() * punktY);
                    double laenge = w.dx() != 0 ? kasten.width : kasten.height;
                    double hoehe = w.dx() != 0 ? kasten.height : kasten.width;
                    // The baseline, a fifth above the lower edge in the direction of the writing (dx, dy); (-dy, dx)
                    // leads down.
                    double x = kasten.getCenterX() - w.dx() * laenge / 2 - w.dy() * hoehe * 0.3;
                    double y = kasten.getCenterY() - w.dy() * laenge / 2 + w.dx() * hoehe * 0.3;
                    return new Blattworte.Wort(w.text(), x, y, w.dx(), w.dy(), hoehe, laenge, kasten);
                })
                .toList();
    }

    private void brenne() throws IOException, Befund {
        Path ziel = lesung.neben(ERGEBNIS);
        Set<String> verdeckt = new LinkedHashSet<>(auftrag.verboten());
        List<String> sichtbar = new ArrayList<>();
        List<String> angeschnitten = new ArrayList<>();
        boolean erkannt = false;
        List<List<Rectangle2D>> flaechen = new ArrayList<>();
        try (var neu = new Pixelpdf(lesung.ordner)) {
            for (int i = 0; i < pdf.getNumberOfPages(); i++) {
                lesung.beginne(i + 1);
                var seite = pdf.getPage(i);
                var mass = Sichtblatt.mass(seite);
                var bild = zeichne(i, DPI);
                double jePunkt = blatt.massstab();
                var schwarz = flaechen(i + 1, mass);
                var gesehen = Blattworte.aus(blatt.glyphen(), Sichtblatt.Glyphe::sichtbar).stream()
                        .filter(w -> Blattworte.zeigtSich(bild, jePunkt, w))
                        .toList();
                boolean istBild = istBild(seite, gesehen);
                erkannt |= istBild;
                fuelle(bild, jePunkt, schwarz);
                // Recognised in what is left: a word that is no longer there cannot be recognised.
                var worte = istBild
                        ? erkenne(bild).stream()
                                .filter(w -> schwarz.stream().noneMatch(f -> f.intersects(schmal(w))))
                                .toList()
                        : Blattworte.aus(blatt.glyphen(), g -> g.sichtbar() && frei(g, schwarz)).stream()
                                .filter(w -> Blattworte.zeigtSich(bild, jePunkt, w))
                                .toList();
                neu.seite(bild, mass[0], mass[1], worte);
                Blattworte.aus(blatt.glyphen(), g -> true).stream()
                        .filter(w -> schwarz.stream().anyMatch(f -> f.intersects(w.kasten())))
                        .forEach(w -> verdeckt.add(w.text()));
                worte.forEach(w -> sichtbar.add(w.text()));
                gesehen.stream()
                        .filter(w -> schwarz.stream().anyMatch(f -> f.intersects(w.kasten())))
                        .flatMap(w -> worte.stream().filter(rest -> restVon(w, rest)))
                        .forEach(rest -> angeschnitten.add(rest.text()));
                flaechen.add(schwarz);
            }
            neu.speichere(ziel);
        }
        var zuviel = Wortform.teile(verdeckt);
        var erlaubt = Wortform.teile(sichtbar);
        zuviel.removeAll(erlaubt);
        if (!erkannt) {
            // The server says from what it knew before what must be gone: what was written just now cannot allow
            // itself. Only what is
            // left of a word that somebody covered in part stays; and OCR may read the same letters otherwise the
            // second time.
            var verboten = Wortform.teile(auftrag.verboten());
            verboten.removeAll(Wortform.teile(angeschnitten));
            zuviel.addAll(verboten);
            erlaubt.removeAll(verboten);
        }
        new Schwaerzprobe(lesung, ziel).bestehe(flaechen, zuviel, erlaubt);
        lesung.vorschau = ERGEBNIS;
    }

    private static boolean restVon(Blattworte.Wort ganzes, Blattworte.Wort rest) {
        return rest.text().length() < ganzes.text().length()
                && ganzes.text().contains(rest.text())
                && ganzes.kasten().intersects(rest.kasten());
    }

    /** The box of a recognised word without its upper and lower fifth: boxes of neighbouring lines reach into each other. */
    private static Rectangle2D schmal(Blattworte.Wort wort) {
        var k = wort.kasten();
        return wort.dx() != 0
                ? new Rectangle2D.Double(k.getX(), k.getY() + k.getHeight() / 6, k.getWidth(), k.getHeight() * 2 / 3)
                : new Rectangle2D.Double(k.getX() + k.getWidth() / 6, k.getY(), k.getWidth() * 2 / 3, k.getHeight());
    }

    private List<Rectangle2D> flaechen(int seite, double[] mass) {
        var blatt = new Rectangle2D.Double(0, 0, mass[0], mass[1]);
        return auftrag.flaechen().stream()
                .filter(f -> f.seite() == seite)
                .map(f -> (Rectangle2D) new Rectangle2D.Double(
                        Schwaerzwerk.punkte(f.x()),
                        Schwaerzwerk.punkte(f.y()),
                        Schwaerzwerk.punkte(f.breite()),
                        Schwaerzwerk.punkte(f.hoehe())))
                .map(f -> f.createIntersection(blatt))
                .filter(f -> f.getWidth() > 0 && f.getHeight() > 0)
                .collect(Collectors.toList());
    }

    private static boolean frei(Sichtblatt.Glyphe glyphe, List<Rectangle2D> flaechen) {
        var kern = glyphe.kern();
        return flaechen.stream()
                .noneMatch(f -> new Rectangle2D.Double(
                                f.getX() - RAND, f.getY() - RAND, f.getWidth() + 2 * RAND, f.getHeight() + 2 * RAND)
                        .intersects(
                                kern.getX(),
                                kern.getY(),
                                Math.max(kern.getWidth(), 0.1),
                                Math.max(kern.getHeight(), 0.1)));
    }

    /** Whole pixels and one more on each side: what shimmered into the next pixel goes with it. */
    private static void fuelle(BufferedImage bild, double jePunkt, List<Rectangle2D> flaechen) {
        var stift = bild.createGraphics();
        stift.setColor(Color.BLACK);
        for (var f : flaechen) {
            int x = (int) Math.floor(f.getMinX() * jePunkt) - 1;
            int y = (int) Math.floor(f.getMinY() * jePunkt) - 1;
            stift.fillRect(
                    x,
                    y,
                    (int) Math.ceil(f.getMaxX() * jePunkt) + 1 - x,
                    (int) Math.ceil(f.getMaxY() * jePunkt) + 1 - y);
        }
        stift.dispose();
    }
}
