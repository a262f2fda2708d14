package de.federwerk.datei;

import static org.bytedeco.tesseract.global.tesseract.OEM_LSTM_ONLY;
import static org.bytedeco.tesseract.global.tesseract.PSM_AUTO;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.charset.StandardCharsets;
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

    private static @Nullable TessBaseAPI tesseract;

    private Texterkennung() {}

    /**
     * Text of one upright page.
     *
     * @param grau an image of type {@link BufferedImage#TYPE_BYTE_GRAY}, best at 300 dpi
     */
    static String lies(BufferedImage grau, int dpi) {
        TessBaseAPI leser = bereit();
        byte[] punkte = ((DataBufferByte) grau.getRaster().getDataBuffer()).getData();
        leser.SetImage(punkte, grau.getWidth(), grau.getHeight(), 1, grau.getWidth());
        leser.SetSourceResolution(dpi);
        try (var frist = new ETEXT_DESC()) {
            frist.set_deadline_msecs(MILLISEKUNDEN_JE_SEITE);
            if (leser.Recognize(frist) != 0 || leser.MeanTextConf() < VERTRAUEN) {
                return "";
            }
            try (BytePointer text = leser.GetUTF8Text()) {
                return text == null ? "" : new String(text.getStringBytes(), StandardCharsets.UTF_8).strip();
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
