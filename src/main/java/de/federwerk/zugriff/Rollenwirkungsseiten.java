package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.personal.Personalien;
import de.federwerk.zugriff.Rollenwirkungen.Rollenwirkung;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What one of the program's own roles would change for a person, shown before it is given or taken; for the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Rollenwirkungsseiten {

    private static final String SEITE = "/verwaltung/personen/{id}/rollen/wirkung";

    /**
     * The page between wanting and doing.
     *
     * @param geben or taking
     * @param pfad where the form goes, with these {@code felder}
     * @param zurueck where one goes who lets it be, called {@code ort}
     * @param zweck what the role is good for, in a sentence
     */
    record Vorschau(boolean geben, String pfad, Map<String, String> felder, String zurueck, String ort, String zweck) {}

    private final Rollenwirkungen wirkungen;
    private final Personenzugriffe menschen;
    private final Personalien personalien;
    private final Personen personen;

    Rollenwirkungsseiten(
            Rollenwirkungen wirkungen, Personenzugriffe menschen, Personalien personalien, Personen personen) {
        this.wirkungen = wirkungen;
        this.menschen = menschen;
        this.personalien = personalien;
        this.personen = personen;
    }

    /** @param was {@code geben} or {@code nehmen} */
    @GetMapping(SEITE)
    String zeige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String rolle,
            @RequestParam(defaultValue = "geben") String was,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return zeigeOderTu(id, rolle, was, "", antwort, seite, wer);
    }

    @PostMapping(SEITE)
    String tu(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String rolle,
            @RequestParam(defaultValue = "geben") String was,
            @RequestParam(defaultValue = "") String gesehen,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return zeigeOderTu(id, rolle, was, gesehen, antwort, seite, wer);
    }

    private String zeigeOderTu(
            UUID id,
            String kennung,
            String was,
            String gesehen,
            HttpServletResponse antwort,
            Model seite,
            Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var mensch = menschen.mensch(id).orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
        var rolle = rolle(kennung);
        boolean geben = was.equals("geben");
        var zurueck = "/verwaltung/personen/" + id;
        var vorschau = new Vorschau(
                geben,
                zurueck + "/rollen/wirkung",
                Map.of("rolle", kennung, "was", was),
                zurueck,
                mensch.name(),
                zweck(rolle));
        Runnable akt = geben ? () -> personalien.gib(wer, id, rolle) : () -> personalien.nimm(wer, id, rolle);
        try {
            var wirkung = geben
                    ? wirkungen.gaebe(id, wirkungen.rolle(rolle), rolle.bezeichnung(), akt)
                    : wirkungen.naehme(id, wirkungen.rolle(rolle), rolle.bezeichnung(), akt);
            if (gesehen(wirkung).equals(gesehen)) {
                akt.run();
                return "redirect:" + zurueck + "?getan=rolle";
            }
            return zeige(vorschau, wirkung, seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("vorschau", vorschau);
            seite.addAttribute("person", mensch.name());
            seite.addAttribute("rolle", rolle.bezeichnung());
            seite.addAttribute("fehler", String.valueOf(e.getMessage()));
            return "zugriff/rollenwirkung";
        }
    }

    private static Rolle rolle(String kennung) {
        return Arrays.stream(Rolle.values())
                .filter(r -> r.name().equals(kennung))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie eine Rolle. Es wurde nichts geändert."));
    }

    /** What it is good for, since it opens no Akten by itself. */
    private static String zweck(Rolle rolle) {
        return switch (rolle) {
            case ADMINISTRATION -> "Wer sie hat, richtet Einheiten, Personen, Aktenplan und Freigaben ein.";
            case POSTEINGANG -> "Wer sie hat, sieht und verteilt, was am zentralen Posteingang ankommt.";
            case TECHNIK -> "Wer sie hat, sieht Störungen und stellt sie ab.";
            case GEHEIMSCHUTZ ->
                "Wer sie hat, benennt und setzt Vertraulichkeitsstufen und sagt, bis zu welcher jemand sehen darf.";
            case DATENSCHUTZ ->
                "Wer sie hat, sieht, wer welche Rechte hat, und beantragt Einsichten in den Lesenachweis.";
            case PERSONALRAT ->
                "Wer sie hat, stimmt Einsichten in den Lesenachweis zu und entscheidet mit, ob er kürzer aufbewahrt wird.";
            case LEISTUNGEN ->
                "Wer sie hat, schreibt und veröffentlicht, was Bürgerinnen und Bürger über die Leistungen lesen.";
            case HAUSVERWALTUNG -> "Wer sie hat, richtet Mandanten in diesem Haus ein und beendet sie.";
        };
    }

    static String gesehen(Rollenwirkung wirkung) {
        return Integer.toHexString(wirkung.toString().hashCode());
    }

    static String zeige(Vorschau vorschau, Rollenwirkung wirkung, Model seite) {
        seite.addAttribute("vorschau", vorschau);
        seite.addAttribute("person", wirkung.person());
        seite.addAttribute("rolle", wirkung.rolle());
        seite.addAttribute("wirkung", wirkung);
        seite.addAttribute("gesehen", gesehen(wirkung));
        return "zugriff/rollenwirkung";
    }
}
