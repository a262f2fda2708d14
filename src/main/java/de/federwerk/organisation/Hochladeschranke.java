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
 * Stands before the CSRF check, which reads a form to find its token and with it every uploaded file onto the disk: whoever is not
 * signed in is turned away before that.
 */
class Hochladeschranke extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (ausweis != null && ausweis.isAuthenticated()) {
            kette.doFilter(anfrage, antwort);
        } else if (Sitzungsverlust.istSkript(anfrage)) {
            Sitzungsverlust.abgelaufen(antwort);
        } else {
            antwort.sendRedirect("/anmelden?sitzung");
        }
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest anfrage) {
        return !String.valueOf(anfrage.getContentType())
                .strip()
                .toLowerCase(Locale.ROOT)
                .startsWith("multipart/");
    }
}
