package de.federwerk.webdav;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Fehlversuche;
import de.federwerk.organisation.Mandanten;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whose program asks. Wrong attempts count as at the sign-in, per network address, and per person and address; apart from those there: some
 * programs with an old password must not shut the door on a whole town hall.
 */
@Component
class Kennwortpruefung {

    private static final Logger LOG = LoggerFactory.getLogger(Kennwortpruefung.class);
    /** A program with a password that was taken away asks a few times before it gives up. */
    private static final int JE_PERSON = 10;

    private static final int JE_ANSCHLUSS = 100;

    /** @param wer null: nobody @param gebremst too many have failed: not looked at */
    record Urteil(@Nullable Anmeldung wer, boolean gebremst) {

        static final Urteil NIEMAND = new Urteil(null, false);
        static final Urteil GEBREMST = new Urteil(null, true);
    }

    private final AppKennwoerter kennwoerter;
    private final Mandanten mandanten;
    private final Fehlversuche jeAnschluss = new Fehlversuche(JE_ANSCHLUSS);
    private final Fehlversuche jePerson = new Fehlversuche(JE_PERSON);

    Kennwortpruefung(AppKennwoerter kennwoerter, Mandanten mandanten) {
        this.kennwoerter = kennwoerter;
        this.mandanten = mandanten;
    }

    Urteil pruefe(HttpServletRequest anfrage) {
        var paar = paar(anfrage.getHeader("Authorization"));
        int trenner = paar.indexOf(':');
        if (trenner < 0 || paar.length() > 400) {
            return Urteil.NIEMAND;
        }
        var eingabe = paar.substring(0, trenner).strip().toLowerCase(Locale.ROOT);
        var adresse = anfrage.getRemoteAddr();
        var person = eingabe + " " + adresse;
        if (jeAnschluss.gesperrt(adresse) || jePerson.gesperrt(person)) {
            return Urteil.GEBREMST;
        }
        int at = eingabe.lastIndexOf('@');
        var mandant = mandanten.gemeint(at < 0 ? "" : eingabe.substring(at + 1), anfrage.getServerName());
        var wer = mandant.flatMap(m -> Mandantenkontext.als(
                m.id(),
                () -> kennwoerter.pruefe(at < 0 ? eingabe : eingabe.substring(0, at), paar.substring(trenner + 1))));
        if (wer.isEmpty()) {
            jeAnschluss.zaehle(adresse);
            jePerson.zaehle(person);
            // Never what was sent.
            LOG.info("WebDAV-Anmeldung von {} abgewiesen", adresse);
        }
        return new Urteil(wer.orElse(null), false);
    }

    private static String paar(@Nullable String kopf) {
        if (kopf == null || !kopf.regionMatches(true, 0, "Basic ", 0, 6)) {
            return "";
        }
        try {
            return new String(Base64.getDecoder().decode(kopf.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
