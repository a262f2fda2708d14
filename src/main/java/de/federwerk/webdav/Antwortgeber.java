package de.federwerk.webdav;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** How answers are given that are not a file. */
final class Antwortgeber {

    private final HttpServletResponse antwort;

    Antwortgeber(HttpServletResponse antwort) {
        this.antwort = antwort;
    }

    /** A multistatus (207) whose beginning is written; whoever asked ends it. */
    Writer mehrere() throws IOException {
        var text = xml(207);
        text.write("<D:multistatus xmlns:D=\"DAV:\">\n");
        return text;
    }

    Writer xml(int stand) throws IOException {
        antwort.setStatus(stand);
        antwort.setContentType("application/xml; charset=utf-8");
        antwort.setHeader("Cache-Control", "no-store");
        var text = antwort.getWriter();
        text.write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        return text;
    }

    void leer(int stand) {
        antwort.setStatus(stand);
        if (stand != HttpServletResponse.SC_NO_CONTENT) {
            antwort.setContentLength(0);
        }
    }

    /** The reason in German for people, and where there is one as an element for programs. */
    void fehler(int stand, @Nullable String bedingung, String meldung) throws IOException {
        if (bedingung == null) {
            text(stand, meldung);
            return;
        }
        var text = xml(stand);
        text.write("<D:error xmlns:D=\"DAV:\"><D:" + bedingung + "/><f:grund xmlns:f=\"urn:federwerk:webdav\">"
                + Xml.text(meldung) + "</f:grund></D:error>");
        text.flush();
    }

    void text(int stand, String meldung) throws IOException {
        antwort.setStatus(stand);
        antwort.setContentType("text/plain; charset=utf-8");
        antwort.setHeader("Cache-Control", "no-store");
        var text = antwort.getWriter();
        text.write(meldung);
        text.flush();
    }
}
