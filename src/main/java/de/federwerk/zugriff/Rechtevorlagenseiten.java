package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sets up the rights of many units at once, with a list of what would be granted before it is. */
@Controller
@FrischAngemeldet
class Rechtevorlagenseiten {

    private static final String SEITE = Rechteseiten.SEITE + "/vorlagen";

    private final Rechtevorlagen vorlagen;
    private final Rechtesuche suche;
    private final Einheiten einheiten;
    private final Personen personen;

    Rechtevorlagenseiten(Rechtevorlagen vorlagen, Rechtesuche suche, Einheiten einheiten, Personen personen) {
        this.vorlagen = vorlagen;
        this.suche = suche;
        this.einheiten = einheiten;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(defaultValue = "SACHGEBIET") Rechtevorlage vorlage,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite(new Rechtevorlagen.Auftrag(Kennung.neu(), vorlage, List.of(), null), "", List.of(), "", seite);
    }

    @PostMapping(SEITE)
    String tu(
            @RequestParam UUID id,
            @RequestParam Rechtevorlage vorlage,
            @RequestParam(defaultValue = "") List<UUID> einheit,
            @RequestParam(defaultValue = "") String auf,
            @RequestParam(defaultValue = "") String aufId,
            @RequestParam(defaultValue = "") String tun,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var auftrag = new Rechtevorlagen.Auftrag(id, vorlage, einheit, position(auf, aufId));
        try {
            if (tun.equals("speichern")) {
                vorlagen.wendeAn(wer, auftrag);
                return "redirect:" + Rechteseiten.SEITE + "?erledigt=vorlage";
            }
            return seite(auftrag, auf, vorlagen.zeilen(auftrag), "", seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(auftrag, auf, List.of(), String.valueOf(e.getMessage()), seite);
        }
    }

    private @Nullable UUID position(String getippt, String kennung) {
        return suche.ziel(kennung, getippt)
                .filter(z -> z.art().equals("plan"))
                .map(Rechtesuche.Gemeint::id)
                .orElse(null);
    }

    private String seite(
            Rechtevorlagen.Auftrag auftrag, String auf, List<Rechtevorlagen.Zeile> zeilen, String fehler, Model seite) {
        seite.addAttribute("auftrag", auftrag);
        seite.addAttribute("auf", auf);
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("zeilen", zeilen);
        seite.addAttribute("fehler", fehler);
        return "zugriff/vorlagen";
    }
}
