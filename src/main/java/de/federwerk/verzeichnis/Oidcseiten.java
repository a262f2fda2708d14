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
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Sign-in with the town's OpenID provider: there, back, and out again. Nobody is signed in on the first two. */
@Controller
class Oidcseiten {

    static final String ANBIETER = "verzeichnisanbieter";

    private static final Logger LOG = LoggerFactory.getLogger(Oidcseiten.class);
    private static final String RUECKKEHR = "/anmelden/oidc/rueckkehr";
    private static final String ABGEBROCHEN = "anbieter-abgebrochen";
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
            var zettel = Merkzettel.neu(mandant.get().id(), wie.get().wie(), frisch);
            try {
                var ziel = anbieter.beginn(
                        wie.get().wie(),
                        zettel,
                        rueckkehr(anfrage, mandant.get().kuerzel()));
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

    /**
     * The browser comes back, with a code or with the reason why there is none. Each town has a return address of its own: a provider sends
     * the code only to the one that the client there has, so a code that another town's provider gave cannot come back to a sign-in that was
     * begun here (RFC 9700 § 4.4, mix-up).
     *
     * @param iss who the answer says it comes from (RFC 9207)
     */
    @GetMapping(RUECKKEHR + "/{behoerde}")
    void kehreZurueck(
            @PathVariable String behoerde,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(defaultValue = "") String iss,
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
                || code.isEmpty()
                || mandanten
                        .gemeint(behoerde, "")
                        .filter(m -> m.id().equals(zettel.mandant()))
                        .isEmpty()) {
            // A Kürzel only, never what somebody wrote into the address.
            var ort = mandanten
                    .gemeint(behoerde, "")
                    .map(m -> "behoerde=" + m.kuerzel() + "&")
                    .orElse("");
            abgebrochen(antwort, "/anmelden?" + ort + ABGEBROCHEN, error.isEmpty() ? "unbekannt" : "abgelehnt");
            return;
        }
        try {
            Mandantenkontext.als(zettel.mandant(), () -> {
                loeseEin(zettel, code, iss, anfrage, antwort);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    /** What the address says is not written down: anybody may call it. */
    private static void abgebrochen(HttpServletResponse antwort, String ziel, String grund) throws IOException {
        LOG.info("Anmeldung über den Anmeldedienst abgebrochen ({})", grund);
        antwort.sendRedirect(ziel);
    }

    private static boolean gleich(String eins, String anderes) {
        return MessageDigest.isEqual(eins.getBytes(StandardCharsets.UTF_8), anderes.getBytes(StandardCharsets.UTF_8));
    }

    private void loeseEin(
            Merkzettel zettel, String code, String iss, HttpServletRequest anfrage, HttpServletResponse antwort)
            throws IOException, ServletException {
        var eingeschaltet = eingeschaltet().filter(w -> zettel.gehoertZu(w.wie()));
        if (eingeschaltet.isEmpty()) {
            abgebrochen(antwort, anmeldeseite(ABGEBROCHEN, anfrage), "inzwischen anders eingestellt");
            return;
        }
        var wie = eingeschaltet.get();
        try {
            if (!anbieter.istVon(wie.wie(), iss)) {
                abgebrochen(antwort, anmeldeseite(ABGEBROCHEN, anfrage), "von einem anderen Aussteller");
                return;
            }
            var ausweis = anbieter.loeseEin(
                    wie.wie(), wie.geheimnis(), zettel, code, rueckkehr(anfrage, kuerzel(zettel.mandant())));
            stoerungen.erledigt(ANBIETER, wie.id());
            var ergebnis = anmeldung.nimm(wie, ausweis);
            var wer = ergebnis.wer();
            if (wer == null) {
                ergebnis.frage().ifPresent(f -> Verknuepfungsseiten.merke(anfrage, f));
                antwort.sendRedirect(anmeldeseite(ergebnis.grund(), anfrage));
                return;
            }
            Oidcabmeldung.merke(anfrage.getSession(), zettel.mandant(), zettel.aussteller(), ausweis.idToken());
            var beweis = Oidcbeweis.aus(ausweis.idToken());
            anmeldeweg.lasseEin(anfrage, antwort, wer, beweis.zweiterFaktor(), beweis.wann());
        } catch (Anbieterfehler e) {
            antwort.sendRedirect(gestoert(wie, e, anfrage));
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

    private String kuerzel(UUID mandant) {
        return mandanten.alle().stream()
                .filter(m -> m.id().equals(mandant))
                .map(Mandanten.Mandant::kuerzel)
                .findFirst()
                .orElseThrow();
    }

    /** Where the provider of this town sends the browser back to; its client there must know this address and no other of this house. */
    static URI rueckkehr(HttpServletRequest anfrage, String kuerzel) {
        return adresse(anfrage, RUECKKEHR + "/" + kuerzel);
    }

    /** A page of this house as the provider must know it. */
    static URI adresse(HttpServletRequest anfrage, String pfad) {
        return ServletUriComponentsBuilder.fromContextPath(anfrage)
                .path(pfad)
                .build()
                .toUri();
    }
}
