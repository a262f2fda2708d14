package de.federwerk.handmappe;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.akte.Schriftgutsuche;
import de.federwerk.akte.Schriftgutsuche.Gemeintes;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's Handmappen, and one of them. */
@Controller
class Handmappenseiten {

    private static final Pattern DOKUMENT = Pattern.compile("dokument:([0-9a-f-]{36})");

    private final Handmappen mappen;
    private final Schriftgutsuche suche;
    private final Berechtigungen berechtigungen;

    Handmappenseiten(Handmappen mappen, Schriftgutsuche suche, Berechtigungen berechtigungen) {
        this.mappen = mappen;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
    }

    @GetMapping("/handmappen")
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return alle(seite, wer, "", false, "");
    }

    private String alle(Model seite, Anmeldung wer, String name, boolean teilen, String fehler) {
        seite.addAttribute("mappen", mappen.von(wer));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("name", name);
        seite.addAttribute("teilen", teilen);
        seite.addAttribute("fehler", fehler);
        return "handmappe/mappen";
    }

    @PostMapping("/handmappen")
    String richteEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean teilen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            mappen.richteEin(wer, id, name, teilen);
            return "redirect:/handmappen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, wer, name, teilen, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/handmappen/{id}")
    String mappe(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return mappe(id, seite, wer, Getippt.NICHTS);
    }

    /** What was typed into one of the two forms of the page and refused. @param name null: it was not that form */
    record Getippt(
            String ziel,
            String zielId,
            String notiz,
            @Nullable String name,
            boolean teilen,
            String fehler) {

        static final Getippt NICHTS = new Getippt("", "", "", null, false, "");
    }

    private String mappe(UUID id, Model seite, Anmeldung wer, Getippt getippt) {
        var mappe = mappen.mappe(wer, id);
        seite.addAttribute("mappe", mappe);
        seite.addAttribute("inhalt", mappen.inhalt(wer, mappe));
        seite.addAttribute("getippt", getippt);
        return "handmappe/mappe";
    }

    @PostMapping("/handmappen/{id}/angaben")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "false") boolean teilen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                fehler -> new Getippt("", "", "", name, teilen, fehler),
                () -> mappen.aendere(wer, id, name, teilen));
    }

    @PostMapping("/handmappen/{id}/aufloesung")
    String loeseAuf(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        mappen.loeseAuf(wer, id);
        return "redirect:/handmappen";
    }

    /** @param zielId {@code akte:<uuid>}, as a list or a page of Schriftgut names it */
    @PostMapping("/handmappen/{id}/stuecke")
    String lege(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String ziel,
            @RequestParam(defaultValue = "") String zielId,
            @RequestParam(defaultValue = "") String notiz,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, fehler -> new Getippt(ziel, zielId, notiz, null, false, fehler), () -> {
            mappen.mappe(wer, id);
            var dokument = DOKUMENT.matcher(zielId);
            var gemeint = dokument.matches()
                    ? new Gemeintes(Art.DOKUMENT, UUID.fromString(dokument.group(1)))
                    : suche.gemeint(berechtigungen.sicht(wer.person(), Recht.LESEN), zielId, ziel)
                            .orElseThrow(
                                    () -> Abgelehnt.eingabe(
                                            "„" + ziel
                                                    + "“ ist nicht genau eine Akte oder ein Vorgang, den Sie sehen. Bitte geben Sie das ganze Aktenzeichen an."));
            mappen.lege(wer, id, gemeint.art(), gemeint.id(), notiz);
        });
    }

    @PostMapping("/handmappen/{id}/stuecke/{objekt}/ende")
    String nimmHeraus(@PathVariable UUID id, @PathVariable UUID objekt, @AuthenticationPrincipal Anmeldung wer) {
        mappen.nimmHeraus(wer, id, objekt);
        return "redirect:/handmappen/" + id;
    }

    private String oder(
            UUID id,
            Model seite,
            Anmeldung wer,
            HttpServletResponse antwort,
            Function<String, Getippt> getippt,
            Runnable tat) {
        try {
            tat.run();
            return "redirect:/handmappen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return mappe(id, seite, wer, getippt.apply(String.valueOf(e.getMessage())));
        }
    }
}
