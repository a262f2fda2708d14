package de.federwerk.organisation;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Insel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * A session ended while somebody was typing: what was typed is kept in the new session, and after sign-in the same person sees it
 * again and sends it once more. Somebody else who signs in at this browser sees nothing of it. It is kept until it has arrived or the
 * person discards it: a page that is loaded again loses nothing.
 */
@Component
class Sitzungsverlust extends SavedRequestAwareAuthenticationSuccessHandler implements AccessDeniedHandler {

    static final String AUFBEWAHRT = "federwerk.aufbewahrt";
    /** Hidden field in every form of the frame: for whom the page was made. */
    static final String FUER_PERSON = "_person";

    /** Hidden field of the form that sends what was kept. */
    static final String FORTGESETZT = "_fortgesetzt";

    private static final int FELDER = 100;
    private static final int ZEICHEN = 200_000;

    record Feld(String name, String wert) implements Serializable {}

    /** @param bestaetigung nothing was lost: the act asked for a fresh sign-in */
    record Aufbewahrt(String ziel, String person, ArrayList<Feld> felder, boolean dateiFehlt, boolean bestaetigung)
            implements Serializable {}

    private final ObjectProvider<Anmeldehuerde> huerden;

    Sitzungsverlust(ObjectProvider<Anmeldehuerde> huerden) {
        this.huerden = huerden;
        setDefaultTargetUrl("/postkorb");
    }

    @Override
    public void handle(HttpServletRequest anfrage, HttpServletResponse antwort, AccessDeniedException grund)
            throws IOException {
        if (!(grund instanceof CsrfException) || istSkript(anfrage)) {
            abgelaufen(antwort);
            return;
        }
        var aufbewahrt = aufbewahren(anfrage);
        if (aufbewahrt != null) {
            anfrage.getSession().setAttribute(AUFBEWAHRT, aufbewahrt);
        }
        // Nobody signs in without a cookie; to be sent back to the same form would be a riddle.
        antwort.sendRedirect(
                anfrage.getRequestedSessionId() == null && istAnmeldung(anfrage.getRequestURI())
                        ? "/anmelden?cookies"
                        : "/anmelden?sitzung");
    }

    /** Whether a script asks, which can do nothing with the sign-in page. */
    static boolean istSkript(HttpServletRequest anfrage) {
        return anfrage.getHeader("HX-Request") != null
                || anfrage.getHeader("X-CSRF-TOKEN") != null
                || Insel.fragt(anfrage);
    }

    static void abgelaufen(HttpServletResponse antwort) throws IOException {
        antwort.setStatus(HttpServletResponse.SC_FORBIDDEN);
        antwort.setContentType("text/plain; charset=utf-8");
        antwort.getWriter()
                .print(
                        "Ihre Sitzung ist abgelaufen. Bitte laden Sie die Seite neu und melden Sie sich wieder an. Es wurde nichts geändert.");
    }

    private static @Nullable Aufbewahrt aufbewahren(HttpServletRequest anfrage) {
        var ziel = anfrage.getRequestURI();
        // Without the cookie of a session there was none to lose: strangers keep nothing in our database.
        if (anfrage.getRequestedSessionId() == null) {
            return null;
        }
        // Passwords and codes are never kept.
        if (!"POST".equals(anfrage.getMethod())
                || istAnmeldung(ziel)
                || ziel.equals("/abmelden")
                || ziel.equals("/passwort")) {
            return null;
        }
        var person = anfrage.getParameter(FUER_PERSON);
        return person == null || person.length() > 40 ? null : aufbewahrt(anfrage, person, false);
    }

    /** The form of an act that waits until the person has confirmed. */
    static Aufbewahrt zurBestaetigung(HttpServletRequest anfrage, Anmeldung wer) {
        return aufbewahrt(anfrage, wer.person().toString(), true);
    }

