package de.federwerk.antrag;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.antrag.Antragswege.Weg;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For the role ADMINISTRATION: where the Anträge of each Leistung go. */
@Controller
@RequestMapping("/verwaltung/antraege")
class Antragswegseiten {

    private final Antragswege wege;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Personen personen;

    Antragswegseiten(Antragswege wege, Aktenplan plan, Einheiten einheiten, Personen personen) {
        this.wege = wege;
        this.plan = plan;
        this.einheiten = einheiten;
        this.personen = personen;
    }

    @GetMapping
    @Transactional(readOnly = true)
    public String alle(
            @RequestParam(required = false) @Nullable UUID leistung,
            @RequestParam(required = false) @Nullable String gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        seite.addAttribute("gespeichert", gespeichert != null);
        return seite(leistung, null, "", "", seite);
    }

    @PostMapping("/{leistung}")
    public String setze(
            @PathVariable UUID leistung,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(defaultValue = "jahr") String akte,
            @RequestParam(defaultValue = "") String frist,
            @RequestParam(defaultValue = "false") boolean offen,
            @RequestParam(defaultValue = "0") int aenderung,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        wege.verlangeLeistung(leistung);
        try {
            var knoten = this.plan
                    .gemeint(plan.strip().split("\\s", 2)[0])
                    .orElseThrow(
                            () -> Abgelehnt.eingabe(
                                    "Diese Position gibt es im Aktenplan nicht. Bitte nennen Sie ihr Kennzeichen, zum Beispiel 22.10.01."));
            if (einheit == null) throw Abgelehnt.eingabe("Bitte wählen Sie die Einheit, die die Anträge bekommt.");
            wege.setze(
                    wer, new Weg(leistung, knoten.id(), einheit, akte.equals("antrag"), tage(frist), offen, aenderung));
            return "redirect:/verwaltung/antraege?gespeichert";
        } catch (Abgelehnt nein) {
            antwort.setStatus(nein.art().status());
            seite.addAttribute("gespeichert", false);
            return seite(
                    leistung,
                    new Weg(
                            leistung,
                            leistung,
                            einheit == null ? leistung : einheit,
                            akte.equals("antrag"),
                            null,
                            offen,
                            aenderung),
                    plan,
                    String.valueOf(nein.getMessage()),
                    seite);
        }
    }

    private static @Nullable Integer tage(String frist) {
        if (frist.isBlank()) return null;
        try {
            return Integer.valueOf(frist.strip());
        } catch (NumberFormatException keine) {
            throw Abgelehnt.eingabe("Die Frist braucht eine Zahl von 1 bis 400 Arbeitstagen.");
        }
    }

    private String seite(@Nullable UUID offen, @Nullable Weg getippt, String planText, String fehler, Model seite) {
        seite.addAttribute("wege", wege.alle());
        seite.addAttribute("offen", offen == null ? "" : offen.toString());
        var weg = getippt == null && offen != null ? wege.finde(offen).orElse(null) : getippt;
        if (weg != null) seite.addAttribute("weg", weg);
        seite.addAttribute(
                "planText",
                planText.isEmpty() && weg != null
                        ? plan.knoten(weg.planknotenId())
                                .map(Aktenplan.Knoten::anzeige)
                                .orElse("")
                        : planText);
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("fehler", fehler);
        return "antrag/wege";
    }
}
