package de.federwerk.papier;

import static java.util.Objects.requireNonNull;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Vorgangslisten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.papier.Papierteile.Angaben;
import de.federwerk.papier.Papierteile.Ort;
import de.federwerk.papier.Papierteile.Papierteil;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Paper: what of an Akte is on it, the page behind a label, and what one has on one's own desk. */
@Controller
class Papierseiten {

    private static final int VORGAENGE = 200;
    private static final int TAGE = 28;

    private final Papierteile teile;
    private final Ausleihen ausleihen;
    private final Akten akten;
    private final Vorgangslisten vorgangslisten;
    private final Aktenteile aktenteile;
    private final Berechtigungen berechtigungen;
    private final TransactionTemplate transaktion;

    Papierseiten(
            Papierteile teile,
            Ausleihen ausleihen,
            Akten akten,
            Vorgangslisten vorgangslisten,
            Aktenteile aktenteile,
            Berechtigungen berechtigungen,
            TransactionTemplate transaktion) {
        this.teile = teile;
        this.ausleihen = ausleihen;
        this.akten = akten;
        this.vorgangslisten = vorgangslisten;
        this.aktenteile = aktenteile;
        this.berechtigungen = berechtigungen;
        this.transaktion = transaktion;
    }

    /** @param code what a scanner types that acts like a keyboard: the number, or the address in the code */
    @GetMapping("/papier")
    @Transactional(readOnly = true)
    public String meines(
            @RequestParam(defaultValue = "") String code, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var getippt = code.strip();
        var gefunden = teile.finde(sicht, getippt.substring(getippt.lastIndexOf('/') + 1));
        if (gefunden.isPresent()) {
            return "redirect:/papier/" + gefunden.get().kennzeichen();
        }
        seite.addAttribute("code", getippt);
        seite.addAttribute("meine", teile.bei(sicht));
        return "papier/meines";
    }

    @GetMapping("/akten/{id}/papier")
    @Transactional(readOnly = true)
    public String inAkte(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return akte(id, null, Angaben.LEER, "", seite, wer);
    }

    private String akte(UUID id, @Nullable UUID vorgang, Angaben angaben, String fehler, Model seite, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var bearbeiten = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        seite.addAttribute("akte", akten.akte(sicht, id));
        seite.addAttribute("form", teile.form(id));
        seite.addAttribute("teile", teile.inAkte(sicht, id));
        boolean darf = akten.finde(bearbeiten, id).isPresent();
        seite.addAttribute("darf", darf);
        seite.addAttribute(
                "vorgaenge",
                !darf
                        ? List.of()
                        : vorgangslisten.in(bearbeiten, id, Stelle.ANFANG, VORGAENGE).zeilen().stream()
                                .filter(v -> v.offen())
                                .toList());
        seite.addAttribute("aktenteile", darf ? aktenteile.von(id) : List.of());
        seite.addAttribute("vorgang", vorgang);
        seite.addAttribute("angaben", angaben);
        orte(seite, wer);
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "papier/akte";
    }

    private void orte(Model seite, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        seite.addAttribute("standorte", teile.benutzte(sicht, Ort.STANDORT));
        seite.addAttribute("raeume", teile.benutzte(sicht, Ort.RAUM));
        seite.addAttribute("regale", teile.benutzte(sicht, Ort.REGAL));
    }

