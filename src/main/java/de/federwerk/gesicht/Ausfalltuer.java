package de.federwerk.gesicht;

import de.federwerk.basis.Datenbankfehler;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before everything else, the session and the token included: both ask the database, and where no controller is reached yet no
 * error page is either.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Ausfalltuer extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Ausfalltuer.class);

    private final Vorlagen vorlagen;

    Ausfalltuer(Vorlagen vorlagen) {
        this.vorlagen = vorlagen;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        try {
            kette.doFilter(anfrage, antwort);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!Datenbankfehler.istWeg(e)) throw e;
            LOG.warn(
                    "Datenbank nicht erreichbar: {} {}: {}",
                    anfrage.getMethod(),
                    anfrage.getRequestURI(),
                    e.toString());
            // Else the answer is out already, and only the session could not be kept.
            if (!antwort.isCommitted()) antworte(anfrage, antwort);
        }
    }

    private void antworte(HttpServletRequest anfrage, HttpServletResponse antwort) throws IOException {
        var fehler = Fehler.datenbankWeg();
        boolean maschine = anfrage.getRequestURI().startsWith("/api/") || Insel.fragt(anfrage);
        var inhalt = maschine
                ? "{\"type\":\"about:blank\",\"status\":503,\"title\":\"%s\",\"detail\":\"%s %s\"}"
                        .formatted(fehler.titel(), fehler.was(), fehler.sicher())
                : vorlagen.alsText(
                        anfrage.getHeader("HX-Request") != null ? "gesicht/fehlermeldung" : "gesicht/fehlerOhneRahmen",
                        Map.of("fehler", fehler));
        antwort.resetBuffer();
        antwort.setStatus(fehler.status());
        antwort.setHeader("Retry-After", Datenbankfehler.WIEDER_IN);
        antwort.setHeader("Cache-Control", "no-store");
        if (anfrage.getHeader("HX-Request") != null) {
            antwort.setHeader("HX-Retarget", "#meldungen");
            antwort.setHeader("HX-Reswap", "innerHTML");
        }
        antwort.setContentType(maschine ? "application/problem+json" : "text/html;charset=UTF-8");
        // The page that could not be finished may have said how long it was going to be.
        var bytes = inhalt.getBytes(StandardCharsets.UTF_8);
        antwort.setContentLength(bytes.length);
        antwort.getOutputStream().write(bytes);
    }
}
