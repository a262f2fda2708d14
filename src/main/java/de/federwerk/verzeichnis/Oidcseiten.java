package de.federwerk.verzeichnis;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Mandanten;
import de.federwerk.stoerung.Stoerungen;
import de.federwerk.verzeichnis.Oidcanbieter.Anbieterfehler;
import de.federwerk.verzeichnis.Oidcanbieter.Merkzettel;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Sign-in with the town's OpenID provider: there, back, and out again. Nobody is signed in on the first two. */
@Controller
class Oidcseiten {

    static final String ANBIETER = "verzeichnisanbieter";

    private static final Logger LOG = LoggerFactory.getLogger(Oidcseiten.class);
    private static final String RUECKKEHR = "/anmelden/oidc/rueckkehr";
    private static final String ZETTEL = "federwerk.oidc.zettel";

    private final Mandanten mandanten;
    private final Verzeichniseinstellungen einstellungen;
    private final Oidcanbieter anbieter;
    private final Oidcanmeldung anmeldung;
    private final Anmeldeweg anmeldeweg;
    private final Stoerungen stoerungen;

    Oidcseiten(
            Mandanten mandanten,
            Verzeichniseinstellungen einstellungen,
            Oidcanbieter anbieter,
            Oidcanmeldung anmeldung,
            Anmeldeweg anmeldeweg,
            Stoerungen stoerungen) {
        this.mandanten = mandanten;
        this.einstellungen = einstellungen;
        this.anbieter = anbieter;
        this.anmeldung = anmeldung;
        this.anmeldeweg = anmeldeweg;
        this.stoerungen = stoerungen;
    }

    /**
     * A link and no form: our pages let forms lead to this house only.
     *
     * @param behoerde short name of the town; else that of the host name, else the first
     * @param frisch whether the provider must ask the person anew
     */
    @GetMapping("/anmelden/oidc")
    String beginne(
            @RequestParam(defaultValue = "") String behoerde,
            @RequestParam(defaultValue = "false") boolean frisch,
            HttpServletRequest anfrage) {
        var mandant = mandanten.gemeint(behoerde, anfrage.getServerName());
        if (mandant.isEmpty()) return "redirect:/anmelden";
        return Mandantenkontext.als(mandant.get().id(), () -> {
            var wie = eingeschaltet();
            if (wie.isEmpty()) return "redirect:/anmelden";
            var zettel = Merkzettel.neu(mandant.get().id(), frisch);
            try {
                var ziel = anbieter.beginn(wie.get().wie(), zettel, adresse(anfrage, RUECKKEHR));
                anfrage.getSession().setAttribute(ZETTEL, zettel);
                return "redirect:" + ziel;
            } catch (Anbieterfehler e) {
                return "redirect:" + gestoert(wie.get(), e, anfrage);
            }
        });
    }

    private Optional<Verzeichniseinstellungen.Oidc> eingeschaltet() {
        return einstellungen.oidc().filter(o -> o.wie().aktiv());
    }

    private String gestoert(Verzeichniseinstellungen.Oidc wie, Anbieterfehler e, HttpServletRequest anfrage) {
        stoerungen.melde(
                ANBIETER,
                wie.id(),
                "Anmeldedienst " + wie.wie().bezeichnung(),
                "Der Anmeldedienst ist nicht erreichbar oder antwortet nicht richtig. Wer sich darüber anmeldet, kommt gerade nicht herein; wer angemeldet ist, arbeitet weiter, und mit Anmeldename und Passwort geht es wie bisher.",
                String.valueOf(e.getMessage()));
        return anmeldeseite("anbieter", anfrage);
    }

    /** That of the town, with its button: whoever came by its short name must find it again. */
    private String anmeldeseite(String grund, HttpServletRequest anfrage) {
        var mandant = Mandantenkontext.mandant();
        var ohne = mandanten.gemeint("", anfrage.getServerName()).filter(m -> m.id().equals(mandant));
        return ohne.isPresent()
                ? "/anmelden?" + grund
                : mandanten.alle().stream()
                        .filter(m -> m.id().equals(mandant))
                        .map(m -> "/anmelden?behoerde=" + m.kuerzel() + "&" + grund)
                        .findFirst()
                        .orElse("/anmelden");
    }

    /** The browser comes back, with a code or with the reason why there is none. */
    @GetMapping(RUECKKEHR)
    void kehreZurueck(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException, ServletException {
        var sitzung = anfrage.getSession(false);
        // Good for one try only.
        var zettel = sitzung != null && sitzung.getAttribute(ZETTEL) instanceof Merkzettel z ? z : null;
        if (sitzung != null) sitzung.removeAttribute(ZETTEL);
        if (zettel == null
                || zettel.bis().isBefore(Instant.now())
                || !gleich(zettel.state(), state)
                || code.isEmpty()) {
            // What the address says is not written down: anybody may call it.
            LOG.info("Anmeldung über den Anmeldedienst abgebrochen ({})", error.isEmpty() ? "unbekannt" : "abgelehnt");
            antwort.sendRedirect("/anmelden?anbieter-abgebrochen");
            return;
        }
        try {
            Mandantenkontext.als(zettel.mandant(), () -> {
                loeseEin(zettel, code, anfrage, antwort);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static boolean gleich(String eins, String anderes) {
        return MessageDigest.isEqual(eins.getBytes(StandardCharsets.UTF_8), anderes.getBytes(StandardCharsets.UTF_8));
    }

    private void loeseEin(Merkzettel zettel, String code, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException, ServletException {
        var wie = eingeschaltet();
        if (wie.isEmpty()) {
            antwort.sendRedirect("/anmelden?anbieter-abgebrochen");
            return;
        }
        try {
            var ausweis = anbieter.loeseEin(
                    wie.get().wie(), wie.get().geheimnis(), zettel, code, adresse(anfrage, RUECKKEHR));
            stoerungen.erledigt(ANBIETER, wie.get().id());
            var ergebnis = anmeldung.nimm(wie.get(), ausweis.fund());
            var wer = ergebnis.wer();
            if (wer == null) {
                antwort.sendRedirect(anmeldeseite(ergebnis.grund(), anfrage));
                return;
            }
            Oidcabmeldung.merke(anfrage.getSession(), zettel.mandant(), ausweis.idToken());
            var beweis = Oidcbeweis.aus(ausweis.idToken());
            anmeldeweg.lasseEin(anfrage, antwort, wer, beweis.zweiterFaktor(), beweis.wann());
        } catch (Anbieterfehler e) {
            antwort.sendRedirect(gestoert(wie.get(), e, anfrage));
        }
    }

    /** Signed out here; the page leads on to the provider. A redirect would not do: a form of ours may not lead there, not even by one. */
    @GetMapping("/anmelden/oidc/abmeldung")
    String meldeAb(HttpSession sitzung, Model seite) {
        var ziel = Oidcabmeldung.ziel(sitzung);
        if (ziel.isEmpty()) return "redirect:/anmelden?abgemeldet";
        seite.addAttribute("ziel", ziel.get());
        return "verzeichnis/abmeldung";
    }

    /** A page of this house as the provider must know it. */
    static URI adresse(HttpServletRequest anfrage, String pfad) {
        return ServletUriComponentsBuilder.fromContextPath(anfrage)
                .path(pfad)
                .build()
                .toUri();
    }
}
