package de.federwerk.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * A session ended while somebody was typing: what was typed is kept in the new session, and after sign-in the same person sees it
 * again and sends it once more. Somebody else who signs in at this browser sees nothing of it.
 */
@Component
class Sitzungsverlust extends SavedRequestAwareAuthenticationSuccessHandler implements AccessDeniedHandler {

    static final String AUFBEWAHRT = "federwerk.aufbewahrt";
    /** Hidden field in every form of the frame: for whom the page was made. */
    static final String FUER_PERSON = "_person";

    private static final int FELDER = 100;
    private static final int ZEICHEN = 200_000;

    record Feld(String name, String wert) implements Serializable {}

    record Aufbewahrt(String ziel, String person, ArrayList<Feld> felder, boolean dateiFehlt) implements Serializable {}

    Sitzungsverlust() {
        setDefaultTargetUrl("/postkorb");
    }

    @Override
    public void handle(HttpServletRequest anfrage, HttpServletResponse antwort, AccessDeniedException grund) throws IOException {
        if (!(grund instanceof CsrfException) || anfrage.getHeader("HX-Request") != null || anfrage.getHeader("X-CSRF-TOKEN") != null) {
            antwort.setStatus(HttpServletResponse.SC_FORBIDDEN);
            antwort.setContentType("text/plain; charset=utf-8");
            antwort.getWriter().print("Ihre Sitzung ist abgelaufen. Bitte laden Sie die Seite neu und melden Sie sich wieder an. Es wurde nichts geändert.");
            return;
        }
        var aufbewahrt = aufbewahren(anfrage);
        if (aufbewahrt != null) {
            anfrage.getSession().setAttribute(AUFBEWAHRT, aufbewahrt);
        }
        antwort.sendRedirect("/anmelden?sitzung");
    }

    private static @Nullable Aufbewahrt aufbewahren(HttpServletRequest anfrage) {
        var ziel = anfrage.getRequestURI();
        if (!"POST".equals(anfrage.getMethod()) || ziel.equals("/anmelden") || ziel.equals("/abmelden") || ziel.equals("/passwort")) {
            return null;
        }
        var felder = new ArrayList<Feld>();
        long zeichen = 0;
        for (var eintrag : anfrage.getParameterMap().entrySet()) {
            for (var wert : eintrag.getValue()) {
                zeichen += wert.length();
                if (!eintrag.getKey().startsWith("_") && felder.size() < FELDER && zeichen <= ZEICHEN) {
                    felder.add(new Feld(eintrag.getKey(), wert));
                }
            }
        }
        var person = anfrage.getParameter(FUER_PERSON);
        var mitDatei = String.valueOf(anfrage.getContentType()).startsWith("multipart/");
        return person == null || person.length() > 40 ? null : new Aufbewahrt(ziel, person, felder, mitDatei);
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest anfrage, HttpServletResponse antwort, Authentication ausweis)
            throws IOException, jakarta.servlet.ServletException {
        var sitzung = anfrage.getSession();
        if (sitzung.getAttribute(AUFBEWAHRT) instanceof Aufbewahrt aufbewahrt) {
            if (ausweis.getPrincipal() instanceof Anmeldung wer && aufbewahrt.person().equals(wer.person().toString())) {
                antwort.sendRedirect("/fortsetzen");
                return;
            }
            sitzung.removeAttribute(AUFBEWAHRT);
        }
        super.onAuthenticationSuccess(anfrage, antwort, ausweis);
    }

    /** Fields a person typed, for showing them again. */
    static List<Feld> sichtbare(Aufbewahrt aufbewahrt) {
        return aufbewahrt.felder().stream().filter(f -> f.wert().length() > 0 && !f.wert().matches("[0-9a-f-]{36}")).toList();
    }
}
