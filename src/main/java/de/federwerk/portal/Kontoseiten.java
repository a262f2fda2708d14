package de.federwerk.portal;

import de.federwerk.anmeldung.Einmalcode;
import de.federwerk.anmeldung.Quadratcode;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.konto.Kontoanmeldung;
import de.federwerk.konto.Kontoanmeldung.Halb;
import de.federwerk.konto.Kontositzungen;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** To sign in and out: the password, then a code. */
@Portalseite
class Kontoseiten {

    /** Where somebody wanted to go before: pages of the Portal, nothing else. */
    private static final Pattern WOHIN = Pattern.compile("/portal(/[a-z0-9-]{1,60}){0,4}");

    private final Kontoanmeldung anmeldung;
    private final Kontositzungen sitzungen;
    private final Portalbremse bremse;

    Kontoseiten(Kontoanmeldung anmeldung, Kontositzungen sitzungen, Portalbremse bremse) {
        this.anmeldung = anmeldung;
        this.sitzungen = sitzungen;
        this.bremse = bremse;
    }

    private static String wohin(String zu) {
        return WOHIN.matcher(zu).matches() ? zu : "/portal/konto";
    }

    @GetMapping("/portal/konto/anmelden")
    String fragt(@RequestParam(defaultValue = "") String zu, @ModelAttribute("r") Portalrahmen r, Model seite) {
        return r.angemeldet() ? "redirect:" + wohin(zu) : anmelden(zu, "", "", seite);
    }

    private static String anmelden(String zu, String email, String fehler, Model seite) {
        seite.addAttribute("zu", wohin(zu));
        seite.addAttribute("email", email);
        seite.addAttribute("fehler", fehler);
        return "portal/kontoanmelden";
    }

    @PostMapping("/portal/konto/anmelden")
    String beginne(
            @RequestParam(defaultValue = "") String zu,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String passwort,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (!bremse.zaehleAnmeldung(anfrage)) {
            antwort.setStatus(429);
            return anmelden(zu, email, r.wort("konto.gebremst"), seite);
        }
        var halb = passwort.length() > 200 ? Optional.<String>empty() : anmeldung.beginne(email, passwort);
        if (halb.isEmpty()) {
            antwort.setStatus(422);
            return anmelden(zu, email, r.wort("konto.falsch"), seite);
        }
        Kontokeks.HALB.setze(anfrage, antwort, halb.get());
        return "redirect:/portal/konto/code?zu=" + wohin(zu);
    }

    @GetMapping("/portal/konto/code")
    String fragtNachCode(
            @RequestParam(defaultValue = "") String zu,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            Model seite) {
        return code(zu, "", r, anfrage, seite);
    }

    private String code(String zu, String fehler, Portalrahmen r, HttpServletRequest anfrage, Model seite) {
        var halb = Kontokeks.HALB.lies(anfrage).flatMap(anmeldung::halb);
        if (halb.isEmpty()) {
            return anmelden(zu, "", fehler.isEmpty() ? r.wort("konto.zu.lange") : fehler, seite);
        }
        seite.addAttribute("zu", wohin(zu));
        seite.addAttribute("fehler", fehler);
        zeigeGeheimnis(halb.get(), r, seite);
        return "portal/kontocode";
    }

    private static void zeigeGeheimnis(Halb halb, Portalrahmen r, Model seite) {
        var geheimnis = halb.geheimnis();
        seite.addAttribute(
                "geheimnis",
                geheimnis == null ? "" : Einmalcode.base32(geheimnis).replaceAll("(.{4})(?=.)", "$1 "));
        seite.addAttribute(
                "bild",
                geheimnis == null
                        ? ""
                        : Quadratcode.datenadresse(Einmalcode.adresse(geheimnis, r.stadt(), halb.name())));
    }

    @PostMapping("/portal/konto/code")
    String bestehe(
            @RequestParam(defaultValue = "") String zu,
            @RequestParam(defaultValue = "") String code,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (!bremse.zaehleAnmeldung(anfrage)) {
            antwort.setStatus(429);
            return code(zu, r.wort("konto.gebremst"), r, anfrage, seite);
        }
        var geraet = Optional.ofNullable(anfrage.getHeader("User-Agent")).orElse("");
        var angemeldet = code.length() > 60
                ? Optional.<Kontoanmeldung.Angemeldet>empty()
                : Kontokeks.HALB.lies(anfrage).flatMap(h -> anmeldung.bestehe(h, code, geraet));
        if (angemeldet.isEmpty()) {
            antwort.setStatus(422);
            return code(zu, r.wort("konto.code.falsch"), r, anfrage, seite);
        }
        Kontokeks.HALB.vergiss(anfrage, antwort);
        Kontokeks.SITZUNG.setze(anfrage, antwort, angemeldet.get().sitzung());
        if (angemeldet.get().ersatzcodes().isEmpty()) {
            return "redirect:" + wohin(zu);
        }
        seite.addAttribute("codes", angemeldet.get().ersatzcodes());
        seite.addAttribute("zu", wohin(zu));
        return "portal/kontoersatzcodes";
    }

    @PostMapping("/portal/konto/abmelden")
    String meldeAb(HttpServletRequest anfrage, HttpServletResponse antwort) {
        sitzungen.meldeAb(Kontokeks.SITZUNG.hash(anfrage));
        Kontokeks.SITZUNG.vergiss(anfrage, antwort);
        return "redirect:/portal";
    }

    /** What {@link Abgelehnt} says, as it stands above a form. */
    static String fehler(Abgelehnt nein, HttpServletResponse antwort) {
        antwort.setStatus(nein.art().status());
        return String.valueOf(nein.getMessage());
    }
}
