package de.federwerk.verzeichnis;

import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Somebody proves to be a person there and a person here: first the provider, then, in the same session, the usual way in with password and
 * second factor. Only then are both linked; a password alone would else open an account that has a second factor.
 */
@Controller
class Verknuepfungsseiten {

    private static final String SEITE = "/verknuepfung";
    private static final String WUNSCH = "federwerk.oidc.wunsch";

    private final Verknuepfungsfragen fragen;
    private final Personen personen;

    Verknuepfungsseiten(Verknuepfungsfragen fragen, Personen personen) {
        this.fragen = fragen;
        this.personen = personen;
    }

    /** The provider has said who it is; the sign-in that follows leads to the question. */
    static void merke(HttpServletRequest anfrage, Verknuepfungsfragen.Wunsch wunsch) {
        anfrage.getSession().setAttribute(WUNSCH, wunsch);
        Anmeldeweg.danach(anfrage, SEITE);
    }

    private static Optional<Verknuepfungsfragen.Wunsch> wunsch(HttpSession sitzung, Anmeldung wer) {
        return sitzung.getAttribute(WUNSCH) instanceof Verknuepfungsfragen.Wunsch w
                        && w.mandant().equals(wer.mandant())
                        && w.person().equals(wer.person())
                        && w.bis().isAfter(Instant.now())
                ? Optional.of(w)
                : Optional.empty();
    }

    @GetMapping(SEITE)
    String frage(
            @RequestParam(required = false) @Nullable String fertig,
            HttpSession sitzung,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute(
                "dort",
                wunsch(sitzung, wer).map(Verknuepfungsfragen.Wunsch::name).orElse(""));
        seite.addAttribute("hier", personen.zeile(wer.person()).orElseThrow().anmeldename());
        seite.addAttribute("fertig", fertig != null);
        // Who administers keeps the password until somebody says otherwise.
        seite.addAttribute(
                "passwortBleibt",
                personen.profil(wer.person())
                        .filter(p -> p.hat(Rolle.ADMINISTRATION))
                        .isPresent());
        return "verzeichnis/verknuepfung";
    }

    @FrischAngemeldet
    @PostMapping(SEITE)
    String verknuepfe(HttpSession sitzung, @AuthenticationPrincipal Anmeldung wer) {
        var wunsch = wunsch(sitzung, wer);
        sitzung.removeAttribute(WUNSCH);
        if (wunsch.isEmpty()) return "redirect:" + SEITE;
        fragen.verknuepfe(wer, wunsch.get().frage());
        return "redirect:" + SEITE + "?fertig";
    }
}