    @PostMapping("/akten/{id}/papier")
    String erfasse(
            @PathVariable UUID id,
            @RequestParam UUID teil,
            @RequestParam(required = false) @Nullable UUID vorgang,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "") String umfang,
            @RequestParam(defaultValue = "") String standort,
            @RequestParam(defaultValue = "") String raum,
            @RequestParam(defaultValue = "") String regal,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var angaben = new Angaben(titel, umfang, standort, raum, regal);
        try {
            return "redirect:/papier/"
                    + teile.erfasse(wer, teil, id, vorgang, angaben).kennzeichen();
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(
                    transaktion.execute(t -> akte(id, vorgang, angaben, String.valueOf(e.getMessage()), seite, wer)));
        }
    }

    @PostMapping("/akten/{id}/papierform")
    String bestimme(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String form,
            @AuthenticationPrincipal Anmeldung wer) {
        teile.bestimme(wer, id, Papierform.von(form));
        return "redirect:/akten/" + id + "/papier";
    }

    @GetMapping("/papier/{kennzeichen}")
    @Transactional(readOnly = true)
    public String teil(@PathVariable String kennzeichen, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return zeige(kennzeichen, "", "", seite, wer);
    }

    private String zeige(String kennzeichen, String erfolg, String fehler, Model seite, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var teil = teile.teil(sicht, kennzeichen);
        seite.addAttribute("teil", teil);
        seite.addAttribute("verlauf", ausleihen.verlauf(teil.id()));
        orte(seite, wer);
        seite.addAttribute("bis", LocalDate.now(Anzeige.ZONE).plusDays(TAGE).toString());
        seite.addAttribute("erfolg", erfolg);
        seite.addAttribute("fehler", fehler);
        return "papier/teil";
    }

    /** Said on the page itself: whoever scans wants to read at once what was booked. */
    private String tu(
            String kennzeichen,
            Model seite,
            Anmeldung wer,
            HttpServletResponse antwort,
            Supplier<Ausleihen.Ergebnis> handlung) {
        try {
            var ergebnis = handlung.get();
            return requireNonNull(transaktion.execute(t -> zeige(kennzeichen, ergebnis.satz(), "", seite, wer)));
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(
                    transaktion.execute(t -> zeige(kennzeichen, "", String.valueOf(e.getMessage()), seite, wer)));
        }
    }

    @PostMapping("/papier/{kennzeichen}/ausleihe")
    String leiheAus(
            @PathVariable String kennzeichen,
            @RequestParam(defaultValue = "") String wem,
            @RequestParam(defaultValue = "") String grund,
            @RequestParam(defaultValue = "") String bis,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(kennzeichen, seite, wer, antwort, () -> ausleihen.leiheAus(wer, kennzeichen, wem, grund, tag(bis)));
    }

    private static LocalDate tag(String text) {
        try {
            return text.isBlank() ? LocalDate.now(Anzeige.ZONE).plusDays(TAGE) : LocalDate.parse(text.strip());
        } catch (DateTimeParseException keiner) {
            throw Abgelehnt.eingabe("Bitte geben Sie einen Tag an, bis zu dem das Papier gebraucht wird.");
        }
    }

    @PostMapping("/papier/{kennzeichen}/rueckgabe")
    String nimmZurueck(
            @PathVariable String kennzeichen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(kennzeichen, seite, wer, antwort, () -> ausleihen.nimmZurueck(wer, kennzeichen));
    }

    @PostMapping("/papier/{kennzeichen}/standort")
    String verlege(
            @PathVariable String kennzeichen,
            @RequestParam(defaultValue = "") String standort,
            @RequestParam(defaultValue = "") String raum,
            @RequestParam(defaultValue = "") String regal,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return tu(kennzeichen, seite, wer, antwort, () -> {
            teile.verlege(wer, kennzeichen, new Angaben("", "", standort, raum, regal));
            return new Ausleihen.Ergebnis(true, "Der neue Standort ist eingetragen.");
        });
    }

    @GetMapping("/papier/{kennzeichen}/etikett.pdf")
    ResponseEntity<byte[]> etikett(@PathVariable String kennzeichen, @AuthenticationPrincipal Anmeldung wer) {
        var teil = teile.teil(berechtigungen.sicht(wer.person(), Recht.LESEN), kennzeichen);
        return pdf("Etikett " + teil.kennzeichen(), Etiketten.eines(teil, haus()));
    }

    @GetMapping("/akten/{id}/papier/etiketten.pdf")
    ResponseEntity<byte[]> bogen(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var akte = akten.akte(sicht, id);
        List<Papierteil> alle = teile.inAkte(sicht, id);
        if (alle.isEmpty()) {
            throw Abgelehnt.eingabe("Die Akte hat noch keine Papierteile, also auch keine Etiketten.");
        }
        return pdf("Etiketten " + akte.aktenzeichen().replace('/', '-'), Etiketten.bogen(alle, haus()));
    }

    private static String haus() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }

    private static ResponseEntity<byte[]> pdf(String name, byte[] bytes) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(name + ".pdf", java.nio.charset.StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .body(bytes);
    }
}
