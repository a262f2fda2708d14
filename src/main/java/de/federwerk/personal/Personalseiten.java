package de.federwerk.personal;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.geschaeftsgang.Empfaenger;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Empfaengersuche;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One person, for the role ADMINISTRATION; the Ermächtigung for GEHEIMSCHUTZ. */
@Controller
@FrischAngemeldet
class Personalseiten {

    private static final String SEITE = "/verwaltung/personen/{id}";

    private final Personalien personalien;
    private final Besetzungen besetzungen;
    private final Nachlass nachlass;
    private final Einheiten einheiten;
    private final Empfaengersuche empfaenger;
    private final Personen personen;

    Personalseiten(
            Personalien personalien,
            Besetzungen besetzungen,
            Nachlass nachlass,
            Einheiten einheiten,
            Empfaengersuche empfaenger,
            Personen personen) {
        this.personalien = personalien;
        this.besetzungen = besetzungen;
        this.nachlass = nachlass;
        this.einheiten = einheiten;
        this.empfaenger = empfaenger;
        this.personen = personen;
    }

    /** @param getan what was just done, a word of the page itself */
    @GetMapping(SEITE)
    String zeige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String getan,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return seite(id, seite, wer, List.of(), "", getan);
    }

    @PostMapping(SEITE + "/angaben")
    String benenne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String vorname,
            @RequestParam(defaultValue = "") String nachname,
            @RequestParam(defaultValue = "") String email,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, "angaben", seite, wer, antwort, () -> personalien.benenne(wer, id, vorname, nachname, email));
    }

    /** A Stelle that exists, or a new one in a unit. */
    @PostMapping(SEITE + "/stellen")
    String besetze(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String stelle,
            @RequestParam(defaultValue = "") String stelleId,
            @RequestParam(required = false) @Nullable UUID einheit,
            @RequestParam(defaultValue = "") String bezeichnung,
            @RequestParam(defaultValue = "false") boolean leitung,
            @RequestParam(defaultValue = "false") boolean zugriff,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, "stelle", seite, wer, antwort, () -> {
            verlange(wer);
            if (einheit != null) {
                besetzungen.richteEin(wer, id, einheit, bezeichnung, leitung, zugriff);
            } else {
                besetzungen.besetze(
                        wer,
                        id,
                        gemeint(stelleId, stelle)
                                .filter(e -> e.art().equals("stelle"))
                                .orElseThrow(
                                        () -> Abgelehnt.eingabe(
                                                "„" + stelle
                                                        + "“ ist keine Stelle oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus."))
                                .id());
            }
        });
    }

    private void verlange(Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
    }

    private Optional<Empfaenger> gemeint(String id, String text) {
        return empfaenger.gemeint(id.isBlank() ? text : id).map(e -> new Empfaenger(e.art(), e.id()));
    }

    @PostMapping("/verwaltung/besetzungen/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:/verwaltung/personen/" + besetzungen.beende(wer, id) + "?getan=stelle#stellen";
    }

    @PostMapping(SEITE + "/rollen")
    String gib(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String rolle,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, "rolle", seite, wer, antwort, () -> personalien.gib(wer, id, rolle(wer, rolle)));
    }

    @PostMapping(SEITE + "/rollen/ende")
    String nimm(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String rolle,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, "rolle", seite, wer, antwort, () -> personalien.nimm(wer, id, rolle(wer, rolle)));
    }

    private Rolle rolle(Anmeldung wer, String kennung) {
        verlange(wer);
        return Arrays.stream(Rolle.values())
                .filter(r -> r.name().equals(kennung))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie eine Rolle."));
    }

    @PostMapping(SEITE + "/ermaechtigung")
    String ermaechtige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "-1") String stufe,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.GEHEIMSCHUTZ);
        personalien.person(id);
        return tu(
                id,
                "ermaechtigung",
                seite,
                wer,
                antwort,
                () -> personalien.ermaechtige(wer, id, stufe.matches("[0-9]") ? Integer.parseInt(stufe) : -1));
    }

    /** @param tag empty: the person stays */
    @PostMapping(SEITE + "/austritt")
    String verlaesst(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "false") boolean sofort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(id, "austritt", seite, wer, antwort, () -> {
            verlange(wer);
            personalien.verlaesst(wer, id, tag.isBlank() ? null : datum(tag), sofort);
        });
    }

    private static LocalDate datum(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw Abgelehnt.eingabe("Bitte geben Sie einen Tag an, den es gibt. Es wurde nichts geändert.");
        }
    }

    @PostMapping(SEITE + "/uebergabe")
    String uebergib(
            @PathVariable UUID id,
            @RequestParam(name = "was", required = false) @Nullable Set<String> was,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        verlange(wer);
        personalien.person(id);
        try {
            var ziel = gemeint(anId, an)
                    .orElseThrow(
                            () -> Abgelehnt.eingabe(
                                    an.isBlank() && anId.isBlank()
                                            ? "Bitte geben Sie an, an wen es gehen soll. Es wurde nichts geändert."
                                            : "„" + (an.isBlank() ? anId : an)
                                                    + "“ ist niemand oder nicht eindeutig. Bitte wählen Sie einen Vorschlag aus."));
            return seite(id, seite, wer, nachlass.uebergib(wer, id, was == null ? Set.of() : was, ziel, grund), "", "");
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(id, seite, wer, List.of(), String.valueOf(e.getMessage()), "");
        }
    }

    private String tu(UUID id, String was, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        try {
            tat.run();
            return "redirect:/verwaltung/personen/" + id + "?getan=" + was;
        } catch (Abgelehnt e) {
            if (e.art() == Abgelehnt.Art.RECHT) {
                throw e;
            }
            antwort.setStatus(e.art().status());
            return seite(id, seite, wer, List.of(), String.valueOf(e.getMessage()), "");
        }
    }

    private String seite(UUID id, Model seite, Anmeldung wer, List<String> bericht, String fehler, String getan) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.GEHEIMSCHUTZ);
        var eigene = personalien.rollen(wer.person());
        var person = personalien.person(id);
        seite.addAttribute("wen", person);
        seite.addAttribute("verwaltet", eigene.contains(Rolle.ADMINISTRATION));
        seite.addAttribute("ermaechtigt", eigene.contains(Rolle.GEHEIMSCHUTZ));
        seite.addAttribute("hoechste", personalien.hoechsteStufe());
        seite.addAttribute("rollen", personalien.rollen(id));
        seite.addAttribute("besetzungen", besetzungen.von(id));
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("nachlass", nachlass.von(wer, id));
        seite.addAttribute("bericht", bericht);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute(
                "getan",
                switch (getan) {
                    case "angaben" -> "Name und E-Mail sind gespeichert.";
                    case "stelle" -> "Die Stellen sind geändert.";
                    case "rolle" -> "Die Rollen sind geändert.";
                    case "ermaechtigung" -> "Die Ermächtigung ist geändert.";
                    case "austritt" ->
                        person.bis() == null ? "Die Person bleibt im Haus." : "Der letzte Tag ist gespeichert.";
                    default -> "";
                });
        return "personal/person";
    }
}
