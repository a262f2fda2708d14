package de.federwerk.portal;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A field that people do not see and machines fill in ({@code portal/falle}). Whoever filled it in is asked to send once more, and loses nothing: it may have
 * been an over-eager browser.
 */
final class Falle {

    private static final String FELD = "webseite";

    private Falle() {}

    static boolean schnappt(HttpServletRequest anfrage) {
        var wert = anfrage.getParameter(FELD);
        return wert != null && !wert.isBlank();
    }
}
