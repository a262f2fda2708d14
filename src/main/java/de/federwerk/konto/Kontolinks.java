package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Kennung;
import de.federwerk.meldung.Buergerpost;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Links by mail that open something once. Within a transaction of {@link Kontoamt}. */
@Component
class Kontolinks {

    enum Zweck {
        BESTAETIGEN(Duration.ofHours(24)),
        PASSWORT(Duration.ofHours(1));

        private final Duration dauer;

        Zweck(Duration dauer) {
            this.dauer = dauer;
        }

        String kennung() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Mails to one address in a day: nobody fills a stranger's mailbox with ours. */
    private static final int MAILS = 5;

    private final JdbcClient datenbank;
    private final Buergerpost post;

    Kontolinks(JdbcClient datenbank, Buergerpost post) {
        this.datenbank = datenbank;
        this.post = post;
    }

    /** A new one; those before for the same purpose are good no more. @return the secret */
    String neu(UUID konto, Zweck zweck) {
        datenbank
                .sql("DELETE FROM kontolink WHERE mandant_id = ? AND konto_id = ? AND zweck = ?")
                .params(mandant(), konto, zweck.kennung())
                .update();
        var geheimnis = Geheimnis.neu();
        datenbank
                .sql("INSERT INTO kontolink (mandant_id, hash, konto_id, zweck, endet) VALUES (?, ?, ?, ?, ?)")
                .params(
                        mandant(),
                        Geheimnis.hash(geheimnis),
                        konto,
                        zweck.kennung(),
                        Timestamp.from(Instant.now().plus(zweck.dauer)))
                .update();
        return geheimnis;
    }

    /** Whether it would open something. */
    boolean gilt(String geheimnis, Zweck zweck) {
        return datenbank
                        .sql(
                                "SELECT count(*) FROM kontolink WHERE mandant_id = ? AND hash = ? AND zweck = ? AND endet > now()")
                        .params(mandant(), Geheimnis.hash(geheimnis), zweck.kennung())
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whose it was; it is nobody's any more. */
    Optional<UUID> loeseEin(String geheimnis, Zweck zweck) {
        return datenbank
                .sql(
                        "DELETE FROM kontolink WHERE mandant_id = ? AND hash = ? AND zweck = ? AND endet > now() RETURNING konto_id")
                .params(mandant(), Geheimnis.hash(geheimnis), zweck.kennung())
                .query(UUID.class)
                .optional();
    }

    /** Says nothing where too many went to this address today. */
    void schreibe(String email, String betreff, String text) {
        var heute = datenbank
                .sql(
                        "SELECT count(*) FROM buergermail WHERE mandant_id = ? AND lower(email) = ? AND gebildet > now() - interval '1 day'")
                .params(mandant(), email)
                .query(Long.class)
                .single();
        if (heute < MAILS) {
            post.sende(Kennung.neu(), email, betreff, text);
        }
    }
}
