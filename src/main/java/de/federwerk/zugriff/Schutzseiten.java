package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Ausnahmen;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.zugriff.Schutzgut.Art;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The changes of who sees one thing. Each shows first whom it adds and removes, and is made only as it was seen. */
@Controller
@FrischAngemeldet
class Schutzseiten {

    /** What can be done, with its part of the address. */
    enum Was {
        FREIGABE("freigabe", "Auf Zeit freigeben"),
        UNTERBRECHUNG("unterbrechung", "Vererbung unterbrechen"),
        VERERBUNG("vererbung", "Wieder erben"),
        AUSSCHLUSS("ausschluss", "Jemanden ausschließen"),
        BEFANGENHEIT("befangenheit", "Ich bin befangen"),
        PERSONALAKTE("personalakte", "Als Personalakte führen"),
        STUFE("stufe", "Vertraulichkeit ändern");

        private final String pfad;
        private final String titel;

        Was(String pfad, String titel) {
            this.pfad = pfad;
            this.titel = titel;
        }

        String pfad() {
            return pfad;
        }

        String titel() {
            return titel;
        }

        /** Exclusion is a matter of the whole Akte, a grant for a time of an Akte or Vorgang. */
        boolean passtZu(Schutzgut gut) {
            return switch (this) {
                case AUSSCHLUSS, BEFANGENHEIT, PERSONALAKTE -> gut.art() == Art.AKTE;
                case FREIGABE -> gut.art() != Art.DOKUMENT;
                default -> true;
            };
        }
    }

    private final Schutzgueter gueter;
    private final Schutzformular formular;
    private final Ausnahmen ausnahmen;
    private final Personalakten personalakten;
    private final Wirkungen wirkungen;
    private final Stufen stufen;
    private final Sonderbereiche sonderbereiche;

    Schutzseiten(
            Schutzgueter gueter,
            Schutzformular formular,
            Ausnahmen ausnahmen,
            Personalakten personalakten,
            Wirkungen wirkungen,
            Stufen stufen,
            Sonderbereiche sonderbereiche) {
        this.gueter = gueter;
        this.formular = formular;
        this.ausnahmen = ausnahmen;
        this.personalakten = personalakten;
        this.wirkungen = wirkungen;
        this.stufen = stufen;
        this.sonderbereiche = sonderbereiche;
    }

    @GetMapping(
            "/{art:akten|vorgaenge|dokumente}/{id}/zugriff/{was:freigabe|unterbrechung|vererbung|ausschluss|befangenheit|personalakte|stufe}")
    String zeige(
            @PathVariable String art,
            @PathVariable UUID id,
            @PathVariable String was,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var tun = was(was);
        return formular(
                wer,
                gut(wer, Zugriffsseiten.art(art), id, tun),
                tun,
                Map.of("id", Kennung.neu().toString()),
                null,
                "",
                seite);
    }

    private static Was was(String pfad) {
        return Arrays.stream(Was.values())
                .filter(w -> w.pfad.equals(pfad))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
    }

    /** What may be done here by this person; the act itself asks again. */
    private Schutzgut gut(Anmeldung wer, Art art, UUID id, Was was) {
        var gut = was == Was.STUFE || was == Was.BEFANGENHEIT
                ? gueter.sichtbares(wer, art, id)
                : gueter.zumAendern(wer, art, id);
        if (!was.passtZu(gut)) {
            throw new NichtGefunden("Das geht hier nicht.");
        }
        return gut;
    }

    @PostMapping(
            "/{art:akten|vorgaenge|dokumente}/{id}/zugriff/{was:freigabe|unterbrechung|vererbung|ausschluss|befangenheit|personalakte|stufe}")
    String tu(
            @PathVariable String art,
            @PathVariable UUID id,
            @PathVariable String was,
            @RequestParam MultiValueMap<String, String> felder,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var tun = was(was);
        var gut = gut(wer, Zugriffsseiten.art(art), id, tun);
        var eingabe = new LinkedHashMap<>(felder.toSingleValueMap());
        try {
            var akt = formular.akt(wer, gut, tun, eingabe);
            var wirkung = wirkungen.an(gut, akt);
            // Only what was shown is done: if somebody changed rights meanwhile, it is shown anew.
            if ("speichern".equals(eingabe.get("tun")) && gesehen(wirkung).equals(eingabe.get("gesehen"))) {
                akt.run();
                return !gueter.istSichtbar(wer, gut)
                        ? "redirect:/akten"
                        : "redirect:" + gut.seite() + "/zugriff?erledigt=" + tun.pfad;
            }
            return formular(wer, gut, tun, eingabe, wirkung, "", seite);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(wer, gut, tun, eingabe, null, String.valueOf(e.getMessage()), seite);
        }
    }

    private static String gesehen(Wirkungen.Wirkung wirkung) {
        return Integer.toHexString(wirkung.toString().hashCode());
    }

    private String formular(
            Anmeldung wer,
            Schutzgut gut,
            Was was,
            Map<String, String> eingabe,
            Wirkungen.@Nullable Wirkung wirkung,
            String fehler,
            Model seite) {
        seite.addAttribute("gut", gut);
        seite.addAttribute("was", was);
        seite.addAttribute("eingabe", eingabe);
        seite.addAttribute("wirkung", wirkung);
        seite.addAttribute("gesehen", wirkung == null ? "" : gesehen(wirkung));
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("stufen", was == Was.STUFE ? stufen.alle() : List.<Stufen.Stufe>of());
        seite.addAttribute(
                "personalbereich",
                was == Was.PERSONALAKTE && personalakten.bereichFuer(wer, gut).isPresent());
        seite.addAttribute(
                "sonderbereiche",
                was == Was.UNTERBRECHUNG
                        ? sonderbereiche.verwaltetVon(wer.person())
                        : List.<Sonderbereiche.Sonderbereich>of());
        return "zugriff/aenderung";
    }

    /** Ends a single Freigabe of this Akte or Vorgang. */
    @PostMapping("/{art:akten|vorgaenge}/{id}/zugriff/freigaben/{freigabe}/ende")
    String nimmZurueck(
            @PathVariable String art,
            @PathVariable UUID id,
            @PathVariable UUID freigabe,
            @AuthenticationPrincipal Anmeldung wer) {
        var gut = gueter.zumAendern(wer, Zugriffsseiten.art(art), id);
        ausnahmen.nimmZurueck(wer, freigabe, gut.akte(), gut.vorgang());
        return "redirect:" + gut.seite() + "/zugriff?erledigt=zurueck";
    }

    /** Ends an exclusion. */
    @PostMapping("/akten/{id}/zugriff/ausschluesse/{ausschluss}/ende")
    String lasseZu(
            @PathVariable UUID id,
            @PathVariable UUID ausschluss,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        var gut = gueter.zumAendern(wer, Art.AKTE, id);
        ausnahmen.lasseZu(wer, ausschluss, gut.akte(), grund.replace("\0", "").strip());
        return "redirect:" + gut.seite() + "/zugriff?erledigt=zugelassen";
    }
}
