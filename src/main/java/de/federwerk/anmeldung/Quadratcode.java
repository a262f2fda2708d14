package de.federwerk.anmeldung;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.QRCodeWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A QR code as an image in the page itself: its content is secret and gets no address of its own. */
public final class Quadratcode {

    /** Modules of white around it (ISO/IEC 18004: four). */
    private static final int RAND = 4;

    private Quadratcode() {}

    /** Black on white whatever the theme: cameras do not like it inverted. */
    public static String datenadresse(String inhalt) {
        try {
            var bild =
                    new QRCodeWriter().encode(inhalt, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, RAND));
            var pfad = new StringBuilder();
            for (int y = 0; y < bild.getHeight(); y++) {
                for (int x = 0; x < bild.getWidth(); x++) {
                    if (bild.get(x, y)) {
                        pfad.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                    }
                }
            }
            var svg =
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%1$dv%2$dH0z\"/><path d=\"%s\"/></svg>"
                            .formatted(bild.getWidth(), bild.getHeight(), pfad);
            return "data:image/svg+xml;base64,"
                    + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.US_ASCII));
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }
}
