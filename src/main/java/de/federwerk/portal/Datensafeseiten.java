package de.federwerk.portal;

import de.federwerk.antrag.Antragseinsichten;
import de.federwerk.antrag.Nachweise;
import de.federwerk.antrag.Vorbelegung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.konto.Datensafe;
import de.federwerk.konto.Datensafe.Art;
import java.util.List;
import java.util.UUID;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the town keeps for a Konto with its consent, and which office looked at its Anträge. */
@Portalseite
class Datensafeseiten {

    private final Datensafe safe;
    private final Vorbelegung vorbelegung;
    private final Nachweise nachweise;
    private final Antragseinsichten einsichten;

    Datensafeseiten(Datensafe safe, Vorbelegung vorbelegung, Nachweise nachweise, Antragseinsichten einsichten) {
        this.safe = safe;
        this.vorbelegung = vorbelegung;
        this.nachweise = nachweise;
        this.einsichten = einsichten;
    }

    @GetMapping("/portal/konto/daten")
    String daten(Model seite) {
        seite.addAttribute("angemeldet", safe.konto().isPresent());
        seite.addAttribute("daten", safe.meine());
        return "portal/datensafe";
    }

    /** Of an Antrag that was sent. */
    @PostMapping("/portal/konto/daten")
    String behalte(@RequestParam UUID antrag, @RequestParam(required = false, defaultValue = "") List<String> art) {
        vorbelegung.behalte(antrag, art.stream().map(Art::von).toList());
        return "redirect:/portal/konto/daten";
    }

    @PostMapping("/portal/konto/daten/{art}/vergessen")
    String vergiss(@PathVariable String art) {
        safe.vergiss(Art.von(art));
        return "redirect:/portal/konto/daten";
    }

    @PostMapping("/portal/konto/daten/vergessen")
    String vergissAlles() {
        safe.vergissAlles();
        return "redirect:/portal/konto/daten";
    }

    /** Fills in what was ticked, for this form only. */
    @PostMapping("/portal/antraege/{id}/{schritt:[a-z][a-z0-9_-]{0,59}}/bekanntes")
    String uebernimm(
            @PathVariable UUID id,
            @PathVariable String schritt,
            @RequestParam(required = false, defaultValue = "") List<String> angabe,
            @ModelAttribute("r") Portalrahmen r) {
        vorbelegung.uebernimm(id, schritt, angabe, d -> r.wort("datensafe.woher", Anzeige.datum(d.seit())));
        return "redirect:/portal/antraege/" + id + "/" + schritt;
    }

    /** Uses a file again that was sent before. */
    @PostMapping("/portal/antraege/{id}/{schritt:[a-z][a-z0-9_-]{0,59}}/nachweis")
    String verwende(
            @PathVariable UUID id,
            @PathVariable String schritt,
            @RequestParam String pfad,
            @RequestParam UUID anlage,
            @ModelAttribute("r") Portalrahmen r) {
        nachweise.uebernimm(
                id,
                schritt,
                pfad,
                anlage,
                n -> r.wort("nachweis.woher", n.dateiname(), Anzeige.datum(n.seit()), n.herkunft()));
        return "redirect:/portal/antraege/" + id + "/" + schritt;
    }

    @GetMapping("/portal/konto/einsicht")
    String einsicht(Model seite) {
        seite.addAttribute("angemeldet", safe.konto().isPresent());
        seite.addAttribute("einsichten", einsichten.meine());
        return "portal/einsichten";
    }
}
