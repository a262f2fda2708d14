package de.federwerk.datenschutz;

import de.federwerk.akte.Einschraenkungen;
import de.federwerk.akte.Einschraenkungsgrund;
import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datenschutz.Gegenstaende.Gegenstand;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One Einschränkung: set, read, passed over with a reason, lifted. */
@Controller
@RequestMapping("/datenschutz/einschraenkungen")
class Einschraenkungsseiten {

    private final Einschraenkungsbuch buch;
    private final Gegenstaende gegenstaende;
    private final Einschraenkungen einschraenkungen;
    private final Personen personen;

    Einschraenkungsseiten(
            Einschraenkungsbuch buch, Gegenstaende gegenstaende, Einschraenkungen einschraenkungen, Personen personen) {
        this.buch = buch;
        this.gegenstaende = gegenstaende;
        this.einschraenkungen = einschraenkungen;
        this.personen = personen;
    }

    /** What was typed. */
    record Eingabe(String aktenzeichen, @Nullable Einschraenkungsgrund grund, String begruendung, String pruefenAm) {}

    /** What was typed of an exception and of the lifting, shown again where it was refused. */
    record Getipptes(
            @Nullable UUID id,
            @Nullable Ausnahmegrund grundlage,
            String ausnahme,
            String bis,
            boolean unterrichtet,
            String unterrichtetAm,
            String aufhebung) {

        static Getipptes nichts() {
            return new Getipptes(null, null, "", LocalDate.now(Anzeige.ZONE).toString(), false, "", "");
        }
    }

    /** @param art of what page the person comes from; without it the role Datenschutz types an Aktenzeichen */
    @GetMapping("/neu")
    String neu(
            @RequestParam(required = false) @Nullable Art art,
            @RequestParam(required = false) @Nullable UUID objekt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return neu(seite, wer, Kennung.neu(), gegenstand(wer, art, objekt), new Eingabe("", null, "", ""), "");
    }

    /** Null where an Aktenzeichen is typed. @throws NichtGefunden if the person does not see it or does not decide on it */
    private @Nullable Gegenstand gegenstand(Anmeldung wer, @Nullable Art art, @Nullable UUID objekt) {
        if (art == null || objekt == null) {
            personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
            return null;
        }
        var gegenstand = gegenstaende.hole(art, objekt);
        if (gegenstaende.titel(wer, gegenstand).isEmpty()) {
            throw new NichtGefunden("Das gibt es nicht, oder es ist nicht für Sie freigegeben.");
        }
        if (!gegenstaende.darf(wer, gegenstand)) {
            throw Abgelehnt.recht(
                    "Die Verarbeitung einschränken können der Datenschutz, die Leitung der zuständigen Einheit und wer die Rechte verwaltet.");
        }
        return gegenstand;
    }

    private String neu(
            Model seite, Anmeldung wer, UUID id, @Nullable Gegenstand gegenstand, Eingabe eingabe, String fehler) {
        seite.addAttribute("id", id);
        seite.addAttribute("gegenstand", gegenstand);
        seite.addAttribute(
                "titel",
                gegenstand == null ? "" : gegenstaende.titel(wer, gegenstand).orElse(""));
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("schon", gegenstand == null ? List.of() : einschraenkungen.ueber(gegenstand.id()));
        seite.addAttribute("fehler", fehler);
        return "datenschutz/einschraenkungNeu";
    }

