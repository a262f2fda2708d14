package de.federwerk.schnittstelle;

import de.federwerk.basis.Mandantenkontext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/** The door for Fachverfahren: {@code /api/**}, bearer token in each request, no session, no cookie. */
@Configuration
class Fachverfahrentuer {

    @Bean
    @Order(10)
    SecurityFilterChain schnittstelle(HttpSecurity http, Zugangstoken token) throws Exception {
        return http.securityMatcher("/api/**")
                // No cookie signs anybody in here, so there is nothing a foreign page could forge.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(a -> a.requestMatchers("/api/v1/openapi.json")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(e -> e.authenticationEntryPoint((anfrage, antwort, grund) -> {
                    antwort.setHeader("WWW-Authenticate", "Bearer realm=\"Federwerk\"");
                    Problem.schreibe(
                            antwort,
                            401,
                            "Nicht angemeldet",
                            "Bitte senden Sie ein gültiges Zugangstoken im Kopf „Authorization: Bearer …“.");
                }))
                .headers(h -> h.contentSecurityPolicy(
                        c -> c.policyDirectives("default-src 'none'; frame-ancestors 'none'; sandbox")))
                .addFilterBefore(new Tokenfilter(token), AuthorizationFilter.class)
                .build();
    }

    private static final class Tokenfilter extends OncePerRequestFilter {

        private final Zugangstoken token;
        private final Gedraenge gedraenge = new Gedraenge();

        Tokenfilter(Zugangstoken token) {
            this.token = token;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
                throws ServletException, IOException {
            var kopf = anfrage.getHeader("Authorization");
            var wer = kopf != null && kopf.regionMatches(true, 0, "Bearer ", 0, 7)
                    ? token.pruefe(kopf.substring(7).strip())
                    : java.util.Optional.<de.federwerk.organisation.Anmeldung>empty();
            if (wer.isEmpty()) {
                kette.doFilter(anfrage, antwort);
                return;
            }
            if (!gedraenge.tritt(wer.get().person())) {
                antwort.setHeader("Retry-After", "1");
                Problem.schreibe(
                        antwort,
                        429,
                        "Zu viele Anfragen zugleich",
                        "Von diesem Konto werden schon " + Gedraenge.JE_KONTO
                                + " Anfragen bearbeitet. Bitte senden Sie diese noch einmal, wenn eine davon beantwortet ist; es wurde nichts geändert.");
                return;
            }
            var ausweis = UsernamePasswordAuthenticationToken.authenticated(
                    wer.get(), null, List.of(new SimpleGrantedAuthority("VERFAHREN")));
            var kontext = SecurityContextHolder.createEmptyContext();
            kontext.setAuthentication(ausweis);
            SecurityContextHolder.setContext(kontext);
            try {
                Mandantenkontext.als(wer.get().mandant(), () -> {
                    kette.doFilter(anfrage, antwort);
                    return null;
                });
            } catch (RuntimeException | ServletException | IOException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            } finally {
                gedraenge.verlasse(wer.get().person());
            }
        }
    }
}
