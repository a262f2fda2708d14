package de.federwerk.anmeldung;

import de.federwerk.anmeldung.Faktoren.Urteil;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page after the password, and the one instead of it. Nobody is signed in here yet. */
@Controller
class Faktorseiten {

    private final Faktoren faktoren;
    private final Passkeys passkeys;
    private final Passkeyhaus haus;
    private final Zwischenstand zwischenstand;
    private final Anmeldeweg weg;

    Faktorseiten(Faktoren faktoren, Passkeys passkeys, Passkeyhaus haus, Zwischenstand zwischenstand, Anmeldeweg weg) {
        this.faktoren = faktoren;
        this.passkeys = passkeys;
        this.haus = haus;
        this.zwischenstand = zwischenstand;
        this.weg = weg;
    }

    @GetMapping("/anmelden/faktor")
    String frage(
            HttpServletRequest anfrage,
            CsrfToken csrf,
            Model seite,
            @AuthenticationPrincipal @Nullable Anmeldung schon) {
        var halb = Zwischenstand.wer(anfrage.getSession(false));
        return halb.isEmpty() ? ohneHalb(schon) : frage(anfrage, csrf, seite, halb.get(), "");
    }

    @PostMapping("/anmelden/faktor")
    @Nullable
    String pruefe(
            @RequestParam(defaultValue = "") String code,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            CsrfToken csrf,
            Model seite,
            @AuthenticationPrincipal @Nullable Anmeldung schon)
            throws IOException, ServletException {
        var halb = Zwischenstand.wer(anfrage.getSession(false));
        // Sent twice, or in another tab: the first was enough.
        if (halb.isEmpty()) return ohneHalb(schon);
        if (weg.zuVieleFehlversuche(anfrage)) return "redirect:/anmelden?spaeter";
        var urteil = Mandantenkontext.als(halb.get().mandant(), () -> faktoren.pruefe(halb.get(), code));
        if (urteil != Urteil.GUT) {
            if (urteil == Urteil.FALSCH) weg.zaehleFehlversuch(anfrage);
            return frage(anfrage, csrf, seite, halb.get(), urteil.satz());
        }
        zwischenstand.lasseEin(anfrage, antwort, halb.get());
        return null;
    }

    @PostMapping("/anmelden/faktor/passkey")
    @Nullable
    String pruefePasskey(
            @RequestParam(defaultValue = "") String antwort,
            HttpServletRequest anfrage,
            HttpServletResponse ausgabe,
            CsrfToken csrf,
            Model seite,
            @AuthenticationPrincipal @Nullable Anmeldung schon)
            throws IOException, ServletException {
        var halb = Zwischenstand.wer(anfrage.getSession(false));
        if (halb.isEmpty()) return ohneHalb(schon);
        if (weg.zuVieleFehlversuche(anfrage)) return "redirect:/anmelden?spaeter";
        if (unterschrieben(halb.get(), anfrage, antwort).isEmpty()) {
            return frage(anfrage, csrf, seite, halb.get(), NICHT_ANGENOMMEN);
        }
        zwischenstand.lasseEin(anfrage, ausgabe, halb.get());
        return null;
    }

    static final String NICHT_ANGENOMMEN =
            "Der Passkey wurde nicht angenommen. Vielleicht ist er hier nicht mehr eingetragen, oder die Seite stand zu lange offen. Bitte versuchen Sie es noch einmal.";

    @GetMapping("/anmelden/passkey")
    String fragePasskey(HttpServletRequest anfrage, CsrfToken csrf, Model seite) {
        return fragePasskey(anfrage, csrf, seite, "");
    }

    /** Without name and password: the passkey says who it is, and its device has verified them. */
    @PostMapping("/anmelden/passkey")
    @Nullable
    String meldeAn(
            @RequestParam(defaultValue = "") String antwort,
            HttpServletRequest anfrage,
            HttpServletResponse ausgabe,
            CsrfToken csrf,
            Model seite)
            throws IOException, ServletException {
        if (weg.zuVieleFehlversuche(anfrage)) return "redirect:/anmelden?spaeter";
        var wer = unterschrieben(null, anfrage, antwort);
        if (wer.isEmpty()) return fragePasskey(anfrage, csrf, seite, NICHT_ANGENOMMEN);
        zwischenstand.lasseEin(anfrage, ausgabe, wer.get());
        return null;
    }

    private Optional<Anmeldung> unterschrieben(@Nullable Anmeldung nur, HttpServletRequest anfrage, String antwort) {
        var wer = haus.von(anfrage)
                .flatMap(h -> passkeys.pruefe(nur, anfrage.getSession(false), Pruefworte.Zweck.ANMELDEN, h, antwort));
        if (wer.isEmpty()) weg.zaehleFehlversuch(anfrage);
        return wer;
    }

    private static String ohneHalb(@Nullable Anmeldung schon) {
        return schon == null ? "redirect:/anmelden" : "redirect:/postkorb";
    }

    private String frage(HttpServletRequest anfrage, CsrfToken csrf, Model seite, Anmeldung halb, String fehler) {
        Mandantenkontext.als(halb.mandant(), () -> {
            var stand = faktoren.stand(halb.person());
            var frage = haus.von(anfrage)
                    .map(h -> {
                        var kennungen = passkeys.kennungen(halb.person(), h.rpId());
                        return kennungen.isEmpty()
                                ? null
                                : haus.zumAnmelden(
                                        h,
                                        Pruefworte.neues(anfrage.getSession(), Pruefworte.Zweck.ANMELDEN),
                                        kennungen);
                    })
                    .orElse("");
            seite.addAttribute("app", stand.app());
            seite.addAttribute("frage", frage);
        });
        seite.addAttribute("name", halb.name());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("csrf", csrf);
        return "anmeldung/faktor";
    }

    private String fragePasskey(HttpServletRequest anfrage, CsrfToken csrf, Model seite, String fehler) {
        seite.addAttribute(
                "frage",
                haus.von(anfrage)
                        .map(h -> haus.zumAnmelden(
                                h, Pruefworte.neues(anfrage.getSession(), Pruefworte.Zweck.ANMELDEN), List.of()))
                        .orElse(""));
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("csrf", csrf);
        return "anmeldung/passkey";
    }
}
