package de.federwerk.organisation;

import de.federwerk.basis.Mandantenkontext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** From here on the request works for the Mandant of whoever is signed in. A person who is no longer valid is signed out. */
@Component
class Mandantenfilter extends OncePerRequestFilter {

    /** Request attribute with the {@link Personen.Profil} of this request. */
    static final String PROFIL = Mandantenfilter.class.getName() + ".profil";

    /** Session attribute with the {@link Instant} of the sign-in. */
    static final String ANGEMELDET = "federwerk.angemeldet";

    /** A working day: then one signs in again, however busy (ASVS 3.3.2). */
    private static final Duration HOECHSTENS = Duration.ofHours(12);

    private final Personen personen;

    Mandantenfilter(Personen personen) {
        this.personen = personen;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
            throws ServletException, IOException {
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (ausweis == null || !(ausweis.getPrincipal() instanceof Anmeldung wer)) {
            kette.doFilter(anfrage, antwort);
            return;
        }
        try {
            Mandantenkontext.als(wer.mandant(), () -> {
                var profil = personen.profil(wer.person());
                if (profil.isEmpty()) {
                    beende(anfrage, antwort, "/anmelden?beendet");
                } else if (zuLange(anfrage)) {
                    beende(anfrage, antwort, "/anmelden?sitzung");
                } else if (profil.get()
                        .zuerst()
                        .filter(seite -> !gehoertZu(seite, anfrage))
                        .isPresent()) {
                    antwort.sendRedirect(profil.get().zuerst().get());
                } else {
                    anfrage.setAttribute(PROFIL, profil.get());
                    kette.doFilter(anfrage, antwort);
                    Sitzungsverlust.abgesendet(anfrage, antwort);
                }
                return null;
            });
        } catch (RuntimeException | ServletException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** Whether the request belongs to what the person must see to first. */
    private static boolean gehoertZu(String seite, HttpServletRequest anfrage) {
        var pfad = anfrage.getRequestURI();
        return pfad.equals("/abmelden")
                || pfad.equals(seite)
                || seite.equals(Personen.Profil.MEINE_ANMELDUNG)
                        && pfad.matches("/(anmeldung|bestaetigen|fortsetzen)(/.*)?");
    }

    private static void beende(HttpServletRequest anfrage, HttpServletResponse antwort, String ziel)
            throws IOException {
        anfrage.getSession().invalidate();
        SecurityContextHolder.clearContext();
        antwort.sendRedirect(ziel);
    }

    /** Asked when a page is opened, never when something is sent: what was typed must not be lost. */
    private static boolean zuLange(HttpServletRequest anfrage) {
        var sitzung = anfrage.getSession(false);
        return "GET".equals(anfrage.getMethod())
                && !Sitzungsverlust.istSkript(anfrage)
                && sitzung != null
                && zuLange(sitzung.getAttribute(ANGEMELDET));
    }

    static boolean zuLange(@Nullable Object angemeldet) {
        return angemeldet instanceof Instant seit && seit.plus(HOECHSTENS).isBefore(Instant.now());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest anfrage) {
        return Sicherheit.istStatisch(anfrage);
    }

    /** Runs in the security chain only, not once more for every request of the container. */
    @Component
    static class NurInDerTuer {
        @Bean
        static FilterRegistrationBean<Mandantenfilter> nichtNochEinmal(Mandantenfilter filter) {
            var eintrag = new FilterRegistrationBean<>(filter);
            eintrag.setEnabled(false);
            return eintrag;
        }
    }
}
