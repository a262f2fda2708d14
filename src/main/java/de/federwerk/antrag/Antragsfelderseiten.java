package de.federwerk.antrag;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For the role ADMINISTRATION: which answers become fields of the Vorgang, and whether citizens see who opened it. */
@Controller
@RequestMapping("/verwaltung/antraege/{leistung}/felder")
class Antragsfelderseiten {

    /** Before the id of a field of the form. */
    private static final String FELD = "feld-";

    private final Antragswege wege;
    private final Antragsfelder felder;
    private final Aktenarten arten;
    private final Personen personen;

    Antragsfelderseiten(Antragswege wege, Antragsfelder felder, Aktenarten arten, Personen personen) {
        this.wege = wege;
        this.felder = felder;
        this.arten = arten;
        this.personen = personen;
    }

    @GetMapping
    @Transactional(readOnly = true)
    public String alle(
            @PathVariable UUID leistung,
            @RequestParam(required = false) @Nullable String gespeichert,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return seite(leistung, "", gespeichert != null, seite);
    }

    private String seite(UUID leistung, String fehler, boolean gespeichert, Model seite) {
        var aktenart = felder.aktenart(leistung);
        seite.addAttribute("leistung", leistung.toString());
        seite.addAttribute("titel", titel(leistung));
        seite.addAttribute("festgelegt", wege.finde(leistung).isPresent());
        seite.addAttribute("arten", arten.wahl());
        aktenart.ifPresent(a -> seite.addAttribute("aktenart", a));
        seite.addAttribute(
                "ziele",
                aktenart.map(a -> arten.felder(Feldtraeger.VORGANG, a, false)).orElse(List.<Aktenfeld>of()));
        seite.addAttribute("zeilen", felder.zeilen(leistung));
        seite.addAttribute("einsicht", felder.zeigtEinsicht(leistung));
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("gespeichert", gespeichert);
        return "antrag/felder";
    }

    private String titel(UUID leistung) {
        return wege.alle().stream()
                .filter(z -> z.leistungId().equals(leistung))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Leistung gibt es nicht, oder sie hat kein Formular."))
                .titel();
    }

    @PostMapping
    public String setze(
            @PathVariable UUID leistung,
            @RequestParam(required = false) @Nullable UUID aktenart,
            @RequestParam(defaultValue = "false") boolean zeigen,
            @RequestParam MultiValueMap<String, String> formular,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        titel(leistung);
        var neue = new LinkedHashMap<String, UUID>();
        for (var zeile : felder.zeilen(leistung)) {
            var ziel = formular.getFirst(FELD + zeile.feld());
            if (ziel != null && !ziel.isBlank()) {
                neue.put(zeile.feld(), kennung(ziel));
            }
        }
        return versuche(leistung, seite, antwort, () -> felder.setze(wer, leistung, aktenart, neue, zeigen));
    }

    private static UUID kennung(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException keine) {
            throw Abgelehnt.eingabe("Dieses Feld gibt es nicht. Es wurde nichts geändert.");
        }
    }

    @PostMapping("/anlegen")
    public String legeAn(
            @PathVariable UUID leistung,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var titel = titel(leistung);
        return versuche(leistung, seite, antwort, () -> felder.legeAn(wer, leistung, titel));
    }

    private String versuche(UUID leistung, Model seite, HttpServletResponse antwort, Runnable tat) {
        try {
            tat.run();
            return "redirect:/verwaltung/antraege/" + leistung + "/felder?gespeichert";
        } catch (Abgelehnt nein) {
            antwort.setStatus(nein.art().status());
            return seite(leistung, String.valueOf(nein.getMessage()), false, seite);
        }
    }
}
