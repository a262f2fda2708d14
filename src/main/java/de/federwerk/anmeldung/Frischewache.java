package de.federwerk.anmeldung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Makes {@link FrischAngemeldet} act: what bears it runs only if the person has proved within the last minutes who they are. Else the form
 * is kept, the person confirms on {@code /bestaetigen}, and sends it from {@code /fortsetzen}. A {@code GET} is held up only if its own
 * method bears the mark.
 */
@Component
class Frischewache implements HandlerInterceptor, WebMvcConfigurer {

    /** Session attribute with the page that waited for a confirmation. */
    static final String SEITE = "federwerk.bestaetigungsziel";

    /** Session attribute with the id of the Notfallkonto that is signed in: its secret is spent, so it can confirm nothing, and ends within the hour. */
    static final String NOTFALL = "federwerk.notfall";

    private final Duration frist;

    Frischewache(@Value("${federwerk.anmeldung.frisch-minuten:10}") int minuten) {
        this.frist = Duration.ofMinutes(minuten);
    }

    @Override
    public void addInterceptors(InterceptorRegistry register) {
        register.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest anfrage, HttpServletResponse antwort, Object ziel) throws IOException {
        if (!(ziel instanceof HandlerMethod methode) || !verlangt(methode, anfrage)) return true;
        var ausweis = SecurityContextHolder.getContext().getAuthentication();
        if (ausweis == null || !(ausweis.getPrincipal() instanceof Anmeldung wer)) return true;
        var sitzung = anfrage.getSession(false);
        if (sitzung != null && frisch(sitzung, wer)) return true;
        if (sitzung == null || Anmeldeweg.istSkript(anfrage))
            throw Abgelehnt.recht(
                    "Dafür müssen Sie noch einmal bestätigen, dass Sie es sind. Bitte laden Sie die Seite neu und senden Sie das Formular dort ab. Ihre Eingabe wurde nicht ausgeführt.");
        if (liest(anfrage)) {
            sitzung.setAttribute(SEITE, anfrage.getRequestURI());
        } else {
            sitzung.removeAttribute(SEITE);
            Anmeldeweg.bewahre(anfrage, wer);
        }
        antwort.sendRedirect("/bestaetigen");
        return false;
    }

    private boolean frisch(HttpSession sitzung, Anmeldung wer) {
        return wer.person().equals(sitzung.getAttribute(NOTFALL))
                || Anmeldeweg.zuletztBestaetigt(sitzung).plus(frist).isAfter(Instant.now());
    }

    private static boolean verlangt(HandlerMethod methode, HttpServletRequest anfrage) {
        return AnnotatedElementUtils.hasAnnotation(methode.getMethod(), FrischAngemeldet.class)
                || !liest(anfrage)
                        && AnnotatedElementUtils.hasAnnotation(methode.getBeanType(), FrischAngemeldet.class);
    }

    private static boolean liest(HttpServletRequest anfrage) {
        return "GET".equals(anfrage.getMethod()) || "HEAD".equals(anfrage.getMethod());
    }
}
