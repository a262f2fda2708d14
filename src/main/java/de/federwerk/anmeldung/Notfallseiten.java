package de.federwerk.anmeldung;

import de.federwerk.basis.Mandantenkontext;
import de.federwerk.organisation.Anmeldeweg;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Notfallperson;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Signing in with the sealed envelope, and making one. */
@Controller
class Notfallseiten {

    private final Notfallkonto konto;
    private final Notfallperson notfallperson;
    private final Personen personen;
    private final Zwischenstand zwischenstand;
    private final Anmeldeweg weg;
    private final Mandanten mandanten;

    Notfallseiten(
            Notfallkonto konto,
            Notfallperson notfallperson,
            Personen personen,
            Zwischenstand zwischenstand,
            Anmeldeweg weg,
            Mandanten mandanten) {
        this.mandanten = mandanten;
        this.konto = konto;
        this.notfallperson = notfallperson;
        this.personen = personen;
        this.zwischenstand = zwischenstand;
        this.weg = weg;
    }

    @GetMapping("/anmelden/notfall")
    String frage(Model seite, CsrfToken csrf) {
        return frage(seite, csrf, "", "", "");
    }

    @PostMapping("/anmelden/notfall")
    @Nullable
    String meldeAn(
            @RequestParam(defaultValue = "") String behoerde,
            @RequestParam(defaultValue = "") String geheimnis,
            @RequestParam(defaultValue = "") String grund,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            CsrfToken csrf)
            throws IOException, ServletException {
        if (weg.zuVieleFehlversuche(anfrage)) return "redirect:/anmelden?spaeter";
        var warum = grund.replaceAll("\\p{Cntrl}", " ").strip();
        var kuerzel = behoerde.replace("\0", "").strip().toLowerCase(Locale.ROOT);
        int zeichen = warum.codePointCount(0, warum.length());
        if (zeichen < Notfallkonto.GRUND_MINDESTENS || zeichen > Notfallkonto.GRUND_HOECHSTENS)
            return frage(
                    seite,
                    csrf,
                    kuerzel,
                    grund,
                    "Bitte nennen Sie den Grund, mit 10 bis 500 Zeichen. Er steht im Protokoll. Das Geheimnis ist noch nicht verbraucht.");
        var wer = weg.gemeint(kuerzel, anfrage)
                .filter(m -> geheimnis.length() <= 200)
                .flatMap(m ->
                        Mandantenkontext.als(m.id(), () -> konto.benutze(geheimnis, warum, anfrage.getRemoteAddr())));
        if (wer.isEmpty()) {
            weg.zaehleFehlversuch(anfrage);
            return frage(
                    seite,
                    csrf,
                    kuerzel,
                    grund,
                    "Das Geheimnis stimmt nicht, oder es ist verbraucht oder ersetzt. Prüfen Sie auch das Kürzel der Behörde.");
        }
        anfrage.getSession().setAttribute(Frischewache.NOTFALL, wer.get().person());
        zwischenstand.lasseEin(anfrage, antwort, wer.get());
        return null;
    }

    private static String frage(Model seite, CsrfToken csrf, String behoerde, String grund, String fehler) {
        seite.addAttribute("behoerde", behoerde);
        seite.addAttribute("grund", grund);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("csrf", csrf);
        return "anmeldung/notfall";
    }

    /** Also for those who are told of each use and must be able to read why. */
    @GetMapping("/verwaltung/notfallkonto")
    String zeige(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.DATENSCHUTZ);
        return seite(seite, wer, "", "");
    }

    @FrischAngemeldet
    @PostMapping("/verwaltung/notfallkonto")
    String stelleAus(HttpServletRequest anfrage, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        // In full: it is read from paper, on a day on which nobody remembers it.
        var adresse = ServletUriComponentsBuilder.fromContextPath(anfrage)
                .path("/anmelden/notfall")
                .toUriString();
        return seite(seite, wer, konto.stelleAus(wer), adresse);
    }

    @FrischAngemeldet
    @PostMapping("/verwaltung/notfallkonto/ende")
    String zieheEin(@AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        konto.zieheEin(wer);
        return "redirect:/verwaltung/notfallkonto";
    }

    /** @param geheimnis of an envelope just made: shown in this answer only */
    private String seite(Model seite, Anmeldung wer, String geheimnis, String adresse) {
        var bis = notfallperson.bis();
        var profil = personen.profil(wer.person()).orElseThrow();
        seite.addAttribute("geheimnis", geheimnis);
        seite.addAttribute("adresse", adresse);
        seite.addAttribute("kuerzel", kuerzel(wer));
        seite.addAttribute("stadt", profil.mandantName());
        seite.addAttribute("wartet", konto.wartet().orElse(null));
        seite.addAttribute("verlauf", konto.verlauf());
        seite.addAttribute("laeuftBis", bis.equals(Instant.EPOCH) ? null : bis);
        seite.addAttribute("darf", profil.hat(Rolle.ADMINISTRATION) && !notfallperson.ist(wer.person()));
        return "anmeldung/notfallkonto";
    }

    private String kuerzel(Anmeldung wer) {
        return mandanten.alle().stream()
                .filter(m -> m.id().equals(wer.mandant()))
                .map(Mandanten.Mandant::kuerzel)
                .findFirst()
                .orElseThrow();
    }
}
