package de.federwerk.bescheid;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.bescheid.Bescheidung.Eingabe;
import de.federwerk.formular.Feldfehler;
import de.federwerk.formular.Formularbild;
import de.federwerk.formular.Werte;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Deciding upon the Antrag of a Vorgang: choose a template, fill in, look at it, make it, send it. */
@Controller
@RequestMapping("/vorgaenge/{id}/bescheid")
class Bescheidseiten {

    /** A Bescheid as the page shows it. @param zeichnung only of a draft */
    record Ansicht(Bescheid bescheid, @Nullable Bekanntgabe bekanntgabe, Zeichnungsstand.@Nullable Stand zeichnung) {}

    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Antragsfaelle faelle;
    private final Bescheide bescheide;
    private final Bescheidvorlagen vorlagen;
    private final Bescheidung bescheidung;
    private final Versand versand;
    private final Zeichnungsstand zeichnungsstand;
    private final Bekanntgaben bekanntgaben;

    Bescheidseiten(
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Antragsfaelle faelle,
            Bescheide bescheide,
            Bescheidvorlagen vorlagen,
            Bescheidung bescheidung,
            Versand versand,
            Zeichnungsstand zeichnungsstand,
            Bekanntgaben bekanntgaben) {
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.faelle = faelle;
        this.bescheide = bescheide;
        this.vorlagen = vorlagen;
        this.bescheidung = bescheidung;
        this.versand = versand;
        this.zeichnungsstand = zeichnungsstand;
        this.bekanntgaben = bekanntgaben;
    }

    @GetMapping
    String zeige(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID vorlage,
            @RequestParam(required = false) @Nullable String aendern,
            @AuthenticationPrincipal Anmeldung wer,
            Model seite) {
        return seite(seite, wer, id, vorlage, aendern != null, null, List.of(), "");
    }

    private String seite(
            Model seite,
            Anmeldung wer,
            UUID id,
            @Nullable UUID vorlage,
            boolean aendern,
            @Nullable Eingabe getippt,
            List<Feldfehler> fehler,
            String meldung) {
        var vorgang = vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        seite.addAttribute("vorgang", vorgang);
        var ob = faelle.zu(id);
        if (ob.isEmpty()) {
            return "bescheid/keiner";
        }
        var fall = ob.get();
        var alle = bescheide.zu(id);
        var entwurf = alle.stream().filter(Bescheid::entwurf).findFirst();
        seite.addAttribute("fall", fall);
        seite.addAttribute("darf", vorgaenge.istAenderbar(wer.person(), vorgang));
        seite.addAttribute("ansichten", alle.stream().map(this::ansicht).toList());
        seite.addAttribute("vorlagen", vorlagen.fuer(fall.leistungId()));
        seite.addAttribute("meldung", meldung);
        var eingabe = getippt != null ? getippt : eingabe(fall, entwurf, vorlage, aendern);
        if (eingabe != null) {
            var fassung = vorlagen.fassung(eingabe.fassung());
            seite.addAttribute("eingabe", eingabe);
            seite.addAttribute("fassung", fassung);
            bild(fassung, eingabe.werte(), fehler).ifPresent(b -> seite.addAttribute("bild", b));
        }
        return "bescheid/bescheid";
    }

    private Ansicht ansicht(Bescheid b) {
        return new Ansicht(
                b,
                bekanntgaben.stand(b),
                b.entwurf()
                        ? zeichnungsstand.von(
                                b.dokumentId(), vorlagen.fassung(b.fassungId()).zeichnung())
                        : null);
    }

