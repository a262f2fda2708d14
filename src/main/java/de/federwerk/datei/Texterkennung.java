package de.federwerk.datei;

import static org.bytedeco.tesseract.global.tesseract.OEM_LSTM_ONLY;
import static org.bytedeco.tesseract.global.tesseract.PSM_AUTO;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tesseract.ETEXT_DESC;
import org.bytedeco.tesseract.TessBaseAPI;
import org.jspecify.annotations.Nullable;

/** German text from images by Tesseract, loaded once per worker and only when a page needs it. */
final class Texterkennung {

    /** Folder with {@code deu.traineddata}; set by the server when it starts the worker. */
    static final String ORT = "federwerk.tessdata";

    /** After this long Tesseract hands out what it has: a page of noise must not stop the house. */
    private static final int MILLISEKUNDEN_JE_SEITE = 60_000;

    /** Below this mean confidence (of 100) the "text" of a photo is the pattern of a lawn. */
    private static final int VERTRAUEN = 30;

    /** Below this the page may lie sideways: upright print has 80 and more, sideways print 20 to 45. */
    private static final int SCHLECHT = 50;
    /** How much better another direction must be, and how many letters it must give, to be believed. */
    private static final int BESSER = 20;

    private static final int MINDESTENS = 10;
    private static final int MILLISEKUNDEN_JE_VERSUCH = 10_000;

    private static @Nullable TessBaseAPI tesseract;
    /** Of the page that was read last; a worker reads one at a time. */
    private static List<Wort> wortzeilen = List.of();

    private Texterkennung() {}

    /**
     * @param vertrauen mean confidence of Tesseract, 0 to 100
     * @param ausrichtung how the page must be turned to stand upright, as EXIF counts: 1 it does, 6 and 8 by a quarter, 3 upside down
     */
    record Gelesen(String text, int vertrauen, int ausrichtung) {}

    /**
     * Text of one page, also if it lies sideways or stands on its head: where the confidence is poor, the page is tried in the other
     * three directions at half the size, and read in the one that is clearly better.
     *
     * @param grau an image of type {@link BufferedImage#TYPE_BYTE_GRAY}, best at 300 dpi
     */
    static Gelesen lies(BufferedImage grau, int dpi) {
        Gelesen gerade = lies(grau, dpi, 1, MILLISEKUNDEN_JE_SEITE);
        if (gerade.vertrauen >= SCHLECHT) {
            return gerade;
        }
        BufferedImage klein = Bilder.skaliert(grau, 0.5);
        Gelesen beste = gerade;
        for (int ausrichtung : new int[] {3, 6, 8}) {
            Gelesen gedreht =
                    lies(Bilder.aufgerichtet(klein, ausrichtung), dpi / 2, ausrichtung, MILLISEKUNDEN_JE_VERSUCH);
            if (gedreht.vertrauen > beste.vertrauen + BESSER && gedreht.text.length() >= MINDESTENS) {
                beste = gedreht;
            }
        }
        if (beste.ausrichtung > 1) {
            return lies(Bilder.aufgerichtet(grau, beste.ausrichtung), dpi, beste.ausrichtung, MILLISEKUNDEN_JE_SEITE);
        }
        return gerade.vertrauen < VERTRAUEN ? new Gelesen("", gerade.vertrauen, 1) : gerade;
    }

    /**
     * A word and where it stands, in pixels of the image as it was given.
     *
     * @param dx direction of the writing: (1, 0) from left to right, (0, -1) upwards
     */
    record Wort(String text, int x, int y, int breite, int hoehe, int dx, int dy) {}

    /** As {@link #lies(BufferedImage, int)}, word by word. */
    static List<Wort> worte(BufferedImage grau, int dpi) {
        var gelesen = lies(grau, dpi);
        if (gelesen.text.isEmpty()) {
            return List.of();
        }
        int b = grau.getWidth();
        int h = grau.getHeight();
        return wortzeilen.stream()
                .map(w -> switch (gelesen.ausrichtung) {
                    case 3 -> new Wort(w.text, b - w.x - w.breite, h - w.y - w.hoehe, w.breite, w.hoehe, -1, 0);
                    case 6 -> new Wort(w.text, w.y, h - w.x - w.breite, w.hoehe, w.breite, 0, -1);
                    case 8 -> new Wort(w.text, b - w.y - w.hoehe, w.x, w.hoehe, w.breite, 0, 1);
                    default -> w;
                })
                .toList();
    }

    /** The words of the last page: level, page, block, paragraph, line, word, left, top, width, height, confidence, text. */
    private static List<Wort> wortzeilen(TessBaseAPI leser) {
        var worte = new ArrayList<Wort>();
        try (BytePointer tabelle = leser.GetTSVText(0)) {
            if (tabelle == null) {
                return worte;
            }
            for (var zeile : new String(tabelle.getStringBytes(), StandardCharsets.UTF_8).split("\n")) {
                var felder = zeile.split("\t", 12);
                if (felder.length == 12 && felder[0].equals("5") && !felder[11].isBlank()) {
                    worte.add(new Wort(
                            felder[11].strip(),
                            Integer.parseInt(felder[6]),
                            Integer.parseInt(felder[7]),
                            Integer.parseInt(felder[8]),
                            Integer.parseInt(felder[9]),
                            1,
                            0));
                }
            }
        }
        return worte;
    }

    private static Gelesen lies(BufferedImage grau, int dpi, int ausrichtung, int millisekunden) {
        TessBaseAPI leser = bereit();
        // What drawing the page needed goes back to the machine before Tesseract takes its own: 20 ms of two seconds,
        // and
        // the JVM would rather let its heap grow than tidy it.
        System.gc();
        byte[] punkte = ((DataBufferByte) grau.getRaster().getDataBuffer()).getData();
        leser.SetImage(punkte, grau.getWidth(), grau.getHeight(), 1, grau.getWidth());
        leser.SetSourceResolution(dpi);
        try (var frist = new ETEXT_DESC()) {
            frist.set_deadline_msecs(millisekunden);
            if (leser.Recognize(frist) != 0) {
                return new Gelesen("", 0, ausrichtung);
            }
            int vertrauen = leser.MeanTextConf();
            wortzeilen = wortzeilen(leser);
            try (BytePointer text = leser.GetUTF8Text()) {
                String gelesen = text == null ? "" : new String(text.getStringBytes(), StandardCharsets.UTF_8).strip();
                return new Gelesen(gelesen, vertrauen, ausrichtung);
            } finally {
                leser.Clear();
            }
        }
    }

    private static TessBaseAPI bereit() {
        TessBaseAPI leser = tesseract;
        if (leser == null) {
            try {
                leser = new TessBaseAPI();
            } catch (LinkageError fehlt) {
                throw new Werkzeugfehler("Tesseract lässt sich nicht laden", fehlt);
            }
            if (leser.Init(System.getProperty(ORT), "deu", OEM_LSTM_ONLY) != 0) {
                throw new Werkzeugfehler("Tesseract findet deu.traineddata nicht in " + System.getProperty(ORT), null);
            }
            leser.SetPageSegMode(PSM_AUTO);
            leser.SetVariable("debug_file", "/dev/null");
            tesseract = leser;
        }
        return leser;
    }
}
