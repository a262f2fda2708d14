package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.stoerung.Stoerungen;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The mails of one Mandant: made of what is due, then sent one by one. A mail is written down with its id before it is sent and marked
 * after; killed in between, the very same mail goes out a second time, with the same Message-ID. Other senders leave alone what one has in
 * hand. Rows of Meldungen are never locked while a mail server is talked to: people click on them.
 */
@Component
class Mailkorb {

    private static final Logger LOG = LoggerFactory.getLogger(Mailkorb.class);

    /** A Störung of this kind is about the address of one person. */
    static final String ART = "meldungsmail";

    private static final int PERSONEN = 50;
    /** A mail server that takes no mail of ours for so long will not take this one either; in the program it stands all the time. */
    private static final Duration AUFGEBEN = Duration.ofDays(3);

    /** Answers that any mail would get: closing down (421), sign in first, wrong password (RFC 4954). */
    private static final Set<Integer> SERVER = Set.of(-1, 421, 454, 530, 534, 535, 538);

    private record Mail(
            UUID id,
            UUID person,
            Instant gebildet,
            String name,
            @Nullable String email,
            boolean gueltig,
            String mandant,
            long gesamt) {}

    private final JdbcClient datenbank;
    private final Mailserver mailserver;
    private final Stoerungen stoerungen;

    Mailkorb(JdbcClient datenbank, Mailserver mailserver, Stoerungen stoerungen) {
        this.datenbank = datenbank;
        this.mailserver = mailserver;
        this.stoerungen = stoerungen;
    }

    /** Whether anything is to be sent now. */
    @Transactional(readOnly = true)
    boolean faellig() {
        return datenbank.sql("""
                SELECT EXISTS (SELECT FROM meldung WHERE mandant_id = :m AND mail_ab <= now() AND mail_id IS NULL)
                    OR EXISTS (SELECT FROM meldungsmail WHERE mandant_id = :m AND ab <= now() AND gesendet IS NULL AND aufgegeben IS NULL)""").param("m", mandant()).query(Boolean.class).single();
    }

    /**
     * Makes one mail of all that is due for a person. Only called with a line to the mail server: while it is away things gather, and
     * afterwards there is one mail and not three hundred.
     */
    @Transactional
    void bilde() {
        datenbank.sql("""
                WITH wartende AS (
                    SELECT id, person_id FROM meldung
                     WHERE mandant_id = :m AND mail_ab <= now() AND mail_id IS NULL
                       AND person_id IN (SELECT person_id FROM meldung WHERE mandant_id = :m AND mail_ab <= now() AND mail_id IS NULL
                                          GROUP BY person_id ORDER BY min(mail_ab) LIMIT :personen)
                       FOR UPDATE SKIP LOCKED),
                mails AS (
                    INSERT INTO meldungsmail (mandant_id, id, person_id)
                    SELECT :m, gen_random_uuid(), p.person_id FROM (SELECT DISTINCT person_id FROM wartende) p RETURNING id, person_id)
                UPDATE meldung m SET mail_id = s.id FROM wartende w JOIN mails s ON s.person_id = w.person_id WHERE m.mandant_id = :m AND m.id = w.id""").param("m", mandant()).param("personen", PERSONEN).update();
    }

    /**
     * Sends one, or notes why it never will be, or puts it off.
     *
     * @return whether there was one
     * @throws Serverfehler if the server failed and not this mail; it stays as it is
     */
    @Transactional
    boolean sende(Transport leitung) {
        var mail = naechste();
        if (mail.isEmpty()) return false;
        var m = mail.get();
        var adresse = Mailserver.gueltig(m.email);
        if (m.gesamt == 0) {
            // All of it was read meanwhile.
            gibAuf(m, "");
        } else if (!m.gueltig || adresse.isEmpty()) {
            gibAuf(m, "Die eingetragene Adresse ist keine gültige Mailadresse.");
        } else {
            try {
                var brief = brief(m).an(adresse.get(), mailserver);
                leitung.sendMessage(brief, brief.getAllRecipients());
                datenbank
                        .sql(
                                "UPDATE meldungsmail SET gesendet = now(), versuche = versuche + 1 WHERE mandant_id = ? AND id = ?")
                        .params(mandant(), m.id)
                        .update();
                stoerungen.erledigt(ART, m.person);
            } catch (MessagingException e) {
                gescheitert(m, e);
            }
        }
        return true;
    }

    private Optional<Mail> naechste() {
        return datenbank.sql("""
                SELECT s.id, s.person_id AS person, s.gebildet, trim(p.vorname || ' ' || p.nachname) AS name, p.email, gilt(p.gueltig_von, p.gueltig_bis) AS gueltig, h.name AS mandant,
                       (SELECT count(*) FROM meldung m WHERE m.mandant_id = s.mandant_id AND m.mail_id = s.id AND m.mail_ab IS NOT NULL) AS gesamt
                  FROM meldungsmail s JOIN person p ON p.mandant_id = s.mandant_id AND p.id = s.person_id JOIN mandant h ON h.id = s.mandant_id
                 WHERE s.mandant_id = ? AND s.ab <= now() AND s.gesendet IS NULL AND s.aufgegeben IS NULL
                 ORDER BY s.ab LIMIT 1 FOR UPDATE OF s SKIP LOCKED""").param(mandant()).query(Mail.class).optional();
    }

