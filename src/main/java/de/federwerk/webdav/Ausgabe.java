package de.federwerk.webdav;

import de.federwerk.datei.Dateiausgabe;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.webdav.Eintrag.Art;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.stereotype.Component;

/** GET and HEAD of a file: whole or a range of it, and only if it is another than the program has. */
@Component
class Ausgabe {

    private final Aufnahme aufnahme;
    private final Dateiausgabe dateiausgabe;
    private final Arbeitsinhalte inhalte;

    Ausgabe(Aufnahme aufnahme, Dateiausgabe dateiausgabe, Arbeitsinhalte inhalte) {
        this.aufnahme = aufnahme;
        this.dateiausgabe = dateiausgabe;
        this.inhalte = inhalte;
    }

    void sende(Anmeldung wer, Eintrag eintrag, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException {
        if (eintrag.geaendert() != null) {
            antwort.setHeader(HttpHeaders.LAST_MODIFIED, Eigenschaften.datum(eintrag.geaendert()));
        }
        var wie = ohneVeraltetenBereich(anfrage, eintrag.etag());
        if (eintrag.art() == Art.DOKUMENT) {
            dateiausgabe.alsDownload(aufnahme.originale(wer, eintrag), eintrag.name(), wie, antwort);
        } else {
            entwurf(eintrag, wie, antwort);
        }
    }

    /** A Dokument is about to be copied: where that must be noted it is a download, and it is noted before any byte goes there. */
    void vermerke(Anmeldung wer, Eintrag dokument, HttpServletResponse antwort) throws IOException {
        aufnahme.originale(wer, dokument);
        antwort.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment");
        antwort.setContentType("text/plain; charset=utf-8");
        // Nothing is written; but with the writer the Lesenachweis writes what was opened up to here.
        antwort.getWriter();
    }

    /** A range of a file that is another one by now would not fit to what the program has. */
    private static HttpServletRequest ohneVeraltetenBereich(HttpServletRequest anfrage, @Nullable String etag) {
        var wenn = anfrage.getHeader(HttpHeaders.IF_RANGE);
        return wenn == null || wenn.equals(etag)
                ? anfrage
                : new HttpServletRequestWrapper(anfrage) {
                    @Override
                    public @Nullable String getHeader(String name) {
                        return HttpHeaders.RANGE.equalsIgnoreCase(name) ? null : super.getHeader(name);
                    }
                };
    }

    private void entwurf(Eintrag datei, HttpServletRequest anfrage, HttpServletResponse antwort) throws IOException {
        antwort.setContentType("application/octet-stream");
        antwort.setHeader("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
        antwort.setHeader("X-Content-Type-Options", "nosniff");
        antwort.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        antwort.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        antwort.setHeader(HttpHeaders.ETAG, datei.etag());
        if (Objects.equals(anfrage.getHeader(HttpHeaders.IF_NONE_MATCH), datei.etag())) {
            antwort.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        long von = 0;
        long bis = datei.laenge() - 1;
        var bereich = anfrage.getHeader(HttpHeaders.RANGE);
        if (bereich != null && datei.laenge() > 0) {
            try {
                var teile = HttpRange.parseRanges(bereich);
                if (teile.size() == 1) {
                    von = teile.getFirst().getRangeStart(datei.laenge());
                    bis = teile.getFirst().getRangeEnd(datei.laenge());
                    if (von > bis) {
                        throw new IllegalArgumentException("beyond the end");
                    }
                    antwort.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                    antwort.setHeader(HttpHeaders.CONTENT_RANGE, "bytes %d-%d/%d".formatted(von, bis, datei.laenge()));
                }
            } catch (IllegalArgumentException e) {
                antwort.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + datei.laenge());
                antwort.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                antwort.setContentLength(0);
                return;
            }
        }
        antwort.setContentLengthLong(bis - von + 1);
        if (!"HEAD".equals(anfrage.getMethod())) {
            inhalte.sende(Objects.requireNonNull(datei.bytes()), von, bis - von + 1, antwort.getOutputStream());
        }
    }
}
