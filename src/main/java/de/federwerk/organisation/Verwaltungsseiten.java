package de.federwerk.organisation;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.basis.Tabelle;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** Units and persons, for the role ADMINISTRATION; the list of persons for GEHEIMSCHUTZ as well, which says up to which Stufe each may see. */
@Controller
class Verwaltungsseiten {

    private static final int JE_SEITE = 50;

    private final Personen personen;
    private final Einheiten einheiten;
    private final Personenimport leser;
    private final Anmeldeverzeichnis verzeichnis;

    Verwaltungsseiten(Personen personen, Einheiten einheiten, Personenimport leser, Anmeldeverzeichnis verzeichnis) {
        this.verzeichnis = verzeichnis;
        this.personen = personen;
        this.einheiten = einheiten;
        this.leser = leser;
    }

    @GetMapping("/verwaltung")
    String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.GEHEIMSCHUTZ);
        var name = zu.replace("\0", "").strip();
        var profil = personen.profil(wer.person());
        seite.addAttribute("verwaltet", profil.isPresent() && profil.get().hat(Rolle.ADMINISTRATION));
        return seite(seite, name.isEmpty() ? Personen.NACH_NAMEN.lies(ab) : Stelle.ab(name), zu, null, "");
    }

    @FrischAngemeldet
    @PostMapping("/verwaltung/personen")
    String lies(
            @RequestParam("datei") MultipartFile datei,
            @RequestParam(defaultValue = "false") boolean zugriff,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try (var zeichen = Tabelle.text(datei.getInputStream())) {
            return seite(seite, leser.lies(wer.pseudonym(), zeichen, zugriff), "");
        } catch (Abgelehnt e) {
            return seite(seite, null, String.valueOf(e.getMessage()));
        }
    }

    /** Forgotten or locked: a new first password, shown once. */
    @FrischAngemeldet
    @PostMapping("/verwaltung/personen/{id}/passwort")
    String neuesPasswort(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var person = personen.zeile(id).orElseThrow(() -> new NichtGefunden("Diese Person gibt es nicht."));
        if (verzeichnis.fuehrt(id)) {
            return seite(
                    seite,
                    null,
                    "Das Passwort von " + person.name()
                            + " verwaltet das Verzeichnis Ihres Hauses. Hier wurde nichts geändert; ein neues gibt es dort.");
        }
        var passwort = personen.anfangspasswort();
        personen.setzePasswort(wer.pseudonym(), id, passwort, true);
        personen.beendeSitzungen(id, "");
        return seite(
                seite,
                new Personenimport.Bericht(
                        List.of(new Personenimport.Neu(person.anmeldename(), person.name(), passwort)), 0),
                "");
    }

    @PostMapping("/verwaltung/einheiten")
    String richteEin(
            @RequestParam(defaultValue = "") String kuerzel,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable UUID ueber,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (kuerzel.isBlank() || name.isBlank() || kuerzel.length() > 40 || name.length() > 200) {
            return seite(
                    seite, null, "Eine Einheit braucht ein Kürzel (bis 40 Zeichen) und einen Namen (bis 200 Zeichen).");
        }
        if (einheiten.mitKuerzel(kuerzel.strip()).isPresent()) {
            return seite(seite, null, "Das Kürzel „" + kuerzel.strip() + "“ ist schon vergeben.");
        }
        if (ueber != null) {
            einheiten.verlange(ueber);
        }
        einheiten.richteEin(wer.pseudonym(), kuerzel.strip(), name.strip(), ueber);
        return "redirect:/verwaltung";
    }

    private String seite(Model seite, Personenimport.@Nullable Bericht bericht, String fehler) {
        return seite(seite, Stelle.ANFANG, "", bericht, fehler);
    }

    private String seite(Model seite, Stelle ab, String zu, Personenimport.@Nullable Bericht bericht, String fehler) {
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("personen", personen.liste(ab, JE_SEITE));
        seite.addAttribute("gesamt", personen.anzahl());
        seite.addAttribute("zu", zu);
        seite.addAttribute("bericht", bericht);
        seite.addAttribute("fehler", fehler);
        return "organisation/verwaltung";
    }
}
