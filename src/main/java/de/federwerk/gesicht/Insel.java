package de.federwerk.gesicht;

import jakarta.servlet.http.HttpServletRequest;

/** The scripts of the pages: how to know that one of them asks. */
public final class Insel {

    private Insel() {}

    /** Whether the answer is read by a script, which wants a status and a problem (RFC 9457) and no page. */
    public static boolean fragt(HttpServletRequest anfrage) {
        var will = String.valueOf(anfrage.getHeader("Accept"));
        return will.contains("json") && !will.contains("text/html");
    }
}
