package de.federwerk.datei;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.stereotype.Component;

/**
 * Sends stored bytes to a browser: streamed, in ranges (the PDF viewer asks for them), and so that nothing in them is ever run. Who
 * calls this has already asked whether the person may.
 */
@Component
public class Dateiausgabe {

    private final Blobs blobs;

    Dateiausgabe(Blobs blobs) {
        this.blobs = blobs;
    }

    /** As a download under its own name. */
    public void alsDownload(Blob blob, String dateiname, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException {
        var kopf = ContentDisposition.attachment()
                .filename(dateiname, StandardCharsets.UTF_8)
                .build()
                .toString();
        sende(blob, "application/octet-stream", kopf, anfrage, antwort);
    }

    /** A PDF for the viewer, or a page image ({@code image/jpeg}). */
    public void zurAnsicht(Blob blob, String medientyp, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException {
        sende(blob, medientyp, "inline", anfrage, antwort);
    }

    private void sende(
            Blob blob, String medientyp, String disposition, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException {
        antwort.setContentType(medientyp);
        antwort.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition);
        // Whatever the file contains: no script, no form, no foreign host.
        antwort.setHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
        antwort.setHeader("X-Content-Type-Options", "nosniff");
        antwort.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        antwort.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        var kennzeichen = "\"" + blob.id() + "\"";
        antwort.setHeader(HttpHeaders.ETAG, kennzeichen);
        if (kennzeichen.equals(anfrage.getHeader(HttpHeaders.IF_NONE_MATCH))) {
            antwort.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        long von = 0;
        long bis = blob.laenge() - 1;
        var bereich = anfrage.getHeader(HttpHeaders.RANGE);
        if (bereich != null && blob.laenge() > 0) {
            try {
                var teile = HttpRange.parseRanges(bereich);
                if (teile.size() == 1) {
                    von = teile.getFirst().getRangeStart(blob.laenge());
                    if (von >= blob.laenge()) {
                        throw new IllegalArgumentException("beyond the end");
                    }
                    bis = teile.getFirst().getRangeEnd(blob.laenge());
                    antwort.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                    antwort.setHeader(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(von, bis, blob.laenge()));
                }
            } catch (IllegalArgumentException e) {
                antwort.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + blob.laenge());
                // Not sendError: that would ask for an error page, which a viewer cannot show.
                antwort.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                antwort.setContentLength(0);
                return;
            }
        }
        antwort.setContentLengthLong(bis - von + 1);
        try (var strom = blobs.lies(blob, von, bis - von + 1)) {
            strom.transferTo(antwort.getOutputStream());
        }
    }
}
