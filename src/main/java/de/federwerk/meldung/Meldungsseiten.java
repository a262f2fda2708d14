package de.federwerk.meldung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own Meldungen, and what of them comes by mail. */
@Controller
class Meldungsseiten {

    private static final int JE_SEITE = 50;

    private final Meldungen meldungen;
    private final Mailwuensche wuensche;
    private final Mailserver mailserver;

    Meldungsseiten(Meldungen meldungen, Mailwuensche wuensche, Mailserver mailserver) {
        this.meldungen = meldungen;
        this.wuensche = wuensche;
        this.mailserver = mailserver;
    }

    @GetMapping("/meldungen")
    String liste(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(required = false) @Nullable String gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("gespeichert", gespeichert != null);
        seite.addAttribute("stand", Instant.now());
        seite.addAttribute("meldungen", meldungen.liste(wer.person(), Meldungen.UNGELESENE_ZUERST.lies(ab), JE_SEITE));
        seite.addAttribute("ungelesen", meldungen.ungelesen(wer.person()));
        seite.addAttribute("post", mailserver.eingerichtet());
        seite.addAttribute("adresse", wuensche.adresse(wer.person()).orElse(null));
        seite.addAttribute("fehlschlag", wuensche.fehlschlag(wer.person()).orElse(null));
        seite.addAttribute("wahl", wuensche.von(wer.person()));
        seite.addAttribute("stunde", wuensche.stunde(wer.person()));
        return "meldung/meldungen";
    }

    /**
     * Leads to the thing and marks the Meldung as read: a plain link, so that it works from a mail, in a new tab and after the sign-in in
     * between. That it changes something is harmless: the same each time, and only the person itself knows the address.
     */
    @GetMapping("/meldungen/{id}")
    String oeffne(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:"
                + meldungen
                        .oeffne(wer.person(), id)
                        .orElseThrow(() -> new NichtGefunden("Diese Meldung gibt es nicht."));
    }

    /** All that stood on the page. @param bis when the page was made */
    @PostMapping("/meldungen/kenntnisnahmen")
    String liesAlle(@RequestParam(required = false) @Nullable Instant bis, @AuthenticationPrincipal Anmeldung wer) {
        var jetzt = Instant.now();
        meldungen.liesAlle(
                wer.person(),
                bis == null || bis.isAfter(jetzt) ? jetzt : bis.isBefore(Instant.EPOCH) ? Instant.EPOCH : bis);
        return "redirect:/meldungen";
    }

    /** @param felder a Mailwahl for each Meldungsart by its name; what is missing stays as it is */
    @PostMapping("/meldungen/mailwuensche")
    String wuensche(
            @RequestParam Map<String, String> felder,
            @RequestParam(defaultValue = "") String stunde,
            @AuthenticationPrincipal Anmeldung wer) {
        var wahl = new EnumMap<Meldungsart, Mailwahl>(wuensche.von(wer.person()));
        for (var art : Meldungsart.values()) {
            var gewaehlt = felder.get(art.name());
            if (gewaehlt != null) wahl.put(art, Mailwahl.mit(gewaehlt).orElseThrow(Meldungsseiten::unverstanden));
        }
        if (!stunde.matches("[0-9]|1[0-9]|2[0-3]")) throw unverstanden();
        wuensche.setze(wer.person(), wahl, Integer.parseInt(stunde));
        return "redirect:/meldungen?gespeichert#mail";
    }

    private static Abgelehnt unverstanden() {
        return Abgelehnt.eingabe(
                "Zur Wahl stehen „sofort“, „einmal am Tag“ und „nie“, und eine volle Stunde von 0 bis 23 Uhr.");
    }
}
