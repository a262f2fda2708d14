package de.federwerk.bescheid;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.bescheid.Vorlagenpflege.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** For the role LEISTUNGEN: the templates of Bescheide. */
@Controller
@RequestMapping("/verwaltung/bescheidvorlagen")
class Bescheidvorlagenseiten {

    static final String ALLE = "/verwaltung/bescheidvorlagen";

    private final Bescheidvorlagen vorlagen;
    private final Vorlagenpflege pflege;
    private final Rechtsbehelfe rechtsbehelfe;
    private final Bescheidpdf pdf;
    private final Einheiten einheiten;
    private final Personen personen;

    Bescheidvorlagenseiten(
            Bescheidvorlagen vorlagen,
            Vorlagenpflege pflege,
            Rechtsbehelfe rechtsbehelfe,
            Bescheidpdf pdf,
            Einheiten einheiten,
            Personen personen) {
        this.vorlagen = vorlagen;
        this.pflege = pflege;
        this.rechtsbehelfe = rechtsbehelfe;
        this.pdf = pdf;
        this.einheiten = einheiten;
        this.personen = personen;
    }

    @GetMapping
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return alle(seite, "", "");
    }

    private String alle(Model seite, String name, String fehler) {
        seite.addAttribute("vorlagen", vorlagen.alle());
        seite.addAttribute("ziele", vorlagen.ziele());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("name", name);
        seite.addAttribute("fehler", fehler);
        return "bescheid/vorlagen";
    }

    @PostMapping
    String legeAn(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String leistung,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        try {
            var neue = id == null ? Kennung.neu() : id;
            pflege.legeAn(wer, neue, name, kennung(leistung));
            return "redirect:" + ALLE + "/" + neue;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, name, String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable UUID kennung(String getippt) {
        try {
            return getippt.isBlank() ? null : UUID.fromString(getippt);
        } catch (IllegalArgumentException e) {
            throw Abgelehnt.eingabe("Bitte wählen Sie aus der Liste.");
        }
    }

    @GetMapping("/{id}")
    String eine(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String erfolg,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return eine(
                seite,
                vorlagen.neueste(id),
                "",
                switch (erfolg) {
                    case "gespeichert" -> "Gespeichert.";
                    case "veroeffentlicht" ->
                        "Veröffentlicht. Neue Bescheide werden ab jetzt nach dieser Fassung erstellt.";
                    default -> "";
                });
    }

    private String eine(Model seite, Fassung fassung, String fehler, String erfolg) {
        var antrag = vorlagen.antragsformular(fassung.leistungId());
        List<String> maengel;
        List<String> felder;
        try {
            maengel = fassung.entwurf() ? vorlagen.maengel(fassung, antrag) : List.of();
            felder = new Feldverzeichnis(fassung.formular(), antrag).alle();
        } catch (Abgelehnt e) {
            maengel = List.of(String.valueOf(e.getMessage()));
            felder = new Feldverzeichnis(Vorlagenfelder.formular(""), antrag).alle();
        }
        seite.addAttribute("fassung", fassung);
        seite.addAttribute("maengel", maengel);
        seite.addAttribute("felder", felder);
        seite.addAttribute("rechtsbehelfe", rechtsbehelfe.alle());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("erfolg", erfolg);
        return "bescheid/vorlage";
    }

    @PostMapping("/{id}")
    Object speichere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int aenderung,
            @RequestParam(defaultValue = "vwvfg") String recht,
            @RequestParam(defaultValue = "") String betreff,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String felder,
            @RequestParam(defaultValue = "") String rechtsbehelf,
            @RequestParam(defaultValue = "false") boolean zeichnung,
            @RequestParam(defaultValue = "speichern") String tun,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var bisher = vorlagen.neueste(id);
        var getippt = bisher;
        try {
            var behelf = kennung(rechtsbehelf);
            getippt = new Fassung(
                    bisher.id(),
                    id,
                    bisher.name(),
                    bisher.leistungId(),
                    bisher.nummer(),
                    "entwurf",
                    Recht.von(recht.equals("ao") ? "ao" : "vwvfg"),
                    betreff,
                    text,
                    felder,
                    behelf == null ? null : rechtsbehelfe.einer(behelf),
                    zeichnung,
                    aenderung);
            if (tun.equals("vorschau")) {
                return Bescheidseiten.pdf(pdf.muster(wer, getippt, einheit(wer)), "Vorschau.pdf");
            }
            pflege.speichere(wer, id, aenderung, new Angaben(recht, betreff, text, felder, behelf, zeichnung));
            if (tun.equals("veroeffentlichen")) {
                pflege.veroeffentliche(wer, id, aenderung + 1);
                return "redirect:" + ALLE + "/" + id + "?erfolg=veroeffentlicht";
            }
            return "redirect:" + ALLE + "/" + id + "?erfolg=gespeichert";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            // What was typed is shown again; saved or not, it goes on from what is there now.
            return eine(
                    seite,
                    mitAenderung(
                            getippt,
                            e.art() == Abgelehnt.Art.KONFLIKT
                                    ? aenderung
                                    : vorlagen.neueste(id).aenderung()),
                    String.valueOf(e.getMessage()),
                    "");
        }
    }

    private static Fassung mitAenderung(Fassung f, int aenderung) {
        return new Fassung(
                f.id(),
                f.vorlageId(),
                f.name(),
                f.leistungId(),
                f.nummer(),
                f.stand(),
                f.recht(),
                f.betreff(),
                f.text(),
                f.felder(),
                f.rechtsbehelf(),
                f.zeichnung(),
                aenderung);
    }

    private UUID einheit(Anmeldung wer) {
        return einheiten
                .von(wer.person())
                .or(() -> einheiten.baum().stream().findFirst().map(Einheiten.Einheit::id))
                .orElseThrow(() -> Abgelehnt.eingabe("Die Vorschau braucht wenigstens eine Einheit im Haus."));
    }
}
