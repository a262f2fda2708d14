package de.federwerk.portal;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

    private static final String ZU_GROSS = """
            <!doctype html><html lang="de"><head><meta charset="utf-8"><title>Zu groß</title></head><body><main><h1>Das ist zu groß</h1>
            <p>Auf einmal lassen sich höchstens 200 MB senden. Es wurde nichts davon angenommen; was Sie vorher gespeichert haben, ist noch da. Bitte gehen Sie zurück und laden Sie weniger oder kleinere Dateien hoch.</p>
            <p lang="en">At most 200 MB can be sent at once. None of it was taken; what you saved before is still there. Please go back and upload fewer or smaller files.</p></main></body></html>
            """;

    private final Portaltor tor;
    private final Portalbremse bremse;

    Portalweiche(Portaltor tor, Portalbremse bremse) {
        this.tor = tor;
        this.bremse = bremse;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var pfad = pfad(anfrage);
        boolean insPortal = pfad.equals(PORTAL) || pfad.startsWith(PORTAL + "/");
        if (tor.fuehrtInsPortal(anfrage)) {
            var ohne = new OhneHauskeks(anfrage);
            boolean datei = DATEIEN.stream().anyMatch(pfad::startsWith) || pfad.equals("/favicon.ico");
            if (anfrage.getDispatcherType() == DispatcherType.ERROR || datei) {
                kette.doFilter(ohne, antwort);
            } else if (!bremse.zaehle(anfrage)) {
                antwort.setHeader("Retry-After", "60");
                weiter(anfrage, antwort, "/zu-viele");
            } else if (zuGross(anfrage)) {
                lehneAb(antwort);
            } else if (insPortal) {
                kette.doFilter(ohne, antwort);
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

    /** As the controllers are found by: without escapes, else another spelling would lead past here. */
    private static String pfad(HttpServletRequest anfrage) {
        return anfrage.getServletPath() + (anfrage.getPathInfo() == null ? "" : anfrage.getPathInfo());
    }

    /** Seen before a byte is read; what does not say how long it is could be endless. */
    private static boolean zuGross(HttpServletRequest anfrage) {
        return anfrage.getContentLengthLong() > Portaltor.HOECHSTENS
                || anfrage.getContentLengthLong() < 0 && anfrage.getHeader("Transfer-Encoding") != null;
    }

    /** By itself and at once: each way further in would first read all of it. */
    private static void lehneAb(HttpServletResponse antwort) throws IOException {
        antwort.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        antwort.setHeader("Connection", "close");
        antwort.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        antwort.setContentType("text/html;charset=UTF-8");
        antwort.getOutputStream().write(ZU_GROSS.getBytes(StandardCharsets.UTF_8));
        antwort.flushBuffer();
    }

    /** To a page of the Portal, whatever was asked for; what was sent with it is not read. */
    static void weiter(HttpServletRequest anfrage, HttpServletResponse antwort, String seite)
            throws ServletException, IOException {
        anfrage.getRequestDispatcher(PORTAL + seite).forward(new OhneLeib(new OhneHauskeks(anfrage)), antwort);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    /** The cookie of a clerk opens nothing here, not even where both have the same host name. */
    private static final class OhneHauskeks extends HttpServletRequestWrapper {

        OhneHauskeks(HttpServletRequest anfrage) {
            super(anfrage);
        }

        @Override
        public Cookie @Nullable [] getCookies() {
            var alle = super.getCookies();
            return alle == null
                    ? null
                    : Arrays.stream(alle)
                            .filter(k -> !k.getName().equals("FEDERWERK"))
                            .toArray(Cookie[]::new);
        }
    }

    /** Asks for a page and brings nothing along. */
    private static final class OhneLeib extends HttpServletRequestWrapper {

        OhneLeib(HttpServletRequest anfrage) {
            super(anfrage);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public @Nullable String getParameter(String name) {
            return null;
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return Map.of();
        }

        @Override
        public Collection<Part> getParts() {
            return List.of();
        }
    }

    /** Before the session store and the security chains. */
    @Component
    static class GanzVorn {
        @Bean
        static FilterRegistrationBean<Portalweiche> portalweiche(Portaltor tor, Portalbremse bremse) {
            var eintrag = new FilterRegistrationBean<>(new Portalweiche(tor, bremse));
            eintrag.setOrder(Ordered.HIGHEST_PRECEDENCE);
            eintrag.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
            return eintrag;
        }
    }
}
