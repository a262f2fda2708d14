package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Tabelle;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartFile;

/** The plan as a table, its import, and the choices for “which position?”. */
@Controller
class Planseiten {

    record Auswahl(UUID id, String text, String zusatz) {}

    private final Aktenplan plan;
    private final Planimport leser;
    private final Personen personen;

    Planseiten(Aktenplan plan, Planimport leser, Personen personen) {
        this.plan = plan;
        this.leser = leser;
        this.personen = personen;
    }

    @GetMapping("/aktenplan/auswahl")
    @ResponseBody
    List<Auswahl> auswahl(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "false") boolean alle) {
        return plan.suche(q, alle).stream()
                .map(k -> new Auswahl(k.id(), k.anzeige(), k.frist()))
                .toList();
    }

    @GetMapping("/verwaltung/aktenplan")
    String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return tabelle(seite, "", "");
    }

    @PostMapping("/verwaltung/aktenplan")
    String lies(@RequestParam("datei") MultipartFile datei, Model seite, @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try (var zeichen = Tabelle.text(datei.getInputStream())) {
            var bericht = leser.lies(wer.pseudonym(), zeichen);
            return tabelle(
                    seite,
                    "Übernommen: %d neue, %d geänderte, %d unveränderte Positionen."
                            .formatted(bericht.neu(), bericht.geaendert(), bericht.gleich()),
                    "");
        } catch (Abgelehnt e) {
            return tabelle(seite, "", String.valueOf(e.getMessage()));
        }
    }

    private String tabelle(Model seite, String meldung, String fehler) {
        seite.addAttribute("knoten", plan.baum());
        seite.addAttribute("meldung", meldung);
        seite.addAttribute("fehler", fehler);
        return "aktenplan/plan";
    }
}
