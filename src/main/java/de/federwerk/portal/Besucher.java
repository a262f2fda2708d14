package de.federwerk.portal;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.konto.Geheimnis;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * Whoever applies without an account is this browser: a secret in its cookie opens the drafts that were begun in it, and makes the status code of
 * what was sent. The house keeps only hashes of both.
 */
final class Besucher {

    private static final String KEKS = "FEDERWERK_BESUCH";
    /** As long as a draft is kept. */
    private static final Duration DAUER = Duration.ofDays(30);

    /** No 0/O, 1/I/L, U: it is read out over the phone. 12 of 30 characters are 58 bits. */
    private static final String ZEICHEN = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int STELLEN = 12;

    private Besucher() {}

    /** For {@link Mandantenkontext#alsBuerger}; empty if this browser has no secret yet. */
    static String ausweis(HttpServletRequest anfrage) {
        return geheimnis(anfrage).map(Geheimnis::hash).orElse("");
    }

    private static Optional<String> geheimnis(HttpServletRequest anfrage) {
        return Optional.ofNullable(anfrage.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(k -> k.getName().equals(KEKS))
                .map(Cookie::getValue)
                .filter(Geheimnis::istEines)
                .findFirst();
    }

    /** Its secret, and a new one if it has none; from now on for as long as a draft is kept. @return what opens its own */
    static String begruesse(HttpServletRequest anfrage, HttpServletResponse antwort) {
        var geheimnis = geheimnis(anfrage).orElseGet(Geheimnis::neu);
        antwort.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(KEKS, geheimnis)
                        .path(Portalweiche.PORTAL)
                        .maxAge(DAUER)
                        .httpOnly(true)
                        .secure(anfrage.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
        return Geheimnis.hash(geheimnis);
    }

    /** The status code of an Antrag that was begun in this browser; the same each time. Empty if its secret is gone. */
    static Optional<String> code(HttpServletRequest anfrage, UUID antrag) {
        return geheimnis(anfrage).map(g -> {
            var bytes = mac(g, antrag);
            var code = new StringBuilder();
            for (int i = 0; i < STELLEN; i++) {
                code.append(i > 0 && i % 4 == 0 ? "-" : "")
                        .append(ZEICHEN.charAt(Math.floorMod(zahl(bytes, i), ZEICHEN.length())));
            }
            return code.toString();
        });
    }

    /** Two bytes for each character: what 30 does not divide is then too small to matter. */
    private static int zahl(byte[] bytes, int i) {
        return (bytes[2 * i] & 0xff) << 8 | bytes[2 * i + 1] & 0xff;
    }

    private static byte[] mac(String geheimnis, UUID antrag) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(geheimnis.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(antrag.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As typed, with or without hyphens, upper or lower case. */
    static String hashVonCode(String getippt) {
        return Geheimnis.hash(getippt.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""));
    }
}
