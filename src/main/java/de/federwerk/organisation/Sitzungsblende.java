package de.federwerk.organisation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whoever asks for the session behind it gets none. Spring Security does to describe who is not signed in, Spring MVC does for each
 * request to see whether anything was left for it; and to ask is to be active.
 */
class Sitzungsblende extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        kette.doFilter(new Ohne(anfrage), antwort);
    }

    private static final class Ohne extends HttpServletRequestWrapper {

        Ohne(HttpServletRequest anfrage) {
            super(anfrage);
        }

        @Override
        public @Nullable HttpSession getSession(boolean anlegen) {
            if (anlegen) throw new IllegalStateException("Hier wird keine Sitzung angelegt");
            return null;
        }

        @Override
        public HttpSession getSession() {
            throw new IllegalStateException("Hier wird keine Sitzung angelegt");
        }
    }
}
