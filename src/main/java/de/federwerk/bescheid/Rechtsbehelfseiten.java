package de.federwerk.bescheid;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.bescheid.Bekanntgaberegel.Beginn;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For the role LEISTUNGEN: how to object, and from when a Bescheid counts. */
@Controller
@RequestMapping("/verwaltung/rechtsbehelfe")
class Rechtsbehelfseiten {

    private static final String PFAD = "/verwaltung/rechtsbehelfe";

    private final Rechtsbehelfe rechtsbehelfe;
    private final Bekanntgaberegeln regeln;
    private final Personen personen;

    Rechtsbehelfseiten(Rechtsbehelfe rechtsbehelfe, Bekanntgaberegeln regeln, Personen personen) {
        this.rechtsbehelfe = rechtsbehelfe;
        this.regeln = regeln;
        this.personen = personen;
    }

    @GetMapping
    String alle(@RequestParam(defaultValue = "") String erfolg, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return alle(seite, "", erfolg.isEmpty() ? "" : "Gespeichert.");
    }

    private String alle(Model seite, String fehler, String erfolg) {
        var land = regeln.land().orElse(null);
        seite.addAttribute("rechtsbehelfe", rechtsbehelfe.alle());
        seite.addAttribute("regeln", regeln.alle());
        seite.addAttribute("hinweis", Rechtsbehelfe.hinweis(land));
        seite.addAttribute("land", land == null ? "" : land.bezeichnung());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("erfolg", erfolg);
        return "bescheid/rechtsbehelfe";
    }

    @PostMapping("/mitgelieferte")
    String nimm(Model seite, HttpServletResponse antwort, @AuthenticationPrincipal Anmeldung wer) {
        return tue(seite, antwort, wer, () -> rechtsbehelfe.nimmMitgelieferte(wer));
    }

    @PostMapping("/texte/{id}")
    String pruefe(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int aenderung,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean geprueft,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        return tue(seite, antwort, wer, () -> rechtsbehelfe.pruefe(wer, id, aenderung, text, geprueft));
    }

    @PostMapping("/regeln/{recht}/{kanal}")
    String setze(
            @PathVariable String recht,
            @PathVariable String kanal,
            @RequestParam(defaultValue = "") String beginn,
            @RequestParam(defaultValue = "-1") int tage,
            @RequestParam(defaultValue = "false") boolean verschiebt,
            @RequestParam(defaultValue = "0") int abruftage,
            @RequestParam(defaultValue = "") String grundlage,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var welches = Arrays.stream(Recht.values())
                .filter(r -> r.kennung().equals(recht))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Regel gibt es nicht."));
        var welcher = Arrays.stream(Kanal.values())
                .filter(k -> k.kennung().equals(kanal))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Regel gibt es nicht."));
        return tue(seite, antwort, wer, () -> {
            var ab = Beginn.von(beginn);
            if (ab == null) {
                throw Abgelehnt.eingabe("Bitte wählen Sie, ab wann die Tage zählen.");
            }
            regeln.setze(
                    wer, new Bekanntgaberegel(welches, welcher, ab, tage, verschiebt, abruftage, grundlage, true, ""));
        });
    }

    private String tue(Model seite, HttpServletResponse antwort, Anmeldung wer, Runnable tat) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            tat.run();
            return "redirect:" + PFAD + "?erfolg=ja";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, String.valueOf(e.getMessage()), "");
        }
    }
}
