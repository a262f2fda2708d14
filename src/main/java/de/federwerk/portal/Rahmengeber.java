package de.federwerk.portal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts around each page of the Portal what surrounds it. */
@ControllerAdvice(annotations = Portalseite.class)
class Rahmengeber {

    @ModelAttribute("r")
    Portalrahmen rahmen(HttpServletRequest anfrage, HttpServletResponse antwort) {
        return Portalrahmen.um(anfrage, antwort);
    }
}
