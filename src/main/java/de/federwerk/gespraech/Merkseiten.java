package de.federwerk.gespraech;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Sprung;
import de.federwerk.gespraech.Merkpunkte.Angaben;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The Merkpunkte of a Vorgang: on a page of their own, and the forms. */
@Controller
class Merkseiten {

    /**
     * What was typed, for a page that shows it again under a new id.
     *
     * @param id of the point to be noted
     * @param person typed
     * @param faellig typed
     * @param aenderung the point that is changed, if one is
     */
    record Eingabe(
            UUID id,
            String text,
            String person,
            String personId,
            String faellig,
            @Nullable UUID aenderung) {

        static Eingabe leer() {
            return new Eingabe(Kennung.neu(), "", "", "", "", null);
        }
    }

    private final Merkpunkte merkpunkte;
    private final Merkliste liste;
    private final Erwaehnungen erwaehnungen;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Zuschauer zuschauer;
    private final TransactionTemplate transaktion;

    Merkseiten(
            Merkpunkte merkpunkte,
            Merkliste liste,
            Erwaehnungen erwaehnungen,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Zuschauer zuschauer,
            TransactionTemplate transaktion) {
        this.merkpunkte = merkpunkte;
        this.liste = liste;
        this.erwaehnungen = erwaehnungen;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.zuschauer = zuschauer;
        this.transaktion = transaktion;
    }

    @GetMapping("/vorgaenge/{id}/merkpunkte")
    String zeige(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return seite(id, Eingabe.leer(), "", seite, wer);
    }

    private String seite(UUID id, Eingabe eingabe, String fehler, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            var vorgang = vorgaenge.vorgang(sicht, id);
            seite.addAttribute("vorgang", vorgang);
            seite.addAttribute("punkte", liste.in(sicht, id));
            seite.addAttribute("darfMerken", vorgaenge.istAenderbar(wer.person(), vorgang));
            seite.addAttribute("eingabe", eingabe);
            seite.addAttribute("fehler", fehler);
            zuschauer.oeffnet(wer.person(), id);
            return "gespraech/merkpunkte";
        });
    }

    @PostMapping("/vorgaenge/{id}/merkpunkte")
    String merke(
            @PathVariable UUID id,
            @RequestParam UUID punkt,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String personId,
            @RequestParam(defaultValue = "") String faellig,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        // Who may not see it is told so before anything that was typed is looked at.
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        return tu(
                id,
                new Eingabe(Kennung.neu(), text, person, personId, faellig, null),
                dokument,
                seite,
                antwort,
                wer,
                () -> {
                    merkpunkte.merke(wer, punkt, id, angaben(text, person, personId, faellig));
                    return punkt;
                });
    }

    @PostMapping("/merkpunkte/{id}/fassungen")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String personId,
            @RequestParam(defaultValue = "") String faellig,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        var eingabe = new Eingabe(Kennung.neu(), text, person, personId, faellig, id);
        return tu(vorgangVon(wer, id), eingabe, dokument, seite, antwort, wer, () -> {
            merkpunkte.aendere(wer, id, fassung, angaben(text, person, personId, faellig));
            return id;
        });
    }

    private Angaben angaben(String text, String person, String personId, String faellig) {
        return new Angaben(text, erwaehnungen.imFeld(person, personId).orElse(null), tag(faellig));
    }

    private static @Nullable LocalDate tag(String getippt) {
        return getippt.isBlank()
                ? null
                : Sprung.tag(getippt)
                        .orElseThrow(() -> Abgelehnt.eingabe(
                                "„%s“ ist kein Tag. Bitte schreiben Sie ihn wie 12.10.2026. Es wurde nichts gespeichert."
                                        .formatted(getippt.strip())));
    }

    @PostMapping("/merkpunkte/{id}/erledigung")
    String erledige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        return tu(vorgangVon(wer, id), Eingabe.leer(), dokument, seite, antwort, wer, () -> {
            merkpunkte.erledige(wer, id, fassung);
            return id;
        });
    }

    @PostMapping("/merkpunkte/{id}/wiederaufnahme")
    String oeffne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        return tu(vorgangVon(wer, id), Eingabe.leer(), dokument, seite, antwort, wer, () -> {
            merkpunkte.oeffne(wer, id, fassung);
            return id;
        });
    }

    @PostMapping("/merkpunkte/{id}/entfernung")
    String entferne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        return tu(vorgangVon(wer, id), Eingabe.leer(), dokument, seite, antwort, wer, () -> {
            merkpunkte.entferne(wer, id, fassung);
            return null;
        });
    }

    /** @param platz where it stood @param richtung {@code hoch} or {@code runter} */
    @PostMapping("/merkpunkte/{id}/platz")
    String verschiebe(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int platz,
            @RequestParam(defaultValue = "") String richtung,
            @RequestParam(required = false) @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        return tu(vorgangVon(wer, id), Eingabe.leer(), dokument, seite, antwort, wer, () -> {
            merkpunkte.verschiebe(wer, id, platz, richtung.equals("hoch"));
            return id;
        });
    }

    private UUID vorgangVon(Anmeldung wer, UUID punkt) {
        return merkpunkte.finde(wer, punkt).vorgangId();
    }

    /** Back to the Vorgang, at the point, with the Dokument that was shown beside it; or the list with the reason, as it was typed. */
    private String tu(
            UUID vorgang,
            Eingabe eingabe,
            @Nullable UUID dokument,
            Model seite,
            HttpServletResponse antwort,
            Anmeldung wer,
            Supplier<@Nullable UUID> tat) {
        try {
            var punkt = tat.get();
            return "redirect:/vorgaenge/" + vorgang
                    + (dokument == null ? "" : "?dokument=" + dokument)
                    + (punkt == null ? "#merkpunkte" : "#m-" + punkt);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(vorgang, eingabe, String.valueOf(e.getMessage()), seite, wer);
        }
    }
}
