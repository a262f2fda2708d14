package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Mandanten.Mandant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For whoever has a status code and no Konto. */
@Portalseite
class Statusseiten {

    private final Antraege antraege;
    private final Codekeks code;
    private final Portalbremse bremse;
    private final Standbild stand;

    Statusseiten(Antraege antraege, Codekeks code, Portalbremse bremse, Standbild stand) {
        this.antraege = antraege;
        this.code = code;
        this.bremse = bremse;
        this.stand = stand;
    }

    @GetMapping("/portal/status")
    String fragtNachCode(Model seite) {
        seite.addAttribute("falsch", false);
        return "portal/status";
    }

    /** By the status code, from whichever device; nothing of it stands in the address. */
    @PostMapping("/portal/status")
    String status(
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (!bremse.zaehleRaten(anfrage)) {
            antwort.setStatus(429);
            antwort.setHeader("Retry-After", "900");
            seite.addAttribute("falsch", false);
            seite.addAttribute("gebremst", true);
            return "portal/status";
        }
        return Mandantenkontext.<String, RuntimeException>alsBuerger(
                ((Mandant) anfrage.getAttribute(Portalrahmen.STADT)).id(), Besucher.hashVonCode(code), () -> {
                    var antrag = antraege.mitCode();
                    if (antrag.isEmpty()) {
                        antwort.setStatus(422);
                        seite.addAttribute("falsch", true);
                        return "portal/status";
                    }
                    this.code.merke(anfrage, antwort, code);
                    return stand.zeige(antrag.get(), true, seite);
                });
    }

    @PostMapping("/portal/status/ende")
    String vergiss(HttpServletRequest anfrage, HttpServletResponse antwort) {
        code.vergiss(anfrage, antwort);
        return "redirect:/portal/status";
    }
}
