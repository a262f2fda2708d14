package de.federwerk.meldung;

import static de.federwerk.basis.Mandantenkontext.mandant;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Mails to citizens. What is handed over here is sent once the transaction has committed, tried again while the mail server is away, and given up
 * without harm where an address does not exist: it must only ever say that there is something, never be the only place where it is.
 */
@Component
public class Buergerpost {

    private final JdbcClient datenbank;
    private final Mailserver mailserver;
    private final Mailversand versand;

    Buergerpost(JdbcClient datenbank, Mailserver mailserver, Mailversand versand) {
        this.datenbank = datenbank;
        this.mailserver = mailserver;
        this.versand = versand;
    }

    /** Whether this town sends mails at all; if not, nothing is to be promised. */
    public boolean moeglich() {
        return mailserver.eingerichtet();
    }

    /**
     * Also with a citizen's rights. Handed over twice under one id, it is sent once.
     *
     * @param betreff in one line, and nothing of the matter: it is seen on lock screens
     * @param text plain
     * @return whether it will be tried: not without a mail server, nor to what is no address
     */
    @Transactional
    public boolean sende(UUID id, String email, String betreff, String text) {
        var adresse = Mailserver.gueltig(email);
        if (!moeglich() || adresse.isEmpty()) {
            return false;
        }
        datenbank
                .sql(
                        "INSERT INTO buergermail (mandant_id, id, email, betreff, text) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                .params(mandant(), id, adresse.get().getAddress(), Meldungen.einzeilig(betreff, 200), text)
                .update();
        versand.weckeNachCommit();
        return true;
    }
}
