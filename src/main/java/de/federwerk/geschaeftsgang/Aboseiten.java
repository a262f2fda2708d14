package de.federwerk.geschaeftsgang;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** One's own deadlines in one's own calendar. */
@Controller
class Aboseiten {

    private final Kalenderabo abo;

    Aboseiten(Kalenderabo abo) {
        this.abo = abo;
    }

    @GetMapping("/kalender")
    String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("seit", abo.seit(wer.person()).orElse(null));
        return "geschaeftsgang/kalender";
    }

    /** @param beenden whether the address is to open nothing any more */
    @PostMapping("/kalender")
    String aendere(
            @RequestParam(defaultValue = "false") boolean beenden,
            Model seite,
            HttpServletRequest anfrage,
            @AuthenticationPrincipal Anmeldung wer) {
        if (beenden) {
            abo.beende(wer);
            return "redirect:/kalender";
        }
        seite.addAttribute("adresse", haus(anfrage) + "/kalender/abo/" + wer.mandant() + "/" + abo.richteEin(wer));
        return zeige(seite, wer);
    }

    /** Without signing in: a calendar program cannot. The secret has 192 bits; what it opens are dates and Aktenzeichen. */
    @GetMapping("/kalender/abo/{mandant}/{geheimnis}")
    ResponseEntity<byte[]> kalender(
            @PathVariable UUID mandant, @PathVariable String geheimnis, HttpServletRequest anfrage) {
        return Mandantenkontext.als(mandant, () -> abo.kalender(geheimnis, haus(anfrage)))
                .map(text -> ResponseEntity.ok()
                        .contentType(new MediaType("text", "calendar", StandardCharsets.UTF_8))
                        .body(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(ResponseEntity.notFound().build());
    }

    private static String haus(HttpServletRequest anfrage) {
        return ServletUriComponentsBuilder.fromContextPath(anfrage).build().toUriString();
    }
}
