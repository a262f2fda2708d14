package de.federwerk.meldung;

import de.federwerk.basis.Dauerlaeufe;
import de.federwerk.basis.Dauerlauf;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.StoerungErneut;
import de.federwerk.stoerung.Stoerungen;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Sends what is due, every few seconds, one Mandant after the other. A server that is away is asked again after ever longer pauses; from
 * the third time on that is a Störung, which ends by itself when it takes mails again.
 */
@Component
class Mailversand implements SmartLifecycle {

    static final String ART = "mailserver";

    private static final Logger LOG = LoggerFactory.getLogger(Mailversand.class);

    private static final Duration TAKT = Duration.ofSeconds(10);
    /** One round sends for all; each mail may wait for three timeouts. */
    private static final Duration STILLE = Duration.ofMinutes(10);

    private static final Duration ERSTE_PAUSE = Duration.ofSeconds(30);
    private static final int PAUSEN = 5;
    static final int GEMELDET_AB = 3;

    private final Mailserver mailserver;
    private final Mailkorb korb;
    private final Buergerkorb buergerkorb;
    private final Mandanten mandanten;
    private final Stoerungen stoerungen;
    private final Dauerlaeufe laeufe;
    private final Object stand = new Object();
    // Guarded by stand. Measured with the clock that nobody can set.
    private long pauseBis = System.nanoTime();
    private int fehlschlaege;
    /** False as well after a start: the program before may have left a Störung. */
    private boolean heil;

    private volatile boolean laeuft;
    private volatile @Nullable Dauerlauf lauf;
    private volatile @Nullable LocalDate geraeumt;

    Mailversand(
            Mailserver mailserver,
            Mailkorb korb,
            Buergerkorb buergerkorb,
            Mandanten mandanten,
            Stoerungen stoerungen,
            Dauerlaeufe laeufe) {
        this.mailserver = mailserver;
        this.korb = korb;
        this.buergerkorb = buergerkorb;
        this.mandanten = mandanten;
        this.stoerungen = stoerungen;
        this.laeufe = laeufe;
    }

    @Override
    public void start() {
        laeuft = true;
        lauf = laeufe.beginne("meldungen-mail", TAKT, STILLE, this::runde);
    }

    /** All that is due now, unless the server was away a moment ago. Several may do this at once. */
    void runde() {
        raeumeAuf();
        boolean nachsehen;
        synchronized (stand) {
            if (!mailserver.eingerichtet() || pauseBis - System.nanoTime() > 0) return;
            nachsehen = fehlschlaege > 0;
        }
        try (var leitung = new Leitung()) {
            // After a failure the server is asked even if nothing waits any more: else the Störung would stay.
            if (nachsehen) leitung.offen();
            for (var mandant : mandanten.alle()) {
                if (!laeuft) break;
                if (!mandant.gilt()) continue;
                Mandantenkontext.als(mandant.id(), () -> {
                    sende(leitung);
                    sendeBuergern(leitung);
                    return null;
                });
            }
            if (leitung.offen != null) erreicht();
        } catch (MessagingException e) {
            ausgefallen(e);
        } catch (Mailkorb.Serverfehler e) {
            ausgefallen(e.getCause());
        }
    }

    private void sende(Leitung leitung) throws MessagingException {
        if (!korb.faellig()) return;
        var offen = leitung.offen();
        boolean mehr = true;
        while (mehr) {
            korb.bilde();
            mehr = false;
            while (laeuft && sendeEine(offen)) {
                mehr = true;
                lebenszeichen();
            }
        }
    }

    private void sendeBuergern(Leitung leitung) throws MessagingException {
        if (!buergerkorb.faellig()) return;
        var offen = leitung.offen();
        try {
            while (laeuft && buergerkorb.sende(offen)) lebenszeichen();
        } catch (Mailkorb.Serverfehler e) {
            buergerkorb.schiebeAuf(e.mail());
            throw e;
        }
    }

