package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The mails to citizens of one Mandant, sent like those of the {@link Mailkorb}. An address that does not exist is no Störung: citizens type what
 * they like, and whoever keeps the house running can do nothing about it.
 */
@Component
class Buergerkorb {

    private static final Logger LOG = LoggerFactory.getLogger(Buergerkorb.class);
    private static final Duration AUFGEBEN = Duration.ofDays(3);
    /** So long the row of a mail is kept, for whoever asks why nothing came. */
    private static final int TAGE = 30;

    private record Mail(UUID id, String email, String betreff, String text, Instant gebildet) {}

    private final JdbcClient datenbank;
    private final Mailserver mailserver;

    Buergerkorb(JdbcClient datenbank, Mailserver mailserver) {
        this.datenbank = datenbank;
        this.mailserver = mailserver;
    }

    @Transactional(readOnly = true)
    public boolean faellig() {
        return datenbank.sql("""
                SELECT EXISTS (SELECT FROM buergermail WHERE mandant_id = ? AND ab <= now() AND gesendet IS NULL AND aufgegeben IS NULL)""").param(mandant()).query(Boolean.class).single();
    }

    /**
     * Sends one, or notes why it never will be, or puts it off.
     *
     * @return whether there was one
     * @throws Mailkorb.Serverfehler if the server failed and not this mail
     */
    @Transactional
    public boolean sende(Transport leitung) {
        var mail = datenbank.sql("""
                SELECT id, email, betreff, text, gebildet FROM buergermail
                 WHERE mandant_id = ? AND ab <= now() AND gesendet IS NULL AND aufgegeben IS NULL ORDER BY ab LIMIT 1 FOR UPDATE SKIP LOCKED""").param(mandant()).query(Mail.class).optional();
        if (mail.isEmpty()) {
            return false;
        }
        sende(mail.get(), Mailserver.gueltig(mail.get().email), leitung);
        return true;
    }

    private void sende(Mail mail, Optional<InternetAddress> adresse, Transport leitung) {
        if (adresse.isEmpty()) {
            gibAuf(mail, "Keine gültige Mailadresse.");
            return;
        }
        try {
            var brief = brief(mail, adresse.get());
            leitung.sendMessage(brief, brief.getAllRecipients());
            datenbank
                    .sql(
                            "UPDATE buergermail SET gesendet = now(), text = '', versuche = versuche + 1 WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), mail.id)
                    .update();
        } catch (MessagingException e) {
            gescheitert(mail, e);
        }
    }

    private MimeMessage brief(Mail mail, InternetAddress adresse) throws MessagingException {
        var brief =
                new Mailbrief.MitKennung(mailserver.sitzung(), "<buerger." + mail.id + "@" + mailserver.haus() + ">");
        brief.setFrom(mailserver.absender());
        brief.setRecipient(Message.RecipientType.TO, adresse);
        brief.setSubject(mail.betreff, "UTF-8");
        brief.setText(mail.text, "UTF-8");
        brief.setSentDate(Date.from(mail.gebildet));
        brief.setHeader("Auto-Submitted", "auto-generated");
        brief.setHeader("X-Auto-Response-Suppress", "All");
        brief.saveChanges();
        return brief;
    }

    private void gescheitert(Mail mail, MessagingException grund) {
        int adresse = Mailkorb.antwortZurAdresse(grund);
        if (adresse >= 500) {
            gibAuf(mail, "Der Mailserver nimmt die Adresse nicht an (" + adresse + ").");
        } else if (mail.gebildet.plus(AUFGEBEN).isBefore(Instant.now())) {
            gibAuf(mail, "Der Mailserver hat die E-Mail drei Tage lang nicht angenommen.");
        } else if (adresse > 0 || Mailkorb.betrifftNurDiese(grund)) {
            LOG.info(
                    "Mail {} an Bürger noch nicht angenommen: {}",
                    mail.id,
                    grund.getClass().getSimpleName());
            schiebeAuf(mail.id);
        } else {
            throw new Mailkorb.Serverfehler(mail.id, grund);
        }
    }

    private void gibAuf(Mail mail, String grund) {
        datenbank
                .sql(
                        "UPDATE buergermail SET aufgegeben = ?, text = '', versuche = versuche + 1 WHERE mandant_id = ? AND id = ?")
                .params(grund, mandant(), mail.id)
                .update();
    }

    /** Tried again after ever longer pauses; others come first. */
    @Transactional
    public void schiebeAuf(UUID mail) {
        datenbank.sql("""
                UPDATE buergermail SET versuche = versuche + 1, ab = now() + make_interval(mins => least(60, (2 ^ least(versuche, 6))::int))
                 WHERE mandant_id = ? AND id = ?""").params(mandant(), mail).update();
    }

    @Transactional
    public void raeumeAuf() {
        datenbank
                .sql("DELETE FROM buergermail WHERE mandant_id = ? AND gebildet < now() - make_interval(days => ?)")
                .params(mandant(), TAGE)
                .update();
    }
}
