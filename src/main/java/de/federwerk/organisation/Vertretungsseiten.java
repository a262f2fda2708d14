package de.federwerk.organisation;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.gesicht.Sprung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** One's own absences, those of the people one leads, and the choices for “who?”. */
@Controller
class Vertretungsseiten {

    private static final int JE_SEITE = 50;

    /**
     * The form as it was filled in.
     *
     * @param wen who is absent, typed; empty for oneself
     * @param wenId what was chosen from the list for it
     */
    record Eintrag(
            UUID id,
            String wen,
            String wenId,
            String von,
            String bis,
            String vertreter,
            String vertreterId,
            boolean persoenliches) {}

    private final Vertretungen vertretungen;
    private final Vertretungslisten listen;
    private final Leitungen leitungen;
    private final Empfaengersuche suche;

    Vertretungsseiten(Vertretungen vertretungen, Vertretungslisten listen, Leitungen leitungen, Empfaengersuche suche) {
        this.vertretungen = vertretungen;
        this.listen = listen;
        this.leitungen = leitungen;
        this.suche = suche;
    }

    @GetMapping("/vertretung")
    String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String erledigt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return seite(
                seite,
                wer,
                Vertretungslisten.NACH_BEGINN.lies(ab),
                erledigt,
                new Eintrag(Kennung.neu(), "", "", "", "", "", "", false),
                "",
                Map.of());
    }

    @PostMapping("/vertretungen")
    String trageEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String wen,
            @RequestParam(defaultValue = "") String wenId,
            @RequestParam(defaultValue = "") String von,
            @RequestParam(defaultValue = "") String bis,
            @RequestParam(defaultValue = "") String vertreter,
            @RequestParam(defaultValue = "") String vertreterId,
            @RequestParam(defaultValue = "false") boolean persoenliches,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var eintrag = new Eintrag(id, wen, wenId, von, bis, vertreter, vertreterId, persoenliches);
        var fehler = new HashMap<String, String>();
        var abwesend = wen.isBlank() ? wer.person() : person("wen", wen, wenId, fehler);
        var vertretend = vertreter.isBlank() ? null : person("vertreter", vertreter, vertreterId, fehler);
        var erster = Sprung.tag(von);
        var letzter = Sprung.tag(bis);
        if (erster.isEmpty()) {
            fehler.put("von", "Bitte geben Sie den ersten Tag an, zum Beispiel 12.10.2026.");
        }
        if (letzter.isEmpty()) {
            fehler.put("bis", "Bitte geben Sie den letzten Tag an, zum Beispiel 16.10.2026.");
        }
        if (!fehler.isEmpty() || abwesend == null || erster.isEmpty() || letzter.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return seite(
                    seite,
                    wer,
                    Stelle.ANFANG,
                    "",
                    eintrag,
                    "Eine Angabe fehlt oder passt nicht; sie ist unten bezeichnet.",
                    fehler);
        }
        try {
            vertretungen.trageEin(wer, id, abwesend, vertretend, erster.get(), letzter.get(), persoenliches);
            return "redirect:/vertretung?erledigt=eingetragen";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(seite, wer, Stelle.ANFANG, "", eintrag, String.valueOf(e.getMessage()), Map.of());
        }
    }

    /** What was chosen counts only as long as it stands in the field: without a script nobody empties the hidden one. */
    private @Nullable UUID person(String feld, String getippt, String gewaehlt, Map<String, String> fehler) {
        var gemeinte = suche.gemeintePersonen(gewaehlt).stream()
                .filter(p -> p.name().equals(getippt.strip()))
                .toList();
        if (gemeinte.isEmpty()) {
            gemeinte = suche.gemeintePersonen(getippt);
        }
        if (gemeinte.size() == 1) {
            return gemeinte.getFirst().id();
        }
        fehler.put(
                feld,
                gemeinte.isEmpty()
                        ? "So heißt niemand im Haus. Bitte geben Sie Vor- und Nachnamen an oder den Anmeldenamen."
                        : "So heißen mehrere im Haus. Bitte geben Sie den Anmeldenamen an.");
        return null;
    }

    @PostMapping("/vertretungen/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        vertretungen.beende(wer, id);
        return "redirect:/vertretung?erledigt=beendet";
    }

    private String seite(
            Model seite,
            Anmeldung wer,
            Stelle ab,
            String erledigt,
            Eintrag eintrag,
            String fehler,
            Map<String, String> fehlerAn) {
        var leitet = !leitungen.geleiteteEinheiten(wer.person()).isEmpty();
        seite.addAttribute("eigene", listen.eigene(wer.person()));
        seite.addAttribute("vertretene", vertretungen.vertretene(wer.person()));
        seite.addAttribute("leitet", leitet);
        if (leitet) {
            seite.addAttribute("geleitete", listen.geleitete(wer.person(), ab, JE_SEITE));
            seite.addAttribute("gesamt", listen.anzahlGeleitete(wer.person()));
        }
        seite.addAttribute("erledigt", erledigt);
        seite.addAttribute("eintrag", eintrag);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("fehlerAn", fehlerAn);
        return "organisation/vertretung";
    }

    /** To whom work can be sent. */
    @GetMapping("/empfaenger/auswahl")
    @ResponseBody
    List<Empfaengersuche.Auswahl> empfaenger(@RequestParam(defaultValue = "") String q) {
        return suche.finde(q);
    }

    /** Who can be absent, or stand in. */
    @GetMapping("/personen/auswahl")
    @ResponseBody
    List<Empfaengersuche.Auswahl> personen(@RequestParam(defaultValue = "") String q) {
        return suche.findePersonen(q);
    }
}
