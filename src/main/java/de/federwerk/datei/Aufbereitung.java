package de.federwerk.datei;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/**
 * Makes of any PDF pages that may stand in a PDF/A-2b, some at a time: as they are where they may, as pictures with text where not.
 * veraPDF decides, not we.
 */
final class Aufbereitung {

    static final String BEFUND = "befund.json";
    private static final int JE_BOGEN = 100;
    private static final int RUNDEN = 3;

    /**
     * @param boegen files beside the original, in their order
     * @param seiten pages in all of them
     * @param alsBild pages (from 1) that are pictures now
     * @param unlesbar pages (from 1) of which nothing could be shown
     * @param beigepackt whether files lie in the PDF that are not among its pages
     */
    record Aufbereitet(
            List<String> boegen, int seiten, List<Integer> alsBild, List<Integer> unlesbar, boolean beigepackt) {}

    private final Path ordner;
    private final Grenzen grenzen;
    private final IntConsumer lebenszeichen;
    private final PDDocument quelle;
    private final boolean alles;
    private final List<String> boegen = new ArrayList<>();
    private final TreeSet<Integer> alsBild = new TreeSet<>();
    private final TreeSet<Integer> unlesbar = new TreeSet<>();

    private Aufbereitung(Path ordner, Grenzen grenzen, IntConsumer lebenszeichen, PDDocument quelle) {
        this.ordner = ordner;
        this.grenzen = grenzen;
        this.lebenszeichen = lebenszeichen;
        this.quelle = quelle;
        this.alles = Vorpruefung.versteckteEbenen(quelle);
    }

    static Aufbereitet tu(Path ordner, Grenzen grenzen, IntConsumer lebenszeichen) throws IOException, Befund {
        try (var quelle = oeffne(ordner, ordner.resolve(Auftrag.ORIGINAL))) {
            return new Aufbereitung(ordner, grenzen, lebenszeichen, quelle).bereite();
        }
    }

    static PDDocument oeffne(Path ordner, Path datei) throws Befund {
        try {
            return Loader.loadPDF(datei.toFile(), "", speicher(ordner).streamCache);
        } catch (InvalidPasswordException verschluesselt) {
            throw Befund.kennwort(verschluesselt);
        } catch (IOException | RuntimeException | StackOverflowError kaputt) {
            throw Befund.beschaedigt(kaputt);
        }
    }

    static MemoryUsageSetting speicher(Path ordner) {
        var speicher = MemoryUsageSetting.setupMixed(32L << 20, 2L << 30);
        speicher.setTempDir(ordner.toFile());
        return speicher;
    }

    private Aufbereitet bereite() throws IOException, Befund {
        var seiten = new ArrayList<PDPage>();
        try {
            for (PDPage seite : quelle.getPages()) {
                seiten.add(seite);
                if (seiten.size() > grenzen.seiten()) {
                    throw new Befund(
                            String.format(Locale.GERMANY, "Die Datei hat mehr als %,d Seiten.", grenzen.seiten()));
                }
            }
        } catch (RuntimeException | StackOverflowError kaputt) {
            throw Befund.beschaedigt(kaputt);
        }
        if (seiten.isEmpty()) {
            throw Befund.beschaedigt(new IOException("PDF ohne Seiten"));
        }
        for (int von = 0; von < seiten.size(); von += JE_BOGEN) {
            bogen(seiten, von, Math.min(seiten.size(), von + JE_BOGEN));
        }
        if (unlesbar.size() == seiten.size()) {
            throw Befund.beschaedigt(new IOException("Keine Seite darstellbar"));
        }
        var namen = quelle.getDocumentCatalog().getNames();
        boolean beigepackt = namen != null && namen.getEmbeddedFiles() != null;
        return new Aufbereitet(boegen, seiten.size(), List.copyOf(alsBild), List.copyOf(unlesbar), beigepackt);
    }

