package de.federwerk.organisation;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;

/** The door for people. Fachverfahren have their own (module schnittstelle), which stands before this one. */
@Configuration
class Sicherheit {

    /** No inline script or style, no foreign host. KERN's icons are {@code data:} images. */
    private static final String CSP =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
                    + "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    /** pdf.js decodes JPX and JBIG2 scans in WebAssembly, in its worker, which obeys the policy of its own script. */
    private static final String CSP_BETRACHTER =
            CSP.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'");

    @Bean
    PasswordEncoder passwoerter() {
        // Argon2id, 19 MiB, 2 rounds, 1 lane: the OWASP minimum, ~50 ms here.
        return new GebremsterEncoder(new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2), 8_000);
    }

    /** Nobody looks at how long each filter of the door takes, so it is not measured in each request. */
    @Bean
    static SecurityObservationSettings ohneZeitnahme() {
        return SecurityObservationSettings.noObservations();
    }

    /** A page asks for its images at once; without this, two requests that add the same thing to a session end in an error. */
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer gleichzeitigeSitzungszugriffe() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    @Bean
    @Order(100)
    SecurityFilterChain arbeitsplatzTuer(
            HttpSecurity http,
            Anmeldepruefung pruefung,
            Mandantenfilter mandantenfilter,
            Sitzungsverlust sitzungsverlust,
            LogoutHandler vorDemAbmelden,
            LogoutSuccessHandler nachDemAbmelden)
            throws Exception {
        return http.authenticationProvider(pruefung)
                .authorizeHttpRequests(a -> a.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(
                                "/anmelden",
                                // Second factor, passkey, Notfallkonto (module anmeldung), OpenID Connect (module
                                // verzeichnis).
                                "/anmelden/**",
                                "/error",
                                "/favicon.ico",
                                // Has its own secret in the address.
                                "/kalender/abo/**",
                                "/kern/**",
                                "/gesicht/**",
                                "/htmx/**",
                                "/pdfjs/**",
                                "/symbole/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(f -> f.loginPage("/anmelden")
                        .usernameParameter("name")
                        .passwordParameter("passwort")
                        .successHandler(sitzungsverlust)
                        .failureHandler((anfrage, antwort, grund) -> antwort.sendRedirect(
                                grund instanceof Anmeldeverzeichnis.Ausfall
                                        ? "/anmelden?verzeichnis"
                                        : grund instanceof AuthenticationServiceException
                                                ? "/anmelden?spaeter"
                                                : "/anmelden?fehler")))
                // Whoever came in by a provider goes out there, too.
                .logout(l -> l.logoutUrl("/abmelden")
                        .addLogoutHandler(vorDemAbmelden)
                        .logoutSuccessHandler(nachDemAbmelden))
                .exceptionHandling(e -> e.accessDeniedHandler(sitzungsverlust))
                .requestCache(c -> c.requestCache(nurSeiten()))
                .headers(h -> h.referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                        .addHeaderWriter(richtlinie()))
                .csrf(c -> c.requireCsrfProtectionMatcher(anfrage -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(anfrage)
                        && !Hochladeschranke.brauchtKeinGeheimnis(anfrage)))
                .addFilterBefore(new Hochladeschranke(), CsrfFilter.class)
                .addFilterAfter(mandantenfilter, AuthorizationFilter.class)
                .build();
    }

    /**
     * The door of those who only listen ({@code /ereignisse}). Nothing in here sees the session: to ask for it alone would make it last
     * longer, and a page that nobody looks at would keep its person signed in. Who it is finds out {@link Sitzungen#ohneZuBeruehren}.
     */
    @Bean
    @Order(90)
    SecurityFilterChain mithoertuer(HttpSecurity http) throws Exception {
        return http.securityMatcher("/ereignisse")
                .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                .headers(h -> h.referrerPolicy(r -> r.policy(ReferrerPolicy.SAME_ORIGIN))
                        .addHeaderWriter(richtlinie()))
                .addFilterBefore(new Sitzungsblende(), DisableEncodeUrlFilter.class)
                .build();
    }

    /** After sign-in one comes back to the page one wanted, never to an image or a list of choices on it. */
    private static HttpSessionRequestCache nurSeiten() {
        var gemerkt = new HttpSessionRequestCache();
        gemerkt.setRequestMatcher(anfrage -> "GET".equals(anfrage.getMethod())
                && String.valueOf(anfrage.getHeader("Accept")).contains("text/html"));
        return gemerkt;
    }

    private static HeaderWriter richtlinie() {
        return (anfrage, antwort) -> {
            if (!antwort.containsHeader("Content-Security-Policy")) {
                antwort.setHeader(
                        "Content-Security-Policy",
                        anfrage.getRequestURI().startsWith("/pdfjs/") ? CSP_BETRACHTER : CSP);
            }
            antwort.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
            antwort.setHeader("Cross-Origin-Opener-Policy", "same-origin");
            antwort.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        };
    }

    /** Whether a path is a file of the program itself and needs no Mandant. */
    static boolean istStatisch(HttpServletRequest anfrage) {
        var pfad = anfrage.getRequestURI();
        return pfad.startsWith("/kern/")
                || pfad.startsWith("/gesicht/")
                || pfad.startsWith("/htmx/")
                || pfad.startsWith("/pdfjs/")
                || pfad.startsWith("/symbole/")
                || pfad.equals("/favicon.ico");
    }
}
