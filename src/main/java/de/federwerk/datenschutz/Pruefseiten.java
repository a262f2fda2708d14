package de.federwerk.datenschutz;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datenschutz.Entscheidungen.Entscheid;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** „Auskunft: zu prüfen“: each unit looks at what was found with it. */
@Controller
@RequestMapping("/auskunft")
class Pruefseiten {

    private final Fundbuch funde;
    private final Entscheidungen entscheidungen;
    private final Ersuchenbuch buch;

    Pruefseiten(Fundbuch funde, Entscheidungen entscheidungen, Ersuchenbuch buch) {
        this.funde = funde;
        this.entscheidungen = entscheidungen;
        this.buch = buch;
    }

    @GetMapping
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("auftraege", funde.auftraege(wer));
        return "datenschutz/pruefungen";
    }

    @GetMapping("/{id}")
    String eine(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return eine(id, seite, wer, "", Eingabe.KEINE);
    }

    private String eine(UUID id, Model seite, Anmeldung wer, String fehler, Eingabe eingabe) {
        var meine = funde.meine(wer, id);
        if (meine.isEmpty()) {
            throw nicht();
        }
        // Whom it is about knows only who has something to look at.
        seite.addAttribute("ersuchen", buch.gelesen(id));
        seite.addAttribute("treffer", meine);
        seite.addAttribute("inhalte", entscheidungen.inhalte(id, meine));
        seite.addAttribute("kopien", entscheidungen.kopien(wer, id, meine));
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("offen", meine.stream().filter(Treffer::offen).count());
        seite.addAttribute("gruende", Zurueckhaltung.values());
        seite.addAttribute("fehler", fehler);
        return "datenschutz/pruefung";
    }

    private static NichtGefunden nicht() {
        return new NichtGefunden("Hier gibt es für Sie nichts zu prüfen.");
    }

    @PostMapping("/{id}/treffer/{objekt}")
    String entscheide(
            @PathVariable UUID id,
            @PathVariable UUID objekt,
            @RequestParam(defaultValue = "") String entscheid,
            @RequestParam(required = false) @Nullable Zurueckhaltung weil,
            @RequestParam(defaultValue = "") String bemerkung,
            @RequestParam(defaultValue = "") String stand,
            @RequestParam(defaultValue = "") String kopie,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var getippt = Map.of(
                "entscheid",
                entscheid,
                "weil",
                weil == null ? "" : weil.name(),
                "bemerkung",
                bemerkung,
                "kopie",
                kopie);
        return oder(
                id,
                seite,
                wer,
                antwort,
                Eingabe.von(objekt.toString(), getippt),
                () -> entscheidungen.entscheide(
                        wer, id, objekt, new Entscheid(entscheid, weil, bemerkung, stand, kopie)));
    }

    @PostMapping("/{id}/treffer/{objekt}/umfang")
    String nimmDokumente(
            @PathVariable UUID id,
            @PathVariable UUID objekt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, Eingabe.KEINE, () -> entscheidungen.nimmDokumente(wer, id, objekt));
    }

    /** All that were ticked are about somebody else of the same name. */
    @PostMapping("/{id}/namensgleiche")
    String andere(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable List<String> objekt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, Eingabe.KEINE, () -> {
            if (objekt == null || objekt.isEmpty()) {
                throw Abgelehnt.eingabe("Es ist nichts angekreuzt.");
            }
            entscheidungen.setzeBeiseite(wer, id, objekt);
        });
    }

    private String oder(
            UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Eingabe eingabe, Runnable tat) {
        if (!funde.beteiligt(wer, id)) {
            throw nicht();
        }
        try {
            tat.run();
            return "redirect:/auskunft/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eine(id, seite, wer, String.valueOf(e.getMessage()), eingabe);
        }
    }
}
