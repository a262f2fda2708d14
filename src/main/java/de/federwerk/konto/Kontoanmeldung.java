package de.federwerk.konto;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.anmeldung.Einmalcode;
import de.federwerk.anmeldung.Tresor;
import de.federwerk.organisation.Personen;
import de.federwerk.protokoll.Protokoll;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/** Signing in: the password, then a code of an app or one from the list. Unknown and wrong are the same answer, after the same reckoning. */
@Component
public class Kontoanmeldung {

    /** Wrong ones in a row, until nobody signs in for a quarter of an hour. */
    static final int VERSUCHE = 10;

    /** Wrong codes of one sign-in, which then begins anew. */
    private static final int CODES = 5;

    private static final int ERSATZCODES = 10;

    /**
     * Who has shown the password.
     *
     * @param geheimnis for an app that is set up just now; null where one is
     */
    public record Halb(UUID konto, String name, byte @Nullable [] geheimnis) {}

    /** @param sitzung secret of the session @param ersatzcodes shown once, where the second factor is new; else empty */
    public record Angemeldet(String sitzung, List<String> ersatzcodes) {}

    private record Zugang(UUID id, String passwortHash, boolean bestaetigt, boolean gesperrt) {}

    private record Zeile(
            UUID kontoId,
            String name,
            byte @Nullable [] totpNeu,
            byte @Nullable [] totp,
            long totpSchritt,
            int versuche) {}

    private final JdbcClient datenbank;
    private final Kontoamt amt;
    private final PasswordEncoder passwoerter;
    private final Tresor tresor;
    private final Personen personen;
    private final Protokoll protokoll;
    /** Of nobody's password: an unknown address takes as long as a known one. */
    private final String niemandes;

    Kontoanmeldung(
            JdbcClient datenbank,
            Kontoamt amt,
            PasswordEncoder passwoerter,
            Tresor tresor,
            Personen personen,
            Protokoll protokoll) {
        this.datenbank = datenbank;
        this.amt = amt;
        this.passwoerter = passwoerter;
        this.tresor = tresor;
        this.personen = personen;
        this.protokoll = protokoll;
        this.niemandes = String.valueOf(passwoerter.encode(Geheimnis.neu()));
    }

    /** @return what this browser keeps until the second factor; empty for all that is wrong */
    public Optional<String> beginne(String getippt, String passwort) {
        var email = Registrierung.email(getippt);
        var zugang = amt.tu(() ->
                datenbank.sql("""
                SELECT k.id, z.passwort_hash, z.bestaetigt IS NOT NULL AS bestaetigt, coalesce(z.gesperrt_bis > now(), false) AS gesperrt
                  FROM konto k JOIN kontozugang z ON z.mandant_id = k.mandant_id AND z.konto_id = k.id WHERE k.mandant_id = ? AND k.email = ?""").params(mandant(), email).query(Zugang.class).optional());
        // Reckoned in any case, and before it is asked whether it counts.
        boolean passt =
                passwoerter.matches(passwort, zugang.map(Zugang::passwortHash).orElse(niemandes));
        if (zugang.isEmpty() || zugang.get().gesperrt || !zugang.get().bestaetigt) {
            return Optional.empty();
        }
        var konto = zugang.get().id;
        return amt.tu(() -> {
            if (!passt) {
                zaehleFehler(konto);
                return Optional.empty();
            }
            raeumeAuf();
            var geheimnis = Geheimnis.neu();
            datenbank
                    .sql(
                            "INSERT INTO kontoanmeldung (mandant_id, hash, konto_id, endet) VALUES (?, ?, ?, now() + interval '10 minutes')")
                    .params(mandant(), Geheimnis.hash(geheimnis), konto)
                    .update();
            return Optional.of(geheimnis);
        });
    }

