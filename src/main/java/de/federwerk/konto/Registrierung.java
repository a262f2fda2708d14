package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.konto.Kontolinks.Zweck;
import de.federwerk.meldung.Buergerpost;
import de.federwerk.organisation.Passwortregel;
import de.federwerk.protokoll.Protokoll;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** A Konto begins, its address is proved, its forgotten password is set anew. Whether an address is known is told by mail only. */
@Component
public class Registrierung {

    private record Bekannt(UUID id, boolean bestaetigt) {}

    private final JdbcClient datenbank;
    private final Kontoamt amt;
    private final Kontolinks links;
    private final Buergerpost post;
    private final PasswordEncoder passwoerter;
    private final Protokoll protokoll;

    Registrierung(
            JdbcClient datenbank,
            Kontoamt amt,
            Kontolinks links,
            Buergerpost post,
            PasswordEncoder passwoerter,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.amt = amt;
        this.links = links;
        this.post = post;
        this.passwoerter = passwoerter;
        this.protokoll = protokoll;
    }

    /** Without mails nobody proves an address. */
    public boolean moeglich() {
        return post.moeglich();
    }

    /** As an address is kept and compared. */
    static String email(String getippt) {
        return getippt.strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Begins a Konto, or tells by mail that there is one. Whoever asks learns nothing of which it was; one that nobody has confirmed is begun anew,
     * so that nobody takes another's address away.
     *
     * @param stadt whose Portal it is, for the mail
     * @param adresse of the page for a secret
     * @throws Abgelehnt (EINGABE) if name, address or password will not do
     */
    public void registriere(String name, String getippt, String passwort, String stadt, UnaryOperator<String> adresse) {
        var email = email(getippt);
        if (name.isBlank() || name.length() > 200) {
            throw Abgelehnt.eingabe("Bitte geben Sie Ihren Namen ein.");
        }
        if (email.length() > 254 || !email.matches("[^\\s@,;<>\"]{1,64}@[^\\s@,;<>\"]{1,180}\\.[^\\s@,;<>\".]{2,20}")) {
            throw Abgelehnt.eingabe("Das ist keine E-Mail-Adresse. Sie sieht aus wie name@beispiel.de.");
        }
        Passwortregel.pruefe(passwort, email, name, stadt);
        var hash = String.valueOf(passwoerter.encode(passwort));
        try {
            amt.tu(() -> beginne(name.strip(), email, hash, stadt, adresse));
        } catch (DuplicateKeyException zugleich) {
            // Pressed twice: the other one has begun it, and its mail is on the way.
        }
    }

    private void beginne(String name, String email, String hash, String stadt, UnaryOperator<String> adresse) {
        var bekannt = datenbank
                .sql("""
                SELECT k.id, z.bestaetigt IS NOT NULL AS bestaetigt FROM konto k JOIN kontozugang z ON z.mandant_id = k.mandant_id AND z.konto_id = k.id
                 WHERE k.mandant_id = ? AND k.email = ? FOR UPDATE OF z""")
                .params(mandant(), email)
                .query(Bekannt.class)
                .optional()
                .orElse(null);
        if (bekannt != null && bekannt.bestaetigt) {
            links.schreibe(email, "Ihr Konto bei: " + stadt, """
                    Jemand wollte mit Ihrer E-Mail-Adresse ein Konto anlegen. Sie haben schon eines; es ist nichts geschehen.

                    Wenn Sie das waren und Ihr Passwort vergessen haben, wählen Sie beim Anmelden „Passwort vergessen“.""");
            return;
        }
        var id = bekannt == null ? Kennung.neu() : bekannt.id;
        if (bekannt == null) {
            datenbank
                    .sql("INSERT INTO konto (mandant_id, id, name, email) VALUES (?, ?, ?, ?)")
                    .params(mandant(), id, name, email)
                    .update();
            datenbank
                    .sql("INSERT INTO kontozugang (mandant_id, konto_id, passwort_hash) VALUES (?, ?, ?)")
                    .params(mandant(), id, hash)
                    .update();
            protokoll.schreibe(Protokoll.PROGRAMM, "konto.angelegt", id, null, Map.of());
        } else {
            datenbank
                    .sql("UPDATE konto SET name = ? WHERE mandant_id = ? AND id = ?")
                    .params(name, mandant(), id)
                    .update();
            datenbank
                    .sql("UPDATE kontozugang SET passwort_hash = ? WHERE mandant_id = ? AND konto_id = ?")
                    .params(hash, mandant(), id)
                    .update();
        }
        links.schreibe(email, "Bitte bestätigen Sie Ihre E-Mail-Adresse", """
                Für ein Konto bei: %s fehlt noch ein Schritt. Bitte öffnen Sie diese Seite und bestätigen Sie dort Ihre E-Mail-Adresse:

                %s

                Das geht 24 Stunden lang. Wenn Sie kein Konto anlegen wollten, brauchen Sie nichts zu tun.""".formatted(
                        stadt, adresse.apply(links.neu(id, Zweck.BESTAETIGEN))));
    }

    public boolean bestaetigbar(String geheimnis) {
        return amt.tu(() -> links.gilt(geheimnis, Zweck.BESTAETIGEN));
    }

    /**
     * Asks for the password as well: whoever begins a Konto with a stranger's address gains nothing by the stranger's click.
     *
     * @return whether it was still to be confirmed by this
     * @throws Abgelehnt (EINGABE) if the password is another one; the link is still good then
     */
    public boolean bestaetige(String geheimnis, String passwort) {
        var hash = amt.tu(() -> datenbank
                .sql("""
                SELECT z.passwort_hash FROM kontolink l JOIN kontozugang z ON z.mandant_id = l.mandant_id AND z.konto_id = l.konto_id
                 WHERE l.mandant_id = ? AND l.hash = ? AND l.zweck = 'bestaetigen' AND l.endet > now()""")
                .params(mandant(), Geheimnis.hash(geheimnis))
                .query(String.class)
                .optional());
        if (hash.isPresent() && !passwoerter.matches(passwort, hash.get())) {
            throw Abgelehnt.eingabe("Das ist nicht das Passwort, mit dem dieses Konto angelegt wurde.");
        }
        return amt.tu(() -> {
            var konto = links.loeseEin(geheimnis, Zweck.BESTAETIGEN);
            konto.ifPresent(id -> {
                datenbank
                        .sql(
                                "UPDATE kontozugang SET bestaetigt = coalesce(bestaetigt, now()) WHERE mandant_id = ? AND konto_id = ?")
                        .params(mandant(), id)
                        .update();
                protokoll.schreibe(Protokoll.PROGRAMM, "konto.bestaetigt", id, null, Map.of());
            });
            return konto.isPresent();
        });
    }

    /** A link by mail, where there is such a Konto; whoever asks learns nothing of that. */
    public void vergessen(String getippt, String stadt, UnaryOperator<String> adresse) {
        var email = email(getippt);
        amt.tu(() -> datenbank
                .sql("""
                SELECT k.id FROM konto k JOIN kontozugang z ON z.mandant_id = k.mandant_id AND z.konto_id = k.id
                 WHERE k.mandant_id = ? AND k.email = ? AND z.bestaetigt IS NOT NULL""")
                .params(mandant(), email)
                .query(UUID.class)
                .optional()
                .ifPresent(id -> links.schreibe(email, "Neues Passwort für Ihr Konto", """
                        Für Ihr Konto bei: %s wurde ein neues Passwort verlangt. Auf dieser Seite können Sie es setzen, eine Stunde lang:

                        %s

                        Ihren zweiten Faktor brauchen Sie beim Anmelden weiterhin. Wenn Sie das nicht waren, brauchen Sie nichts zu tun.""".formatted(
                                stadt, adresse.apply(links.neu(id, Zweck.PASSWORT))))));
    }

    public boolean passwortSetzbar(String geheimnis) {
        return amt.tu(() -> links.gilt(geheimnis, Zweck.PASSWORT));
    }

    /**
     * Sets the password by a link, and ends whatever was signed in.
     *
     * @return whether the link still opened it
     * @throws Abgelehnt (EINGABE) if the password will not do; the link is still good then
     */
    public boolean setzePasswort(String geheimnis, String passwort, String stadt) {
        // Whose it is shall not be told before the link is spent: only what everybody knows counts.
        Passwortregel.pruefe(passwort, "\0", "", stadt);
        var hash = String.valueOf(passwoerter.encode(passwort));
        return amt.tu(() -> {
            var konto = links.loeseEin(geheimnis, Zweck.PASSWORT);
            konto.ifPresent(id -> setze(id, hash));
            return konto.isPresent();
        });
    }

    void setze(UUID konto, String hash) {
        datenbank
                .sql(
                        "UPDATE kontozugang SET passwort_hash = ?, fehlversuche = 0, gesperrt_bis = NULL WHERE mandant_id = ? AND konto_id = ?")
                .params(hash, mandant(), konto)
                .update();
        for (var tabelle : new String[] {"kontositzung", "kontoanmeldung"}) {
            datenbank
                    .sql("DELETE FROM " + tabelle + " WHERE mandant_id = ? AND konto_id = ?")
                    .params(mandant(), konto)
                    .update();
        }
        protokoll.schreibe(Protokoll.PROGRAMM, "konto.passwort", konto, null, Map.of());
    }
}
