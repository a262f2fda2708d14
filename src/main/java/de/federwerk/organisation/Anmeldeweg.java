package de.federwerk.organisation;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/** The ways through the door other than name and password. */
@Component
public class Anmeldeweg {

    private final HttpSessionSecurityContextRepository gedaechtnis = new HttpSessionSecurityContextRepository();
    private final HttpSessionCsrfTokenRepository geheimnisse = new HttpSessionCsrfTokenRepository();
    private final Sitzungsverlust sitzungsverlust;

    Anmeldeweg(Sitzungsverlust sitzungsverlust) {
        this.sitzungsverlust = sitzungsverlust;
    }

    /** Lets somebody in who has proved enough elsewhere: a new session id, a new CSRF token, and on to where they wanted to go. */
    public void lasseEin(HttpServletRequest anfrage, HttpServletResponse antwort, Anmeldung wer)
            throws IOException, ServletException {
        var ausweis = UsernamePasswordAuthenticationToken.authenticated(
                wer, null, List.of(new SimpleGrantedAuthority("PERSON")));
        anfrage.getSession();
        anfrage.changeSessionId();
        geheimnisse.saveToken(null, anfrage, antwort);
        var kontext = SecurityContextHolder.createEmptyContext();
        kontext.setAuthentication(ausweis);
        SecurityContextHolder.setContext(kontext);
        gedaechtnis.saveContext(kontext, anfrage, antwort);
        sitzungsverlust.onAuthenticationSuccess(anfrage, antwort, ausweis);
    }
}
