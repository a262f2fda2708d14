package de.federwerk.postfach;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Sprache;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Werte;
import de.federwerk.meldung.Buergerpost;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The mail that says that there is something in the Postfach, and not what: mails are read on lock screens and by providers. */
@Component
class Benachrichtigung {

    private record Empfaenger(
            boolean imKonto,
            @Nullable String email,
            UUID formularfassungId,
            String werte,
            String sprache,
            String stadt) {}

    private final JdbcClient datenbank;
    private final Formulare formulare;
    private final Buergerpost post;
    private final String portal;

    Benachrichtigung(
            JdbcClient datenbank,
            Formulare formulare,
            Buergerpost post,
            @Value("${federwerk.portal.adresse:}") String portal) {
        this.datenbank = datenbank;
        this.formulare = formulare;
        this.post = post;
        this.portal = portal.strip().replaceAll("/+$", "");
    }

    /** In the transaction that writes the message; with no mail server, or nobody's address, nothing. @param nachricht also id of the mail */
    void sage(UUID nachricht, UUID antrag) {
        if (!post.moeglich()) {
            return;
        }
        var an = datenbank
                .sql("""
                SELECT a.konto_id IS NOT NULL AS im_konto, k.email, a.formularfassung_id, a.werte::text AS werte, a.sprache, m.name AS stadt
                  FROM antrag a JOIN mandant m ON m.id = a.mandant_id
                  LEFT JOIN konto k ON k.mandant_id = a.mandant_id AND k.id = a.konto_id
                 WHERE a.mandant_id = ? AND a.id = ?""")
                .params(mandant(), antrag)
                .query(Empfaenger.class)
                .single();
        var sprache = Sprache.von(an.sprache);
        adresse(an).ifPresent(adresse -> post.sende(nachricht, adresse, betreff(sprache, an.stadt), text(sprache, an)));
    }

    /** That of the Konto, which was confirmed; without one, that in the form. */
    private Optional<String> adresse(Empfaenger an) {
        if (an.imKonto) {
            return Optional.ofNullable(an.email);
        }
        return formulare.fassung(an.formularfassungId).formular().angaben(Werte.aus(an.werte)).stream()
                .filter(a -> a.art() == Feldart.EMAIL && a.wert() instanceof String s && !s.isBlank())
                .map(a -> String.valueOf(a.wert()))
                .findFirst();
    }

    private static String betreff(Sprache sprache, String stadt) {
        return stadt + ": "
                + sprache.wort("Neue Nachricht in Ihrem Postfach", "New message in your inbox", "Sie haben Post");
    }

    private String text(Sprache sprache, Empfaenger an) {
        var text = sprache.wort(
                "Guten Tag,\n\nin Ihrem Postfach (" + an.stadt + ") liegt eine neue Nachricht.\n\n",
                "Hello,\n\nthere is a new message in your inbox (" + an.stadt + ").\n\n",
                "Guten Tag,\n\nSie haben eine neue Nachricht von: " + an.stadt + ".\n\n");
        if (!portal.isEmpty()) {
            text += sprache.wort("Hier lesen Sie sie: ", "Read it here: ", "Hier können Sie die Nachricht lesen: ")
                    + portal + (an.imKonto ? "/portal/postfach" : "/portal/status") + "\n";
        }
        if (!an.imKonto) {
            text += sprache.wort(
                    "Dafür brauchen Sie den Status-Code, den Sie beim Absenden bekommen haben.\n",
                    "You need the status code that you were given when you sent your application.\n",
                    "Sie brauchen dafür Ihren Code.\n");
        }
        return text
                + sprache.wort(
                        "\nWorum es geht, steht absichtlich nicht in dieser E-Mail. Bitte antworten Sie nicht darauf.\n",
                        "\nThis mail deliberately does not say what it is about. Please do not reply to it.\n",
                        "\nBitte antworten Sie nicht auf diese E-Mail.\n");
    }
}
