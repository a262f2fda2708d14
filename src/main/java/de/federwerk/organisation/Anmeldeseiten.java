package de.federwerk.organisation;

import static de.federwerk.organisation.Sitzungsverlust.AUFBEWAHRT;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Mandantenkontext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sign-in, the way back after a lost session, one's own password and settings. */
@Controller
class Anmeldeseiten {

    private final Personen personen;
    private final Zugaenge zugaenge;
    private final Mandanten mandanten;
    private final Anmeldeverzeichnis verzeichnis;
    private final Anmeldeweg anmeldeweg;

    Anmeldeseiten(
            Personen personen,
            Zugaenge zugaenge,
            Mandanten mandanten,
            Anmeldeverzeichnis verzeichnis,
            Anmeldeweg anmeldeweg) {
        this.personen = personen;
        this.anmeldeweg = anmeldeweg;
        this.zugaenge = zugaenge;
        this.mandanten = mandanten;
        this.verzeichnis = verzeichnis;
    }

    @GetMapping("/")
    String start() {
        return "redirect:/postkorb";
    }

    /** @param behoerde whose other way in is offered; else that of the host name, else of the first */
    @GetMapping("/anmelden")
    String anmelden(
            @RequestParam(defaultValue = "") String behoerde, HttpServletRequest anfrage, CsrfToken csrf, Model seite) {
        var grund = anfrage.getParameterMap().keySet().stream()
                .filter(name -> !name.equals("behoerde"))
                .findFirst()
                .orElse("");
        seite.addAttribute(
                "weg",
                mandanten
                        .gemeint(behoerde, anfrage.getServerName())
                        .flatMap(m -> Mandantenkontext.als(m.id(), verzeichnis::weg))
                        .orElse(null));
        var sitzung = anfrage.getSession(false);
        seite.addAttribute("grund", grund);
        seite.addAttribute("csrf", csrf);
        seite.addAttribute("aufbewahrt", sitzung != null && sitzung.getAttribute(AUFBEWAHRT) != null);
        return "organisation/anmelden";
    }

    @GetMapping("/fortsetzen")
    String fortsetzen(HttpSession sitzung, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        if (!(sitzung.getAttribute(AUFBEWAHRT) instanceof Sitzungsverlust.Aufbewahrt aufbewahrt)
                || !aufbewahrt.person().equals(wer.person().toString())) {
            return "redirect:/postkorb";
        }
        seite.addAttribute("aufbewahrt", aufbewahrt);
        seite.addAttribute("sichtbare", Sitzungsverlust.sichtbare(aufbewahrt));
        return "organisation/fortsetzen";
    }

    @PostMapping("/fortsetzen/verwerfen")
    String verwirf(HttpSession sitzung) {
        sitzung.removeAttribute(AUFBEWAHRT);
        return "redirect:/postkorb";
    }

    @GetMapping("/passwort")
    String passwort(Model seite, CsrfToken csrf, @AuthenticationPrincipal Anmeldung wer) {
        return passwort(seite, csrf, wer, zugaenge.aendertPasswort(wer.person()), "");
    }

    // Not one transaction around it all: a password that is refused would mark it for rollback, and the page with the
    // reason with it.
    @PostMapping("/passwort")
    String aendere(
            @RequestParam String bisher,
            @RequestParam String neu,
            @RequestParam String wiederholt,
            @AuthenticationPrincipal Anmeldung wer,
            CsrfToken csrf,
            HttpSession sitzung,
            Model seite) {
        var hier = zugaenge.aendertPasswort(wer.person());
        try {
            var fehler = hier ? einwand(wer, bisher, neu, wiederholt) : "";
            if (hier && fehler.isEmpty()) {
                personen.setzePasswort(wer.pseudonym(), wer.person(), neu, false);
                personen.beendeSitzungen(wer.person(), sitzung.getId());
                return "redirect:/postkorb";
            }
            return passwort(seite, csrf, wer, hier, fehler);
        } catch (Abgelehnt e) {
            return passwort(seite, csrf, wer, true, String.valueOf(e.getMessage()));
        }
    }

    /** The old one is asked and counted as at sign-in: an open session is no place to guess it. */
    private String einwand(Anmeldung wer, String bisher, String neu, String wiederholt) {
        var name = personen.zeile(wer.person()).orElseThrow().anmeldename();
        if (!anmeldeweg.istPasswort(wer, name, bisher)) {
            return "Das bisherige Passwort stimmt nicht. Nach fünf Fehlversuchen ist der Zugang eine Viertelstunde gesperrt, auch hier; Ihre Sitzung läuft weiter.";
        }
        if (!neu.equals(wiederholt)) return "Die beiden neuen Passwörter sind verschieden.";
        return zugaenge.warPasswort(wer.person(), neu)
                ? "Das neue Passwort ist das bisherige oder das davor. Bitte wählen Sie ein anderes."
                : "";
    }

    private String passwort(Model seite, CsrfToken csrf, Anmeldung wer, boolean hier, String fehler) {
        // Else every page would lead back to this one.
        if (!hier) zugaenge.hatNichtsZuAendern(wer.person());
        seite.addAttribute("csrf", csrf);
        seite.addAttribute("name", wer.name());
        seite.addAttribute("hier", hier);
        seite.addAttribute("gefuehrt", !hier && verzeichnis.fuehrt(wer.person()));
        seite.addAttribute("fehler", fehler);
        return "organisation/passwort";
    }

    @PostMapping("/einstellungen")
    String einstellungen(
            @RequestParam(required = false) @Nullable String thema,
            @RequestParam(required = false) @Nullable Boolean tastenkuerzel,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage) {
        var profil = personen.profil(wer.person()).orElseThrow();
        personen.merkeEinstellung(
                wer.person(),
                thema == null ? profil.thema() : thema,
                tastenkuerzel == null ? profil.tastenkuerzel() : tastenkuerzel);
        return "redirect:" + zurueck(anfrage.getHeader("Referer"));
    }

    /** The page the person came from, but only its path: never to a foreign host. */
    private static String zurueck(@Nullable String referer) {
        if (referer == null) {
            return "/postkorb";
        }
        var pfad = referer.replaceFirst("^https?://[^/]+", "");
        return pfad.matches("/[A-Za-z0-9][^\\s\\\\]{0,500}") ? pfad : "/postkorb";
    }
}
