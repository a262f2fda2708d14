package de.federwerk.gesicht;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.NichtGefunden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Every error of a page as a page that helps; of a partial update as a message in the page; of a script's request as a problem
 * (RFC 9457). What comes under {@code /api/} is answered by the Schnittstelle itself. Last of all advices: a controller that
 * shows its form again with the error at the field comes first.
 */
@Controller
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class Fehlerseiten implements ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(Fehlerseiten.class);

    private final ObjectProvider<Rahmengeber> rahmengeber;

    Fehlerseiten(ObjectProvider<Rahmengeber> rahmengeber) {
        this.rahmengeber = rahmengeber;
    }

    @ExceptionHandler
    @Nullable
    Object beantworte(Exception grund, HttpServletRequest anfrage, HttpServletResponse antwort) throws Exception {
        if (anfrage.getRequestURI().startsWith("/api/") || gehoertDerTuer(grund)) {
            throw grund;
        }
        if (grund instanceof AsyncRequestNotUsableException
                || (grund instanceof IOException && antwort.isCommitted())) {
            LOG.debug("Der Browser hat die Antwort nicht abgewartet: {}", anfrage.getRequestURI());
            return null;
        }
        var fehler = fehler(grund, anfrage);
        if (antwort.isCommitted()) {
            return null;
        }
        antwort.resetBuffer();
        if (fehler.status() == 503) {
            antwort.setHeader("Retry-After", Datenbankfehler.WIEDER_IN);
        }
        return zeige(fehler, anfrage, antwort);
    }

    /** What never reached a controller or was sent with {@code sendError}: unknown paths, requests the container refuses. */
    @RequestMapping("/error")
    @Nullable
    Object fehler(HttpServletRequest anfrage, HttpServletResponse antwort) {
        var pfad = String.valueOf(anfrage.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        int status = anfrage.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer s ? s : 404;
        var nummer = Vorgangsnummer.neu();
        if (status >= 500) {
            LOG.error("Vorgangsnummer {}: {} {}", nummer, status, pfad, (Throwable)
                    anfrage.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        }
        var fehler = Fehler.ausStatus(status, nummer);
        return pfad.startsWith("/api/") ? problem(fehler, status) : zeige(fehler, anfrage, antwort);
    }

    private Fehler fehler(Exception grund, HttpServletRequest anfrage) {
        if (Datenbankfehler.istWeg(grund)) {
            LOG.warn(
                    "Datenbank nicht erreichbar: {} {}: {}",
                    anfrage.getMethod(),
                    anfrage.getRequestURI(),
                    grund.toString());
            return Fehler.datenbankWeg();
        }
        switch (grund) {
            case Abgelehnt abgelehnt -> {
                return Fehler.von(abgelehnt);
            }
            case NichtGefunden nichts -> {
                return Fehler.nichtGefunden();
            }
            case NoResourceFoundException nichts -> {
                return Fehler.nichtGefunden();
            }
            case MaxUploadSizeExceededException zuGross -> {
                return Fehler.zuGross();
            }
            case ErrorResponse bekannt
            when bekannt.getStatusCode().is4xxClientError() -> {
                return Fehler.ausStatus(bekannt.getStatusCode().value(), "");
            }
            // A malformed id in the path or a missing parameter: somebody typed the address.
            case org.springframework.beans.TypeMismatchException adresse -> {
                return Fehler.nichtGefunden();
            }
            default -> {
                var nummer = Vorgangsnummer.neu();
                LOG.error("Vorgangsnummer {}: {} {}", nummer, anfrage.getMethod(), anfrage.getRequestURI(), grund);
                return Fehler.unerwartet(nummer);
            }
        }
    }

    private Object zeige(Fehler fehler, HttpServletRequest anfrage, HttpServletResponse antwort) {
        if (Insel.fragt(anfrage)) {
            return problem(fehler, fehler.status());
        }
        var status = HttpStatusCode.valueOf(fehler.status());
        if (anfrage.getHeader("HX-Request") != null) {
            antwort.setHeader("HX-Retarget", "#meldungen");
            antwort.setHeader("HX-Reswap", "innerHTML");
            return new ModelAndView("gesicht/fehlermeldung", Map.of("fehler", fehler), status);
        }
        // Without a database the frame would wait for it in vain.
        var rahmen = fehler.status() == 503 ? null : rahmen(anfrage);
        return rahmen == null
                ? new ModelAndView("gesicht/fehlerOhneRahmen", Map.of("fehler", fehler), status)
                : new ModelAndView("gesicht/fehler", Map.of("fehler", fehler, "rahmen", rahmen), status);
    }

    /** The frame asks the database; when that is what failed, the error page must not fail with it. */
    private @Nullable Rahmen rahmen(HttpServletRequest anfrage) {
        try {
            var geber = rahmengeber.getIfAvailable();
            return geber == null ? null : geber.rahmen(anfrage).orElse(null);
        } catch (RuntimeException e) {
            LOG.debug("Kein Rahmen um die Fehlerseite", e);
            return null;
        }
    }

    private static ResponseEntity<ProblemDetail> problem(Fehler fehler, int status) {
        var stand = HttpStatus.resolve(status) == null ? 500 : status;
        var problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(stand), fehler.was());
        problem.setTitle(fehler.titel());
        if (fehler.vorgangsnummer() != null) {
            problem.setProperty("vorgangsnummer", fehler.vorgangsnummer());
        }
        return ResponseEntity.status(stand)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    /** Not signed in or not allowed at all: Spring Security answers with the sign-in page. This module does not depend on it. */
    private static boolean gehoertDerTuer(Exception grund) {
        return grund.getClass().getName().startsWith("org.springframework.security.");
    }
}
