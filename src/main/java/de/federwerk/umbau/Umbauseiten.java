package de.federwerk.umbau;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The Umbauten of a town, each with its steps, preview and record; for the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Umbauseiten {

    private static final String SEITE = "/verwaltung/umbau";

    /** @param inWorten what the step does, with the names of the units */
    record Zeile(int nummer, String art, String inWorten) {}

    private final Umbauauskunft auskunft;
    private final Umbauten umbauten;
    private final Niederschriften niederschriften;
    private final Vorschau vorschau;
    private final Umbauwache wache;
    private final Personen personen;

    Umbauseiten(
            Umbauauskunft auskunft,
            Umbauten umbauten,
            Niederschriften niederschriften,
            Vorschau vorschau,
            Umbauwache wache,
            Personen personen) {
        this.auskunft = auskunft;
        this.umbauten = umbauten;
        this.niederschriften = niederschriften;
        this.vorschau = vorschau;
        this.wache = wache;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return liste(seite, "", "", "");
    }

    private String liste(Model seite, String titel, String tag, String fehler) {
        seite.addAttribute("umbauten", umbauten.alle());
        seite.addAttribute("beendete", auskunft.beendete());
        seite.addAttribute("neu", Kennung.neu());
        seite.addAttribute("titel", titel);
        seite.addAttribute("tag", tag);
        seite.addAttribute("fehler", fehler);
        return "umbau/liste";
    }

    @PostMapping(SEITE)
    String legeAn(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "") String tag,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            var neu = id == null ? Kennung.neu() : id;
            umbauten.legeAn(wer, neu, titel, datum(tag));
            return "redirect:" + SEITE + "/" + neu;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, titel, tag, String.valueOf(e.getMessage()));
        }
    }

    private static LocalDate datum(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw Abgelehnt.eingabe("Bitte geben Sie einen Tag an, den es gibt.");
        }
    }

    /** @param teilen the unit whose Stellen and positions are offered */
    @GetMapping(SEITE + "/{id}")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID teilen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return umbau(id, teilen, seite, wer, "");
    }

    private String umbau(UUID id, @Nullable UUID teilen, Model seite, Anmeldung wer, String fehler) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var plan = umbauten.plan(id);
        var schritte = umbauten.schritte(id);
        var wahl = auskunft.wahl(schritte);
        seite.addAttribute("plan", plan);
        seite.addAttribute(
                "schritte",
                schritte.stream()
                        .map(s -> new Zeile(s.nummer(), s.art().wort(), inWorten(s, wahl)))
                        .toList());
        seite.addAttribute(
                "wahl", wahl.stream().filter(w -> !w.anzeige().isEmpty()).toList());
        seite.addAttribute("teilbar", teilen == null || !plan.entwurf() ? null : auskunft.teilbares(teilen, wahl));
        seite.addAttribute("gesehen", plan.fassung() + "-" + umbauten.rechtestand());
        seite.addAttribute(
                "ergebnis",
                plan.stand().equals("ausgefuehrt")
                        ? niederschriften.ergebnis(id)
                        : schritte.isEmpty() || plan.stand().equals("verworfen")
                                ? null
                                : vorschau.von(wer.person(), schritte));
        seite.addAttribute("fehler", fehler);
        return "umbau/umbau";
    }

    private String inWorten(Schritt s, List<Umbauauskunft.Wahl> wahl) {
        var einheit = auskunft.name(s.einheit(), wahl);
        var ziel = s.ziel() == null ? "" : auskunft.name(s.ziel(), wahl);
        return switch (s.art()) {
            case EINRICHTEN -> s.kuerzel() + " " + s.name() + (ziel.isEmpty() ? ", ganz oben" : ", unter " + ziel);
            case UMBENENNEN -> einheit + " heißt künftig " + s.kuerzel() + " " + s.name();
            case VERSCHIEBEN ->
                einheit + (ziel.isEmpty() ? " steht künftig ganz oben" : " steht künftig unter " + ziel);
            case ZUSAMMENLEGEN -> einheit + " geht auf in " + ziel;
            case BEENDEN -> einheit + " endet, Nachfolgerin ist " + ziel;
            case TEILEN ->
                "%s gibt an %s: %d Stellen, %d Positionen des Aktenplans, %d einzelne Akten"
                        .formatted(
                                einheit,
                                ziel,
                                s.stellen().size(),
                                s.positionen().size(),
                                s.akten().size());
        };
    }

    @PostMapping(SEITE + "/{id}/schritte")
    String fuegeHinzu(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String art,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(required = false) @Nullable UUID ziel,
            @RequestParam(defaultValue = "") String kuerzel,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable List<UUID> stelle,
            @RequestParam(required = false) @Nullable List<UUID> position,
            @RequestParam(defaultValue = "") String akten,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        umbauten.plan(id);
        var was = Schritt.Art.von(art);
        try {
            umbauten.fuegeHinzu(
                    wer,
                    id,
                    Schrittformular.lies(auskunft, was, einheit, ziel, kuerzel, name, stelle, position, akten));
            return "redirect:" + SEITE + "/" + id + "#vorschau";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return umbau(id, was == Schritt.Art.TEILEN ? einheit : null, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(SEITE + "/{id}/schritte/entfernung")
    String entferne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int nummer,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, seite, wer, antwort, () -> umbauten.entferne(wer, id, nummer));
    }

    /** @param weiter whether it is wanted that Freigaben become wider by it */
    @PostMapping(SEITE + "/{id}/beschluss")
    String beschliesse(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String gesehen,
            @RequestParam(defaultValue = "false") boolean weiter,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, seite, wer, antwort, () -> {
            umbauten.beschliesse(wer, id, gesehen, weiter);
            // What is due today needs not wait for the round.
            wache.fuehreJetztAus();
        });
    }

    @PostMapping(SEITE + "/{id}/entwurf")
    String entwirf(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return tu(id, seite, wer, antwort, () -> umbauten.setze(wer, id, false));
    }

    @PostMapping(SEITE + "/{id}/verwerfung")
    String verwirf(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return tu(id, seite, wer, antwort, () -> umbauten.setze(wer, id, true));
    }

    private String tu(UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            tat.run();
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return umbau(id, null, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    /** Valid or ended; who looks for an old one finds who has taken over. */
    @GetMapping("/verwaltung/einheiten/{id}")
    String einheit(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        seite.addAttribute("einheit", auskunft.einheit(id));
        seite.addAttribute("geschehen", auskunft.geschehen(id));
        return "umbau/einheit";
    }

    /** For the template: how many more names there are. */
    static List<Zugriffsbild.Aenderung> gezeigte(List<Zugriffsbild.Aenderung> alle, boolean gewinnt) {
        var erste = alle.stream()
                .filter(a -> a.gewinnt() == gewinnt)
                .map(Zugriffsbild.Aenderung::person)
                .filter(Objects::nonNull)
                .distinct()
                .limit(50)
                .toList();
        return alle.stream()
                .filter(a -> a.gewinnt() == gewinnt && erste.contains(a.person()))
                .limit(500)
                .toList();
    }
}
