package de.federwerk.webdav;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A person's App-Kennwörter and the address of the network folder. */
@Controller
class AppKennwortseiten {

    private final AppKennwoerter kennwoerter;

    AppKennwortseiten(AppKennwoerter kennwoerter) {
        this.kennwoerter = kennwoerter;
    }

    @GetMapping("/anmeldung/app-kennwoerter")
    String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return zeige(seite, wer, "", "", "");
    }

    /** Shown in the answer and nowhere else: it is kept nowhere from where it could be shown again. */
    @PostMapping("/anmeldung/app-kennwoerter")
    @FrischAngemeldet
    String stelleAus(
            @RequestParam(defaultValue = "") String name,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        antwort.setHeader("Cache-Control", "no-store");
        try {
            return zeige(seite, wer, kennwoerter.stelleAus(wer, name), "", "");
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return zeige(seite, wer, "", name, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping("/anmeldung/app-kennwoerter/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        kennwoerter.beende(wer, id);
        return "redirect:/anmeldung/app-kennwoerter";
    }

    private String zeige(Model seite, Anmeldung wer, String neues, String name, String fehler) {
        seite.addAttribute("kennwoerter", kennwoerter.von(wer.person()));
        seite.addAttribute("neues", neues);
        seite.addAttribute("name", name);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute(
                "adresse", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString() + "/webdav/");
        return "webdav/kennwoerter";
    }
}
