package de.federwerk.verzeichnis;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
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

/** Which directories there are, what their groups mean, and who is linked; for the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Verzeichnisseiten {

    private static final String SEITE = "/verwaltung/verzeichnis";

    private final Verzeichniseinstellungen einstellungen;
    private final Gruppenzuordnungen zuordnungen;
    private final Verknuepfungen verknuepfungen;
    private final Verknuepfungsfragen fragen;
    private final Abgleichlauf abgleich;
    private final Einheiten einheiten;
    private final Personen personen;

    Verzeichnisseiten(
            Verzeichniseinstellungen einstellungen,
            Gruppenzuordnungen zuordnungen,
            Verknuepfungen verknuepfungen,
            Verknuepfungsfragen fragen,
            Abgleichlauf abgleich,
            Einheiten einheiten,
            Personen personen) {
        this.einstellungen = einstellungen;
        this.zuordnungen = zuordnungen;
        this.verknuepfungen = verknuepfungen;
        this.fragen = fragen;
        this.abgleich = abgleich;
        this.einheiten = einheiten;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(required = false) @Nullable String gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite(seite, gespeichert == null ? "" : "Gespeichert.", "");
    }

    private String seite(Model seite, String meldung, String fehler) {
        seite.addAttribute("ldap", einstellungen.ldap().orElse(null));
        seite.addAttribute("stand", einstellungen.stand().orElse(null));
        seite.addAttribute("oidc", einstellungen.oidc().orElse(null));
        seite.addAttribute("zuordnungen", zuordnungen.alle());
        seite.addAttribute("rollen", Gruppenzuordnungen.rollen());
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("fragen", fragen.offene());
        seite.addAttribute("personen", verknuepfungen.zeilen());
        seite.addAttribute("gesamt", verknuepfungen.anzahl());
        seite.addAttribute("meldung", meldung);
        seite.addAttribute("fehler", fehler);
        return "verzeichnis/uebersicht";
    }

    @PostMapping(SEITE + "/zuordnungen")
    String ordneZu(
            @RequestParam(defaultValue = "") String gruppe,
            @RequestParam(defaultValue = "") String rolle,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(defaultValue = "") String stelle,
            @RequestParam(defaultValue = "false") boolean leitung,
            @RequestParam(defaultValue = "false") boolean zugriff,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            zuordnungen.ordneZu(wer, gruppe, rolle, einheit, stelle, leitung, zugriff);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(seite, "", String.valueOf(e.getMessage()));
        }
        return "redirect:" + SEITE + "?gespeichert#zuordnungen";
    }

    @PostMapping(SEITE + "/zuordnungen/{id}/ende")
    String loese(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        zuordnungen.beende(wer, id);
        return "redirect:" + SEITE + "?gespeichert#zuordnungen";
    }

    /** @param bestaetigt so many may lose their access, a role or a Stelle; zero: the brake holds */
    @PostMapping(SEITE + "/abgleiche")
    String gleicheAb(
            @RequestParam(defaultValue = "0") int bestaetigt, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite(seite, abgleich.laufe(bestaetigt), "");
    }

    @PostMapping(SEITE + "/fragen/{id}/verknuepfung")
    String verknuepfe(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        fragen.verknuepfe(wer, id);
        return "redirect:" + SEITE + "?gespeichert#personen";
    }

    @PostMapping(SEITE + "/personen/{id}/passwort")
    String lassePasswort(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean bleibt,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        verknuepfungen.lassePasswort(wer, id, bleibt);
        return "redirect:" + SEITE + "?gespeichert#personen";
    }
}
