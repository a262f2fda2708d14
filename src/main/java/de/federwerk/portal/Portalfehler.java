package de.federwerk.portal;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.gesicht.Vorgangsnummer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;

/** What goes wrong in the Portal, as a page of the Portal and in the citizen's language. */
@ControllerAdvice(annotations = Portalseite.class, assignableTypes = Leistungsdaten.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class Portalfehler {

    private static final Logger LOG = LoggerFactory.getLogger(Portalfehler.class);

    @ExceptionHandler
    @Nullable
    ModelAndView beantworte(Exception grund, HttpServletRequest anfrage, HttpServletResponse antwort) {
        if (antwort.isCommitted() || grund instanceof AsyncRequestNotUsableException) {
            LOG.debug("Der Browser hat die Antwort nicht abgewartet", grund);
            return null;
        }
        antwort.resetBuffer();
        var r = Portalrahmen.um(anfrage, antwort);
        if (Datenbankfehler.istWeg(grund)) {
            LOG.warn("Datenbank nicht erreichbar: {} im Portal: {}", anfrage.getMethod(), grund.toString());
            antwort.setHeader("Retry-After", Datenbankfehler.WIEDER_IN);
            return seite(r, 503, "fehler.pause");
        }
        return switch (grund) {
            case Abgelehnt abgelehnt ->
                new ModelAndView(
                        "portal/fehler",
                        Map.of(
                                "r",
                                r,
                                "titel",
                                r.wort("fehler.abgelehnt"),
                                "was",
                                String.valueOf(abgelehnt.getMessage())),
                        HttpStatusCode.valueOf(abgelehnt.art().status()));
            case NichtGefunden nichts -> seite(r, 404, "fehler.nicht.gefunden");
            case TypeMismatchException adresse -> seite(r, 404, "fehler.nicht.gefunden");
            case ErrorResponse bekannt
            when bekannt.getStatusCode().is4xxClientError() ->
                seite(r, bekannt.getStatusCode().value(), "fehler.nicht.gefunden");
            default -> {
                var nummer = Vorgangsnummer.neu();
                // Neither the question of the address nor the words of the database: nothing that a citizen typed
                // stands
                // in a log.
                if (grund instanceof DataAccessException) {
                    LOG.error(
                            "Vorgangsnummer {}: {} {}: {}",
                            nummer,
                            anfrage.getMethod(),
                            anfrage.getRequestURI(),
                            zustand(grund));
                } else {
                    LOG.error("Vorgangsnummer {}: {} {}", nummer, anfrage.getMethod(), anfrage.getRequestURI(), grund);
                }
                yield new ModelAndView(
                        "portal/fehler",
                        Map.of(
                                "r",
                                r,
                                "titel",
                                r.wort("fehler.unerwartet"),
                                "was",
                                r.wort("fehler.unerwartet.was"),
                                "nun",
                                r.wort("fehler.unerwartet.nun", nummer)),
                        HttpStatusCode.valueOf(500));
            }
        };
    }

    private static String zustand(Throwable grund) {
        for (Throwable t = grund; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql) {
                return grund.getClass().getName() + ", SQLSTATE " + sql.getSQLState();
            }
        }
        return grund.getClass().getName();
    }

    static ModelAndView seite(Portalrahmen r, int status, String worte) {
        return new ModelAndView(
                "portal/fehler",
                Map.of("r", r, "titel", r.wort(worte), "was", r.wort(worte + ".was"), "nun", r.wort(worte + ".nun")),
                HttpStatusCode.valueOf(status));
    }
}
