package de.federwerk.organisation;

import de.federwerk.basis.Abgelehnt;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/** The ways through the door other than name and password, and what a sign-in that is only minutes old means. */
@Component
public class Anmeldeweg {

    /** Authority of a sign-in that needs no second factor of ours: it had one, or who vouches for it asks for one. */
    public static final String ZWEITER_FAKTOR = "ZWEITER_FAKTOR";

    /** Session attribute with the {@link Instant} at which the person last proved who they are. */
    private static final String BESTAETIGT = "federwerk.bestaetigt";

    /** Session attribute with the {@link Instant} at which the person proved it elsewhere, if somebody else vouches. */
    static final String BEWIESEN = "federwerk.bewiesen";

    private final Sitzungsverlust sitzungsverlust;
    private final Fehlversuche fehlversuche;
    private final Mandanten mandanten;
    private final ObjectProvider<AuthenticationProvider> pruefer;

    Anmeldeweg(
            Sitzungsverlust sitzungsverlust,
            Fehlversuche fehlversuche,
            Mandanten mandanten,
            ObjectProvider<AuthenticationProvider> pruefer) {
        this.sitzungsverlust = sitzungsverlust;
        this.fehlversuche = fehlversuche;
        this.mandanten = mandanten;
        this.pruefer = pruefer;
    }

    /** Lets somebody in who has proved enough: a new session id, a new CSRF token, and on to where they wanted to go. */
    public void lasseEin(HttpServletRequest anfrage, HttpServletResponse antwort, Anmeldung wer)
            throws IOException, ServletException {
        lasseEin(anfrage, antwort, wer, true, Instant.now());
    }

    /**
     * As {@link #lasseEin(HttpServletRequest, HttpServletResponse, Anmeldung)}, for whom somebody else vouches.
     *
     * @param zweiterFaktor whether a second factor was asked for there; else ours is
     * @param bewiesen when the person proved there who they are: a sign-in that asked nothing is not fresh
     */
    public void lasseEin(
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Anmeldung wer,
            boolean zweiterFaktor,
            Instant bewiesen)
            throws IOException, ServletException {
        var person = new SimpleGrantedAuthority("PERSON");
        var ausweis = UsernamePasswordAuthenticationToken.authenticated(
                wer,
                null,
                zweiterFaktor ? List.of(person, new SimpleGrantedAuthority(ZWEITER_FAKTOR)) : List.of(person));
        if (anfrage.getSession().getId().equals(anfrage.changeSessionId())) {
            throw new IllegalStateException("Die Sitzung hat keine neue Kennung bekommen");
        }
        new HttpSessionCsrfTokenRepository().saveToken(null, anfrage, antwort);
        var kontext = SecurityContextHolder.createEmptyContext();
        kontext.setAuthentication(ausweis);
        SecurityContextHolder.setContext(kontext);
        new HttpSessionSecurityContextRepository().saveContext(kontext, anfrage, antwort);
        anfrage.getSession().removeAttribute(BESTAETIGT);
        sitzungsverlust.onAuthenticationSuccess(anfrage, antwort, ausweis);
        anfrage.getSession().setAttribute(BEWIESEN, bewiesen);
    }

    /** Where the next sign-in of this session leads. @param pfad within this house */
    public static void danach(HttpServletRequest anfrage, String pfad) {
        anfrage.getSession().setAttribute("SPRING_SECURITY_SAVED_REQUEST", new SimpleSavedRequest(pfad));
    }

    /** Whether this is the person's password, asked and counted as at sign-in, whoever knows it. */
    public boolean istPasswort(Anmeldung wer, String anmeldename, String passwort) {
        var kuerzel = mandanten.alle().stream()
                .filter(m -> m.id().equals(wer.mandant()))
                .findFirst()
                .orElseThrow()
                .kuerzel();
        var alle = pruefer.orderedStream().toList();
        try {
            var ausweis = new ProviderManager(alle)
                    .authenticate(
                            UsernamePasswordAuthenticationToken.unauthenticated(anmeldename + "@" + kuerzel, passwort));
            return ausweis.getPrincipal() instanceof Anmeldung dieser
                    && dieser.mandant().equals(wer.mandant())
                    && dieser.person().equals(wer.person());
        } catch (AuthenticationServiceException e) {
            throw Abgelehnt.konflikt(
                    "Das Passwort lässt sich gerade nicht prüfen: Es gab zu viele Fehlversuche, oder sehr viele melden sich zugleich an. Es wurde nichts geändert. Bitte versuchen Sie es in einigen Minuten noch einmal.");
        } catch (AuthenticationException falsch) {
            return false;
        }
    }

    /** When the person last proved in this session who they are: signed in, or confirmed. */
    public static Instant zuletztBestaetigt(HttpSession sitzung) {
        var angemeldet = sitzung.getAttribute(BEWIESEN) instanceof Instant anderswo
                ? anderswo
                : sitzung.getAttribute(Mandantenfilter.ANGEMELDET) instanceof Instant zeit ? zeit : Instant.EPOCH;
        return sitzung.getAttribute(BESTAETIGT) instanceof Instant zeit && zeit.isAfter(angemeldet) ? zeit : angemeldet;
    }

    /** The person has just proved once more who they are. */
    public static void bestaetige(HttpSession sitzung) {
        sitzung.setAttribute(BESTAETIGT, Instant.now());
    }

    /** Keeps a form until the person has confirmed; {@code /fortsetzen} offers it again. */
    public static void bewahre(HttpServletRequest anfrage, Anmeldung wer) {
        anfrage.getSession().setAttribute(Sitzungsverlust.AUFBEWAHRT, Sitzungsverlust.zurBestaetigung(anfrage, wer));
    }

    /** Whether the answer goes to a script, which can do nothing with a page. */
    public static boolean istSkript(HttpServletRequest anfrage) {
        return Sitzungsverlust.istSkript(anfrage);
    }

    /** When the sign-in of this session was; empty if nobody is signed in in it. */
    public static Optional<Instant> angemeldet(Session sitzung) {
        return sitzung.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) == null
                ? Optional.empty()
                : Optional.of(
                        sitzung.getAttribute(Mandantenfilter.ANGEMELDET) instanceof Instant zeit
                                ? zeit
                                : sitzung.getCreationTime());
    }

    /** Which town is meant before anybody has signed in. @param kuerzel as typed, may be empty */
    public Optional<Mandanten.Mandant> gemeint(String kuerzel, HttpServletRequest anfrage) {
        return mandanten.gemeint(kuerzel, anfrage.getServerName());
    }

    /** Whether too many attempts from this network address have failed. */
    public boolean zuVieleFehlversuche(HttpServletRequest anfrage) {
        return fehlversuche.gesperrt(anfrage.getRemoteAddr());
    }

    /** One more that has failed. */
    public void zaehleFehlversuch(HttpServletRequest anfrage) {
        fehlversuche.zaehle(anfrage.getRemoteAddr());
    }
}
