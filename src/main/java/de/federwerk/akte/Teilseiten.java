package de.federwerk.akte;

import static java.util.Objects.requireNonNull;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** An Akte is divided into Bände and Teilakten, and a Vorgang is put into one of them. */
@Controller
class Teilseiten {

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenteile teile;
    private final Einordnung einordnung;
    private final Abschluss abschluss;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Pflegeseiten seiten;
    private final TransactionTemplate transaktion;

    Teilseiten(
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenteile teile,
            Einordnung einordnung,
            Abschluss abschluss,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Pflegeseiten seiten,
            TransactionTemplate transaktion) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.teile = teile;
        this.einordnung = einordnung;
        this.abschluss = abschluss;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.seiten = seiten;
        this.transaktion = transaktion;
    }

    @GetMapping("/akten/{id}/teile")
    @Transactional(readOnly = true)
    public String teile(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return teile(id, seite, wer, Getippt.NICHTS, "");
    }

    /** What was typed into a form of this page that was refused. @param teil whose form it was; null: that of a new Teilakte */
    record Getippt(@Nullable UUID teil, String text) {

        static final Getippt NICHTS = new Getippt(null, "");

        public String an(UUID welcher, String sonst) {
            return welcher.equals(teil) ? text : sonst;
        }

        public String neu() {
            return teil == null ? text : "";
        }
    }

    private String teile(UUID id, Model seite, Anmeldung wer, Getippt getippt, String fehler) {
        var akte = akten.zumVerlegen(wer, id);
        seite.addAttribute("akte", akte);
        seite.addAttribute("knoten", plan.knoten(akte.planknotenId()).orElseThrow());
        seite.addAttribute("teile", teile.von(berechtigungen.sicht(wer.person(), Recht.METADATEN), id));
        seite.addAttribute("neuerBand", Kennung.neu());
        seite.addAttribute("neueTeilakte", Kennung.neu());
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("fehler", fehler);
        return "akte/teile";
    }

    @PostMapping("/akten/{id}/baende")
    String beginneBand(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(required = false) @Nullable UUID schliesst,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, Getippt.NICHTS, seite, wer, antwort, () -> teile.beginneBand(wer, id, neu, schliesst));
    }

    @PostMapping("/akten/{id}/teilakten")
    String richteEin(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id, new Getippt(null, titel), seite, wer, antwort, () -> teile.richteTeilakteEin(wer, id, neu, titel));
    }

    @PostMapping("/akten/{id}/teilakten/{teil}/angaben")
    String benenne(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, new Getippt(teil, titel), seite, wer, antwort, () -> teile.benenne(wer, id, teil, titel));
    }

    @PostMapping("/akten/{id}/teilakten/{teil}/abschluss")
    String schliesse(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id, new Getippt(teil, titel), seite, wer, antwort, () -> abschluss.schliesseTeilakte(wer, id, teil));
    }

    @PostMapping("/akten/{id}/teilakten/{teil}/wiederaufnahme")
    String nimmWiederAuf(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                new Getippt(teil, grund),
                seite,
                wer,
                antwort,
                () -> abschluss.nimmTeilakteWiederAuf(wer, id, teil, grund));
    }

    private String oder(
            UUID id, Getippt getippt, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        try {
            tat.run();
            return "redirect:/akten/" + id + "/teile";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(
                    transaktion.execute(t -> teile(id, seite, wer, getippt, String.valueOf(e.getMessage()))));
        }
    }

    @PostMapping("/vorgaenge/{id}/einordnung")
    String ordneEin(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID teil,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            einordnung.ordneEin(wer, id, teil, grund);
            return "redirect:/vorgaenge/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(transaktion.execute(t -> {
                var vorgang = vorgaenge.bearbeitbar(wer, id);
                var felder = seiten.felder(vorgang);
                seite.addAttribute("einordnungsgrund", grund);
                seite.addAttribute("einordnungsziel", teil == null ? "" : teil.toString());
                return seiten.vorgang(seite, wer, vorgang, felder, felder, String.valueOf(e.getMessage()), List.of());
            }));
        }
    }
}
