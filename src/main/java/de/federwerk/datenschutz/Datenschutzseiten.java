package de.federwerk.datenschutz;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangssuche;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
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

/** What the role Datenschutz has: requests and Einschränkungen, and one request. */
@Controller
@RequestMapping("/datenschutz")
class Datenschutzseiten {

    private static final int JE_SEITE = 50;

    private final Ersuchenbuch buch;
    private final Fundbuch funde;
    private final Suchauftrag suchauftrag;
    private final Antwortort ort;
    private final Erteilungen erteilungen;
    private final Einschraenkungsbuch einschraenkungen;
    private final Vorgangssuche vorgangssuche;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Personen personen;

    Datenschutzseiten(
            Ersuchenbuch buch,
            Fundbuch funde,
            Suchauftrag suchauftrag,
            Antwortort ort,
            Erteilungen erteilungen,
            Einschraenkungsbuch einschraenkungen,
            Vorgangssuche vorgangssuche,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Personen personen) {
        this.buch = buch;
        this.funde = funde;
        this.suchauftrag = suchauftrag;
        this.ort = ort;
        this.erteilungen = erteilungen;
        this.einschraenkungen = einschraenkungen;
        this.vorgangssuche = vorgangssuche;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.personen = personen;
    }

    /** @param ab where the page of requests begins @param ea where that of Einschränkungen does */
    @GetMapping
    String uebersicht(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(required = false) @Nullable String ea,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        seite.addAttribute("ersuchen", buch.liste(Ersuchenbuch.NEUESTE_ZUERST.lies(ab), JE_SEITE));
        seite.addAttribute(
                "einschraenkungen", einschraenkungen.liste(Einschraenkungsbuch.NEUESTE_ZUERST.lies(ea), JE_SEITE));
        return "datenschutz/uebersicht";
    }

    /** @param vorher the request that is repeated */
    @GetMapping("/ersuchen/neu")
    String neu(
            @RequestParam(required = false) @Nullable UUID vorher,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        if (vorher == null) {
            return neu(seite, Kennung.neu(), null, Ersuchensangaben.LEER, "", null, "");
        }
        var altes = buch.ersuchen(wer, vorher);
        return neu(
                seite,
                Kennung.neu(),
                vorher,
                altes.angaben().mitEingang(null),
                altes.aktenzeichen(),
                altes.vorgangId(),
                "");
    }

    private String neu(
            Model seite,
            UUID id,
            @Nullable UUID vorher,
            Ersuchensangaben angaben,
            String vorgang,
            @Nullable UUID vorgangId,
            String fehler) {
        seite.addAttribute("id", id);
        seite.addAttribute("vorher", vorher);
        seite.addAttribute("angaben", angaben);
        seite.addAttribute("vorgang", vorgang);
        seite.addAttribute("vorgangId", vorgangId);
        seite.addAttribute("fehler", fehler);
        return "datenschutz/ersuchenNeu";
    }

