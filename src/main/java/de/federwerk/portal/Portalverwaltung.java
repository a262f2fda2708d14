package de.federwerk.portal;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For the role ADMINISTRATION, in the house: what the town says in its Portal. */
@Controller
@RequestMapping("/verwaltung/portal")
class Portalverwaltung {

    private final Portaltexte texte;
    private final Portaltor tor;
    private final Personen personen;

    Portalverwaltung(Portaltexte texte, Portaltor tor, Personen personen) {
        this.texte = texte;
        this.tor = tor;
        this.personen = personen;
    }

    @GetMapping
    String zeige(
            @RequestParam(defaultValue = "impressum") String art,
            @RequestParam(defaultValue = "de") String sprache,
            Model seite,
            HttpServletRequest anfrage,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var text = texte.zumBearbeiten(art(art), sprache(sprache));
        return seite(seite, anfrage, art(art), text, "");
    }

    @PostMapping
    String schreibe(
            @RequestParam String art,
            @RequestParam String sprache,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "0") int fassung,
            Model seite,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            texte.schreibe(wer, art(art), sprache(sprache), text, fassung);
        } catch (Abgelehnt nein) {
            antwort.setStatus(nein.art().status());
            return seite(
                    seite,
                    anfrage,
                    art(art),
                    new Portaltexte.Text(sprache(sprache), text, fassung),
                    String.valueOf(nein.getMessage()));
        }
        return "redirect:/verwaltung/portal?art=" + art(art).kennung() + "&sprache="
                + sprache(sprache).kennung() + "&gespeichert";
    }

    private String seite(
            Model seite, HttpServletRequest anfrage, Portaltexte.Art art, Portaltexte.Text text, String fehler) {
        seite.addAttribute("art", art);
        seite.addAttribute("text", text);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("gespeichert", anfrage.getParameter("gespeichert") != null);
        seite.addAttribute("adresse", tor.offen() ? tor.aussen(anfrage, Portalweiche.PORTAL) : "");
        return "portal/verwaltung";
    }

    private static Portaltexte.Art art(String kennung) {
        return Arrays.stream(Portaltexte.Art.values())
                .filter(a -> a.kennung().equals(kennung))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diesen Text gibt es nicht."));
    }

    private static Sprache sprache(String kuerzel) {
        return Sprache.mit(kuerzel).orElseThrow(() -> new NichtGefunden("Diese Sprache gibt es nicht."));
    }
}
