package de.federwerk.portal;

import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.konto.Kontositzungen;
import de.federwerk.organisation.Mandanten;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.filter.OncePerRequestFilter;

/** The door for citizens: {@code /portal/**}. Everybody may come in; for which town says the host name, as at the sign-in of the house. */
@Configuration
class Portaltuer {

    /** No script but our own, nothing from elsewhere; no page of another site may show ours in a frame, except what is made for it. */
    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors ";

    private static final String EINBETTEN = Portalweiche.PORTAL + "/einbetten/";

    @Bean
    @Order(20)
    SecurityFilterChain buergertuer(HttpSecurity http, Mandanten mandanten, Kontositzungen sitzungen) throws Exception {
        var geheimnis = new CookieCsrfTokenRepository();
        geheimnis.setCookieName("FEDERWERK_PORTAL");
        geheimnis.setCookiePath(Portalweiche.PORTAL);
        // As long as a draft: a phone that has closed its browser sends what was typed all the same.
        geheimnis.setCookieCustomizer(k -> k.httpOnly(true).sameSite("Lax").maxAge(Duration.ofDays(30)));
        return http.securityMatcher(Portalweiche.PORTAL, Portalweiche.PORTAL + "/**")
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .csrf(c -> c.csrfTokenRepository(geheimnis))
                .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                .exceptionHandling(e -> e.accessDeniedHandler(
                        (anfrage, antwort, grund) -> Portalweiche.weiter(anfrage, antwort, "/abgelaufen")))
                .headers(h -> h.frameOptions(f -> f.disable())
                        .referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                        .addHeaderWriter((anfrage, antwort) -> {
                            boolean fuerAndere = anfrage.getRequestURI().startsWith(EINBETTEN);
                            antwort.setHeader("Content-Security-Policy", CSP + (fuerAndere ? "*" : "'none'"));
                            antwort.setHeader(
                                    "Permissions-Policy",
                                    "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
                            antwort.setHeader("Cross-Origin-Opener-Policy", "same-origin");
                            antwort.setHeader(
                                    "Cross-Origin-Resource-Policy", fuerAndere ? "cross-origin" : "same-origin");
                        }))
                .addFilterBefore(new Stadtfilter(mandanten, sitzungen), AuthorizationFilter.class)
                .build();
    }

    /** From here on the request works for one town, with a citizen's rights. */
    private static final class Stadtfilter extends OncePerRequestFilter {

        private final Mandanten mandanten;
        private final Kontositzungen sitzungen;

        Stadtfilter(Mandanten mandanten, Kontositzungen sitzungen) {
            this.mandanten = mandanten;
            this.sitzungen = sitzungen;
        }

        private Optional<Kontositzungen.Wer> wer(UUID stadt, String sitzung) {
            try {
                return Mandantenkontext.<Optional<Kontositzungen.Wer>, RuntimeException>als(
                        stadt, () -> sitzungen.wer(sitzung));
            } catch (RuntimeException e) {
                // What follows asks the database as well, and says in words what is the matter.
                if (Datenbankfehler.istWeg(e)) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        @Override
        protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
                throws ServletException, IOException {
            var stadt = mandanten.gemeint("", anfrage.getServerName());
            if (stadt.isEmpty()) {
                antwort.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            anfrage.setAttribute(Portalrahmen.STADT, stadt.get());
            wer(stadt.get().id(), Kontokeks.SITZUNG.hash(anfrage))
                    .ifPresent(w -> anfrage.setAttribute(Portalrahmen.WER, w.name()));
            try {
                Mandantenkontext.alsBuerger(
                        stadt.get().id(), Besucher.ausweis(anfrage), Kontokeks.SITZUNG.hash(anfrage), () -> {
                            kette.doFilter(anfrage, antwort);
                            return null;
                        });
            } catch (RuntimeException | ServletException | IOException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            }
        }
    }
}
