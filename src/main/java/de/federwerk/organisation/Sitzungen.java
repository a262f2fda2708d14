package de.federwerk.organisation;

import static de.federwerk.basis.Mandantenkontext.mandant;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sessions, looked at from outside: whoever only listens is not active, and their session must run out as if they did not. */
@Component
public class Sitzungen {

    /** @param kennung of the session; a secret */
    public record Sitzung(String kennung, Anmeldung wer) {

        @Override
        public String toString() {
            return "Sitzung von " + wer.person();
        }
    }

    private final SessionRepository<? extends Session> lager;
    private final JdbcClient datenbank;

    Sitzungen(SessionRepository<? extends Session> lager, JdbcClient datenbank) {
        this.lager = lager;
        this.datenbank = datenbank;
    }

    /**
     * Whose session the request carries, without its time of last access being set anew. Works only where nothing before has asked for the
     * session: behind {@link Sicherheit#mithoertuer}.
     */
    public Optional<Sitzung> ohneZuBeruehren(HttpServletRequest anfrage) {
        var kennung = anfrage.getRequestedSessionId();
        var sitzung = kennung == null ? null : lager.findById(kennung);
        if (sitzung == null
                || Mandantenfilter.zuLange(sitzung.getAttribute(Mandantenfilter.ANGEMELDET))
                || !(sitzung.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                        instanceof SecurityContext kontext)) {
            return Optional.empty();
        }
        var ausweis = kontext.getAuthentication();
        return ausweis != null && ausweis.getPrincipal() instanceof Anmeldung wer
                ? Optional.of(new Sitzung(kennung, wer))
                : Optional.empty();
    }

    /** Signs out everybody of the current Mandant. */
    @Transactional
    public int beendeAlle() {
        return datenbank
                .sql(
                        "DELETE FROM spring_session WHERE principal_name IN (SELECT CAST(id AS text) FROM person WHERE mandant_id = ?)")
                .param(mandant())
                .update();
    }

    /** Those of these sessions that have neither run out nor been ended. */
    @Transactional(readOnly = true)
    public Set<String> lebende(Collection<String> kennungen) {
        return new HashSet<>(datenbank
                .sql(
                        "SELECT session_id FROM spring_session WHERE session_id IN (SELECT unnest(CAST(? AS bpchar[]))) AND expiry_time > ?")
                .params(kennungen.toArray(String[]::new), Instant.now().toEpochMilli())
                .query(String.class)
                .list());
    }
}
