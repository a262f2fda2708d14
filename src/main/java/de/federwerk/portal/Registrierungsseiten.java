package de.federwerk.portal;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.konto.Registrierung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** To begin a Konto, and to get back into it. */
@Portalseite
class Registrierungsseiten {

    private static final String GEHEIMNIS = "{geheimnis:[A-Za-z0-9_-]{43}}";

    private final Registrierung registrierung;
    private final Portaltor tor;
    private final Portalbremse bremse;

    Registrierungsseiten(Registrierung registrierung, Portaltor tor, Portalbremse bremse) {
        this.registrierung = registrierung;
        this.tor = tor;
        this.bremse = bremse;
    }

    @GetMapping("/portal/konto/anlegen")
    String fragt(HttpServletRequest anfrage, Model seite) {
        return anlegen("", "", "", anfrage, seite);
    }

    private String anlegen(String name, String email, String fehler, HttpServletRequest anfrage, Model seite) {
        seite.addAttribute("moeglich", moeglich(anfrage));
        seite.addAttribute("name", name);
        seite.addAttribute("email", email);
        seite.addAttribute("fehler", fehler);
        return "portal/kontoanlegen";
    }

    /** A mail leads to an address that the town has set, never to one that a request brought along. */
    private boolean moeglich(HttpServletRequest anfrage) {
        return registrierung.moeglich() && tor.verlaesslich(anfrage);
    }

    @PostMapping("/portal/konto/anlegen")
    String registriere(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String passwort,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (Falle.schnappt(anfrage)) {
            antwort.setStatus(422);
            return anlegen(name, email, r.wort("falle.was"), anfrage, seite);
        }
        if (!bremse.zaehleAnmeldung(anfrage)) {
            antwort.setStatus(429);
            return anlegen(name, email, r.wort("konto.gebremst"), anfrage, seite);
        }
        if (!moeglich(anfrage)) {
            antwort.setStatus(422);
            return anlegen(name, email, r.wort("konto.keine.post"), anfrage, seite);
        }
        try {
            registrierung.registriere(
                    name, email, passwort, r.stadt(), g -> tor.aussen(anfrage, "/portal/konto/bestaetigen/" + g));
        } catch (Abgelehnt nein) {
            return anlegen(name, email, Kontoseiten.fehler(nein, antwort), anfrage, seite);
        }
        return hinweis("konto.post.titel", "konto.post.was", seite);
    }

    private static String hinweis(String titel, String was, Model seite) {
        seite.addAttribute("titel", titel);
        seite.addAttribute("was", was);
        return "portal/kontohinweis";
    }

    /** Opening it alone does nothing: programs that look for malice in mails open what stands in them. */
    @GetMapping("/portal/konto/bestaetigen/" + GEHEIMNIS)
    String fragtNachBestaetigung(@PathVariable String geheimnis, HttpServletResponse antwort, Model seite) {
        return bestaetigen(geheimnis, "", antwort, seite);
    }

    private String bestaetigen(String geheimnis, String fehler, HttpServletResponse antwort, Model seite) {
        if (!registrierung.bestaetigbar(geheimnis)) {
            antwort.setStatus(404);
            return hinweis("konto.link.titel", "konto.link.was", seite);
        }
        seite.addAttribute("fehler", fehler);
        return "portal/kontobestaetigen";
    }

    @PostMapping("/portal/konto/bestaetigen/" + GEHEIMNIS)
    String bestaetige(
            @PathVariable String geheimnis,
            @RequestParam(defaultValue = "") String passwort,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (!bremse.zaehleAnmeldung(anfrage)) {
            antwort.setStatus(429);
            return bestaetigen(geheimnis, r.wort("konto.gebremst"), antwort, seite);
        }
        try {
            return registrierung.bestaetige(geheimnis, passwort)
                    ? hinweis("konto.da.titel", "konto.da.was", seite)
                    : bestaetigen(geheimnis, "", antwort, seite);
        } catch (Abgelehnt nein) {
            return bestaetigen(geheimnis, Kontoseiten.fehler(nein, antwort), antwort, seite);
        }
    }

    @GetMapping("/portal/konto/vergessen")
    String fragtNachAdresse(HttpServletRequest anfrage, Model seite) {
        seite.addAttribute("moeglich", moeglich(anfrage));
        return "portal/kontovergessen";
    }

    @PostMapping("/portal/konto/vergessen")
    String vergessen(
            @RequestParam(defaultValue = "") String email,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (!bremse.zaehleAnmeldung(anfrage)) {
            antwort.setStatus(429);
            return hinweis("konto.gebremst", "konto.gebremst", seite);
        }
        if (moeglich(anfrage) && email.length() <= 254) {
            registrierung.vergessen(email, r.stadt(), g -> tor.aussen(anfrage, "/portal/konto/passwort/" + g));
        }
        return hinweis("konto.vergessen.titel", "konto.vergessen.gesendet", seite);
    }

    @GetMapping("/portal/konto/passwort/" + GEHEIMNIS)
    String fragtNachPasswort(@PathVariable String geheimnis, HttpServletResponse antwort, Model seite) {
        return passwort(geheimnis, "", antwort, seite);
    }

    private String passwort(String geheimnis, String fehler, HttpServletResponse antwort, Model seite) {
        if (!registrierung.passwortSetzbar(geheimnis)) {
            antwort.setStatus(404);
            return hinweis("konto.link.titel", "konto.link.was", seite);
        }
        seite.addAttribute("fehler", fehler);
        return "portal/kontopasswort";
    }

    @PostMapping("/portal/konto/passwort/" + GEHEIMNIS)
    String setzePasswort(
            @PathVariable String geheimnis,
            @RequestParam(defaultValue = "") String passwort,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletResponse antwort,
            Model seite) {
        try {
            if (registrierung.setzePasswort(geheimnis, passwort, r.stadt())) {
                return hinweis("konto.neu.titel", "konto.neu.was", seite);
            }
            return passwort(geheimnis, "", antwort, seite);
        } catch (Abgelehnt nein) {
            return passwort(geheimnis, Kontoseiten.fehler(nein, antwort), antwort, seite);
        }
    }
}