    private Mailbrief brief(Mail mail) {
        var zeilen = datenbank
                .sql(
                        "SELECT id, art, titel FROM meldung WHERE mandant_id = ? AND mail_id = ? AND mail_ab IS NOT NULL ORDER BY entstanden DESC, id DESC LIMIT ?")
                .params(mandant(), mail.id, Mailbrief.ZEILEN)
                .query(Mailbrief.Zeile.class)
                .list();
        return new Mailbrief(
                mail.id,
                mail.gebildet,
                Meldungen.einzeilig(mail.name, 200),
                Meldungen.einzeilig(mail.mandant, 200),
                mail.gesamt,
                zeilen);
    }

    private void gescheitert(Mail mail, MessagingException grund) {
        int adresse = antwortZurAdresse(grund);
        if (adresse >= 500) {
            gibAuf(mail, "Der Mailserver nimmt die eingetragene Adresse nicht an (" + adresse + ").");
        } else if (mail.gebildet.plus(AUFGEBEN).isBefore(Instant.now())) {
            gibAuf(mail, "Der Mailserver hat die E-Mail drei Tage lang nicht angenommen.");
        } else if (adresse > 0 || betrifftNurDiese(grund)) {
            LOG.info("Mail {} noch nicht angenommen: {}", mail.id, grund.toString());
            schiebeAuf(mail.id);
        } else {
            throw new Serverfehler(mail.id, grund);
        }
    }

    /** What the server said to the address of the receiver; 0 if it was not about that. */
    static int antwortZurAdresse(MessagingException grund) {
        Exception e = grund;
        for (int tiefe = 0; e != null && tiefe < 10; tiefe++) {
            if (e instanceof SMTPAddressFailedException adresse) return adresse.getReturnCode();
            e = e instanceof MessagingException mehr ? mehr.getNextException() : null;
        }
        return 0;
    }

    /** Refused by a filter, or for now; the next mail may pass. What is not an answer of the server is the line's fault. */
    static boolean betrifftNurDiese(MessagingException grund) {
        return grund instanceof SMTPSendFailedException nein
                        && !SERVER.contains(nein.getReturnCode())
                        && !(grund.getNextException() instanceof SMTPSenderFailedException)
                || grund instanceof SendFailedException && grund.getNextException() == null;
    }

    /** Tried again after ever longer pauses; others come first. */
    @Transactional
    void schiebeAuf(UUID mail) {
        datenbank.sql("""
                UPDATE meldungsmail SET versuche = versuche + 1, ab = now() + make_interval(mins => least(60, (2 ^ least(versuche, 6))::int))
                 WHERE mandant_id = ? AND id = ?""").params(mandant(), mail).update();
    }

    /** @param grund empty if nothing went wrong */
    private void gibAuf(Mail mail, String grund) {
        if (!grund.isEmpty()) {
            stoerungen.melde(
                    ART,
                    mail.person,
                    "E-Mail an " + mail.name,
                    grund
                            + " Die Meldungen stehen im Programm. Bitte die Adresse berichtigen; die nächste E-Mail, die ankommt, beendet diese Störung.",
                    "Mail " + mail.id);
        }
        datenbank
                .sql("UPDATE meldungsmail SET aufgegeben = ?, versuche = versuche + 1 WHERE mandant_id = ? AND id = ?")
                .params(grund, mandant(), mail.id)
                .update();
    }

    /** What was given up of a person's mails goes out once more, as if it were new. */
    @Transactional
    void nocheinmal(UUID person) {
        datenbank.sql("""
                UPDATE meldungsmail SET aufgegeben = NULL, gebildet = now(), ab = now(), versuche = 0
                 WHERE mandant_id = ? AND person_id = ? AND aufgegeben <> '' AND gebildet > now() - interval '30 days'""").params(mandant(), person).update();
    }

    /** A year later nobody looks for them. */
    @Transactional
    void raeumeAuf() {
        datenbank
                .sql("DELETE FROM meldung WHERE mandant_id = ? AND id < ?")
                .params(mandant(), Kennung.zu(Instant.now().minus(Duration.ofDays(365))))
                .update();
        datenbank.sql("""
                DELETE FROM meldungsmail s WHERE s.mandant_id = ? AND s.gebildet < now() - interval '366 days'
                   AND NOT EXISTS (SELECT FROM meldung m WHERE m.mandant_id = s.mandant_id AND m.mail_id = s.id)""").param(mandant()).update();
    }

    /** The line broke, or the server is in no state to take any mail. */
    static final class Serverfehler extends RuntimeException {

        private final UUID mail;

        Serverfehler(UUID mail, MessagingException grund) {
            super(grund);
            this.mail = mail;
        }

        UUID mail() {
            return mail;
        }
    }
}
