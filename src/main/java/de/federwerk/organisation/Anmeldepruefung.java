package de.federwerk.organisation;

import de.federwerk.basis.Mandantenkontext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Checks name and password. Unknown, wrong and locked look the same from outside, also in time; five wrong attempts lock the
 * person for a quarter of an hour.
 */
@Component
class Anmeldepruefung implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(Anmeldepruefung.class);

    static final int FEHLVERSUCHE = 5;
    private static final Duration SPERRE = Duration.ofMinutes(15);

    private record Zugang(UUID person, UUID pseudonym, String name, String hash, boolean gesperrt) {}

    private final Mandanten mandanten;
    private final JdbcClient datenbank;
    private final TransactionTemplate transaktion;
    private final PasswordEncoder passwoerter;
    private final Fehlversuche fehlversuche;
    private final Anmeldeverzeichnis verzeichnis;
    private final @Nullable String blindhash;

    Anmeldepruefung(
            Mandanten mandanten,
            JdbcClient datenbank,
            TransactionTemplate transaktion,
            PasswordEncoder passwoerter,
            Fehlversuche fehlversuche,
            Anmeldeverzeichnis verzeichnis) {
        this.verzeichnis = verzeichnis;
        this.fehlversuche = fehlversuche;
        this.mandanten = mandanten;
        this.datenbank = datenbank;
        this.transaktion = transaktion;
        this.passwoerter = passwoerter;
        // Somebody unknown costs as much time as somebody known.
        this.blindhash = passwoerter.encode(UUID.randomUUID().toString());
    }

    @Override
    public Authentication authenticate(Authentication versuch) {
        var eingabe = versuch.getName().strip().toLowerCase(Locale.ROOT);
        var passwort = String.valueOf(versuch.getCredentials());
        var adresse = anfrage().map(HttpServletRequest::getRemoteAddr).orElse("");
        if (fehlversuche.gesperrt(adresse)) {
            LOG.warn("Anmeldung von {} abgewiesen: zu viele Fehlversuche", adresse);
            throw new AuthenticationServiceException("Zu viele Fehlversuche");
        }
        var at = eingabe.lastIndexOf('@');
        var name = at < 0 ? eingabe : eingabe.substring(0, at);
        var mandant = name.length() > 100 || passwort.length() > 200
                ? null
                : mandanten
                        .gemeint(
                                at < 0 ? "" : eingabe.substring(at + 1),
                                anfrage().map(HttpServletRequest::getServerName).orElse(""))
                        .orElse(null);
        var anmeldung =
                mandant == null ? null : Mandantenkontext.als(mandant.id(), () -> pruefe(mandant.id(), name, passwort));
        if (anmeldung == null) {
            if (mandant == null) {
                passwoerter.matches(passwort, blindhash);
            }
            fehlversuche.zaehle(adresse);
            // Never what was typed: people type their password into the field above it.
            LOG.info("Anmeldung von {} abgewiesen", adresse);
            throw new BadCredentialsException("Anmeldung abgewiesen");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                anmeldung, null, List.of(new SimpleGrantedAuthority("PERSON")));
    }

    /** Counts first, checks then: no connection is held while Argon2 works, and a hundred attempts at once are still counted one by one. */
    @SuppressWarnings("NullAway") // does not see that a TransactionCallback may give null
    private @Nullable Anmeldung pruefe(UUID mandant, String name, String passwort) {
        var zugang = transaktion.execute(t -> zaehle(mandant, name));
        var passt = passwoerter.matches(passwort, zugang == null ? blindhash : zugang.hash());
        if (zugang == null || zugang.gesperrt() || !stimmt(mandant, zugang.person(), passwort, passt)) {
            return null;
        }
        transaktion.executeWithoutResult(t -> datenbank
                .sql("UPDATE zugang SET fehlversuche = 0, gesperrt_bis = NULL WHERE mandant_id = ? AND person_id = ?")
                .params(mandant, zugang.person())
                .update());
        return new Anmeldung(mandant, zugang.person(), zugang.pseudonym(), zugang.name());
    }

    private boolean stimmt(UUID mandant, UUID person, String passwort, boolean hier) {
        try {
            return verzeichnis.stimmt(person, passwort, hier);
        } catch (Anmeldeverzeichnis.Ausfall e) {
            // Nobody has looked at the password: the attempt does not count.
            transaktion.executeWithoutResult(t -> datenbank
                    .sql(
                            "UPDATE zugang SET fehlversuche = greatest(fehlversuche - 1, 0) WHERE mandant_id = ? AND person_id = ?")
                    .params(mandant, person)
                    .update());
            throw e;
        }
    }

    /** The attempt counts as failed until it has succeeded; the fifth in a row locks. */
    private @Nullable Zugang zaehle(UUID mandant, String name) {
        var zugang = datenbank
                .sql("""
                SELECT p.id AS person, p.pseudonym, trim(p.vorname || ' ' || p.nachname) AS name, z.passwort_hash AS hash,
                       coalesce(z.gesperrt_bis > now(), false) AS gesperrt
                  FROM person p JOIN zugang z ON z.mandant_id = p.mandant_id AND z.person_id = p.id
                 WHERE p.mandant_id = ? AND p.anmeldename = ? AND p.art = 'mensch' AND gilt(p.gueltig_von, p.gueltig_bis)
                   FOR UPDATE OF z""")
                .params(mandant, name)
                .query(Zugang.class)
                .optional()
                .orElse(null);
        if (zugang != null && !zugang.gesperrt()) {
            datenbank
                    .sql("""
                    UPDATE zugang SET fehlversuche = f.zahl, gesperrt_bis = CASE WHEN f.zahl >= :grenze THEN now() + make_interval(secs => :sperre) END
                      FROM (SELECT CASE WHEN gesperrt_bis IS NULL THEN fehlversuche + 1 ELSE 1 END AS zahl FROM zugang WHERE mandant_id = :m AND person_id = :p) f
                     WHERE mandant_id = :m AND person_id = :p""")
                    .param("grenze", FEHLVERSUCHE)
                    .param("sperre", SPERRE.toSeconds())
                    .param("m", mandant)
                    .param("p", zugang.person())
                    .update();
        }
        return zugang;
    }

    private static Optional<HttpServletRequest> anfrage() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes anfrage
                ? Optional.of(anfrage.getRequest())
                : Optional.empty();
    }

    @Override
    public boolean supports(Class<?> art) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(art);
    }
}
