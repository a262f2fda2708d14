package de.federwerk.konto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What is shown once to whoever it is for, and of which the house keeps only the hash. */
public final class Geheimnis {

    private static final SecureRandom ZUFALL = new SecureRandom();

    private Geheimnis() {}

    /** 256 bits as 43 characters that go into a cookie and an address. */
    public static String neu() {
        var bytes = new byte[32];
        ZUFALL.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether it could be one. */
    public static boolean istEines(String text) {
        return text.matches("[A-Za-z0-9_-]{43}");
    }

    /** SHA-256 in hex. */
    public static String hash(String geheimnis) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(geheimnis.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
