package de.federwerk.portal;

import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Mandanten.Mandant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What surrounds each of the Portal's pages.
 *
 * @param stadt its name
 * @param wer name of who is signed in; empty for nobody
 * @param hier path of this page with its question, for the links to the other languages
 */
record Portalrahmen(
        String stadt,
        Sprache sprache,
        String wer,
        String hier,
        Worte worte,
        @Nullable CsrfToken geheimnis) {

    /** Request attribute with the {@link Mandant} whose Portal this is. */
    static final String STADT = Portalrahmen.class.getName() + ".stadt";

    /** Request attribute with the name of who is signed in. */
    static final String WER = Portalrahmen.class.getName() + ".wer";

    private static final String KEKS = "FEDERWERK_SPRACHE";
    private static final Duration EIN_JAHR = Duration.ofDays(365);

    /** The language that the address names, and from then on this browser's; else that of last time; else German. */
    static Portalrahmen um(HttpServletRequest anfrage, HttpServletResponse antwort) {
        var genannt = Optional.ofNullable(anfrage.getParameter("sprache")).flatMap(Sprache::mit);
        genannt.ifPresent(s -> antwort.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(KEKS, s.kennung())
                        .path(Portalweiche.PORTAL)
                        .maxAge(EIN_JAHR)
                        .httpOnly(true)
                        .secure(anfrage.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString()));
        var sprache = genannt.or(() -> gemerkt(anfrage)).orElse(Sprache.DE);
        var stadt = anfrage.getAttribute(STADT) instanceof Mandant m ? m.name() : "";
        return new Portalrahmen(
                stadt,
                sprache,
                anfrage.getAttribute(WER) instanceof String w ? w : "",
                hier(anfrage),
                Worte.in(sprache),
                anfrage.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken g ? g : null);
    }

    private static Optional<Sprache> gemerkt(HttpServletRequest anfrage) {
        return Optional.ofNullable(anfrage.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(k -> k.getName().equals(KEKS))
                .map(jakarta.servlet.http.Cookie::getValue)
                .flatMap(wert -> Sprache.mit(wert).stream())
                .findFirst();
    }

    /** Of the question only what was asked: the language is chosen anew, and nothing personal stands in an address. */
    private static String hier(HttpServletRequest anfrage) {
        var q = anfrage.getParameter("q");
        var pfad = anfrage.getRequestURI();
        return "GET".equals(anfrage.getMethod()) && q != null && !q.isBlank()
                ? pfad + "?q=" + java.net.URLEncoder.encode(q, java.nio.charset.StandardCharsets.UTF_8) + "&sprache="
                : pfad + "?sprache=";
    }

    boolean angemeldet() {
        return !wer.isEmpty();
    }

    String wort(String schluessel) {
        return worte.wort(schluessel);
    }

    /** @param werte in the places {@code {0}}, {@code {1}} … */
    String wort(String schluessel, Object... werte) {
        return worte.wort(schluessel, werte);
    }

    boolean ist(String pfad) {
        return hier.startsWith(pfad + "?") || hier.startsWith(pfad + "/");
    }
}
