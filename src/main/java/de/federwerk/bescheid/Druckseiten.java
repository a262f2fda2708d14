package de.federwerk.bescheid;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The letters that wait for paper and post. */
@Controller
class Druckseiten {

    private static final String PFAD = "/bescheide/druck";

    private final Druckstrasse druck;

    Druckseiten(Druckstrasse druck) {
        this.druck = druck;
    }

    @GetMapping(PFAD)
    String liste(
            @RequestParam(defaultValue = "") String aufgegeben, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return liste(
                seite,
                wer,
                List.of(),
                "",
                aufgegeben.isEmpty() ? "" : "Eingetragen. Ab diesem Tag zählt die Bekanntgabe.");
    }

    private String liste(Model seite, Anmeldung wer, List<UUID> gewaehlt, String fehler, String erfolg) {
        seite.addAttribute("stuecke", druck.liste(wer));
        seite.addAttribute("gewaehlt", gewaehlt);
        seite.addAttribute("heute", LocalDate.now(Anzeige.ZONE).toString());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("erfolg", erfolg);
        return "bescheid/druck";
    }

    @PostMapping(PFAD)
    Object drucke(
            @RequestParam(name = "brief", required = false) List<UUID> briefe,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        var ids = briefe == null ? List.<UUID>of() : briefe;
        try {
            return Bescheidseiten.pdf(druck.zusammen(druck.drucke(wer, ids)), "Bescheide.pdf");
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, wer, ids, String.valueOf(e.getMessage()), "");
        }
    }

    @PostMapping(PFAD + "/aufgabe")
    String gibAuf(
            @RequestParam(name = "brief", required = false) List<UUID> briefe,
            @RequestParam(defaultValue = "") String tag,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        var ids = briefe == null ? List.<UUID>of() : briefe;
        try {
            druck.gibAuf(wer, ids, tag(tag));
            return "redirect:" + PFAD + "?aufgegeben=ja";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, wer, ids, String.valueOf(e.getMessage()), "");
        }
    }

    private static LocalDate tag(String getippt) {
        try {
            return LocalDate.parse(getippt.strip());
        } catch (DateTimeParseException e) {
            throw Abgelehnt.eingabe("Bitte nennen Sie den Tag, an dem die Briefe zur Post gegeben wurden.");
        }
    }
}
