package de.federwerk.akte;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Entwürfe are registered or thrown away; one's own Papierkorb. What is refused is told by the error page: nothing was typed that could be lost. */
@Controller
class Aktenentwurfsseiten {

    private final Aktenentwuerfe entwuerfe;

    Aktenentwurfsseiten(Aktenentwuerfe entwuerfe) {
        this.entwuerfe = entwuerfe;
    }

    /** @throws Abgelehnt if it is registered already */
    @PostMapping("/akten/{id}/registrierung")
    String registriereAkte(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.registriereAkte(wer, id);
        return "redirect:/akten/" + id;
    }

    @PostMapping("/vorgaenge/{id}/registrierung")
    String registriereVorgang(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.registriereVorgang(wer, id);
        return "redirect:/vorgaenge/" + id;
    }

    @PostMapping("/akten/{id}/verwerfung")
    String verwirfAkte(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.verwirfAkte(wer, id);
        return "redirect:/papierkorb";
    }

    @PostMapping("/vorgaenge/{id}/verwerfung")
    String verwirfVorgang(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.verwirfVorgang(wer, id);
        return "redirect:/papierkorb";
    }

    @GetMapping("/papierkorb")
    String papierkorb(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("stuecke", entwuerfe.papierkorb(wer));
        return "akte/papierkorb";
    }

    @PostMapping("/papierkorb/{id}/rueckgabe")
    String holeZurueck(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        entwuerfe.holeZurueck(wer, id);
        return "redirect:/papierkorb";
    }
}