    private void zaehleFehler(UUID konto) {
        datenbank
                .sql("""
                UPDATE kontozugang SET fehlversuche = CASE WHEN fehlversuche + 1 >= :n THEN 0 ELSE fehlversuche + 1 END,
                       gesperrt_bis = CASE WHEN fehlversuche + 1 >= :n THEN now() + interval '15 minutes' ELSE gesperrt_bis END
                 WHERE mandant_id = :m AND konto_id = :konto""")
                .param("n", VERSUCHE)
                .param("m", mandant())
                .param("konto", konto)
                .update();
    }

    private void raeumeAuf() {
        vergissUnbestaetigte();
        for (var tabelle : new String[] {"kontoanmeldung", "kontositzung", "kontolink"}) {
            datenbank
                    .sql("DELETE FROM " + tabelle + " WHERE mandant_id = ? AND endet < now()")
                    .param(mandant())
                    .update();
        }
    }

    /** Who never confirmed is forgotten with the link, so that the address is free again. */
    private void vergissUnbestaetigte() {
        datenbank.sql("""
                WITH alte AS (
                    DELETE FROM kontozugang z WHERE z.mandant_id = :m AND z.bestaetigt IS NULL
                       AND NOT EXISTS (SELECT FROM kontolink l WHERE l.mandant_id = z.mandant_id AND l.konto_id = z.konto_id AND l.endet > now()) RETURNING z.konto_id)
                UPDATE konto SET name = '', email = NULL, geloescht = now() WHERE mandant_id = :m AND id IN (SELECT konto_id FROM alte)""").param("m", mandant()).update();
    }

    /** Empty if it took too long or went wrong too often. Where no app is set up, one is offered, the same each time. */
    public Optional<Halb> halb(String geheimnis) {
        return amt.tu(() -> zeile(geheimnis).map(z -> {
            if (z.totp != null) {
                return new Halb(z.kontoId, z.name, null);
            }
            var neues = z.totpNeu == null ? Optional.<byte[]>empty() : tresor.oeffne(mandant(), z.kontoId, z.totpNeu);
            var klar = neues.orElseGet(() -> {
                var frisch = Tresor.zufall(Einmalcode.GEHEIMNIS);
                datenbank
                        .sql("UPDATE kontoanmeldung SET totp_neu = ? WHERE mandant_id = ? AND hash = ?")
                        .params(tresor.verschliesse(mandant(), z.kontoId, frisch), mandant(), Geheimnis.hash(geheimnis))
                        .update();
                return frisch;
            });
            return new Halb(z.kontoId, z.name, klar);
        }));
    }

    /** Held: of two who show the same code at once one waits, and then it is used. None while the Konto is closed: many begun sign-ins are no more tries. */
    private Optional<Zeile> zeile(String geheimnis) {
        return datenbank
                .sql("""
                SELECT a.konto_id, k.name, a.totp_neu, z.totp, z.totp_schritt, a.versuche FROM kontoanmeldung a
                  JOIN konto k ON k.mandant_id = a.mandant_id AND k.id = a.konto_id
                  JOIN kontozugang z ON z.mandant_id = a.mandant_id AND z.konto_id = a.konto_id
                 WHERE a.mandant_id = ? AND a.hash = ? AND a.endet > now() AND k.geloescht IS NULL AND coalesce(z.gesperrt_bis <= now(), true) FOR UPDATE OF a, z""")
                .params(mandant(), Geheimnis.hash(geheimnis))
                .query(Zeile.class)
                .optional();
    }

