package de.federwerk.verzeichnis;

import static de.federwerk.basis.Mandantenkontext.mandant;

import com.unboundid.ldap.sdk.LDAPException;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Mandanten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.verzeichnis.Oidcanbieter.Anbieterfehler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The settings of both directories, with a look at what they would find before they are saved; for the role ADMINISTRATION. Secrets go in
 * and never come out again.
 */
@Controller
@FrischAngemeldet
class Verzeichnisformulare {

    private static final String LDAP = "/verwaltung/verzeichnis/ldap";
    private static final String OIDC = "/verwaltung/verzeichnis/oidc";
    private static final String SPEICHERN = "speichern";

    /**
     * The secret of a form.
     *
     * @param da whether there is one already, here or in the database
     * @param versiegelt what was typed and not saved yet; nobody can read it
     */
    record Geheimnis(boolean da, String versiegelt) {}

    private final Verzeichniseinstellungen einstellungen;
    private final Ldapverzeichnis ldap;
    private final Abgleich abgleich;
    private final Abgleichlauf lauf;
    private final Oidcanbieter anbieter;
    private final Verknuepfungen verknuepfungen;
    private final Netzgrenze grenze;
    private final Mandanten mandanten;
    private final Personen personen;

    Verzeichnisformulare(
            Verzeichniseinstellungen einstellungen,
            Ldapverzeichnis ldap,
            Abgleich abgleich,
            Abgleichlauf lauf,
            Oidcanbieter anbieter,
            Verknuepfungen verknuepfungen,
            Netzgrenze grenze,
            Mandanten mandanten,
            Personen personen) {
        this.einstellungen = einstellungen;
        this.ldap = ldap;
        this.abgleich = abgleich;
        this.lauf = lauf;
        this.anbieter = anbieter;
        this.verknuepfungen = verknuepfungen;
        this.grenze = grenze;
        this.mandanten = mandanten;
        this.personen = personen;
    }

    @GetMapping(LDAP)
    String ldap(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var jetzt = einstellungen.ldap();
        return ldap(
                seite,
                jetzt.map(Verzeichniseinstellungen.Ldap::fassung).orElse(0),
                jetzt.map(Verzeichniseinstellungen.Ldap::wie).orElseGet(Ldapeinstellungen::anfang),
                new Geheimnis(jetzt.filter(j -> j.passwort() != null).isPresent(), ""),
                Map.of());
    }

    private static String ldap(
            Model seite, int fassung, Ldapeinstellungen wie, Geheimnis geheimnis, Map<String, String> fehler) {
        seite.addAttribute("fassung", fassung);
        seite.addAttribute("wie", wie);
        seite.addAttribute("geheimnis", geheimnis);
        seite.addAttribute("fehler", fehler);
        return "verzeichnis/ldap";
    }

    /** @param tun {@code speichern}, else only a look */
    @PostMapping(LDAP)
    String ldap(
            @RequestParam Map<String, String> werte,
            @RequestParam(defaultValue = "") String tun,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var f = new Formular(werte);
        var wie = Ldapeinstellungen.aus(f, grenze);
        var wofuer = wie.wofuer(mandant());
        var passwort = geheimnis(
                f,
                wofuer,
                einstellungen
                        .ldap()
                        .filter(j -> j.wie().wofuer(mandant()).equals(wofuer))
                        .map(Verzeichniseinstellungen.Ldap::passwort));
        if (!wie.dienstkonto().isEmpty() && passwort == null) {
            f.fehler()
                    .put(
                            "geheimnis",
                            "Bitte das Passwort eingeben. Mit einem anderen Server oder Konto muss es neu eingegeben werden.");
        }
        if (!f.fehler().isEmpty()) {
            antwort.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } else if (tun.equals(SPEICHERN)) {
            try {
                einstellungen.speichere(wer, f.fassung(), wie, passwort);
                lauf.wecke();
                return "redirect:/verwaltung/verzeichnis?gespeichert";
            } catch (Abgelehnt e) {
                antwort.setStatus(e.art().status());
                seite.addAttribute("ueberholt", String.valueOf(e.getMessage()));
            }
        } else {
            siehNach(seite, wie, passwort);
        }
        return ldap(seite, f.fassung(), wie, versiegelt(passwort, wofuer), f.fehler());
    }

    private void siehNach(Model seite, Ldapeinstellungen wie, @Nullable String passwort) {
        try {
            var bestand = ldap.lies(wie, passwort);
            seite.addAttribute("blick", Vorschau.aus(bestand, abgleich.plane(wie, bestand.personen())));
        } catch (LDAPException e) {
            seite.addAttribute("problem", List.of(Ldapverzeichnis.ursache(e), Ldapverzeichnis.grund(e)));
        }
    }

