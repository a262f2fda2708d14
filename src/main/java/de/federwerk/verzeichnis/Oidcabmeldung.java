package de.federwerk.verzeichnis;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.verzeichnis.Oidcanbieter.Anbieterfehler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;

/** Whoever came in by the provider is signed out there, too (OpenID Connect RP-Initiated Logout), if it offers that. */
@Component
class Oidcabmeldung implements LogoutHandler, LogoutSuccessHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Oidcabmeldung.class);
    private static final String AUSWEIS = "federwerk.oidc.ausweis";
    private static final String ZIEL = "federwerk.oidc.abmeldung";

    /** @param aussteller who gave the token: nobody else gets it back */
    private record Ausweis(UUID mandant, String aussteller, String idToken) implements Serializable {

        @Override
        public String toString() {
            return "Ausweis von " + mandant;
        }
    }

    private final Verzeichniseinstellungen einstellungen;
    private final Oidcanbieter anbieter;

    Oidcabmeldung(Verzeichniseinstellungen einstellungen, Oidcanbieter anbieter) {
        this.einstellungen = einstellungen;
        this.anbieter = anbieter;
    }

    /** This session came in by the provider. */
    static void merke(HttpSession sitzung, UUID mandant, String aussteller, String idToken) {
        sitzung.setAttribute(AUSWEIS, new Ausweis(mandant, aussteller, idToken));
    }

    /** Where to sign out, once. */
    static Optional<String> ziel(HttpSession sitzung) {
        var ziel = sitzung.getAttribute(ZIEL);
        sitzung.removeAttribute(ZIEL);
        return ziel instanceof String adresse ? Optional.of(adresse) : Optional.empty();
    }

    /** Before the session is gone. A provider that is away keeps nobody signed in here. */
    @Override
    public void logout(HttpServletRequest anfrage, HttpServletResponse antwort, @Nullable Authentication wer) {
        var sitzung = anfrage.getSession(false);
        if (sitzung == null || !(sitzung.getAttribute(AUSWEIS) instanceof Ausweis ausweis)) return;
        Mandantenkontext.als(
                ausweis.mandant,
                () -> einstellungen
                        .oidc()
                        .filter(wie -> wie.wie().aussteller().equals(ausweis.aussteller))
                        .flatMap(wie -> ende(wie, ausweis, anfrage))
                        .ifPresent(ziel -> anfrage.setAttribute(ZIEL, ziel)));
    }

    private Optional<String> ende(Verzeichniseinstellungen.Oidc wie, Ausweis ausweis, HttpServletRequest anfrage) {
        try {
            return anbieter.ende(wie.wie(), ausweis.idToken, Oidcseiten.adresse(anfrage, "/anmelden"))
                    .map(Object::toString);
        } catch (Anbieterfehler e) {
            LOG.info("Beim Anmeldedienst nicht abgemeldet: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void onLogoutSuccess(HttpServletRequest anfrage, HttpServletResponse antwort, @Nullable Authentication wer)
            throws IOException {
        if (anfrage.getAttribute(ZIEL) instanceof String ziel) {
            anfrage.getSession().setAttribute(ZIEL, ziel);
            antwort.sendRedirect("/anmelden/oidc/abmeldung");
        } else {
            antwort.sendRedirect("/anmelden?abgemeldet");
        }
    }
}
