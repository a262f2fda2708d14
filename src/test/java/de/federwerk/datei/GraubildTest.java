package de.federwerk.datei;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDDeviceGray;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.rendering.PageDrawer;
import org.apache.pdfbox.rendering.PageDrawerParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraubildTest {

    private static final int SEITE = 1024;

    @ParameterizedTest
    @CsvSource({"1, 0, RGB", "0.4, 0, RGB", "2.3, 0, RGB", "1.7, 90, RGB", "1, 0, GRAY", "1.7, 270, GRAY"})
    void die_seite_sieht_aus_wie_von_pdfbox_selbst_gezeichnet(float vergroessert, int gedreht, ImageType art)
            throws Exception {
        try (var pdf = new PDDocument()) {
            var seite = new PDPage(new PDRectangle(SEITE, SEITE));
            seite.setRotation(gedreht);
            pdf.addPage(seite);
            var bild = LosslessFactory.createFromImage(pdf, verlauf());
            try (var stift = new PDPageContentStream(pdf, seite)) {
                stift.drawImage(bild, 0, 0, SEITE, SEITE);
            }
            assertThat(Graubild.ist(bild)).isTrue();
            assertThat(Graubild.von(bild).getWidth()).isEqualTo(SEITE);
            var selbst = punkte(new PDFRenderer(pdf).renderImage(0, vergroessert, art));
            var mit = punkte(new Zeichner(pdf).renderImage(0, vergroessert, art));
            assertThat(mit).isEqualTo(selbst);
        }
    }

    private static int[] punkte(BufferedImage bild) {
        return bild.getRaster().getSamples(0, 0, bild.getWidth(), bild.getHeight(), 0, (int[]) null);
    }

    private static final class Zeichner extends PDFRenderer {

        Zeichner(PDDocument pdf) {
            super(pdf);
        }

        @Override
        protected PageDrawer createPageDrawer(PageDrawerParameters angaben) throws IOException {
            return new PageDrawer(angaben) {
                @Override
                public void drawImage(PDImage bild) throws IOException {
                    super.drawImage(Graubild.von((PDImageXObject) bild));
                }
            };
        }
    }

    @Test
    void auch_aus_jpeg_und_wo_bytes_fehlen_oder_zu_viele_sind_wie_pdfbox() throws Exception {
        try (var pdf = new PDDocument()) {
            gleicht(JPEGFactory.createFromImage(pdf, verlauf()));
            gleicht(roh(pdf, new byte[SEITE * SEITE / 2]));
            gleicht(roh(pdf, new byte[SEITE * SEITE * 3]));
        }
    }

    private static PDImageXObject roh(PDDocument pdf, byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        var gepackt = new ByteArrayOutputStream();
        try (var packer = new DeflaterOutputStream(gepackt)) {
            packer.write(bytes);
        }
        return new PDImageXObject(
                pdf,
                new ByteArrayInputStream(gepackt.toByteArray()),
                COSName.FLATE_DECODE,
                SEITE,
                SEITE,
                8,
                PDDeviceGray.INSTANCE);
    }

    private static void gleicht(PDImageXObject bild) throws IOException {
        assertThat(Graubild.ist(bild)).isTrue();
        assertThat(punkte(Graubild.von(bild).getImage())).isEqualTo(punkte(bild.getImage()));
    }

    @Test
    void was_umgekehrt_oder_verdeckt_oder_klein_ist_oder_farbe_hat_zeichnet_pdfbox() throws Exception {
        try (var pdf = new PDDocument()) {
            var umgekehrt = LosslessFactory.createFromImage(pdf, verlauf());
            var decode = new COSArray();
            decode.add(COSInteger.ONE);
            decode.add(COSInteger.ZERO);
            umgekehrt.setDecode(decode);
            assertThat(Graubild.ist(umgekehrt)).isFalse();
            var verdeckt = LosslessFactory.createFromImage(pdf, verlauf());
            verdeckt.getCOSObject().setItem(COSName.SMASK, LosslessFactory.createFromImage(pdf, verlauf()));
            assertThat(Graubild.ist(verdeckt)).isFalse();
            var bunt =
                    LosslessFactory.createFromImage(pdf, new BufferedImage(SEITE, SEITE, BufferedImage.TYPE_INT_RGB));
            assertThat(Graubild.ist(bunt)).isFalse();
            var durchsichtig =
                    LosslessFactory.createFromImage(pdf, new BufferedImage(SEITE, SEITE, BufferedImage.TYPE_INT_ARGB));
            assertThat(Graubild.ist(durchsichtig)).isFalse();
            var klein = LosslessFactory.createFromImage(pdf, new BufferedImage(99, 99, BufferedImage.TYPE_BYTE_GRAY));
            assertThat(Graubild.ist(klein)).isFalse();
            var fax = LosslessFactory.createFromImage(
                    pdf, new BufferedImage(SEITE, SEITE, BufferedImage.TYPE_BYTE_BINARY));
            assertThat(Graubild.ist(fax)).isFalse();
        }
    }

    /** All greys. */
    private static BufferedImage verlauf() {
        var bild = new BufferedImage(SEITE, SEITE, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < SEITE; y++) {
            for (int x = 0; x < SEITE; x++) {
                bild.getRaster().setSample(x, y, 0, (x + y) % 256);
            }
        }
        return bild;
    }
}
