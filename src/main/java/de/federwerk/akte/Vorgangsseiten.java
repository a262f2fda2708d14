package de.federwerk.akte;

import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Hochgeladenes;
import de.federwerk.datei.Vorschauen;
import de.federwerk.gesicht.Insel;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** One Vorgang: what it is, its Dokumente, its Vermerke, its Protokoll, and what can be done. */
@Controller
class Vorgangsseiten {

    /** A choice for the combobox. */
    record Auswahl(UUID id, String text, String zusatz) {}

    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Akten akten;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Hochgeladenes hochgeladenes;
    private final Dateien dateien;
    private final Vorschauen vorschauen;
    private final TransactionTemplate transaktion;

    Vorgangsseiten(
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Akten akten,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Hochgeladenes hochgeladenes,
            Dateien dateien,
            Vorschauen vorschauen,
            TransactionTemplate transaktion) {
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.akten = akten;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.hochgeladenes = hochgeladenes;
        this.dateien = dateien;
        this.vorschauen = vorschauen;
        this.transaktion = transaktion;
    }

    /** @param dokument the one shown beside it; the first if none is named @param q words to mark in it */
    @GetMapping("/vorgaenge/{id}")
    @Transactional(readOnly = true)
    public String vorgang(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID dokument,
            @RequestParam(defaultValue = "") String q,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var vorgang = vorgaenge.vorgang(sicht, id);
        var liste = dokumente.in(sicht, id);
        var gezeigt = liste.stream()
                .filter(d -> d.id().equals(dokument))
                .findFirst()
                .orElse(liste.isEmpty() ? null : liste.getFirst());
        seite.addAttribute("vorgang", vorgang);
        seite.addAttribute("knoten", plan.knoten(vorgang.planknotenId()).orElseThrow());
        seite.addAttribute("geschwister", vorgaenge.in(sicht, vorgang.akteId()));
        seite.addAttribute("dokumente", liste);
        seite.addAttribute("gezeigt", gezeigt);
        seite.addAttribute("gewaehlt", dokument != null);
        seite.addAttribute(
                "vorschau", gezeigt == null ? null : vorschauen.zu(gezeigt.dateiId(), "/dokumente/" + gezeigt.id(), q));
        seite.addAttribute("vermerke", vorgaenge.vermerke(sicht, id));
        seite.addAttribute("ereignisse", akten.protokoll(sicht, vorgang.akteId(), null, 0, 8));
        seite.addAttribute(
                "darfBearbeiten",
                vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                        .isPresent());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("vermerkText", "");
        seite.addAttribute("fehler", "");
        return "akte/vorgang";
    }

    @GetMapping("/vorgaenge/auswahl")
    @ResponseBody
    List<Auswahl> auswahl(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        return vorgaenge.suche(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), q).stream()
                .map(v -> new Auswahl(v.id(), v.aktenzeichen() + " " + v.titel(), v.akteTitel()))
                .toList();
    }

    @PostMapping("/vorgaenge/{id}/vermerke")
    String vermerke(
            @PathVariable UUID id,
            @RequestParam UUID vermerk,
            @RequestParam(defaultValue = "") String text,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        try {
            vorgaenge.vermerke(wer, vermerk, id, text);
            return "redirect:/vorgaenge/" + id + "#vermerke";
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, text, anfrage, antwort);
        }
    }

    @PostMapping("/vorgaenge/{id}/abschluss")
    String schliesse(
            @PathVariable UUID id,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        try {
            vorgaenge.schliesse(wer, id);
            return "redirect:/vorgaenge/" + id;
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, "", anfrage, antwort);
        }
    }

    /** Each file is one Dokument; what is done is done, and the answer says which one was not. */
    @PostMapping(value = "/vorgaenge/{id}/dokumente", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String lade(
            @PathVariable UUID id,
            MultipartHttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        try {
            // Before the first byte of a file is read: nobody fills the Ablage with what nobody takes.
            vorgaenge.aenderbar(wer, id);
            var neue = hochgeladenes.nimm(
                    anfrage,
                    kennung -> dokumente
                            .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), kennung)
                            .isPresent(),
                    (kennung, bytes, name) ->
                            dokumente.lege(wer, kennung, id, dateien.aufnehmen(bytes, name), Angaben.mitTitel(null)));
            return "redirect:/vorgaenge/" + id + "?dokument=" + neue.getLast();
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, "", anfrage, antwort);
        }
    }

    /** The page again with the reason, as it was typed; a script gets the reason alone. */
    private String nochmal(
            UUID id,
            Model seite,
            Anmeldung wer,
            Abgelehnt grund,
            String text,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        if (Insel.fragt(anfrage)) {
            throw grund;
        }
        var name = transaktion.execute(t -> vorgang(id, null, "", seite, wer));
        seite.addAttribute("fehler", String.valueOf(grund.getMessage()));
        seite.addAttribute("vermerkText", text);
        antwort.setStatus(grund.art().status());
        return name;
    }
}