    /** Fields that are never kept: a page would show them, and the session lies in the database. */
    private static final Set<String> GEHEIM = Set.of("geheimnis", "passwort", "bisher", "wiederholt", "code");

    private static Aufbewahrt aufbewahrt(HttpServletRequest anfrage, String person, boolean bestaetigung) {
        var felder = new ArrayList<Feld>();
        long zeichen = 0;
        for (var eintrag : anfrage.getParameterMap().entrySet()) {
            for (var wert : eintrag.getValue()) {
                zeichen += wert.length();
                if (!eintrag.getKey().startsWith("_")
                        && !GEHEIM.contains(eintrag.getKey())
                        && felder.size() < FELDER
                        && zeichen <= ZEICHEN) {
                    felder.add(new Feld(eintrag.getKey(), wert));
                }
            }
        }
        var mitDatei = String.valueOf(anfrage.getContentType()).startsWith("multipart/");
        return new Aufbewahrt(anfrage.getRequestURI(), person, felder, mitDatei, bestaetigung);
    }

    private static boolean istAnmeldung(String pfad) {
        return pfad.matches("/(anmelden|anmeldung|bestaetigen)(/.*)?");
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest anfrage, HttpServletResponse antwort, Authentication ausweis)
            throws IOException, jakarta.servlet.ServletException {
        var sitzung = anfrage.getSession();
        sitzung.removeAttribute(Anmeldeweg.BEWIESEN);
        var vorher = huerde(anfrage, ausweis);
        if (vorher.isPresent()) {
            // The session is written at the end of the request: that there was a right password never gets into it.
            sitzung.removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
            SecurityContextHolder.clearContext();
            antwort.sendRedirect(vorher.get());
            return;
        }
        sitzung.setAttribute(Mandantenfilter.ANGEMELDET, Instant.now());
        if (sitzung.getAttribute(AUFBEWAHRT) instanceof Aufbewahrt aufbewahrt) {
            if (ausweis.getPrincipal() instanceof Anmeldung wer
                    && aufbewahrt.person().equals(wer.person().toString())) {
                antwort.sendRedirect("/fortsetzen");
                return;
            }
            sitzung.removeAttribute(AUFBEWAHRT);
        }
        super.onAuthenticationSuccess(anfrage, antwort, ausweis);
    }

    private Optional<String> huerde(HttpServletRequest anfrage, Authentication ausweis) {
        var huerde = huerden.getIfAvailable();
        if (huerde == null
                || !(ausweis.getPrincipal() instanceof Anmeldung wer)
                || ausweis.getAuthorities().stream()
                        .anyMatch(a -> Anmeldeweg.ZWEITER_FAKTOR.equals(a.getAuthority()))) {
            return Optional.empty();
        }
        return Mandantenkontext.als(wer.mandant(), () -> huerde.vor(anfrage, wer));
    }

    /** After a request was answered: what was kept goes when its own form has arrived, and stays when that was refused. */
    static void abgesendet(HttpServletRequest anfrage, HttpServletResponse antwort) {
        if (!"POST".equals(anfrage.getMethod())
                || antwort.getStatus() >= HttpServletResponse.SC_BAD_REQUEST
                || !String.valueOf(anfrage.getContentType()).startsWith("application/x-www-form-urlencoded")
                || anfrage.getParameter(FORTGESETZT) == null) {
            return;
        }
        var sitzung = anfrage.getSession(false);
        if (sitzung != null
                && sitzung.getAttribute(AUFBEWAHRT) instanceof Aufbewahrt aufbewahrt
                && aufbewahrt.ziel().equals(anfrage.getRequestURI())) {
            sitzung.removeAttribute(AUFBEWAHRT);
        }
    }

    /** Fields a person typed, for showing them again. */
    static List<Feld> sichtbare(Aufbewahrt aufbewahrt) {
        return aufbewahrt.felder().stream()
                .filter(f -> f.wert().length() > 0 && !f.wert().matches("[0-9a-f-]{36}"))
                .toList();
    }
}
