package de.federwerk.organisation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the CSRF check, which reads a form to find its token and with it every uploaded file onto the disk. Who is not signed
 * in, sends more than is taken, or comes from a foreign page is turned away before that; who comes from our own page, as every
 * browser says in a header that no script can set, needs no token ({@link #vonUns}) – so that nothing of a file is read before the
 * page has asked whether the person may.
 */
class Hochladeschranke extends OncePerRequestFilter {

    /** Above the Ablage's own limit, which has its own message: a form of several files. Bytes, as {@code max-request-size}. */
    static final long HOECHSTENS = 2_300L << 20;

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (anfrage.getContentLengthLong() > HOECHSTENS) {
            antwort.setHeader("Connection", "close");
            sage(
                    antwort,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "Die Dateien sind zusammen zu groß: Auf einmal werden höchstens 2.300 MB angenommen. Es wurde nichts übernommen.");
        } else if (ausweis != null
                && ausweis.isAuthenticated()
                && anfrage.getHeader("X-CSRF-TOKEN") == null
                && !vonUns(anfrage)) {
            sage(
                    antwort,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Das Formular kam nicht von einer Seite dieses Programms. Es wurde nichts übernommen. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.");
        } else if (ausweis != null && ausweis.isAuthenticated()) {
            kette.doFilter(anfrage, antwort);
        } else if (Sitzungsverlust.istSkript(anfrage)) {
            Sitzungsverlust.abgelaufen(antwort);
        } else {
            antwort.sendRedirect("/anmelden?sitzung");
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest anfrage) {
        return !istMehrteilig(anfrage);
    }

    private static boolean istMehrteilig(HttpServletRequest anfrage) {
        return String.valueOf(anfrage.getContentType())
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
    }

    /** Whether a browser vouches that the request comes from a page of this house. Foreign scripts can set neither header. */
    static boolean vonUns(HttpServletRequest anfrage) {
        var seite = anfrage.getHeader("Sec-Fetch-Site");
        if (seite != null) {
            return seite.equals("same-origin");
        }
        var herkunft = anfrage.getHeader("Origin");
        var haus = anfrage.getHeader("X-Forwarded-Host") == null
                ? anfrage.getHeader("Host")
                : anfrage.getServerName() + ":" + anfrage.getServerPort();
        return herkunft != null && haus != null && ohneVorgabe(herkunft).equalsIgnoreCase(ohneVorgabe(haus));
    }

    /** Whether a request with files needs no token, because {@link #vonUns}. */
    static boolean brauchtKeinGeheimnis(HttpServletRequest anfrage) {
        return istMehrteilig(anfrage) && vonUns(anfrage);
    }

    /** Host and port without the scheme, and without the ports that go without saying: a proxy may end TLS before us. */
    private static String ohneVorgabe(String adresse) {
        return adresse.replaceFirst("^https?://", "").replaceFirst(":(80|443)$", "");
    }

    private static void sage(HttpServletResponse antwort, int status, String satz) throws IOException {
        antwort.setStatus(status);
        antwort.setContentType("text/plain; charset=utf-8");
        antwort.getWriter().print(satz);
    }
}
