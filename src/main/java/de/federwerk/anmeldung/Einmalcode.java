package de.federwerk.anmeldung;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** TOTP as every authenticator app reckons it (RFC 6238 with SHA-1, 30 s, 6 digits; SHA-1 in HMAC is sound). */
public final class Einmalcode {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** 160 bits, as RFC 4226 4 recommends. */
    public static final int GEHEIMNIS = 20;

    private static final int SEKUNDEN = 30;
    /** One step either way for clocks that are wrong and fingers that are slow (RFC 6238 5.2). */
    private static final int ABWEICHUNG = 1;

    private Einmalcode() {}

    public static long schritt(Instant zeit) {
        return Math.floorDiv(zeit.getEpochSecond(), SEKUNDEN);
    }

    public static String code(byte[] geheimnis, long schritt) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(geheimnis, "RAW"));
            var wert = mac.doFinal(ByteBuffer.allocate(8).putLong(schritt).array());
            int stelle = wert[wert.length - 1] & 0x0f;
            int zahl = ByteBuffer.wrap(wert).getInt(stelle) & 0x7fffffff;
            return "%06d".formatted(zahl % 1_000_000);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The step whose code this is; empty if it is none of now. */
    public static OptionalLong passend(byte[] geheimnis, String code, Instant jetzt) {
        var gefunden = OptionalLong.empty();
        for (long schritt = schritt(jetzt) - ABWEICHUNG; schritt <= schritt(jetzt) + ABWEICHUNG; schritt++) {
            if (MessageDigest.isEqual(ascii(code(geheimnis, schritt)), ascii(code))) {
                gefunden = OptionalLong.of(schritt);
            }
        }
        return gefunden;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** For typing into an app: base32 without padding (RFC 4648 6). */
    public static String base32(byte[] bytes) {
        var text = new StringBuilder();
        int rest = 0;
        int bits = 0;
        for (var b : bytes) {
            rest = (rest << 8 | b & 0xff) & 0xfff;
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(BASE32.charAt(rest >> bits & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(BASE32.charAt(rest << 5 - bits & 31)).toString();
    }

    /** What the QR code says (Key URI format of the authenticator apps). */
    public static String adresse(byte[] geheimnis, String haus, String konto) {
        return "otpauth://totp/" + kodiert(haus) + ":" + kodiert(konto) + "?secret=" + base32(geheimnis) + "&issuer="
                + kodiert(haus) + "&algorithm=SHA1&digits=6&period=" + SEKUNDEN;
    }

    private static String kodiert(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
