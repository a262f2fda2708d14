package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The town's own roles and who has them, for the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Rechterollenseiten {

    private static final String SEITE = Rechteseiten.SEITE + "/rollen";

    private final Rechterollen rollen;
    private final Rechtesuche suche;
    private final Personen personen;

    Rechterollenseiten(Rechterollen rollen, Rechtesuche suche, Personen personen) {
        this.rollen = rollen;
        this.suche = suche;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite("", seite);
    }

    @PostMapping(SEITE)
    String richteEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return tu(() -> rollen.richteEin(wer, id, name.replace("\0", "")), antwort, seite);
    }

    @PostMapping(SEITE + "/{id}/mitglieder")
    String gib(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String wen,
            @RequestParam(defaultValue = "") String wenId,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return tu(
                () -> {
                    rollen.name(id);
                    var gemeint = suche.verlangeSubjekt(
                            wenId,
                            wen,
                            "So heißt niemand im Haus, oder mehrere. Bitte wählen Sie die Person aus der Liste, oder geben Sie den Anmeldenamen an.");
                    if (!gemeint.art().equals("person")) {
                        throw Abgelehnt.eingabe("Eine Rolle hat eine Person, keine Einheit oder Stelle.");
                    }
                    rollen.gib(wer, id, gemeint.id());
                },
                antwort,
                seite);
    }

    @PostMapping(SEITE + "/{id}/mitglieder/{besetzung}/ende")
    String nimm(@PathVariable UUID id, @PathVariable UUID besetzung, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        rollen.nimm(wer, id, besetzung);
        return "redirect:" + SEITE;
    }

    private String tu(Runnable akt, HttpServletResponse antwort, Model seite) {
        try {
            akt.run();
            return "redirect:" + SEITE;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(String.valueOf(e.getMessage()), seite);
        }
    }

    private String seite(String fehler, Model seite) {
        seite.addAttribute("rollen", rollen.alle());
        seite.addAttribute("mitglieder", rollen.mitglieder());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "zugriff/rollen";
    }
}
