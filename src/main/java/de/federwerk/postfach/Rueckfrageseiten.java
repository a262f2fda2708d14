package de.federwerk.postfach;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.postfach.Nachricht.Art;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** To write to whoever sent an Antrag. */
@Controller
class Rueckfrageseiten {

    /** What was typed. @param id of the message to be written: a new one each time the form is shown */
    record Eingabe(UUID id, boolean rueckfrage, String betreff, String text) {}

    private final Rueckfragen rueckfragen;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final TransactionTemplate transaktion;

    Rueckfrageseiten(
            Rueckfragen rueckfragen,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            TransactionTemplate transaktion) {
        this.rueckfragen = rueckfragen;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.transaktion = transaktion;
    }

    @GetMapping("/vorgaenge/{id}/nachrichten/neu")
    String neu(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return seite(id, new Eingabe(Kennung.neu(), true, "", ""), "", seite, wer);
    }

    private String seite(UUID id, Eingabe eingabe, String fehler, Model seite, Anmeldung wer) {
        transaktion.executeWithoutResult(t -> {
            var vorgang = vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
            seite.addAttribute("vorgang", vorgang);
            seite.addAttribute("ausDemPortal", rueckfragen.antragZu(id).isPresent());
            seite.addAttribute("darfSchreiben", vorgaenge.istAenderbar(wer.person(), vorgang));
        });
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("fehler", fehler);
        return "postfach/schreiben";
    }

    @PostMapping("/vorgaenge/{id}/nachrichten")
    String schreibe(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID nachricht,
            @RequestParam(defaultValue = "rueckfrage") String art,
            @RequestParam(defaultValue = "") String betreff,
            @RequestParam(defaultValue = "") String text,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        // Who may not see it is told so before anything that was typed is looked at.
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        boolean rueckfrage = !art.equals(Art.HINWEIS.kennung());
        try {
            rueckfragen.schreibe(
                    wer,
                    nachricht == null ? Kennung.neu() : nachricht,
                    id,
                    rueckfrage ? Art.RUECKFRAGE : Art.HINWEIS,
                    betreff,
                    text);
        } catch (Abgelehnt nein) {
            antwort.setStatus(nein.art().status());
            return seite(
                    id,
                    new Eingabe(Kennung.neu(), rueckfrage, betreff, text),
                    String.valueOf(nein.getMessage()),
                    seite,
                    wer);
        }
        return "redirect:/vorgaenge/" + id + "#postfach";
    }
}