    /** What the form begins with; null while no template is chosen, or there is a draft that nobody wants to change. */
    private @Nullable Eingabe eingabe(
            Antragsfall fall, Optional<Bescheid> entwurf, @Nullable UUID vorlage, boolean aendern) {
        if (entwurf.isPresent()) {
            var b = entwurf.get();
            return aendern
                    ? new Eingabe(
                            b.id(),
                            Kennung.neu(),
                            b.aenderung(),
                            b.fassungId(),
                            b.ergebnis().kennung(),
                            b.anschrift(),
                            b.werte())
                    : null;
        }
        if (vorlage == null) {
            return null;
        }
        var fassung = vorlagen.fuer(fall.leistungId()).stream()
                .filter(f -> f.id().equals(vorlage))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Vorlage gibt es nicht."));
        return new Eingabe(Kennung.neu(), Kennung.neu(), 0, fassung.id(), "", fall.anschrift(), Werte.LEER);
    }

    private static Optional<Formularbild> bild(Fassung fassung, Werte werte, List<Feldfehler> fehler) {
        var formular = fassung.formular();
        return formular.schritte().getFirst().abschnitte().isEmpty()
                ? Optional.empty()
                : Optional.of(formular.bild(werte, Vorlagenfelder.SCHRITT, "de", fehler));
    }

    @PostMapping
    Object erstelle(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String bescheid,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "0") int aenderung,
            @RequestParam(defaultValue = "") String fassung,
            @RequestParam(defaultValue = "") String ergebnis,
            @RequestParam(defaultValue = "") String anschrift,
            @RequestParam(defaultValue = "") String tun,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer,
            Model seite) {
        vorgaenge.bearbeitbar(wer, id);
        var vorlage = vorlagen.fassung(kennung(fassung));
        var eingabe = new Eingabe(
                kennung(bescheid),
                kennung(version),
                aenderung,
                vorlage.id(),
                ergebnis,
                anschrift,
                werte(vorlage, anfrage.getParameterMap()));
        var fehler = Bescheidung.fehler(vorlage, eingabe.werte());
        if (!fehler.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return seite(seite, wer, id, null, false, eingabe, fehler, "");
        }
        try {
            if (tun.equals("vorschau")) {
                return pdf(bescheidung.vorschau(wer, id, eingabe), "Vorschau.pdf");
            }
            bescheidung.erstelle(wer, id, eingabe);
            return "redirect:/vorgaenge/" + id + "/bescheid";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(seite, wer, id, null, false, eingabe, List.of(), String.valueOf(e.getMessage()));
        }
    }

    private static UUID kennung(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NichtGefunden("Das Formular ist unvollständig. Bitte laden Sie die Seite neu.");
        }
    }

    private static Werte werte(Fassung fassung, Map<String, String[]> parameter) {
        var formular = fassung.formular();
        return formular.schritte().getFirst().abschnitte().isEmpty()
                ? Werte.LEER
                : formular.lies(Werte.LEER, Vorlagenfelder.SCHRITT, parameter);
    }

    static ResponseEntity<byte[]> pdf(byte[] inhalt, String name) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PDF)
                .body(inhalt);
    }

    @PostMapping("/{bescheid}/versand")
    String sende(
            @PathVariable UUID id,
            @PathVariable UUID bescheid,
            @RequestParam(defaultValue = "") String version,
            @RequestParam(defaultValue = "") String kanal,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer,
            Model seite) {
        return tue(
                id,
                wer,
                antwort,
                seite,
                () -> versand.sende(
                        wer,
                        id,
                        bescheid,
                        kennung(version),
                        kanal.equals(Kanal.POSTFACH.kennung()) ? Kanal.POSTFACH : Kanal.POST));
    }

    @PostMapping("/{bescheid}/verwerfung")
    String verwirf(
            @PathVariable UUID id,
            @PathVariable UUID bescheid,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer,
            Model seite) {
        return tue(id, wer, antwort, seite, () -> bescheidung.verwirf(wer, id, bescheid));
    }

    private String tue(UUID id, Anmeldung wer, HttpServletResponse antwort, Model seite, Runnable tat) {
        try {
            tat.run();
            return "redirect:/vorgaenge/" + id + "/bescheid";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return seite(seite, wer, id, null, false, null, List.of(), String.valueOf(e.getMessage()));
        }
    }
}
