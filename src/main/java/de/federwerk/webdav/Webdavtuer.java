package de.federwerk.webdav;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
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
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/** The door for a person's programs: {@code /webdav/**}, name and App-Kennwort in each request, no session, no cookie. */
@Configuration
class Webdavtuer {

    private static final List<String> METHODEN = List.of(
            "OPTIONS",
            "GET",
            "HEAD",
            "PUT",
            "DELETE",
            "MKCOL",
            "COPY",
            "MOVE",
            "PROPFIND",
            "PROPPATCH",
            "LOCK",
            "UNLOCK");

    /** Of one person at once: Explorer and an Office program beside it need some. Well below the connections of the house to its database. */
    private static final int ZUGLEICH = 8;

    @Bean
    @Order(11)
    SecurityFilterChain netzordnertuer(HttpSecurity http, Kennwortpruefung pruefung, Personen personen)
            throws Exception {
        return http.securityMatcher("/webdav", "/webdav/**")
                // No cookie signs anybody in here, so there is nothing a foreign page could forge.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .authorizeHttpRequests(a -> a.anyRequest().hasAuthority("PROGRAMM"))
                .exceptionHandling(e -> e.authenticationEntryPoint((anfrage, antwort, grund) -> {
                    antwort.setHeader("WWW-Authenticate", "Basic realm=\"Federwerk\", charset=\"UTF-8\"");
                    new Antwortgeber(antwort)
                            .text(
                                    401,
                                    "Bitte melden Sie sich mit Ihrem Anmeldenamen und einem App-Kennwort an. App-Kennwörter stellen Sie in Federwerk unter „Meine Anmeldung“ aus.");
                }))
                .headers(h -> h.contentSecurityPolicy(
                        c -> c.policyDirectives("default-src 'none'; frame-ancestors 'none'; sandbox")))
                .addFilterBefore(new Kennwortfilter(pruefung, personen), AuthorizationFilter.class)
                .build();
    }

    @Bean
    ServletRegistrationBean<Protokollsprache> netzordner(
            Verzeichnis verzeichnis,
            Eigenschaften eigenschaften,
            Sperrlage sperrlage,
            Aufnahme aufnahme,
            Transport transport,
            Arbeitsbereich bereich,
            Ausgabe ausgabe) {
        var eintrag = new ServletRegistrationBean<>(
                new Protokollsprache(verzeichnis, eigenschaften, sperrlage, aufnahme, transport, bereich, ausgabe),
                "/webdav/*");
        eintrag.setName("netzordner");
        return eintrag;
    }

    /** As strict as before for pages. Names of files may hold what addresses of pages never do: a percent sign, a semicolon. */
    @Bean
    HttpFirewall brandmauer() {
        var seiten = new StrictHttpFirewall();
        var ordner = new StrictHttpFirewall();
        ordner.setAllowedHttpMethods(METHODEN);
        ordner.setAllowUrlEncodedPercent(true);
        ordner.setAllowUrlEncodedPeriod(true);
        ordner.setAllowSemicolon(true);
        return new Weiche(seiten, ordner);
    }

    private record Weiche(HttpFirewall seiten, HttpFirewall ordner) implements HttpFirewall {

        @Override
        public FirewalledRequest getFirewalledRequest(HttpServletRequest anfrage) {
            var pfad = anfrage.getRequestURI();
            return (pfad.equals("/webdav") || pfad.startsWith("/webdav/") ? ordner : seiten)
                    .getFirewalledRequest(anfrage);
        }

        @Override
        public HttpServletResponse getFirewalledResponse(HttpServletResponse antwort) {
            return seiten.getFirewalledResponse(antwort);
        }
    }

    private static final class Kennwortfilter extends OncePerRequestFilter {

        private final Kennwortpruefung pruefung;
        private final Personen personen;
        private final ConcurrentHashMap<UUID, Integer> unterwegs = new ConcurrentHashMap<>();

        Kennwortfilter(Kennwortpruefung pruefung, Personen personen) {
            this.pruefung = pruefung;
            this.personen = personen;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
                throws ServletException, IOException {
            var urteil = pruefung.pruefe(anfrage);
            if (urteil.gebremst()) {
                antwort.setHeader("Retry-After", "900");
                new Antwortgeber(antwort)
                        .text(429, "Zu viele Fehlversuche. Bitte versuchen Sie es in einer Viertelstunde noch einmal.");
            } else if (urteil.wer() == null) {
                kette.doFilter(anfrage, antwort);
            } else {
                lasseEin(urteil.wer(), anfrage, antwort, kette);
            }
        }

        private void lasseEin(Anmeldung wer, HttpServletRequest anfrage, HttpServletResponse antwort, FilterChain kette)
                throws ServletException, IOException {
            if (unterwegs.merge(wer.person(), 1, Integer::sum) > ZUGLEICH) {
                verlasse(wer.person());
                antwort.setHeader("Retry-After", "1");
                new Antwortgeber(antwort).text(429, "Von Ihnen werden schon viele Anfragen zugleich bearbeitet.");
                return;
            }
            try {
                Mandantenkontext.als(wer.mandant(), () -> {
                    var profil = personen.profil(wer.person());
                    if (profil.isEmpty() || profil.get().zuerst().isPresent()) {
                        new Antwortgeber(antwort)
                                .text(
                                        403,
                                        "Bitte melden Sie sich zuerst im Browser bei Federwerk an; dort ist noch etwas zu erledigen.");
                        return null;
                    }
                    var kontext = SecurityContextHolder.createEmptyContext();
                    kontext.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                            wer, null, List.of(new SimpleGrantedAuthority("PROGRAMM"))));
                    SecurityContextHolder.setContext(kontext);
                    kette.doFilter(anfrage, antwort);
                    return null;
                });
            } catch (RuntimeException | ServletException | IOException e) {
                throw e;
            } catch (Exception e) {
                throw new ServletException(e);
            } finally {
                verlasse(wer.person());
            }
        }

        private void verlasse(UUID person) {
            unterwegs.computeIfPresent(person, (id, zahl) -> zahl == 1 ? null : zahl - 1);
        }
    }
}
