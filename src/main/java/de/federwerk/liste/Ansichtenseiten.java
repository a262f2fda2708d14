package de.federwerk.liste;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The Ansichten of a list: kept, renamed, deleted, one of them to begin with. */
@Controller
class Ansichtenseiten {

    private static final String EINE = "/listen/ansichten/{id}";

    private final Ansichten ansichten;
    private final Ansichtenrechte rechte;
    private final Einheiten einheiten;

    Ansichtenseiten(Ansichten ansichten, Ansichtenrechte rechte, Einheiten einheiten) {
        this.ansichten = ansichten;
        this.rechte = rechte;
        this.einheiten = einheiten;
    }

    @GetMapping("/listen/ansichten")
    String alle(@RequestParam(defaultValue = "akten") String art, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        var liste = Listenart.von(art);
        return zeige(Listenfrage.aus(liste, ""), Kennung.neu(), "", "", seite, wer);
    }

    private String zeige(Listenfrage frage, UUID id, String name, String fehler, Model seite, Anmeldung wer) {
        seite.addAttribute("frage", frage);
        seite.addAttribute("ansichten", ansichten.von(wer, frage.art()));
        seite.addAttribute("fuerWelche", rechte.fuerWelche(wer, einheiten.baum()));
        seite.addAttribute("neueId", id);
        seite.addAttribute("name", name);
        seite.addAttribute("fehler", fehler);
        return "liste/ansichten";
    }

    /** @param frage the list as it stands in its address */
    @PostMapping("/listen/ansichten")
    String lege(
            @RequestParam(defaultValue = "akten") String art,
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable UUID fuer,
            @RequestParam(defaultValue = "") String frage,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var was = Listenfrage.aus(Listenart.von(art), frage);
        try {
            ansichten.lege(wer, id, name, fuer, was);
            return "redirect:" + was.mitAnsicht(id).adresse();
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("fuer", fuer);
            return zeige(was, id, name, String.valueOf(e.getMessage()), seite, wer);
        }
    }

    /** @param frage the list it shall show from now on; none: the same as before */
    @PostMapping(EINE + "/angaben")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable String frage,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var art = ansichten.ansicht(wer, id).frage().art();
        try {
            var neu = frage == null ? null : Listenfrage.aus(art, frage);
            ansichten.aendere(wer, id, name, neu);
            return "redirect:"
                    + (neu == null ? art.ansichten() : neu.mitAnsicht(id).adresse());
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("umbenannte", id);
            seite.addAttribute("neuerName", name);
            return zeige(Listenfrage.aus(art, ""), Kennung.neu(), "", String.valueOf(e.getMessage()), seite, wer);
        }
    }

    @PostMapping(EINE + "/ende")
    String loesche(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:" + ansichten.loesche(wer, id).ansichten();
    }

    @PostMapping(EINE + "/start")
    String start(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "true") boolean an,
            @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:" + ansichten.beginneMit(wer, id, an).ansichten();
    }
}