    private void bogen(List<PDPage> seiten, int von, int bis) throws IOException, Befund {
        var name = "bogen-%05d.pdf".formatted(boegen.size());
        try (var hilfe = new PDDocument(speicher(ordner).streamCache)) {
            var schrift = new Hausschrift(hilfe);
            var bildner = new Seitenbildner(quelle, hilfe, schrift, grenzen.bildpunkte());
            Map<Integer, COSDictionary> bilder = new HashMap<>();
            for (int i = von; i < bis; i++) {
                lebenszeichen.accept(i + 1);
                if (alles || brauchtBild(seiten.get(i))) {
                    bilder.put(i, bild(bildner, schrift, hilfe, i, seiten.get(i)));
                }
            }
            for (int runde = 0; ; runde++) {
                schreibe(ordner.resolve(name), seiten, von, bis, bilder, schrift);
                var maengel = Pdfpruefung.pruefe(ordner.resolve(name));
                if (maengel.keine()) {
                    break;
                }
                if (runde == RUNDEN) {
                    throw new Befund(
                            "Die Datei lässt sich nicht in eine archivfeste Form bringen.",
                            new IOException(maengel.grund()));
                }
                for (int i : schlechte(seiten, von, bis, maengel, runde)) {
                    lebenszeichen.accept(i + 1);
                    if (!bilder.containsKey(i)) {
                        bilder.put(i, bild(bildner, schrift, hilfe, i, seiten.get(i)));
                    }
                }
            }
        }
        boegen.add(name);
    }

    private static boolean brauchtBild(PDPage seite) {
        try {
            return Vorpruefung.brauchtBild(seite);
        } catch (IOException | RuntimeException | StackOverflowError unklar) {
            return true;
        }
    }

    /** veraPDF names what two pages share only once: so their neighbours in bad fonts, too, and after that all of them. */
    private static Set<Integer> schlechte(
            List<PDPage> seiten, int von, int bis, Pdfpruefung.Maengel maengel, int runde) {
        var schlechte = new TreeSet<Integer>();
        Set<COSBase> schriften = Collections.newSetFromMap(new IdentityHashMap<>());
        maengel.seiten().forEach(nr -> {
            if (von + nr < bis) {
                schlechte.add(von + nr);
                schriften.addAll(Vorpruefung.schriften(seiten.get(von + nr)));
            }
        });
        for (int i = von; i < bis; i++) {
            if (runde > 0
                    || maengel.ueberall()
                    || Vorpruefung.schriften(seiten.get(i)).stream().anyMatch(schriften::contains)) {
                schlechte.add(i);
            }
        }
        return schlechte;
    }

    private COSDictionary bild(Seitenbildner bildner, Hausschrift schrift, PDDocument hilfe, int nummer, PDPage seite)
            throws IOException {
        try {
            var bild = bildner.bilde(nummer, seite);
            alsBild.add(nummer + 1);
            return bild;
        } catch (IOException | RuntimeException | StackOverflowError kaputt) {
            unlesbar.add(nummer + 1);
            return Textsatz.setze(
                            schrift,
                            hilfe,
                            List.of(Band.Zeile.text(
                                    "Seite %d dieser Datei ließ sich nicht darstellen. Die Datei liegt unverändert bei der Behörde."
                                            .formatted(nummer + 1))))
                    .getFirst()
                    .getCOSObject();
        }
    }

    private static void schreibe(
            Path ziel, List<PDPage> seiten, int von, int bis, Map<Integer, COSDictionary> bilder, Hausschrift schrift)
            throws IOException {
        Files.deleteIfExists(ziel);
        try (var buch = new Pdfbuch(ziel, bis - von)) {
            if (!bilder.isEmpty()) {
                buch.strom().fest(schrift.schrift().getCOSObject());
            }
            for (int i = von; i < bis; i++) {
                var bild = bilder.get(i);
                buch.seite(i - von, bild == null ? wieSieIst(seiten.get(i)) : bild);
            }
            buch.schliesse("Bogen", "Federwerk", List.of());
        }
    }

    /** Only what is to be seen: no notes, no actions, no forms, no thumbnails. */
    static COSDictionary wieSieIst(PDPage seite) {
        var blatt = new COSDictionary();
        blatt.setItem(COSName.MEDIA_BOX, seite.getMediaBox().getCOSArray());
        blatt.setItem(COSName.CROP_BOX, seite.getCropBox().getCOSArray());
        blatt.setInt(COSName.ROTATE, seite.getRotation());
        var mittel = seite.getResources();
        blatt.setItem(COSName.RESOURCES, mittel == null ? new COSDictionary() : mittel.getCOSObject());
        var inhalt = seite.getCOSObject().getItem(COSName.CONTENTS);
        if (inhalt != null) {
            blatt.setItem(COSName.CONTENTS, inhalt);
        }
        var gruppe = seite.getCOSObject().getItem(COSName.GROUP);
        if (gruppe != null) {
            blatt.setItem(COSName.GROUP, gruppe);
        }
        return blatt;
    }
}
