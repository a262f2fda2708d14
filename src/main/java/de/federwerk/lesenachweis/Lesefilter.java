package de.federwerk.lesenachweis;

import de.federwerk.berechtigung.Gelesenes;
import de.federwerk.berechtigung.Gelesenes.Ding;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Nothing protected leaves the house unwritten: before the first byte of an answer – page, preview, download, JSON – what was opened for it is
 * written down, and if that fails there is no answer. Stands behind the doors, so that it knows who asks.
 */
@Component
class Lesefilter extends OncePerRequestFilter {

    private final Lesenachweise nachweise;
    private final ApplicationEventPublisher rufer;

    Lesefilter(Lesenachweise nachweise, ApplicationEventPublisher rufer) {
        this.nachweise = nachweise;
        this.rufer = rufer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var merkend = new Merkend(anfrage, antwort);
        try {
            Gelesenes.sammle(merkend.dinge, () -> {
                kette.doFilter(anfrage, merkend);
                return null;
            });
        } catch (RuntimeException | ServletException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
        // HEAD: no bytes, but the headers tell name and length.
        if (antwort.getStatus() / 100 == 2) {
            merkend.halteFest();
        }
    }

    private final class Merkend extends HttpServletResponseWrapper {

        private final HttpServletRequest anfrage;
        private final Set<Ding> dinge = new LinkedHashSet<>();

        Merkend(HttpServletRequest anfrage, HttpServletResponse antwort) {
            super(antwort);
            this.anfrage = anfrage;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            halteFest();
            return super.getOutputStream();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            halteFest();
            return super.getWriter();
        }

        @Override
        public void flushBuffer() throws IOException {
            halteFest();
            super.flushBuffer();
        }

        /** What has not changed is shown from where the browser keeps it. */
        @Override
        public void setStatus(int stand) {
            super.setStatus(stand);
            if (stand == SC_NOT_MODIFIED) {
                halteFest();
            }
        }

        /** An error page shows nothing of what was opened before the error; a form that comes back (409, 422) does. */
        private void halteFest() {
            if (dinge.isEmpty() || getStatus() == SC_NOT_FOUND || getStatus() >= 500) {
                return;
            }
            var gelesen = eigene();
            // Before it is tried: the page that says it failed must not fail again.
            dinge.clear();
            try {
                nachweise.halteFest(gelesen, zugang());
                if (!gelesen.isEmpty()) {
                    rufer.publishEvent(new Eingesehen(gelesen));
                }
            } catch (RuntimeException e) {
                // The headers name the file.
                if (!isCommitted()) {
                    reset();
                }
                throw e;
            }
        }

        /** Some pages ask with the Sicht of others whether they may see it: those others have read nothing. */
        private List<Ding> eigene() {
            var ausweis = SecurityContextHolder.getContext().getAuthentication();
            return ausweis != null && ausweis.getPrincipal() instanceof Anmeldung wer
                    ? dinge.stream()
                            .filter(d -> d.person().equals(wer.person()))
                            .toList()
                    : List.copyOf(dinge);
        }

        private Zugang zugang() {
            if (anfrage.getRequestURI().startsWith("/api/")) {
                return Zugang.SCHNITTSTELLE;
            }
            var wie = getHeader(HttpHeaders.CONTENT_DISPOSITION);
            return wie != null && wie.startsWith("attachment") ? Zugang.HERUNTERGELADEN : Zugang.ANGESEHEN;
        }
    }
}