    @PostMapping("/ersuchen")
    String nimmAuf(
            @RequestParam UUID id,
            @RequestParam(required = false) @Nullable UUID vorher,
            @RequestParam(defaultValue = "") String vorgang,
            @RequestParam(required = false) @Nullable UUID vorgangId,
            Ersuchensfelder felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.DATENSCHUTZ);
        try {
            if (vorher != null) {
                buch.ersuchen(wer, vorher);
            }
            buch.nimmAuf(wer, id, felder.angaben(), gemeint(wer, vorgang, vorgangId), vorher);
            return "redirect:/datenschutz/ersuchen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return neu(seite, id, vorher, felder.angaben(), vorgang, vorgangId, String.valueOf(e.getMessage()));
        }
    }

    /** What was chosen; without a script what was typed, if it is exactly one. */
    private @Nullable UUID gemeint(Anmeldung wer, String getippt, @Nullable UUID gewaehlt) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        if (gewaehlt != null) {
            return vorgaenge.vorgang(sicht, gewaehlt).id();
        }
        var text = getippt.strip();
        if (text.isEmpty()) {
            return null;
        }
        var passende = vorgangssuche.finde(sicht, text);
        return passende.size() == 1 ? passende.getFirst().id() : null;
    }

    @GetMapping("/ersuchen/{id}")
    String eines(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return eines(id, seite, wer, "", Eingabe.KEINE);
    }

    private String eines(UUID id, Model seite, Anmeldung wer, String fehler, Eingabe eingabe) {
        var ersuchen = buch.ersuchen(wer, id);
        var erteilte = erteilungen.zu(id);
        // While something is under way the page comes anew by itself, and asks only for that.
        boolean wartet = fehler.isEmpty()
                && (ersuchen.sucht() != null || erteilte.stream().anyMatch(Erteilungen.Erteilung::unterwegs));
        seite.addAttribute("ersuchen", ersuchen);
        seite.addAttribute("erteilungen", erteilte);
        seite.addAttribute("wartet", wartet);
        seite.addAttribute("zahlen", wartet ? List.of() : funde.zahlen(id));
        seite.addAttribute("fragen", wartet ? List.of() : buch.fragen(id));
        seite.addAttribute(
                "freigegebene",
                wartet
                        ? List.of()
                        : funde.gezeigte(id, List.of("gehoert", "geschwaerzt")).stream()
                                .filter(Treffer::freigegeben)
                                .toList());
        seite.addAttribute(
                "zurueckgehaltene",
                wartet
                        ? List.of()
                        : funde.gezeigte(id, List.of("zurueckgehalten")).stream()
                                .filter(Treffer::zurueckgehalten)
                                .toList());
        seite.addAttribute(
                "zuOffen",
                wartet || ersuchen.erledigt() != null
                        ? ""
                        : ort.zuOffen(ersuchen.vorgangId(), id).orElse(""));
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute(
                "meine",
                wartet
                        ? 0L
                        : funde.meine(wer, id).stream().filter(Treffer::offen).count());
        seite.addAttribute("heute", LocalDate.now(Anzeige.ZONE));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "datenschutz/ersuchen";
    }

    @PostMapping("/ersuchen/{id}/angaben")
    String aendere(
            @PathVariable UUID id,
            Ersuchensfelder felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                new Eingabe("angaben", Map.of(), felder.angaben()),
                () -> buch.aendere(wer, id, felder.angaben()));
    }

    @PostMapping("/ersuchen/{id}/identitaet")
    String bestaetige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String wie,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                Eingabe.von("identitaet", Map.of("wie", wie)),
                () -> buch.bestaetigeIdentitaet(wer, id, wie));
    }

    @PostMapping("/ersuchen/{id}/verlaengerung")
    String verlaengere(
            @PathVariable UUID id,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate bis,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                Eingabe.von("verlaengerung", Map.of("bis", bis == null ? "" : bis.toString(), "grund", grund)),
                () -> buch.verlaengere(wer, id, bis, grund));
    }

    @PostMapping("/ersuchen/{id}/suche")
    String suche(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, Eingabe.KEINE, () -> suchauftrag.beginne(wer, id));
    }

    @PostMapping("/ersuchen/{id}/erteilungen")
    String erteile(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID erteilung,
            @RequestParam(defaultValue = "") String empfaenger,
            @RequestParam(defaultValue = "") String anschrift,
            @RequestParam(defaultValue = "") String weg,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                Eingabe.von("erteilung", Map.of("empfaenger", empfaenger, "anschrift", anschrift, "weg", weg)),
                () -> erteilungen.beginne(
                        wer, erteilung == null ? Kennung.neu() : erteilung, id, empfaenger, anschrift, weg));
    }

    @PostMapping("/ersuchen/{id}/erledigung")
    String erledige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String wie,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                id,
                seite,
                wer,
                antwort,
                Eingabe.von("erledigung", Map.of("wie", wie)),
                () -> buch.erledige(wer, id, wie));
    }

    private String oder(
            UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Eingabe eingabe, Runnable tat) {
        buch.ersuchen(wer, id);
        try {
            tat.run();
            return "redirect:/datenschutz/ersuchen/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eines(id, seite, wer, String.valueOf(e.getMessage()), eingabe);
        }
    }
}
