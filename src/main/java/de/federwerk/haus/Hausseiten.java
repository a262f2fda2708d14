package de.federwerk.haus;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.haus.Haus.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Mandanten;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The towns of the house, for the Hausverwaltung. */
@Controller
@FrischAngemeldet
class Hausseiten {

    private static final int JE_SEITE = 50;

    /** A town that was just founded. @param anmeldung name to sign in with @param passwort shown this once */
    record Neu(String name, String anmeldung, String passwort) {}

    private final Haus haus;
    private final Mandanten mandanten;

    Hausseiten(Haus haus, Mandanten mandanten) {
        this.haus = haus;
        this.mandanten = mandanten;
    }

    @GetMapping("/haus")
    String zeige(
            @RequestParam(required = false) @Nullable String ab, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        haus.verlange(wer);
        return liste(ab, Angaben.leer(), null, "", seite);
    }

    private String liste(@Nullable String ab, Angaben angaben, @Nullable Neu neu, String fehler, Model seite) {
        seite.addAttribute("mandanten", mandanten.liste(Mandanten.NACH_KUERZEL.lies(ab), JE_SEITE));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("angaben", angaben);
        seite.addAttribute("neu", neu);
        seite.addAttribute("fehler", fehler);
        return "haus/haus";
    }

    @PostMapping("/haus")
    String gruende(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String kuerzel,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String hostname,
            @RequestParam(defaultValue = "") String vorname,
            @RequestParam(defaultValue = "") String nachname,
            @RequestParam(defaultValue = "") String anmeldename,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        haus.verlange(wer);
        var angaben = new Angaben(kuerzel, name, hostname, vorname, nachname, anmeldename);
        try {
            var passwort = haus.gruende(wer, id, angaben);
            var gegruendet = haus.mandant(wer, id);
            var anmeldung = anmeldename.strip() + "@" + gegruendet.kuerzel();
            return liste(null, Angaben.leer(), new Neu(gegruendet.name(), anmeldung, passwort), "", seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(null, angaben, null, String.valueOf(e.getMessage()), seite);
        }
    }

    @GetMapping("/haus/{id}")
    String mandant(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return mandant(id, null, null, "", seite, wer);
    }

    private String mandant(
            UUID id, @Nullable String name, @Nullable String hostname, String fehler, Model seite, Anmeldung wer) {
        var mandant = haus.mandant(wer, id);
        var bisher = mandant.hostname() == null ? "" : mandant.hostname();
        seite.addAttribute("mandant", mandant);
        seite.addAttribute("name", name == null ? mandant.name() : name);
        seite.addAttribute("hostname", hostname == null ? bisher : hostname);
        seite.addAttribute("eigener", id.equals(wer.mandant()));
        seite.addAttribute("fehler", fehler);
        return "haus/mandant";
    }

    @PostMapping("/haus/{id}/angaben")
    String benenne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String hostname,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        haus.verlange(wer);
        try {
            haus.benenne(wer, id, name, hostname);
            return "redirect:/haus/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return mandant(id, name, hostname, String.valueOf(e.getMessage()), seite, wer);
        }
    }

    @PostMapping("/haus/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        haus.beende(wer, id);
        return "redirect:/haus/" + id;
    }

    @PostMapping("/haus/{id}/wiederaufnahme")
    String oeffne(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        haus.oeffne(wer, id);
        return "redirect:/haus/" + id;
    }
}