    @PostMapping
    String setze(
            @RequestParam UUID id,
            @RequestParam(required = false) @Nullable Art art,
            @RequestParam(required = false) @Nullable UUID objekt,
            @RequestParam(defaultValue = "") String aktenzeichen,
            @RequestParam(required = false) @Nullable Einschraenkungsgrund grund,
            @RequestParam(defaultValue = "") String begruendung,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate pruefenAm,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var gegenstand = gegenstand(wer, art, objekt);
        try {
            var zeichen = Text.zeile(aktenzeichen);
            var gemeint = gegenstand != null
                    ? gegenstand
                    : gegenstaende
                            .mitAktenzeichen(zeichen)
                            .orElseThrow(() -> Abgelehnt.eingabe("Eine Akte oder einen Vorgang „" + zeichen
                                    + "“ gibt es nicht. Bitte tippen Sie das Aktenzeichen ganz."));
            if (grund == null) {
                throw Abgelehnt.eingabe("Bitte wählen Sie den Grund nach Art. 18 Abs. 1 DSGVO.");
            }
            buch.setze(wer, id, gemeint, grund, begruendung, pruefenAm);
            return "redirect:/datenschutz/einschraenkungen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return neu(
                    seite,
                    wer,
                    id,
                    gegenstand,
                    new Eingabe(aktenzeichen, grund, begruendung, pruefenAm == null ? "" : pruefenAm.toString()),
                    String.valueOf(e.getMessage()));
        }
    }

    @GetMapping("/{id}")
    String eine(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return eine(id, seite, wer, Getipptes.nichts(), "");
    }

    private String eine(UUID id, Model seite, Anmeldung wer, Getipptes getippt, String fehler) {
        var eintrag = buch.eintrag(wer, id);
        var gegenstand = gegenstaende.hole(eintrag.art(), eintrag.objektId());
        seite.addAttribute("eintrag", eintrag);
        seite.addAttribute("titel", gegenstaende.titel(wer, gegenstand).orElse(null));
        seite.addAttribute("ausnahmen", buch.ausnahmen(id));
        seite.addAttribute("darf", gegenstaende.darf(wer, gegenstand));
        seite.addAttribute("bearbeitet", gegenstaende.bearbeitet(wer, gegenstand));
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("neueId", getippt.id() == null ? Kennung.neu() : getippt.id());
        seite.addAttribute("fehler", fehler);
        return "datenschutz/einschraenkung";
    }

    @PostMapping("/{id}/ausnahmen")
    String lasseZu(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID ausnahme,
            @RequestParam(required = false) @Nullable Ausnahmegrund grundlage,
            @RequestParam(defaultValue = "") String begruendung,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate bis,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var getippt = new Getipptes(ausnahme, grundlage, begruendung, bis == null ? "" : bis.toString(), false, "", "");
        return oder(id, seite, wer, getippt, antwort, () -> {
            if (grundlage == null) {
                throw Abgelehnt.eingabe("Bitte wählen Sie, worauf Sie sich stützen (Art. 18 Abs. 2 DSGVO).");
            }
            buch.lasseZu(wer, ausnahme == null ? Kennung.neu() : ausnahme, id, grundlage, begruendung, bis);
        });
    }

    @PostMapping("/{id}/ausnahmen/ende")
    String beendeAusnahmen(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, Getipptes.nichts(), antwort, () -> buch.beendeAusnahmen(wer, id));
    }

    @PostMapping("/{id}/aufhebung")
    String hebeAuf(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean unterrichtet,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable
                    LocalDate unterrichtetAm,
            @RequestParam(defaultValue = "") String begruendung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var leer = Getipptes.nichts();
        var getippt = new Getipptes(
                null,
                null,
                "",
                leer.bis(),
                unterrichtet,
                unterrichtetAm == null ? "" : unterrichtetAm.toString(),
                begruendung);
        return oder(
                id,
                seite,
                wer,
                getippt,
                antwort,
                () -> buch.hebeAuf(wer, id, unterrichtet, unterrichtetAm, begruendung));
    }

    private String oder(
            UUID id, Model seite, Anmeldung wer, Getipptes getippt, HttpServletResponse antwort, Runnable tat) {
        buch.eintrag(wer, id);
        try {
            tat.run();
            return "redirect:/datenschutz/einschraenkungen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eine(id, seite, wer, getippt, String.valueOf(e.getMessage()));
        }
    }
}
