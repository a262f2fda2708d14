package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Passwortregel;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Whoever is signed in: how long, where else, and what she does with her Konto. A session is named by its hash. */
@Component
public class Kontositzungen {

    /** The person herself, for whomever she acts. */
    public record Wer(UUID id, String name, String email) {}

    /** @param diese whether it is the one that asks */
    public record Sitzung(String geraet, Instant angelegt, Instant zuletzt, boolean diese) {}

    private record Zeile(UUID id, String name, String email, String passwortHash) {}

    private final JdbcClient datenbank;
    private final Kontoamt amt;
    private final Registrierung registrierung;
    private final PasswordEncoder passwoerter;
    private final Protokoll protokoll;
    private final ApplicationEventPublisher ereignisse;

    Kontositzungen(
            JdbcClient datenbank,
            Kontoamt amt,
            Registrierung registrierung,
            PasswordEncoder passwoerter,
            Protokoll protokoll,
            ApplicationEventPublisher ereignisse) {
        this.datenbank = datenbank;
        this.amt = amt;
        this.registrierung = registrierung;
        this.passwoerter = passwoerter;
        this.protokoll = protokoll;
        this.ereignisse = ereignisse;
    }

    /** Who it is; the session lasts half an hour from now on, and eight in all. Empty if it is over. */
    public Optional<Wer> wer(String sitzung) {
        if (sitzung.isEmpty()) {
            return Optional.empty();
        }
        return amt.tu(() -> {
            datenbank.sql("""
                    UPDATE kontositzung SET zuletzt = now(), endet = least(now() + interval '30 minutes', angelegt + interval '8 hours')
                     WHERE mandant_id = ? AND schluessel = ? AND endet > now() AND zuletzt < now() - interval '1 minute'""").params(mandant(), sitzung).update();
            return zeile(sitzung).map(z -> new Wer(z.id, z.name, z.email));
        });
    }

    private Optional<Zeile> zeile(String sitzung) {
        return datenbank.sql("""
                SELECT k.id, k.name, k.email, z.passwort_hash FROM kontositzung s
                  JOIN konto k ON k.mandant_id = s.mandant_id AND k.id = s.konto_id
                  JOIN kontozugang z ON z.mandant_id = s.mandant_id AND z.konto_id = s.konto_id
                 WHERE s.mandant_id = ? AND s.schluessel = ? AND s.endet > now()""").params(mandant(), sitzung).query(Zeile.class).optional();
    }

    public List<Sitzung> alle(String sitzung) {
        return amt.tu(() -> datenbank
                .sql("""
                SELECT a.geraet, a.angelegt, a.zuletzt, a.schluessel = s.schluessel AS diese FROM kontositzung s
                  JOIN kontositzung a ON a.mandant_id = s.mandant_id AND a.konto_id = s.konto_id
                 WHERE s.mandant_id = ? AND s.schluessel = ? AND s.endet > now() AND a.endet > now() ORDER BY a.zuletzt DESC LIMIT 50""")
                .params(mandant(), sitzung)
                .query(Sitzung.class)
                .list());
    }

    public void meldeAb(String sitzung) {
        amt.tu(() -> datenbank
                .sql("DELETE FROM kontositzung WHERE mandant_id = ? AND schluessel = ?")
                .params(mandant(), sitzung)
                .update());
    }

    /** All others of the same Konto. */
    public void meldeAndereAb(String sitzung) {
        amt.tu(() -> datenbank.sql("""
                DELETE FROM kontositzung a USING kontositzung s
                 WHERE s.mandant_id = ? AND s.schluessel = ? AND s.endet > now()
                   AND a.mandant_id = s.mandant_id AND a.konto_id = s.konto_id AND a.schluessel <> s.schluessel""").params(mandant(), sitzung).update());
    }

    /** All sessions end with it. @throws Abgelehnt (EINGABE) if the old one is wrong or the new one will not do */
    public void aenderePasswort(String sitzung, String altes, String neues, String stadt) {
        var zeile = mitPasswort(sitzung, altes);
        Passwortregel.pruefe(neues, zeile.email, zeile.name, stadt);
        var hash = String.valueOf(passwoerter.encode(neues));
        amt.tu(() -> registrierung.setze(zeile.id, hash));
    }

    private Zeile mitPasswort(String sitzung, String passwort) {
        var zeile = amt.tu(() -> zeile(sitzung));
        if (zeile.isEmpty() || !passwoerter.matches(passwort, zeile.get().passwortHash)) {
            throw Abgelehnt.eingabe("Das Passwort stimmt nicht. Es wurde nichts geändert.");
        }
        return zeile.get();
    }

    /** Nothing personal is left of it here; what was sent lies in the Akten and stays there. @throws Abgelehnt (EINGABE) if the password is wrong */
    public void loesche(String sitzung, String passwort) {
        var konto = mitPasswort(sitzung, passwort).id;
        amt.tu(() -> {
            datenbank
                    .sql("DELETE FROM kontositzung WHERE mandant_id = ? AND konto_id = ?")
                    .params(mandant(), konto)
                    .update();
            datenbank
                    .sql("DELETE FROM kontozugang WHERE mandant_id = ? AND konto_id = ?")
                    .params(mandant(), konto)
                    .update();
            datenbank
                    .sql("UPDATE konto SET name = '', email = NULL, geloescht = now() WHERE mandant_id = ? AND id = ?")
                    .params(mandant(), konto)
                    .update();
            protokoll.schreibe(Protokoll.PROGRAMM, "konto.geloescht", konto, null, Map.of());
            ereignisse.publishEvent(new KontoGeloescht(konto));
        });
    }
}
