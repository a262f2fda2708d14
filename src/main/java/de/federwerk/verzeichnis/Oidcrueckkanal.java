package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten;
import de.federwerk.verzeichnis.Oidcanbieter.Anbieterfehler;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The provider itself says that somebody has signed out or was shut out there (OpenID Connect Back-Channel Logout): signed out here at once. */
@Controller
class Oidcrueckkanal {

    private static final String PFAD = "/anmelden/oidc/ende";

    /** The provider has no session and no CSRF token here; what it sends is signed. */
    @Configuration
    static class Tuer {
        @Bean
        @Order(95)
        SecurityFilterChain rueckkanaltuer(HttpSecurity http) {
            return http.securityMatcher(PathPatternRequestMatcher.pathPattern(HttpMethod.POST, PFAD))
                    .authorizeHttpRequests(a -> a.anyRequest().permitAll())
                    .csrf(c -> c.disable())
                    .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .build();
        }
    }

    private final Mandanten mandanten;
    private final Verzeichniseinstellungen einstellungen;
    private final Oidcanbieter anbieter;
    private final Verknuepfungen verknuepfungen;
    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;

    Oidcrueckkanal(
            Mandanten mandanten,
            Verzeichniseinstellungen einstellungen,
            Oidcanbieter anbieter,
            Verknuepfungen verknuepfungen,
            JdbcClient datenbank,
            TransactionTemplate transaktion) {
        this.mandanten = mandanten;
        this.einstellungen = einstellungen;
        this.anbieter = anbieter;
        this.verknuepfungen = verknuepfungen;
        this.datenbank = datenbank;
        this.transaktion = transaktion;
    }

    // Nothing else is read: strangers may knock here.
    @PostMapping(path = PFAD, consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
    ResponseEntity<Void> beende(
            @RequestParam(defaultValue = "") String behoerde,
            @RequestParam(name = "logout_token", defaultValue = "") String token,
            HttpServletRequest anfrage) {
        boolean gilt = mandanten
                .gemeint(behoerde, anfrage.getServerName())
                .map(m -> Mandantenkontext.als(m.id(), () -> beende(token)))
                .orElse(false);
        return ResponseEntity.status(gilt ? HttpStatus.OK : HttpStatus.BAD_REQUEST)
                .header("Cache-Control", "no-store")
                .build();
    }

    private boolean beende(String token) {
        var wie = einstellungen.oidc().filter(o -> o.wie().aktiv());
        if (wie.isEmpty() || token.isEmpty()) return false;
        try {
            var sub = anbieter.beendet(wie.get().wie(), token);
            sub.flatMap(s -> verknuepfungen.eine(Art.OIDC, wie.get().wie().aussteller(), s))
                    .ifPresent(v -> transaktion.executeWithoutResult(t -> datenbank
                            .sql(
                                    "DELETE FROM spring_session WHERE principal_name = (SELECT id::text FROM person WHERE mandant_id = ? AND id = ?)")
                            .params(mandant(), v.person())
                            .update()));
            return sub.isPresent();
        } catch (Anbieterfehler e) {
            return false;
        }
    }
}
