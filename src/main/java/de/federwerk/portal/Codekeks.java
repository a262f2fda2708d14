package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Mandanten.Mandant;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * Whoever has shown a status code goes on with it for a while: reads the messages of that one Antrag, fetches files, answers. The code stands in a cookie
 * that no script and no other site reads, never in an address; it opens nothing that the code itself would not.
 */
@Component
class Codekeks {

    private static final String KEKS = "FEDERWERK_CODE";
    /** At a borrowed computer somebody may forget to end it. */
    private static final Duration DAUER = Duration.ofMinutes(30);

    private final Antraege antraege;

    Codekeks(Antraege antraege) {
        this.antraege = antraege;
    }

    void merke(HttpServletRequest anfrage, HttpServletResponse antwort, String getippt) {
        setze(anfrage, antwort, getippt.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""), DAUER);
    }

    void vergiss(HttpServletRequest anfrage, HttpServletResponse antwort) {
        setze(anfrage, antwort, "", Duration.ZERO);
    }

    private static void setze(HttpServletRequest anfrage, HttpServletResponse antwort, String wert, Duration dauer) {
        antwort.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(KEKS, wert)
                        .path(Portalweiche.PORTAL)
                        .maxAge(dauer)
                        .httpOnly(true)
                        .secure(anfrage.isSecure())
                        .sameSite("Strict")
                        .build()
                        .toString());
    }

    private static Optional<String> code(HttpServletRequest anfrage) {
        return Optional.ofNullable(anfrage.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(k -> k.getName().equals(KEKS))
                .map(Cookie::getValue)
                .filter(w -> w.matches("[A-Z0-9]{12}"))
                .findFirst();
    }

    /** Done as whoever may: by browser or Konto if it is theirs, else by the code, if one was shown. */
    <T, X extends Throwable> T fuer(HttpServletRequest anfrage, UUID antrag, ScopedValue.CallableOp<? extends T, X> was)
            throws X {
        var code = code(anfrage);
        if (code.isEmpty() || istEigener(antrag)) {
            return was.call();
        }
        return Mandantenkontext.alsBuerger(
                ((Mandant) anfrage.getAttribute(Portalrahmen.STADT)).id(), Besucher.hashVonCode(code.get()), was);
    }

    /** Whether it is read by the code alone. */
    boolean nurMitCode(HttpServletRequest anfrage, UUID antrag) {
        return code(anfrage).isPresent() && !istEigener(antrag);
    }

    private boolean istEigener(UUID antrag) {
        try {
            antraege.antrag(antrag);
            return true;
        } catch (NichtGefunden fremd) {
            return false;
        }
    }
}
