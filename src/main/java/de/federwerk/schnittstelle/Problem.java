package de.federwerk.schnittstelle;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Datenbankfehler;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.json.JsonMapper;

/** Errors of the interface as problem details (RFC 9457), in German. Asked before the error pages, which know nothing of it. */
@Order(0)
@RestControllerAdvice(basePackageClasses = Problem.class)
class Problem extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    @ExceptionHandler
    ProblemDetail abgelehnt(Abgelehnt e) {
        return switch (e.art()) {
            case EINGABE -> problem(422, "Eingabe passt nicht", e.getMessage());
            case KONFLIKT -> problem(409, "Konflikt mit dem Stand der Akte", e.getMessage());
            case RECHT -> problem(403, "Nicht erlaubt", e.getMessage());
            case GRENZE -> problem(413, "Zu groß", e.getMessage());
            case SPEICHER -> problem(507, "Speicherplatz erschöpft", e.getMessage());
        };
    }

    @ExceptionHandler
    ProblemDetail fehlt(NichtGefunden e) {
        return problem(404, "Nicht gefunden", e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail keineKennung(MethodArgumentTypeMismatchException e) {
        if ("schluessel".equals(e.getName())) {
            return problem(400, "Kopf passt nicht", "„Idempotency-Key“ muss eine UUID sein.");
        }
        return e.getParameter().hasParameterAnnotation(PathVariable.class)
                ? problem(404, "Nicht gefunden", "„" + e.getName() + "“ ist keine Kennung, die es hier gibt.")
                : problem(
                        400,
                        "Anfrage nicht möglich",
                        "Der Wert von „" + e.getName() + "“ hat nicht die Form, die /api/v1/openapi.json nennt.");
    }

    /** An id the caller chose that is taken by something the caller may not see: says only that. */
    @ExceptionHandler
    ProblemDetail vergeben(DuplicateKeyException e) {
        return problem(
                409,
                "Konflikt",
                "Dieser „Idempotency-Key“ ist schon vergeben; es wurde nichts angelegt. Bitte senden Sie die Anfrage mit einer neuen UUID.");
    }

    @ExceptionHandler
    ProblemDetail keinHochladen(FileUploadException e) {
        return problem(
                400,
                "Übertragung unvollständig",
                "Die Datei kam nicht vollständig an; es wurde nichts abgelegt. Bitte senden Sie sie noch einmal.");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unerwartet(Exception e) {
        if (Datenbankfehler.istWeg(e)) {
            LOG.warn("Schnittstelle, Datenbank nicht erreichbar: {}", e.toString());
            return ResponseEntity.status(503)
                    .header("Retry-After", Datenbankfehler.WIEDER_IN)
                    .body(
                            problem(
                                    503,
                                    "Datenbank nicht erreichbar",
                                    "Die Datenbank antwortet gerade nicht. Ob die Anfrage noch ausgeführt wurde, steht nicht fest: Bitte senden Sie sie gleich mit demselben „Idempotency-Key“ noch einmal, doppelt wird dadurch nichts."));
        }
        var nummer = Kennung.neu().toString().substring(24);
        LOG.error("Schnittstelle, Fehler {}", nummer, e);
        return ResponseEntity.internalServerError()
                .body(problem(
                        500,
                        "Fehler im Programm",
                        "Es wurde nichts geändert. Bitte nennen Sie bei einer Rückfrage die Nummer " + nummer + "."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders koepfe, HttpStatusCode stand, WebRequest anfrage) {
        return ResponseEntity.badRequest()
                .body(
                        problem(
                                400,
                                "Kein gültiges JSON",
                                "Der Inhalt der Anfrage ist kein JSON, wie es die Beschreibung unter /api/v1/openapi.json nennt."));
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception e,
            @org.jspecify.annotations.Nullable Object inhalt,
            HttpHeaders koepfe,
            HttpStatusCode stand,
            WebRequest anfrage) {
        return ResponseEntity.status(stand)
                .headers(koepfe)
                .body(problem(
                        stand.value(),
                        titel(stand.value()),
                        "Die Anfrage passt nicht zu dem, was hier möglich ist; siehe /api/v1/openapi.json."));
    }

    private static String titel(int stand) {
        return switch (stand) {
            case 404 -> "Nicht gefunden";
            case 405 -> "Methode nicht möglich";
            case 406, 415 -> "Format nicht möglich";
            case 413 -> "Zu groß";
            default -> "Anfrage nicht möglich";
        };
    }

    private static ProblemDetail problem(int stand, String titel, @org.jspecify.annotations.Nullable String text) {
        var problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(stand), text == null ? titel : text);
        problem.setTitle(titel);
        return problem;
    }

    /** For filters, which stand before any controller. */
    static void schreibe(HttpServletResponse antwort, int stand, String titel, String text) throws IOException {
        antwort.setStatus(stand);
        antwort.setContentType("application/problem+json");
        antwort.getOutputStream()
                .write(JsonMapper.shared()
                        .writeValueAsString(
                                Map.of("type", "about:blank", "title", titel, "status", stand, "detail", text))
                        .getBytes(StandardCharsets.UTF_8));
    }
}
