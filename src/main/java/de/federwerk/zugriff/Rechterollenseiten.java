package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.zugriff.Rollenwirkungsseiten.Vorschau;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
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
    private final Rollenwirkungen wirkungen;
    private final Rechtesuche suche;
    private final Personen personen;

    Rechterollenseiten(Rechterollen rollen, Rollenwirkungen wirkungen, Rechtesuche suche, Personen personen) {
        this.rollen = rollen;
        this.wirkungen = wirkungen;
        this.suche = suche;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(defaultValue = "") String erledigt, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite("", erledigt, seite);
    }

    @PostMapping(SEITE)
    String richteEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            rollen.richteEin(wer, id, name.replace("\0", ""));
            return "redirect:" + SEITE;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(String.valueOf(e.getMessage()), "", seite);
        }
    }

    /** Shown before it is done, and done only as it was seen. */
    @PostMapping(SEITE + "/{id}/mitglieder")
    String gib(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String wen,
            @RequestParam(defaultValue = "") String wenId,
            @RequestParam(defaultValue = "") String gesehen,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var name = rollen.name(id);
        try {
            var person = person(wen, wenId);
            var wirkung = wirkungen.gaebe(person, id, name, () -> rollen.gib(wer, id, person));
            if (Rollenwirkungsseiten.gesehen(wirkung).equals(gesehen)) {
                rollen.gib(wer, id, person);
                return "redirect:" + SEITE + "?erledigt=gegeben";
            }
            return Rollenwirkungsseiten.zeige(
                    new Vorschau(
                            true,
                            SEITE + "/" + id + "/mitglieder",
                            Map.of("wenId", "person:" + person),
                            SEITE,
                            "Eigene Rollen",
                            "Erst eine Freigabe für die Rolle öffnet etwas."),
                    wirkung,
                    seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(String.valueOf(e.getMessage()), "", seite);
        }
    }

    private UUID person(String wen, String wenId) {
        var gemeint = suche.verlangeSubjekt(
                wenId,
                wen,
                "So heißt niemand im Haus, oder mehrere. Bitte wählen Sie die Person aus der Liste, oder geben Sie den Anmeldenamen an.");
        if (!gemeint.art().equals("person")) {
            throw Abgelehnt.eingabe("Eine Rolle hat eine Person, keine Einheit oder Stelle.");
        }
        return gemeint.id();
    }

    @PostMapping(SEITE + "/{id}/mitglieder/{besetzung}/ende")
    String nimm(
            @PathVariable UUID id,
            @PathVariable UUID besetzung,
            @RequestParam(defaultValue = "") String gesehen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var person = rollen.inhaber(id, besetzung);
        var wirkung = wirkungen.naehme(person, id, rollen.name(id), () -> rollen.nimm(wer, id, besetzung));
        if (Rollenwirkungsseiten.gesehen(wirkung).equals(gesehen)) {
            rollen.nimm(wer, id, besetzung);
            return "redirect:" + SEITE + "?erledigt=genommen";
        }
        return Rollenwirkungsseiten.zeige(
                new Vorschau(
                        false,
                        SEITE + "/" + id + "/mitglieder/" + besetzung + "/ende",
                        Map.of(),
                        SEITE,
                        "Eigene Rollen",
                        "Erst eine Freigabe für die Rolle öffnet etwas."),
                wirkung,
                seite);
    }

    private String seite(String fehler, String erledigt, Model seite) {
        seite.addAttribute("rollen", rollen.alle());
        seite.addAttribute("mitglieder", rollen.mitglieder());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("erledigt", erledigt);
        return "zugriff/rollen";
    }
}
