package de.federwerk.meldung;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * The mail about some Meldungen. Its head is made of our own constants, checked addresses and numbers: nothing that anybody typed gets into
 * it. The subject says nothing of the matter, because it is seen on lock screens.
 *
 * @param gesamt how many Meldungen it is about; {@code zeilen} are the newest of them
 */
record Mailbrief(UUID id, Instant gebildet, String name, String mandant, long gesamt, List<Zeile> zeilen) {

    /** As many stand in a mail one by one. */
    static final int ZEILEN = 30;

    record Zeile(UUID id, Meldungsart art, String titel) {}

    /** The same mail at each attempt: programs that see a Message-ID again show it once. */
    MimeMessage an(InternetAddress adresse, Mailserver server) throws MessagingException {
        var brief = new MitKennung(server.sitzung(), "<meldungen." + id + "@" + server.haus() + ">");
        brief.setFrom(server.absender());
        brief.setRecipient(MimeMessage.RecipientType.TO, adresse);
        brief.setSubject("Federwerk: " + anzahl(), "UTF-8");
        brief.setText(text(server.seite()), "UTF-8");
        brief.setSentDate(Date.from(gebildet));
        // Nobody's out-of-office note answers (RFC 3834; the second is for Exchange).
        brief.setHeader("Auto-Submitted", "auto-generated");
        brief.setHeader("X-Auto-Response-Suppress", "All");
        brief.saveChanges();
        return brief;
    }

    private String anzahl() {
        return gesamt == 1 ? "1 neue Meldung" : gesamt + " neue Meldungen";
    }

    private String text(String seite) {
        var text = new StringBuilder("Guten Tag ").append(name).append(",\n\n");
        text.append("für Sie gibt es ")
                .append(anzahl())
                .append(" (")
                .append(mandant)
                .append("):\n\n");
        for (var zeile : zeilen) {
            text.append("– ")
                    .append(zeile.art.wort())
                    .append(": ")
                    .append(zeile.titel)
                    .append('\n');
            text.append("  ")
                    .append(seite)
                    .append("/meldungen/")
                    .append(zeile.id)
                    .append("\n\n");
        }
        if (gesamt > zeilen.size()) {
            text.append("… und ").append(gesamt - zeilen.size()).append(" weitere.\n\n");
        }
        return text.append("Alle Meldungen, und was Sie davon per E-Mail bekommen: ")
                .append(seite)
                .append(
                        "/meldungen\n\nDiese Nachricht hat Federwerk von selbst verschickt. Bitte antworten Sie nicht darauf.\n")
                .toString();
    }

    /** Jakarta Mail gives each message a new Message-ID when it is finished. */
    static final class MitKennung extends MimeMessage {

        private final String kennung;

        MitKennung(Session sitzung, String kennung) {
            super(sitzung);
            this.kennung = kennung;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", kennung);
        }
    }
}
