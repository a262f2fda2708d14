package de.federwerk.akte;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The forms by which a Dokument is checked out, given back and taken back. */
@Controller
class Sperrseiten {

    private final Auscheckung auscheckung;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;

    Sperrseiten(Auscheckung auscheckung, Dokumente dokumente, Berechtigungen berechtigungen) {
        this.auscheckung = auscheckung;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
    }

    @PostMapping("/dokumente/{id}/sperre")
    String sperre(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        auscheckung.checkeAus(wer, id, grund);
        return zurueck(id, wer);
    }

    @PostMapping("/dokumente/{id}/sperre/freigabe")
    String gibFrei(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        auscheckung.gibFrei(wer, id);
        return zurueck(id, wer);
    }

    @PostMapping("/dokumente/{id}/sperre/aufhebung")
    String hebeAuf(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        auscheckung.hebeAuf(wer, id, grund);
        return zurueck(id, wer);
    }

    private String zurueck(UUID id, Anmeldung wer) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.METADATEN), id);
        return "redirect:/vorgaenge/" + dokument.vorgangId() + "?dokument=" + id;
    }
}
