package de.federwerk.aktenart;

import de.federwerk.aktenart.Aktenarten.Feldangaben;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the Administration defines what the Akten of a town hold beyond their title. */
@Controller
class Aktenartenseiten {

    private static final String ALLE = "/verwaltung/aktenarten";

    private final Aktenarten arten;
    private final Aktenartvorgaben vorgaben;
    private final Personen personen;
    private final ObjectProvider<Aktenartbeigabe> beigaben;

    Aktenartenseiten(
            Aktenarten arten, Aktenartvorgaben vorgaben, Personen personen, ObjectProvider<Aktenartbeigabe> beigaben) {
        this.arten = arten;
        this.vorgaben = vorgaben;
        this.personen = personen;
        this.beigaben = beigaben;
    }

    @GetMapping(ALLE)
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return alle(seite, "", "", "");
    }

    private String alle(Model seite, String name, String erlaeuterung, String fehler) {
        seite.addAttribute("arten", arten.alle());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("name", name);
        seite.addAttribute("erlaeuterung", erlaeuterung);
        seite.addAttribute("fehler", fehler);
        return "aktenart/arten";
    }

    @PostMapping(ALLE)
    String richteEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String erlaeuterung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            arten.richteEin(wer, id, name, erlaeuterung);
            return "redirect:" + ALLE + "/" + id;
        } catch (Abgelehnt e) {
            personen.verlange(wer.person(), Rolle.ADMINISTRATION);
            antwort.setStatus(e.art().status());
            return alle(seite, name, erlaeuterung, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping(ALLE + "/{id}")
    String art(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return art(seite, id, "", Feldangaben.LEER, "");
    }

    /** @param getippt a new field that was refused for {@code feldfehler} */
    private String art(Model seite, UUID id, String fehler, Feldangaben getippt, String feldfehler) {
        var art = arten.art(id);
        var vorgabe = vorgaben.von(id);
        seite.addAttribute("art", art);
        seite.addAttribute(
                "felder",
                Arrays.stream(Feldtraeger.values())
                        .flatMap(t -> arten.felder(t, id, true).stream())
                        .toList());
        seite.addAttribute("vorgaenge", String.join("\n", vorgabe.vorgaenge()));
        seite.addAttribute("vorgangstitel", String.join("\n", vorgabe.vorgangstitel()));
        seite.addAttribute("dokumentart", vorgabe.dokumentart());
        seite.addAttribute(
                "beigaben", beigaben.orderedStream().map(b -> b.zu(id)).toList());
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("feldfehler", feldfehler);
        seite.addAttribute("benutzt", arten.benutzt(id));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("neuesVorgangsfeld", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "aktenart/art";
    }

    @PostMapping(ALLE + "/{id}/angaben")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String erlaeuterung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> arten.aendere(wer, id, name, erlaeuterung));
    }

    @PostMapping(ALLE + "/{id}/ende")
    String beende(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        arten.beende(wer, id);
        return "redirect:" + ALLE;
    }

    @PostMapping(ALLE + "/{id}/felder")
    String fuegeHinzu(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID feld,
            @RequestParam(defaultValue = "akte") String traeger,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "TEXT") String art,
            @RequestParam(defaultValue = "") String auswahl,
            @RequestParam(defaultValue = "false") boolean pflicht,
            @RequestParam(defaultValue = "false") boolean inListe,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        arten.art(id);
        var angaben = new Feldangaben(Feldtraeger.von(traeger), name, Feldart.von(art), auswahl, pflicht, inListe);
        try {
            arten.fuegeHinzu(wer, id, feld == null ? Kennung.neu() : feld, angaben);
            return zurueck(id, angaben.traeger());
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return art(seite, id, "", angaben, String.valueOf(e.getMessage()));
        }
    }

    private static String zurueck(UUID id, Feldtraeger traeger) {
        return "redirect:" + ALLE + "/" + id + (traeger == Feldtraeger.AKTE ? "#felder" : "#vorgangsfelder");
    }

    @PostMapping(ALLE + "/{id}/vorgaben")
    String setzeVorgaben(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String vorgaenge,
            @RequestParam(defaultValue = "") String vorgangstitel,
            @RequestParam(defaultValue = "") String dokumentart,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var naechste =
                oder(id, seite, wer, antwort, () -> vorgaben.setze(wer, id, vorgaenge, vorgangstitel, dokumentart));
        if (!naechste.startsWith("redirect:")) {
            // Refused: as it was typed.
            seite.addAttribute("vorgaenge", vorgaenge);
            seite.addAttribute("vorgangstitel", vorgangstitel);
            seite.addAttribute("dokumentart", dokumentart);
            return naechste;
        }
        return "redirect:" + ALLE + "/" + id + "#vorgaben";
    }

    @PostMapping(ALLE + "/{id}/felder/{feld}")
    String aendereFeld(
            @PathVariable UUID id,
            @PathVariable UUID feld,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String auswahl,
            @RequestParam(defaultValue = "false") boolean pflicht,
            @RequestParam(defaultValue = "false") boolean inListe,
            @RequestParam(defaultValue = "speichern") String tun,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> {
            switch (tun) {
                case "hinauf" -> arten.verschiebe(wer, id, feld, true);
                case "hinab" -> arten.verschiebe(wer, id, feld, false);
                case "entfernen" -> arten.beendeFeld(wer, id, feld);
                default ->
                    arten.aendereFeld(
                            wer,
                            id,
                            feld,
                            new Feldangaben(Feldtraeger.AKTE, name, Feldart.TEXT, auswahl, pflicht, inListe));
            }
        });
    }

    private String oder(UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        try {
            tat.run();
            return "redirect:" + ALLE + "/" + id + "#felder";
        } catch (Abgelehnt e) {
            personen.verlange(wer.person(), Rolle.ADMINISTRATION);
            antwort.setStatus(e.art().status());
            return art(seite, id, String.valueOf(e.getMessage()), Feldangaben.LEER, "");
        }
    }
}
