package de.federwerk.meldung;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Sitzungen;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code GET /ereignisse}: the line over which open pages hear the {@link Liveticker} (Server-Sent Events). A virtual thread each, which
 * sleeps between two words. It does not count as activity of the session, and ends with it.
 */
@Controller
class Ereignisse {

    private static final Logger LOG = LoggerFactory.getLogger(Ereignisse.class);

    /** Before any proxy takes the line for dead (commonly 60 s), and to notice that nobody is there any more. */
    private static final Duration HERZSCHLAG = Duration.ofSeconds(20);
    /** Then the browser comes again, and is looked at again: still valid, still signed in. */
    private static final Duration LAENGSTENS = Duration.ofMinutes(30);

    private final Sitzungen sitzungen;
    private final Personen personen;
    private final Liveticker ticker;
    private final Meldungen meldungen;

    Ereignisse(Sitzungen sitzungen, Personen personen, Liveticker ticker, Meldungen meldungen) {
        this.sitzungen = sitzungen;
        this.personen = personen;
        this.ticker = ticker;
        this.meldungen = meldungen;
    }

    @GetMapping("/ereignisse")
    void hoere(HttpServletRequest anfrage, HttpServletResponse antwort) throws IOException {
        boolean strom = String.valueOf(anfrage.getHeader("Accept")).contains("text/event-stream");
        var sitzung = sitzungen.ohneZuBeruehren(anfrage).filter(s -> gilt(s.wer()));
        if (sitzung.isEmpty()) {
            // 204 tells a script not to come again; a person wants to sign in.
            if (strom) antwort.setStatus(HttpServletResponse.SC_NO_CONTENT);
            else antwort.sendRedirect("/anmelden");
            return;
        }
        if (!strom) throw new NichtGefunden("Das ist keine Seite.");
        var leitung = ticker.oeffne(sitzung.get()).orElse(null);
        if (leitung == null) {
            antwort.setHeader("Retry-After", "60");
            antwort.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        try {
            antwort.setContentType("text/event-stream;charset=UTF-8");
            antwort.setHeader("Cache-Control", "no-store");
            antwort.setHeader("X-Accel-Buffering", "no");
            // Not all at the same moment after a restart.
            var draht = new Draht(antwort.getOutputStream());
            draht.schreibe("retry: " + ThreadLocalRandom.current().nextInt(2_000, 6_000) + "\n\n"
                    + glocke(sitzung.get().wer()));
            var lauf = anfrage.startAsync(anfrage, antwort);
            lauf.addListener(draht);
            // We end it ourselves; should that ever fail, the container does.
            lauf.setTimeout(LAENGSTENS.plusMinutes(1).toMillis());
            Thread.ofVirtual().name("ereignisse").start(() -> bediene(leitung, draht, lauf));
        } catch (IOException | RuntimeException e) {
            ticker.schliesse(leitung);
            throw e;
        }
    }

    private boolean gilt(Anmeldung wer) {
        return Mandantenkontext.als(wer.mandant(), () -> personen.profil(wer.person()))
                .filter(profil -> profil.zuerst().isEmpty())
                .isPresent();
    }

    private void bediene(Leitung leitung, Draht draht, AsyncContext lauf) {
        try {
            rede(leitung, draht);
            beende(lauf);
        } catch (IOException weg) {
            // The container has noticed it by the same write, and ends it.
            LOG.debug("Niemand hört mehr zu", weg);
        } catch (RuntimeException gestoert) {
            LOG.debug("Die Datenbank ist fort", gestoert);
            beende(lauf);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            beende(lauf);
        } finally {
            ticker.schliesse(leitung);
        }
    }

    private static void beende(AsyncContext lauf) {
        try {
            lauf.complete();
        } catch (IllegalStateException schon) {
            LOG.debug("Der Webserver hat es auch bemerkt und schon beendet", schon);
        }
    }

    private void rede(Leitung leitung, Draht draht) throws IOException, InterruptedException {
        long schluss = System.nanoTime() + LAENGSTENS.toNanos();
        for (long rest = LAENGSTENS.toNanos(); rest > 0; rest = schluss - System.nanoTime()) {
            var namen = leitung.warte(Duration.ofNanos(Math.min(rest, HERZSCHLAG.toNanos())));
            var ende = leitung.ende();
            if (ende != null) {
                if (!ende.isEmpty()) draht.schreibe("event: ende\ndata: " + ende + "\n\n");
                return;
            }
            var text = new StringBuilder(namen.isEmpty() ? ":\n\n" : "");
            for (var name : namen) {
                if (name.equals(Meldungen.LIVE))
                    text.append(glocke(leitung.sitzung().wer()));
                text.append("data: ").append(name).append("\n\n");
            }
            draht.schreibe(text.toString());
        }
    }

    /** The number at the bell travels along: a page need not be fetched for it. */
    private String glocke(Anmeldung wer) {
        return "event: glocke\ndata: " + Mandantenkontext.als(wer.mandant(), () -> meldungen.ungelesen(wer.person()))
                + "\n\n";
    }

    /**
     * Keeps the container from ending a response while the thread that found it broken is still on its way out of it: Tomcat would give
     * the same response object to the next request, and that one would find the old failure noted there and be cut off.
     */
    private static final class Draht implements AsyncListener {

        private final OutputStream aus;

        Draht(OutputStream aus) {
            this.aus = aus;
        }

        synchronized void schreibe(String text) throws IOException {
            aus.write(text.getBytes(StandardCharsets.UTF_8));
            aus.flush();
        }

        @Override
        public synchronized void onError(AsyncEvent ereignis) {
            // Having the lock is all there is to do.
        }

        @Override
        public void onComplete(AsyncEvent ereignis) {
            // Nobody writes any more.
        }

        @Override
        public void onTimeout(AsyncEvent ereignis) {
            // Comes a minute after the last word.
        }

        @Override
        public void onStartAsync(AsyncEvent ereignis) {
            // Starts once.
        }
    }
}
