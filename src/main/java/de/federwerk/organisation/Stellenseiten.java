package de.federwerk.organisation;

import de.federwerk.basis.Stelle;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The Stellen of all units, who holds them and what they may sign, for the role ADMINISTRATION. */
@Controller
class Stellenseiten {

    private static final int JE_SEITE = 50;

    private final Stellen stellen;
    private final Personen personen;

    Stellenseiten(Stellen stellen, Personen personen) {
        this.stellen = stellen;
        this.personen = personen;
    }

    @GetMapping("/verwaltung/stellen")
    String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            @RequestParam(required = false) @Nullable UUID gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var kuerzel = zu.replace("\0", "").strip();
        var stelle = kuerzel.isEmpty() ? Stellen.NACH_EINHEIT.lies(ab) : Stelle.ab(kuerzel);
        seite.addAttribute("stellen", stellen.liste(stelle, JE_SEITE));
        seite.addAttribute("gesamt", stellen.anzahl());
        seite.addAttribute("zu", zu);
        seite.addAttribute("hier", stelle.text());
        seite.addAttribute("gespeichert", gespeichert);
        return "organisation/stellen";
    }

    /** @param ab the page of the list to return to */
    @PostMapping("/verwaltung/stellen/{id}/zeichnungsbefugnis")
    String setze(
            @PathVariable UUID id,
            @RequestParam Stellen.Zeichnungsbefugnis befugnis,
            @RequestParam(required = false) @Nullable String ab,
            @AuthenticationPrincipal Anmeldung wer) {
        stellen.setze(wer, id, befugnis);
        return "redirect:/verwaltung/stellen?ab="
                + Stellen.NACH_EINHEIT.lies(ab).text() + "&gespeichert=" + id + "#stelle-" + id;
    }
}
