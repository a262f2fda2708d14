package de.federwerk.stadtplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.stadtplan.Stadtplan.Punkt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** A place on the map for clerks, and the map itself for the administration. */
@Controller
class Stadtplanseiten {

    private static final String VERWALTUNG = "/verwaltung/stadtplan";

    private final Stadtplaene plaene;
    private final Personen personen;

    Stadtplanseiten(Stadtplaene plaene, Personen personen) {
        this.plaene = plaene;
        this.personen = personen;
    }

    /** Everybody in the house sees the map: it says nothing of any file. */
    @GetMapping("/stadtplan")
    String zeige(
            @RequestParam(required = false) @Nullable BigDecimal breite,
            @RequestParam(required = false) @Nullable BigDecimal laenge,
            @RequestParam(defaultValue = "99") int stufe,
            Model seite) {
        var plan = plaene.plan().orElse(null);
        seite.addAttribute("plan", plan);
        if (plan != null) {
            int gueltig = Math.clamp(stufe, 0, plan.stufen() - 1);
            boolean drauf = plan.zeigt(breite, laenge);
            var punkt = drauf && breite != null && laenge != null ? new Punkt(breite, laenge) : null;
            seite.addAttribute("punkt", punkt);
            seite.addAttribute("verlangt", breite != null && laenge != null);
            seite.addAttribute(
                    "ausschnitt",
                    punkt == null
                            ? plan.ausschnitt(0, plan.breite(0) / 2, plan.hoehe(0) / 2, null)
                            : plan.ausschnitt(
                                    gueltig, plan.x(gueltig, punkt.laenge()), plan.y(gueltig, punkt.breite()), punkt));
        }
        return "stadtplan/stadtplan";
    }

    @GetMapping("/stadtplan/kachel")
    ResponseEntity<byte[]> kachel(
            @RequestParam int fassung, @RequestParam int stufe, @RequestParam int spalte, @RequestParam int zeile) {
        return antwort(plaene.kachel(fassung, stufe, spalte, zeile)
                .orElseThrow(() -> new NichtGefunden("Dieses Stück der Karte gibt es nicht.")));
    }

    private static ResponseEntity<byte[]> antwort(byte[] bild) {
        return ResponseEntity.ok()
                .cacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
                .contentType(MediaType.IMAGE_PNG)
                .body(bild);
    }

    @GetMapping(VERWALTUNG)
    String verwaltung(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return verwaltung(seite, "", "", "", "", "", "");
    }

    private String verwaltung(
            Model seite, String nord, String west, String sued, String ost, String quelle, String fehler) {
        var plan = plaene.plan().orElse(null);
        seite.addAttribute("plan", plan);
        seite.addAttribute("nord", nord);
        seite.addAttribute("west", west);
        seite.addAttribute("sued", sued);
        seite.addAttribute("ost", ost);
        seite.addAttribute("quelle", quelle);
        seite.addAttribute("fehler", fehler);
        return "stadtplan/verwaltung";
    }

    @PostMapping(VERWALTUNG)
    String setze(
            @RequestParam(required = false) @Nullable MultipartFile datei,
            @RequestParam(defaultValue = "") String nord,
            @RequestParam(defaultValue = "") String west,
            @RequestParam(defaultValue = "") String sued,
            @RequestParam(defaultValue = "") String ost,
            @RequestParam(defaultValue = "") String quelle,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            var angaben = new Stadtplaene.Angaben(grad(nord), grad(west), grad(sued), grad(ost), quelle);
            angaben.pruefe();
            if (datei == null || datei.isEmpty() || datei.getSize() > GROESSTE) {
                throw Abgelehnt.eingabe(
                        "Bitte wählen Sie ein Bild der Stadt mit höchstens 20 MB. Es wurde nichts geändert.");
            }
            // Cut before the transaction, which is then short.
            plaene.setze(wer, angaben, Kachelschnitt.aus(datei.getBytes()));
            return "redirect:" + VERWALTUNG;
        } catch (Abgelehnt nein) {
            antwort.setStatus(nein.art().status());
            return verwaltung(seite, nord, west, sued, ost, quelle, String.valueOf(nein.getMessage()));
        }
    }

    private static final long GROESSTE = 20_000_000;

    private static BigDecimal grad(String text) {
        try {
            var grad = new BigDecimal(text.strip().replace(',', '.'));
            if (grad.precision() <= 20 && Math.abs(grad.scale()) <= 15) {
                return grad;
            }
        } catch (NumberFormatException keine) {
            // Said below.
        }
        throw Abgelehnt.eingabe(
                "„" + text.strip() + "“ ist keine Zahl in Grad, zum Beispiel 52,1317. Es wurde nichts geändert.");
    }
}
