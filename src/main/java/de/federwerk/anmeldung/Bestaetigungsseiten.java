package de.federwerk.anmeldung;

import de.federwerk.anmeldung.Faktoren.Urteil;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldeverzeichnis;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Zugaenge;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The person proves once more who they are: by password, passkey, or – whose password another directory knows – a code. */
@Controller
class Bestaetigungsseiten {

    private final Personen personen;
    private final Zugaenge zugaenge;
    private final Faktoren faktoren;
    private final Passkeys passkeys;
    private final Passkeyhaus haus;
    private final Anmeldeweg weg;
    private final Anmeldeverzeichnis verzeichnis;

    Bestaetigungsseiten(
            Personen personen,
            Zugaenge zugaenge,
            Faktoren faktoren,
            Passkeys passkeys,
            Passkeyhaus haus,
            Anmeldeweg weg,
            Anmeldeverzeichnis verzeichnis) {
        this.personen = personen;
        this.zugaenge = zugaenge;
        this.faktoren = faktoren;
        this.passkeys = passkeys;
        this.haus = haus;
        this.weg = weg;
        this.verzeichnis = verzeichnis;
    }

    @GetMapping("/bestaetigen")
    String frage(HttpServletRequest anfrage, Model seite, CsrfToken csrf, @AuthenticationPrincipal Anmeldung wer) {
        return frage(anfrage, seite, csrf, wer, "");
    }

    @PostMapping("/bestaetigen")
    String mitPasswort(
            @RequestParam(defaultValue = "") String passwort,
            HttpServletRequest anfrage,
            Model seite,
            CsrfToken csrf,
            @AuthenticationPrincipal Anmeldung wer) {
        try {
            if (weg.istPasswort(wer, anmeldename(wer), passwort)) return weiter(anfrage.getSession());
        } catch (Abgelehnt e) {
            return frage(anfrage, seite, csrf, wer, String.valueOf(e.getMessage()));
        }
        return frage(
                anfrage,
                seite,
                csrf,
                wer,
                "Das Passwort stimmt nicht. Nach fünf Fehlversuchen ist der Zugang eine Viertelstunde gesperrt.");
    }

    @PostMapping("/bestaetigen/code")
    String mitCode(
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest anfrage,
            Model seite,
            CsrfToken csrf,
            @AuthenticationPrincipal Anmeldung wer) {
        // Whoever has a password here confirms with it: a code alone is half of what they sign in with.
        if (!codeGenuegt(wer)) throw new NichtGefunden("Diese Seite gibt es nicht.");
        var urteil = faktoren.pruefe(wer, code);
        return urteil == Urteil.GUT ? weiter(anfrage.getSession()) : frage(anfrage, seite, csrf, wer, urteil.satz());
    }

    @PostMapping("/bestaetigen/passkey")
    String mitPasskey(
            @RequestParam(defaultValue = "") String antwort,
            HttpServletRequest anfrage,
            Model seite,
            CsrfToken csrf,
            @AuthenticationPrincipal Anmeldung wer) {
        var gut = haus.von(anfrage)
                .flatMap(h -> passkeys.pruefe(wer, anfrage.getSession(), Pruefworte.Zweck.BESTAETIGEN, h, antwort));
        return gut.isPresent()
                ? weiter(anfrage.getSession())
                : frage(anfrage, seite, csrf, wer, Faktorseiten.NICHT_ANGENOMMEN);
    }

    private static String weiter(HttpSession sitzung) {
        Anmeldeweg.bestaetige(sitzung);
        var seite = sitzung.getAttribute(Frischewache.SEITE);
        sitzung.removeAttribute(Frischewache.SEITE);
        return "redirect:" + (seite instanceof String pfad ? pfad : "/fortsetzen");
    }

    private boolean codeGenuegt(Anmeldung wer) {
        return !zugaenge.hatPasswort(wer.person())
                && faktoren.stand(wer.person()).app();
    }

    private String anmeldename(Anmeldung wer) {
        return personen.zeile(wer.person()).orElseThrow().anmeldename();
    }

    private String frage(HttpServletRequest anfrage, Model seite, CsrfToken csrf, Anmeldung wer, String fehler) {
        var frage = haus.von(anfrage)
                .map(h -> {
                    var kennungen = passkeys.kennungen(wer.person(), h.rpId());
                    return kennungen.isEmpty()
                            ? null
                            : haus.zumAnmelden(
                                    h, Pruefworte.neues(anfrage.getSession(), Pruefworte.Zweck.BESTAETIGEN), kennungen);
                })
                .orElse("");
        seite.addAttribute("frage", frage);
        seite.addAttribute(
                "dienst",
                verzeichnis
                        .weg()
                        .map(w -> w.pfad() + (w.pfad().contains("?") ? "&" : "?") + "frisch=true")
                        .orElse("/anmelden"));
        seite.addAttribute("passwort", zugaenge.hatPasswort(wer.person()));
        seite.addAttribute("code", codeGenuegt(wer));
        seite.addAttribute("name", wer.name());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("csrf", csrf);
        return "anmeldung/bestaetigen";
    }
}
