package de.federwerk.portal;

import de.federwerk.basis.NichtGefunden;
import java.util.Arrays;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** The Portal's own pages: what the town says there, and what there is not. */
@Portalseite
class Portalseiten {

    private final Portaltexte texte;

    Portalseiten(Portaltexte texte) {
        this.texte = texte;
    }

    @GetMapping("/portal/{art:barrierefreiheit|datenschutz|impressum|hilfe}")
    String text(@PathVariable String art, @ModelAttribute("r") Portalrahmen r, Model seite) {
        var gemeint = Arrays.stream(Portaltexte.Art.values())
                .filter(a -> a.kennung().equals(art))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
        seite.addAttribute("titel", r.wort("rahmen." + art));
        texte.lies(gemeint, r.sprache()).ifPresent(t -> seite.addAttribute("text", t));
        return "portal/text";
    }

    /** Asked by {@link Portalweiche} only: whoever opens it by hand is told the same. */
    @GetMapping("/portal/zu-viele")
    ModelAndView zuViele(@ModelAttribute("r") Portalrahmen r) {
        return Portalfehler.seite(r, 429, "fehler.viel");
    }

    @GetMapping("/portal/abgelaufen")
    ModelAndView abgelaufen(@ModelAttribute("r") Portalrahmen r) {
        return Portalfehler.seite(r, 403, "fehler.abgelaufen");
    }

    /** Whatever else is asked for behind this door. */
    @GetMapping("/portal/**")
    String nichts() {
        throw new NichtGefunden("Diese Seite gibt es nicht.");
    }

    @PostMapping("/portal/**")
    String nirgendshin() {
        return nichts();
    }
}
