package de.federwerk.umbau;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The Geschäftsverteilungsplan as a list, for the role ADMINISTRATION: upload, preview, „Übernehmen“. */
@Controller
@FrischAngemeldet
class Verteilungsseiten {

    private static final String SEITE = "/verwaltung/geschaeftsverteilung";

    private final Geschaeftsverteilung verteilung;
    private final Personen personen;

    Verteilungsseiten(Geschaeftsverteilung verteilung, Personen personen) {
        this.verteilung = verteilung;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return liste(seite, "");
    }

    private String liste(Model seite, String fehler) {
        seite.addAttribute("plaene", verteilung.alle());
        seite.addAttribute("spalten", Verteilungszeile.SPALTEN);
        seite.addAttribute("fehler", fehler);
        return "umbau/verteilungen";
    }

    @PostMapping(SEITE)
    String lege(
            @RequestParam("datei") MultipartFile datei,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try (var strom = datei.getInputStream()) {
            var bytes = strom.readNBytes(Geschaeftsverteilung.BYTES + 1);
            return "redirect:" + SEITE + "/"
                    + verteilung.lege(wer, Objects.requireNonNullElse(datei.getOriginalFilename(), ""), bytes);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping(SEITE + "/{id}")
    String zeige(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return plan(id, seite, wer, "");
    }

    @PostMapping(SEITE + "/{id}/uebernahme")
    String uebernimm(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String gesehen,
            @RequestParam(defaultValue = "false") boolean auslassen,
            @RequestParam(defaultValue = "false") boolean beenden,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            verteilung.uebernimm(wer, id, gesehen, auslassen, beenden);
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return plan(id, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    private String plan(UUID id, Model seite, Anmeldung wer, String fehler) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var plan = verteilung.plan(id);
        seite.addAttribute("plan", plan);
        seite.addAttribute("vorschau", plan.offen() ? verteilung.vorschau(id) : null);
        seite.addAttribute("fehler", fehler);
        return "umbau/verteilung";
    }
}