    /** What was typed, else what was typed before and came back sealed, else what is kept; only for the same server and account. */
    private @Nullable String geheimnis(Formular f, String wofuer, Optional<String> gespeichert) {
        var getippt = f.geheimnis("geheimnis");
        if (!getippt.isEmpty()) return getippt;
        return einstellungen
                .geoeffnet(f.text("versiegelt"), wofuer)
                .or(() -> gespeichert)
                .orElse(null);
    }

    private Geheimnis versiegelt(@Nullable String geheimnis, String wofuer) {
        return geheimnis == null
                ? new Geheimnis(false, "")
                : new Geheimnis(true, einstellungen.versiegelt(geheimnis, wofuer));
    }

    @GetMapping(OIDC)
    String oidc(Model seite, HttpServletRequest anfrage, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var jetzt = einstellungen.oidc();
        return oidc(
                seite,
                anfrage,
                jetzt.map(Verzeichniseinstellungen.Oidc::fassung).orElse(0),
                jetzt.map(Verzeichniseinstellungen.Oidc::wie).orElseGet(Oidceinstellungen::anfang),
                new Geheimnis(jetzt.filter(j -> j.geheimnis() != null).isPresent(), ""),
                Map.of());
    }

    private String oidc(
            Model seite,
            HttpServletRequest anfrage,
            int fassung,
            Oidceinstellungen wie,
            Geheimnis geheimnis,
            Map<String, String> fehler) {
        seite.addAttribute("fassung", fassung);
        seite.addAttribute("wie", wie);
        seite.addAttribute("geheimnis", geheimnis);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("rueckkehr", Oidcseiten.rueckkehr(anfrage, kuerzel()).toString());
        seite.addAttribute("danach", Oidcseiten.adresse(anfrage, "/anmelden").toString());
        seite.addAttribute("rueckkanal", Oidcseiten.adresse(anfrage, "/anmelden/oidc/ende") + "?behoerde=" + kuerzel());
        return "verzeichnis/oidc";
    }

    private String kuerzel() {
        return mandanten.alle().stream()
                .filter(m -> m.id().equals(mandant()))
                .map(Mandanten.Mandant::kuerzel)
                .findFirst()
                .orElseThrow();
    }

    /** @param tun {@code speichern}, else only a look */
    @PostMapping(OIDC)
    String oidc(
            @RequestParam Map<String, String> werte,
            @RequestParam(defaultValue = "") String tun,
            Model seite,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var f = new Formular(werte);
        var wie = Oidceinstellungen.aus(f, grenze);
        var wofuer = wie.wofuer(mandant());
        var jetzt = einstellungen.oidc();
        var geheimnis = geheimnis(
                f,
                wofuer,
                jetzt.filter(j -> j.wie().wofuer(mandant()).equals(wofuer))
                        .map(Verzeichniseinstellungen.Oidc::geheimnis));
        var wechsel = wechsel(jetzt, wie);
        seite.addAttribute("wechsel", wechsel);
        // So many were shown, and for so many the tick is.
        if (wechsel != null && tun.equals(SPEICHERN) && !f.text("wechsel").equals(String.valueOf(wechsel.alle()))) {
            f.fehler().put("wechsel", "Bitte bestätigen Sie, dass es so gewollt ist.");
        }
        if (wechsel != null && tun.equals(SPEICHERN) && !wechsel.verwaltungBleibt()) {
            f.fehler()
                    .put(
                            "wechsel",
                            "Danach käme niemand mehr herein, der die Rolle Administration hat. Nehmen Sie zuerst unter „Personen und Einheiten“ jemanden mit dieser Rolle und einem eigenen Passwort auf. Es wurde nichts geändert.");
        }
        if (!f.fehler().isEmpty()) {
            antwort.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        } else if (tun.equals(SPEICHERN)) {
            try {
                einstellungen.speichere(wer, f.fassung(), wie, geheimnis);
                return "redirect:/verwaltung/verzeichnis?gespeichert";
            } catch (Abgelehnt e) {
                antwort.setStatus(e.art().status());
                seite.addAttribute("ueberholt", String.valueOf(e.getMessage()));
            }
        } else {
            try {
                seite.addAttribute("blick", anbieter.beschreibe(wie));
            } catch (Anbieterfehler e) {
                seite.addAttribute("problem", String.valueOf(e.getMessage()));
            }
        }
        return oidc(seite, anfrage, f.fassung(), wie, versiegelt(geheimnis, wofuer), f.fehler());
    }

    /** Whom another issuer would cut off: links name the issuer, and the new one calls the same people otherwise. Null if nobody. */
    private Verknuepfungen.@Nullable Betroffene wechsel(
            Optional<Verzeichniseinstellungen.Oidc> jetzt, Oidceinstellungen neu) {
        return jetzt.map(j -> j.wie().aussteller())
                .filter(alt -> !alt.equals(neu.aussteller()))
                .map(verknuepfungen::betroffene)
                .filter(b -> b.alle() > 0)
                .orElse(null);
    }
}
