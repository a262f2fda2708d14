package de.federwerk.anmeldung;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the administration decides about sign-in, and how it helps who is locked out. */
@Controller
class Anmeldeverwaltung {

    private final Personen personen;
    private final Faktoren faktoren;
    private final Faktorpflicht pflicht;
    private final Passkeys passkeys;
    private final Sitzungsliste sitzungen;

    Anmeldeverwaltung(
            Personen personen, Faktoren faktoren, Faktorpflicht pflicht, Passkeys passkeys, Sitzungsliste sitzungen) {
        this.personen = personen;
        this.faktoren = faktoren;
        this.pflicht = pflicht;
        this.passkeys = passkeys;
        this.sitzungen = sitzungen;
    }

    @GetMapping("/verwaltung/anmeldung")
    String zeige(
            Model seite,
            @RequestParam(required = false) @Nullable String gespeichert,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        seite.addAttribute("pflicht", pflicht.rollen());
        seite.addAttribute("gespeichert", gespeichert != null);
        return "anmeldung/verwaltung";
    }

    @FrischAngemeldet
    @PostMapping("/verwaltung/anmeldung")
    String bestimme(
            @RequestParam(defaultValue = "false") boolean alle,
            @RequestParam(required = false) @Nullable List<String> rolle,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var rollen = new java.util.ArrayList<>(rolle == null ? List.of() : rolle);
        rollen.remove(Faktorpflicht.ALLE);
        if (alle) rollen.add(Faktorpflicht.ALLE);
        pflicht.bestimme(wer, rollen);
        return "redirect:/verwaltung/anmeldung?gespeichert";
    }

    @GetMapping("/verwaltung/personen/{id}/anmeldung")
    String person(
            @PathVariable UUID id,
            Model seite,
            @RequestParam(required = false) @Nullable String erledigt,
            @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("person", mensch(wer, id));
        seite.addAttribute("stand", faktoren.stand(id));
        seite.addAttribute("passkeys", passkeys.liste(id));
        seite.addAttribute("sitzungen", sitzungen.von(id, null));
        seite.addAttribute("erledigt", erledigt == null ? "" : erledigt);
        return "anmeldung/person";
    }

    /** Whatever is lost: the factors go, and with them every session that they opened. */
    @FrischAngemeldet
    @PostMapping("/verwaltung/personen/{id}/faktorruecksetzung")
    String setzeZurueck(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        mensch(wer, id);
        faktoren.setzeZurueck(wer, id);
        sitzungen.beendeAlle(wer, id);
        return "redirect:/verwaltung/personen/" + id + "/anmeldung?erledigt=faktoren";
    }

    @FrischAngemeldet
    @PostMapping("/verwaltung/personen/{id}/sitzungsende")
    String beendeSitzungen(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        mensch(wer, id);
        sitzungen.beendeAlle(wer, id);
        return "redirect:/verwaltung/personen/" + id + "/anmeldung?erledigt=sitzungen";
    }

    private Personen.Zeile mensch(Anmeldung wer, UUID id) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return personen.zeile(id)
                .filter(p -> !p.technisch())
                .orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
    }
}
