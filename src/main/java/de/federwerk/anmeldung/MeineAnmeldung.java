package de.federwerk.anmeldung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Zugaenge;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own second factors and sessions. */
@Controller
class MeineAnmeldung {

    /** Session attribute with the secret of an app that is being set up, locked: the session lies in the database too. */
    private static final String NEU = "federwerk.totp_neu";

    private final Personen personen;
    private final Zugaenge zugaenge;
    private final Faktoren faktoren;
    private final Passkeys passkeys;
    private final Passkeyhaus haus;
    private final Sitzungsliste sitzungen;
    private final Tresor tresor;

    MeineAnmeldung(
            Personen personen,
            Zugaenge zugaenge,
            Faktoren faktoren,
            Passkeys passkeys,
            Passkeyhaus haus,
            Sitzungsliste sitzungen,
            Tresor tresor) {
        this.personen = personen;
        this.zugaenge = zugaenge;
        this.faktoren = faktoren;
        this.passkeys = passkeys;
        this.haus = haus;
        this.sitzungen = sitzungen;
        this.tresor = tresor;
    }

    @GetMapping("/anmeldung")
    String zeige(
            HttpServletRequest anfrage,
            HttpSession sitzung,
            Model seite,
            @RequestParam(required = false) @Nullable String beendet,
            @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("stand", faktoren.stand(wer.person()));
        seite.addAttribute("passkeys", passkeys.liste(wer.person()));
        seite.addAttribute("passkeysHier", haus.von(anfrage).isPresent());
        seite.addAttribute("sitzungen", sitzungen.von(wer.person(), sitzung.getId()));
        seite.addAttribute(
                "faktorFehlt",
                personen.profil(wer.person())
                        .filter(Personen.Profil::faktorFehlt)
                        .isPresent());
        seite.addAttribute("aendertPasswort", zugaenge.aendertPasswort(wer.person()));
        seite.addAttribute("notfall", istNotfall(sitzung, wer));
        seite.addAttribute("beendet", beendet != null);
        return "anmeldung/meine";
    }

    /** Comes in with the envelope only, whatever else it has: what it set up would be of no use, and might be thought to be one. */
    private static boolean istNotfall(HttpSession sitzung, Anmeldung wer) {
        return wer.person().equals(sitzung.getAttribute(Frischewache.NOTFALL));
    }

    @FrischAngemeldet
    @GetMapping("/anmeldung/app")
    String appEinrichten(HttpSession sitzung, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        if (faktoren.stand(wer.person()).app() || istNotfall(sitzung, wer)) return "redirect:/anmeldung";
        return appSeite(sitzung, seite, wer, "");
    }