    /**
     * Shows the second factor.
     *
     * @param geraet what the browser calls itself, for the list of sessions
     * @return the session; empty if the code was wrong, used before, or the sign-in is over
     */
    public Optional<Angemeldet> bestehe(String geheimnis, String code, String geraet) {
        return amt.tu(() -> zeile(geheimnis).flatMap(z -> {
            boolean neu = z.totp == null;
            if (!(neu ? richteEin(z, code) : stimmt(z, code))) {
                verfehlt(geheimnis, z);
                return Optional.empty();
            }
            datenbank
                    .sql("DELETE FROM kontoanmeldung WHERE mandant_id = ? AND konto_id = ?")
                    .params(mandant(), z.kontoId)
                    .update();
            datenbank
                    .sql(
                            "UPDATE kontozugang SET fehlversuche = 0, gesperrt_bis = NULL WHERE mandant_id = ? AND konto_id = ?")
                    .params(mandant(), z.kontoId)
                    .update();
            var sitzung = Geheimnis.neu();
            datenbank
                    .sql("""
                    INSERT INTO kontositzung (mandant_id, schluessel, konto_id, geraet, endet) VALUES (?, ?, ?, ?, now() + interval '30 minutes')""")
                    .params(
                            mandant(),
                            Geheimnis.hash(sitzung),
                            z.kontoId,
                            geraet.substring(0, Math.min(200, geraet.length())))
                    .update();
            protokoll.schreibe(Protokoll.PROGRAMM, "konto.angemeldet", z.kontoId, null, Map.of());
            return Optional.of(new Angemeldet(sitzung, neu ? stelleErsatzcodesAus(z.kontoId) : List.of()));
        }));
    }

    private void verfehlt(String geheimnis, Zeile z) {
        zaehleFehler(z.kontoId);
        datenbank
                .sql(
                        z.versuche + 1 >= CODES
                                ? "DELETE FROM kontoanmeldung WHERE mandant_id = ? AND hash = ?"
                                : "UPDATE kontoanmeldung SET versuche = versuche + 1 WHERE mandant_id = ? AND hash = ?")
                .params(mandant(), Geheimnis.hash(geheimnis))
                .update();
    }

    private boolean richteEin(Zeile z, String code) {
        var klar = z.totpNeu == null ? Optional.<byte[]>empty() : tresor.oeffne(mandant(), z.kontoId, z.totpNeu);
        if (klar.isEmpty()) {
            return false;
        }
        var schritt = Einmalcode.passend(klar.get(), ziffern(code), Instant.now());
        schritt.ifPresent(s -> datenbank
                .sql("UPDATE kontozugang SET totp = ?, totp_schritt = ? WHERE mandant_id = ? AND konto_id = ?")
                .params(tresor.verschliesse(mandant(), z.kontoId, klar.get()), s, mandant(), z.kontoId)
                .update());
        return schritt.isPresent();
    }

    private boolean stimmt(Zeile z, String code) {
        var schritt = z.totp == null
                ? java.util.OptionalLong.empty()
                : tresor.oeffne(mandant(), z.kontoId, z.totp)
                        .map(klar -> Einmalcode.passend(klar, ziffern(code), Instant.now()))
                        .orElse(java.util.OptionalLong.empty());
        if (schritt.isPresent()) {
            return datenbank
                            .sql(
                                    "UPDATE kontozugang SET totp_schritt = ? WHERE mandant_id = ? AND konto_id = ? AND totp_schritt < ?")
                            .params(schritt.getAsLong(), mandant(), z.kontoId, schritt.getAsLong())
                            .update()
                    == 1;
        }
        return datenbank
                        .sql("DELETE FROM kontoersatzcode WHERE mandant_id = ? AND konto_id = ? AND hash = ?")
                        .params(mandant(), z.kontoId, ersatzhash(z.kontoId, code))
                        .update()
                == 1;
    }

    private static String ziffern(String code) {
        return code.replaceAll("\\s", "");
    }

    private List<String> stelleErsatzcodesAus(UUID konto) {
        var codes =
                Stream.generate(personen::anfangspasswort).limit(ERSATZCODES).toList();
        for (var code : codes) {
            datenbank
                    .sql("INSERT INTO kontoersatzcode (mandant_id, konto_id, hash) VALUES (?, ?, ?)")
                    .params(mandant(), konto, ersatzhash(konto, code))
                    .update();
        }
        return codes;
    }

    private static String ersatzhash(UUID konto, String code) {
        return Geheimnis.hash(konto + "/" + code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }
}
