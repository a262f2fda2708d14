package de.federwerk.portal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before everything else, the session store included: the citizens' door opens to the Portal alone, and the house's door never to
 * it. What is not named here does not exist on the other side.
 */
class Portalweiche extends OncePerRequestFilter {

    static final String PORTAL = "/portal";

    /** Files of the program itself that the Portal's pages are made of. */
    private static final List<String> DATEIEN = List.of("/kern/", "/gesicht/", "/symbole/");

    private final Portaltor tor;
    private final Portalbremse bremse;

    Portalweiche(Portaltor tor, Portalbremse bremse) {
        this.tor = tor;
        this.bremse = bremse;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var pfad = anfrage.getRequestURI();
        boolean insPortal = pfad.equals(PORTAL) || pfad.startsWith(PORTAL + "/");
        if (tor.fuehrtInsPortal(anfrage)) {
            if (insPortal && !bremse.zaehle(anfrage)) {
                antwort.setHeader("Retry-After", "60");
                weiter(anfrage, antwort, "/zu-viele");
            } else if (anfrage.getContentLengthLong() > Portaltor.HOECHSTENS
                    || anfrage.getContentLengthLong() < 0 && anfrage.getHeader("Transfer-Encoding") != null) {
                // Before a byte is read; what does not say how long it is could be endless.
                antwort.setHeader("Connection", "close");
                weiter(anfrage, antwort, "/zu-gross");
            } else if (insPortal || DATEIEN.stream().anyMatch(pfad::startsWith) || pfad.equals("/favicon.ico")) {
                kette.doFilter(new OhneSitzung(anfrage), antwort);
            } else if (pfad.equals("/")) {
                antwort.sendRedirect(PORTAL);
            } else {
                weiter(anfrage, antwort, "/nicht-gefunden");
            }
        } else if (!insPortal) {
            kette.doFilter(anfrage, antwort);
        } else if (tor.offen() && "GET".equals(anfrage.getMethod())) {
            var frage = anfrage.getQueryString();
            antwort.sendRedirect(tor.aussen(anfrage, frage == null ? pfad : pfad + "?" + frage));
        } else {
            antwort.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** To a page of the Portal, whatever was asked for. */
    private static void weiter(HttpServletRequest anfrage, HttpServletResponse antwort, String seite)
            throws ServletException, IOException {
        anfrage.getRequestDispatcher(PORTAL + seite).forward(new OhneSitzung(anfrage), antwort);
    }

    /** A cookie of the house opens nothing here, not even when both have the same host name: there is no session behind this door. */
    private static final class OhneSitzung extends HttpServletRequestWrapper {

        OhneSitzung(HttpServletRequest anfrage) {
            super(anfrage);
        }

        @Override
        public @Nullable HttpSession getSession(boolean anlegen) {
            if (anlegen) throw new IllegalStateException("Im Portal gibt es keine Sitzung");
            return null;
        }

        @Override
        public HttpSession getSession() {
            throw new IllegalStateException("Im Portal gibt es keine Sitzung");
        }
    }

    /** Before the session store and the security chains. */
    @Component
    static class GanzVorn {
        @Bean
        static FilterRegistrationBean<Portalweiche> portalweiche(Portaltor tor, Portalbremse bremse) {
            var eintrag = new FilterRegistrationBean<>(new Portalweiche(tor, bremse));
            eintrag.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return eintrag;
        }
    }
}
