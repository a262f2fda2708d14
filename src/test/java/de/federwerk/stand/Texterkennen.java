package de.federwerk.stand;

import de.federwerk.datei.Erkennungsvergleich;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.springframework.util.FileSystemUtils;

/** Scanned letters, A4 at 300 dpi: pages per second through the workers of the house and through Tesseract alone. */
final class Texterkennen implements Szenario {

    private static final int ZEILENLAENGE = 78;

    private final Textquelle texte;

    Texterkennen(Textquelle texte) {
        this.texte = texte;
    }

    @Override
    public String name() {
        return "ocr";
    }

    @Override
    public List<Ergebnis> miss(Haus haus, Umfang umfang) throws Exception {
        var ordner = Files.createTempDirectory(haus.daten, "gegenstueck");
        var bilder = new ArrayList<Path>();
        var scans = new ArrayList<byte[]>();
        for (int i = 0; i < umfang.je(8, 1); i++) {
            var blatt = blatt(texte, i, umfang);
            var datei = ordner.resolve("seite-" + i + ".png");
            ImageIO.write(blatt, "png", datei.toFile());
            bilder.add(datei);
            scans.add(pdf(blatt));
        }
        try (var vergleich = new Erkennungsvergleich(haus.daten.resolve("ocr"), bilder, scans)) {
            // The first turn of the house unpacks the model that the counterpart reads, too.
            vergleich.imHaus();
            var paar = Messreihe.abwechselnd(
                    umfang.je(1, 0),
                    umfang.je(5, 1),
                    () -> scans.size() / Messreihe.millisekunden(vergleich::imHaus) * 1000,
                    () -> scans.size() / Messreihe.millisekunden(vergleich::nackt) * 1000);
            return List.of(Ergebnis.verhaeltnis(
                    "ocr",
                    umfang.dokumente(),
                    paar.wir().median(),
                    paar.gegenstueck().median(),
                    ">=0.85"));
        } finally {
            FileSystemUtils.deleteRecursively(ordner);
        }
    }

    /** One letter as a scanner delivers it: PDF without text. */
    static byte[] scan(Textquelle texte, int nummer, Umfang umfang) throws IOException {
        return pdf(blatt(texte, nummer, umfang));
    }

    private static BufferedImage blatt(Textquelle texte, int nummer, Umfang umfang) {
        var text = texte.text(new SplittableRandom(nummer), umfang.je(2_600, 160));
        var bild = new BufferedImage(2480, 3508, BufferedImage.TYPE_BYTE_GRAY);
        var stift = bild.createGraphics();
        stift.setColor(Color.WHITE);
        stift.fillRect(0, 0, bild.getWidth(), bild.getHeight());
        stift.setColor(Color.BLACK);
        // 11 pt at 300 dpi
        stift.setFont(new Font(Font.SERIF, Font.PLAIN, 46));
        int y = 320;
        var zeile = new StringBuilder();
        for (var wort : text.split("\\s+")) {
            if (zeile.length() + wort.length() > ZEILENLAENGE) {
                stift.drawString(zeile.toString(), 290, y);
                zeile.setLength(0);
                y += 66;
            }
            zeile.append(wort).append(' ');
        }
        stift.drawString(zeile.toString(), 290, y);
        stift.dispose();
        return bild;
    }

    private static byte[] pdf(BufferedImage bild) throws IOException {
        try (var pdf = new PDDocument()) {
            var blatt = new PDPage(PDRectangle.A4);
            pdf.addPage(blatt);
            try (var inhalt = new PDPageContentStream(pdf, blatt)) {
                inhalt.drawImage(
                        LosslessFactory.createFromImage(pdf, bild),
                        0,
                        0,
                        blatt.getMediaBox().getWidth(),
                        blatt.getMediaBox().getHeight());
            }
            var bytes = new ByteArrayOutputStream();
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }
}