    @FrischAngemeldet
    @PostMapping("/anmeldung/app")
    String bestaetigeApp(
            @RequestParam(defaultValue = "") String code,
            HttpSession sitzung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var geheimnis = angefangen(sitzung, wer);
        if (geheimnis == null) return "redirect:/anmeldung/app";
        try {
            var codes = faktoren.richteAppEin(wer, geheimnis, code);
            sitzung.removeAttribute(NEU);
            return ersatzcodes(seite, codes);
        } catch (Abgelehnt e) {
            if (e.art() == Abgelehnt.Art.KONFLIKT) throw e;
            return appSeite(sitzung, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    /** The same secret in every tab until it is confirmed. */
    private String appSeite(HttpSession sitzung, Model seite, Anmeldung wer, String fehler) {
        var geheimnis = angefangen(sitzung, wer);
        if (geheimnis == null) {
            geheimnis = Tresor.zufall(Einmalcode.GEHEIMNIS);
            sitzung.setAttribute(NEU, tresor.verschliesse(wer.mandant(), wer.person(), geheimnis));
        }
        var profil = personen.profil(wer.person()).orElseThrow();
        var konto = personen.zeile(wer.person()).orElseThrow().anmeldename();
        seite.addAttribute("geheimnis", Einmalcode.base32(geheimnis).replaceAll("(.{4})(?=.)", "$1 "));
        seite.addAttribute(
                "bild",
                Quadratcode.datenadresse(Einmalcode.adresse(geheimnis, "Federwerk " + profil.mandantName(), konto)));
        seite.addAttribute("fehler", fehler);
        return "anmeldung/app";
    }

    private byte @Nullable [] angefangen(HttpSession sitzung, Anmeldung wer) {
        return sitzung.getAttribute(NEU) instanceof byte[] verschlossen
                ? tresor.oeffne(wer.mandant(), wer.person(), verschlossen).orElse(null)
                : null;
    }

    @FrischAngemeldet
    @PostMapping("/anmeldung/app/ende")
    String entferneApp(@AuthenticationPrincipal Anmeldung wer) {
        faktoren.entferneApp(wer);
        return "redirect:/anmeldung";
    }

    @FrischAngemeldet
    @GetMapping("/anmeldung/passkeys/neu")
    String passkeyAufnehmen(
            HttpServletRequest anfrage, HttpSession sitzung, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return istNotfall(sitzung, wer) ? "redirect:/anmeldung" : passkeySeite(anfrage, sitzung, seite, wer, "", "");
    }

    @FrischAngemeldet
    @PostMapping("/anmeldung/passkeys")
    String nimmPasskeyAuf(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String antwort,
            HttpServletRequest anfrage,
            HttpSession sitzung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var heisst = name.replaceAll("\\p{Cntrl}", " ").strip();
        if (heisst.isEmpty() || heisst.length() > 100)
            return passkeySeite(
                    anfrage, sitzung, seite, wer, name, "Der Passkey braucht einen Namen mit höchstens 100 Zeichen.");
        var hier = haus.von(anfrage).orElse(null);
        if (hier == null) return "redirect:/anmeldung/passkeys/neu";
        try {
            return ersatzcodes(seite, passkeys.nimmAuf(wer, sitzung, hier, antwort, heisst));
        } catch (Abgelehnt e) {
            return passkeySeite(anfrage, sitzung, seite, wer, name, String.valueOf(e.getMessage()));
        }
    }

    private String passkeySeite(
            HttpServletRequest anfrage, HttpSession sitzung, Model seite, Anmeldung wer, String name, String fehler) {
        var konto = personen.zeile(wer.person()).orElseThrow().anmeldename();
        seite.addAttribute(
                "frage",
                haus.von(anfrage)
                        .map(h -> haus.zumAufnehmen(
                                h,
                                Pruefworte.neues(sitzung, Pruefworte.Zweck.AUFNEHMEN),
                                Passkeys.Nutzer.von(wer).bytes(),
                                konto,
                                wer.name(),
                                passkeys.kennungen(wer.person(), h.rpId())))
                        .orElse(""));
        seite.addAttribute("name", name.isEmpty() ? Geraet.aus(anfrage) : name);
        seite.addAttribute("fehler", fehler);
        return "anmeldung/passkeyNeu";
    }

    @FrischAngemeldet
    @PostMapping("/anmeldung/passkeys/{id}/ende")
    String entfernePasskey(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        passkeys.entferne(wer, id);
        return "redirect:/anmeldung";
    }

    @FrischAngemeldet
    @PostMapping("/anmeldung/ersatzcodes")
    String neueErsatzcodes(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return ersatzcodes(seite, faktoren.neueErsatzcodes(wer));
    }

    /** Shown in the answer itself and never again. */
    private static String ersatzcodes(Model seite, List<String> codes) {
        if (codes.isEmpty()) return "redirect:/anmeldung";
        seite.addAttribute("codes", codes);
        return "anmeldung/ersatzcodes";
    }

    @PostMapping("/anmeldung/sitzungen/{marke}/ende")
    String beende(@PathVariable String marke, @AuthenticationPrincipal Anmeldung wer) {
        sitzungen.beende(wer, marke);
        return "redirect:/anmeldung?beendet";
    }

    @PostMapping("/anmeldung/sitzungen/ende")
    String beendeAndere(HttpSession sitzung, @AuthenticationPrincipal Anmeldung wer) {
        sitzungen.beendeAndere(wer, sitzung.getId());
        return "redirect:/anmeldung?beendet";
    }
}
