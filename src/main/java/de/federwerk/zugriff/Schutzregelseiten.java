package de.federwerk.zugriff;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Sonderbereiche;
import de.federwerk.berechtigung.Stufen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a town names itself: Vertraulichkeitsstufen (role GEHEIMSCHUTZ) and Sonderbereiche (role ADMINISTRATION). */
@Controller
@FrischAngemeldet
class Schutzregelseiten {

    private static final String SEITE = Rechteseiten.SEITE + "/schutz";
    private static final int JE_SEITE = 50;

    private final Stufen stufen;
    private final Sonderbereiche sonderbereiche;
    private final Personen personen;

    Schutzregelseiten(Stufen stufen, Sonderbereiche sonderbereiche, Personen personen) {
        this.stufen = stufen;
        this.sonderbereiche = sonderbereiche;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String zeige(
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String erledigt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION, Rolle.GEHEIMSCHUTZ);
        seite.addAttribute("erledigt", erledigt);
        return zeige(wer, ab, "", seite);
    }

    @PostMapping(SEITE + "/stufen")
    String benenne(
            @RequestParam(defaultValue = "0") int nummer,
            @RequestParam(defaultValue = "") String name,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        try {
            stufen.benenne(wer, nummer, name.replace("\0", ""));
            return "redirect:" + SEITE + "?erledigt=stufe";
        } catch (Abgelehnt e) {
            if (e.art() == Abgelehnt.Art.RECHT) {
                throw e;
            }
            antwort.setStatus(e.art().status());
            return zeige(wer, null, String.valueOf(e.getMessage()), seite);
        }
    }

    @PostMapping(SEITE + "/sonderbereiche")
    String richteEin(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String grund,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            sonderbereiche.richteEin(wer, id, name.replace("\0", ""), false, Rechteseiten.gekuerzt(grund));
            return "redirect:" + SEITE + "?erledigt=sonderbereich";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return zeige(wer, null, String.valueOf(e.getMessage()), seite);
        }
    }

    private String zeige(Anmeldung wer, @Nullable String ab, String fehler, Model seite) {
        var profil = personen.profil(wer.person()).orElseThrow();
        seite.addAttribute("stufen", stufen.alle());
        seite.addAttribute("zeilen", sonderbereiche.seite(Sonderbereiche.NACH_NAMEN.lies(ab), JE_SEITE));
        seite.addAttribute("gesamt", sonderbereiche.anzahl());
        seite.addAttribute("darfStufen", profil.hat(Rolle.GEHEIMSCHUTZ));
        seite.addAttribute("darfVerwalten", profil.hat(Rolle.ADMINISTRATION));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "zugriff/schutz";
    }
}