    private boolean sendeEine(Transport offen) {
        try {
            return korb.sende(offen);
        } catch (Mailkorb.Serverfehler e) {
            // Should it be this mail after all that breaks the line each time, the others go first.
            korb.schiebeAuf(e.mail());
            throw e;
        }
    }

    private void lebenszeichen() {
        var laufender = lauf;
        if (laufender != null) laufender.lebenszeichen();
    }

    private void erreicht() {
        synchronized (stand) {
            fehlschlaege = 0;
            if (heil) return;
            heil = true;
        }
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), () -> stoerungen.erledigt(ART, mandant.id()));
        }
    }

    private void ausgefallen(@Nullable Throwable grund) {
        int wievielte;
        synchronized (stand) {
            heil = false;
            wievielte = ++fehlschlaege;
            var pause = ERSTE_PAUSE.multipliedBy(1L << Math.min(wievielte - 1, PAUSEN));
            pauseBis = System.nanoTime() + pause.toNanos();
            LOG.warn("Mailserver {}: {}; neuer Versuch in {} s", mailserver.bezeichnung(), grund, pause.toSeconds());
        }
        if (wievielte < GEMELDET_AB) return;
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), () -> {
                if (korb.faellig() || buergerkorb.faellig())
                    stoerungen.melde(ART, mandant.id(), "Mailserver", ursache(grund), technisch(grund));
            });
        }
    }

    private static String ursache(@Nullable Throwable grund) {
        return (grund instanceof AuthenticationFailedException
                        ? "Der Mailserver weist Name oder Passwort zurück (federwerk.post.smtp.name, …passwort)."
                        : "Mailserver nicht erreichbar, oder er nimmt keine E-Mails an.")
                + " Die Meldungen stehen im Programm, keine geht verloren. Federwerk versucht es weiter; danach bekommt jede Person eine E-Mail mit allem, was sich angesammelt hat.";
    }

    private String technisch(@Nullable Throwable grund) {
        return mailserver.bezeichnung() + ": " + grund;
    }

    /** Whoever has mended the server need not wait for the pause. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
    void nach(StoerungErneut erneut) {
        if (erneut.art().equals(Mailkorb.ART)) {
            Mandantenkontext.als(erneut.mandant(), () -> korb.nocheinmal(erneut.bezug()));
        } else if (!erneut.art().equals(ART)) {
            return;
        }
        versucheGleich();
        var laufender = lauf;
        if (laufender != null) laufender.wecke();
    }

    /** What the running transaction has put into the queue need not wait for the next round. */
    void weckeNachCommit() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                var laufender = lauf;
                if (laufender != null) laufender.wecke();
            }
        });
    }

    void versucheGleich() {
        synchronized (stand) {
            pauseBis = System.nanoTime();
        }
    }

    private void raeumeAuf() {
        var heute = LocalDate.now(Anzeige.ZONE);
        if (heute.equals(geraeumt)) return;
        for (var mandant : mandanten.alle()) {
            Mandantenkontext.als(mandant.id(), () -> {
                korb.raeumeAuf();
                buergerkorb.raeumeAuf();
            });
        }
        geraeumt = heute;
    }

    @Override
    public void stop() {
        laeuft = false;
        var laufender = lauf;
        if (laufender != null) laufender.ende(Duration.ofSeconds(5));
    }

    @Override
    public boolean isRunning() {
        return laeuft;
    }

    /** Opened when the first mail needs it. */
    private final class Leitung implements AutoCloseable {

        private @Nullable Transport offen;

        Transport offen() throws MessagingException {
            var schon = offen;
            if (schon != null) return schon;
            var neu = mailserver.verbinde();
            offen = neu;
            return neu;
        }

        @Override
        public void close() {
            try {
                if (offen != null) offen.close();
            } catch (MessagingException e) {
                LOG.debug("Der Mailserver hat sich nicht verabschiedet", e);
            }
        }
    }
}
