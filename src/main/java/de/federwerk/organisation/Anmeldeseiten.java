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

    Anmeldeseiten(Personen personen, Zugaenge zugaenge, Mandanten mandanten, Anmeldeverzeichnis verzeichnis) {
        this.personen = personen;
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
        seite.addAttribute("csrf", csrf);
        seite.addAttribute("name", wer.name());
        seite.addAttribute("fehler", "");
        return "organisation/passwort";
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
        var fehler = verzeichnis.fuehrt(wer.person())
                ? "Ihr Passwort verwaltet das Verzeichnis Ihres Hauses. Bitte ändern Sie es dort, zum Beispiel an Ihrem Rechner; hier wurde nichts geändert."
                : !zugaenge.istPasswort(wer.person(), bisher)
                        ? "Das bisherige Passwort stimmt nicht."
                        : !neu.equals(wiederholt)
                                ? "Die beiden neuen Passwörter sind verschieden."
                                : zugaenge.warPasswort(wer.person(), neu)
                                        ? "Das neue Passwort ist das bisherige oder das davor. Bitte wählen Sie ein anderes."
                                        : "";
        if (fehler.isEmpty()) {
            try {
                personen.setzePasswort(wer.pseudonym(), wer.person(), neu, false);
                personen.beendeSitzungen(wer.person(), sitzung.getId());
                return "redirect:/postkorb";
            } catch (Abgelehnt e) {
                fehler = String.valueOf(e.getMessage());
            }
        }
        seite.addAttribute("csrf", csrf);
        seite.addAttribute("name", wer.name());
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
