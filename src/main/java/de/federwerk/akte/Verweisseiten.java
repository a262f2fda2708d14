package de.federwerk.akte;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Schriftgut refers to other Schriftgut: the last form of {@link Pflegeseiten}. */
@Controller
class Verweisseiten {

    private final Verweise verweise;
    private final Schriftgutsuche suche;
    private final Berechtigungen berechtigungen;
    private final Pflegeseiten seiten;

    Verweisseiten(Verweise verweise, Schriftgutsuche suche, Berechtigungen berechtigungen, Pflegeseiten seiten) {
        this.verweise = verweise;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
        this.seiten = seiten;
    }

    /** Akten and Vorgänge that the person may read: what one can refer to. */
    @GetMapping("/schriftgut/auswahl")
    @ResponseBody
    List<Schriftgutsuche.Auswahl> schriftgut(
            @RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        return suche.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), q);
    }

    @PostMapping("/{was:akten|vorgaenge|dokumente}/{id}/verweise")
    String verweise(
            @PathVariable String was,
            @PathVariable UUID id,
            @RequestParam UUID verweis,
            @RequestParam(defaultValue = "") String ziel,
            @RequestParam(defaultValue = "") String zielId,
            @RequestParam(defaultValue = "") String bemerkung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var art = switch (was) {
            case "akten" -> Schriftgut.Art.AKTE;
            case "vorgaenge" -> Schriftgut.Art.VORGANG;
            default -> Schriftgut.Art.DOKUMENT;
        };
        verweise.zumAendern(wer, art, id);
        try {
            var gemeint = suche.gemeint(berechtigungen.sicht(wer.person(), Recht.LESEN), zielId, ziel)
                    .orElseThrow(
                            () -> Abgelehnt.eingabe(
                                    "„" + ziel
                                            + "“ ist nicht genau eine Akte oder ein Vorgang, den Sie sehen. Bitte geben Sie das ganze Aktenzeichen an. Es wurde nichts geändert."));
            verweise.verweise(wer, verweis, art, id, gemeint.art(), gemeint.id(), bemerkung);
            return "redirect:/" + was + "/" + id + "/bearbeiten#verweise";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("verweis", new Verweisend(ziel, zielId, bemerkung, String.valueOf(e.getMessage())));
            return bearbeiten(art, id, seite, wer);
        }
    }

    /** What was typed into the form of a Verweis, and why it was refused. */
    record Verweisend(String ziel, String zielId, String bemerkung, String fehler) {}

    private String bearbeiten(Schriftgut.Art art, UUID id, Model seite, Anmeldung wer) {
        return switch (art) {
            case AKTE -> seiten.akte(id, seite, wer);
            case VORGANG -> seiten.vorgang(id, seite, wer);
            case DOKUMENT -> seiten.dokument(id, seite, wer);
        };
    }

    @PostMapping("/verweise/{id}/ende")
    String beende(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "/") String zurueck,
            @AuthenticationPrincipal Anmeldung wer) {
        verweise.beende(wer, id);
        return "redirect:"
                + (zurueck.matches("/(akten|vorgaenge|dokumente)/[0-9a-f-]{36}/bearbeiten")
                        ? zurueck + "#verweise"
                        : "/");
    }
}
