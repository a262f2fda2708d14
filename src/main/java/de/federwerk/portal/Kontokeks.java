package de.federwerk.portal;

import de.federwerk.konto.Geheimnis;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** The two cookies of a Konto: of a sign-in that is half done, and of the session. No script reads them. */
enum Kontokeks {
    /** Goes with the browser: others may sit at this computer after her. */
    SITZUNG("FEDERWERK_KONTO", Portalweiche.PORTAL, "Lax", Duration.ofSeconds(-1)),
    HALB("FEDERWERK_HALB", Portalweiche.PORTAL + "/konto", "Strict", Duration.ofMinutes(10));

    private final String name;
    private final String pfad;
    private final String vonAnderen;
    private final Duration dauer;

    Kontokeks(String name, String pfad, String vonAnderen, Duration dauer) {
        this.name = name;
        this.pfad = pfad;
        this.vonAnderen = vonAnderen;
        this.dauer = dauer;
    }

    Optional<String> lies(HttpServletRequest anfrage) {
        return Optional.ofNullable(anfrage.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(k -> k.getName().equals(name))
                .map(Cookie::getValue)
                .filter(Geheimnis::istEines)
                .findFirst();
    }

    /** Its hash; empty if this browser has none. */
    String hash(HttpServletRequest anfrage) {
        return lies(anfrage).map(Geheimnis::hash).orElse("");
    }

    void setze(HttpServletRequest anfrage, HttpServletResponse antwort, String wert) {
        schreibe(anfrage, antwort, wert, dauer);
    }

    void vergiss(HttpServletRequest anfrage, HttpServletResponse antwort) {
        schreibe(anfrage, antwort, "", Duration.ZERO);
    }

    private void schreibe(HttpServletRequest anfrage, HttpServletResponse antwort, String wert, Duration wieLange) {
        antwort.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, wert)
                        .path(pfad)
                        .maxAge(wieLange)
                        .httpOnly(true)
                        .secure(anfrage.isSecure())
                        .sameSite(vonAnderen)
                        .build()
                        .toString());
    }
}
