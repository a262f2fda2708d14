package de.federwerk.lesenachweis;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Sprung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The Lesenachweis, for Datenschutz and Personalrat. No field, order or address here asks for a person: what one of them has read cannot be put
 * together.
 */
@Controller
@FrischAngemeldet
class Nachweisseiten {

    private static final int JE_SEITE = 50;
    private static final String SEITE = "/lesenachweis";
    private static final String FRIST = SEITE + "/frist";

    /** What was typed into the form. */
    record Eingabe(UUID id, String aktenzeichen, String von, String bis, String grund) {

        static Eingabe leer() {
            return new Eingabe(Kennung.neu(), "", "", "", "");
        }
    }

    private final Einsichten einsichten;
    private final Leseeintraege eintraege;
    private final Aufbewahrungsfrist frist;
    private final Vieraugen vieraugen;

    Nachweisseiten(Einsichten einsichten, Leseeintraege eintraege, Aufbewahrungsfrist frist, Vieraugen vieraugen) {
        this.einsichten = einsichten;
        this.eintraege = eintraege;
        this.frist = frist;
        this.vieraugen = vieraugen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(required = false) @Nullable String ab, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return seite(ab, Eingabe.leer(), "", "", seite, wer);
    }

    private String seite(
            @Nullable String ab, Eingabe eingabe, String fehler, String fristFehler, Model seite, Anmeldung wer) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        seite.addAttribute("einsichten", einsichten.liste(Einsichten.NEUESTE_ZUERST.lies(ab), JE_SEITE));
        seite.addAttribute("datenschutz", vieraugen.hat(wer.person(), Rolle.DATENSCHUTZ));
        seite.addAttribute("traeger", vieraugen.traeger());
        var verkuerzung = frist.wartende().orElse(null);
        seite.addAttribute("personalrat", vieraugen.hat(wer.person(), Rolle.PERSONALRAT));
        seite.addAttribute("monate", frist.monate());
        seite.addAttribute("verkuerzung", verkuerzung);
        seite.addAttribute("betroffen", verkuerzung == null ? 0 : frist.aelterAls(verkuerzung.monate()));
        seite.addAttribute("entschiedene", frist.entschiedene());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("fristFehler", fristFehler);
        return "lesenachweis/lesenachweis";
    }

    @PostMapping(SEITE + "/einsichten")
    String beantrage(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String aktenzeichen,
            @RequestParam(defaultValue = "") String von,
            @RequestParam(defaultValue = "") String bis,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        try {
            einsichten.beantrage(
                    wer,
                    id,
                    aktenzeichen,
                    Sprung.tag(von).orElse(null),
                    Sprung.tag(bis).orElse(null),
                    grund);
            return "redirect:" + SEITE + "/einsichten/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(
                    null,
                    new Eingabe(Kennung.neu(), aktenzeichen, von, bis, grund),
                    String.valueOf(e.getMessage()),
                    "",
                    seite,
                    wer);
        }
    }

    /** Each look is on record, so a read is an act here. */
    @GetMapping(SEITE + "/einsichten/{id}")
    @Transactional
    public String einsicht(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        var einsicht = einsichten.einsicht(id);
        return einsicht(einsicht, ab, "", seite, wer);
    }

    private String einsicht(Einsicht einsicht, @Nullable String ab, String fehler, Model seite, Anmeldung wer) {
        if (einsicht.offen() && einsicht.istVon(wer.person())) {
            einsichten.siehHinein(wer, einsicht);
            seite.addAttribute(
                    "zeilen",
                    eintraege.zeilen(wer.person(), einsicht.id(), Leseeintraege.JUENGSTES_ZUERST.lies(ab), JE_SEITE));
            seite.addAttribute("gesamt", eintraege.anzahl(wer.person(), einsicht.id()));
        }
        boolean beteiligt = einsicht.istVon(wer.person());
        boolean personalrat = vieraugen.hat(wer.person(), Rolle.PERSONALRAT);
        seite.addAttribute("einsicht", einsicht);
        seite.addAttribute("darfZustimmen", einsicht.wartet() && personalrat && !beteiligt);
        seite.addAttribute(
                "darfBeenden", einsicht.offen() && beteiligt || einsicht.wartet() && (beteiligt || personalrat));
        seite.addAttribute("verlauf", einsichten.verlauf(einsicht.id()));
        seite.addAttribute("fehler", fehler);
        return "lesenachweis/einsicht";
    }

    @PostMapping(SEITE + "/einsichten/{id}/zustimmung")
    String stimmeZu(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        einsichten.stimmeZu(wer, id);
        return "redirect:" + SEITE + "/einsichten/" + id;
    }

    @PostMapping(SEITE + "/einsichten/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        einsichten.beende(wer, id);
        return "redirect:" + SEITE + "/einsichten/" + id;
    }

    /** A longer term at once; a shorter one waits for the Personalrat. */
    @PostMapping(FRIST)
    String setzeFrist(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String monate,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        return frist(
                () -> frist.setze(
                        wer,
                        id == null ? Kennung.neu() : id,
                        monate.strip().matches("[0-9]{1,3}") ? Integer.parseInt(monate.strip()) : 0),
                seite,
                antwort,
                wer);
    }

    private String frist(Runnable akt, Model seite, HttpServletResponse antwort, Anmeldung wer) {
        try {
            akt.run();
            return "redirect:" + SEITE + "#aufbewahrung";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(null, Eingabe.leer(), "", String.valueOf(e.getMessage()), seite, wer);
        }
    }

    @PostMapping(FRIST + "/verkuerzungen/{id}/zustimmung")
    String kuerze(
            @PathVariable UUID id, Model seite, HttpServletResponse antwort, @AuthenticationPrincipal Anmeldung wer) {
        vieraugen.verlange(wer.person(), Rolle.PERSONALRAT);
        return frist(() -> frist.stimmeZu(wer, id), seite, antwort, wer);
    }

    @PostMapping(FRIST + "/verkuerzungen/{id}/ende")
    String kuerzeNicht(
            @PathVariable UUID id, Model seite, HttpServletResponse antwort, @AuthenticationPrincipal Anmeldung wer) {
        vieraugen.verlange(wer.person(), Rolle.DATENSCHUTZ, Rolle.PERSONALRAT);
        return frist(() -> frist.beende(wer, id), seite, antwort, wer);
    }
}
