package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.leistung.Katalogdatei.Bericht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The catalogue as a whole: list, file, Lebenslagen. */
@Controller
class Katalogseiten {

    static final String ALLE = "/verwaltung/leistungen";
    private static final String LAGEN = ALLE + "/lebenslagen";
    private static final long DATEI = 5L * 1024 * 1024;

    private final Katalog katalog;
    private final Katalogdatei datei;
    private final Leistungspflege pflege;
    private final Lebenslagen lebenslagen;
    private final Personen personen;

    Katalogseiten(
            Katalog katalog, Katalogdatei datei, Leistungspflege pflege, Lebenslagen lebenslagen, Personen personen) {
        this.katalog = katalog;
        this.datei = datei;
        this.pflege = pflege;
        this.lebenslagen = lebenslagen;
        this.personen = personen;
    }

    @GetMapping(ALLE)
    String alle(
            @RequestParam(defaultValue = "") String stand,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return alle(seite, stand, titel, "", "", "", null);
    }

    private String alle(
            Model seite,
            String stand,
            String gesucht,
            String kurzname,
            String titel,
            String fehler,
            @Nullable Bericht bericht) {
        seite.addAttribute("leistungen", katalog.liste(stand, gesucht));
        seite.addAttribute("stand", stand);
        seite.addAttribute("gesucht", gesucht);
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("kurzname", kurzname);
        seite.addAttribute("titel", titel);
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("bericht", bericht);
        return "leistung/alle";
    }

    @PostMapping(ALLE)
    String legeAn(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String kurzname,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var neue = id == null ? Kennung.neu() : id;
        try {
            pflege.legeAn(wer, neue, kurzname.strip(), null, Leistungsangaben.mitTitel(titel));
            return "redirect:" + ALLE + "/" + neue + "/entwurf";
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, "", "", kurzname, titel, String.valueOf(e.getMessage()), null);
        }
    }

    @PostMapping(ALLE + "/mitgelieferte")
    String mitgelieferte(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return alle(seite, "", "", "", "", "", datei.uebernimmMitgelieferte(wer));
    }

    @GetMapping(ALLE + "/datei")
    ResponseEntity<byte[]> schreibe(@AuthenticationPrincipal Anmeldung wer) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"leistungen.json\"")
                .body(datei.schreibe(wer));
    }

    @PostMapping(ALLE + "/datei")
    String lies(
            @RequestParam(name = "datei", required = false) @Nullable MultipartFile hochgeladen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            if (hochgeladen == null || hochgeladen.isEmpty()) {
                throw Abgelehnt.eingabe("Bitte wählen Sie eine Datei. Es wurde nichts übernommen.");
            }
            if (hochgeladen.getSize() > DATEI) {
                throw Abgelehnt.eingabe("Die Datei ist größer als 5 MB. Es wurde nichts übernommen.");
            }
            return alle(seite, "", "", "", "", "", datei.lies(wer, hochgeladen.getBytes()));
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, "", "", "", "", String.valueOf(e.getMessage()), null);
        }
    }

    @GetMapping(LAGEN)
    String lagen(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        return lagen(seite, "");
    }

    private String lagen(Model seite, String fehler) {
        seite.addAttribute("lebenslagen", lebenslagen.alle());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "leistung/lebenslagen";
    }

    @PostMapping(LAGEN)
    String legeLageAn(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String kurzname,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "") String titelEn,
            @RequestParam(defaultValue = "") String titelLeicht,
            @RequestParam(defaultValue = "100") int platz,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var lage = lage(id == null ? Kennung.neu() : id, kurzname, titel, titelEn, titelLeicht, platz);
        return oder(seite, wer, antwort, () -> lebenslagen.legeAn(wer, lage));
    }

    @PostMapping(LAGEN + "/{id}")
    String aendereLage(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "") String titelEn,
            @RequestParam(defaultValue = "") String titelLeicht,
            @RequestParam(defaultValue = "100") int platz,
            @RequestParam(defaultValue = "speichern") String tun,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(seite, wer, antwort, () -> {
            if (tun.equals("entfernen")) {
                lebenslagen.entferne(wer, id);
            } else {
                lebenslagen.aendere(wer, lage(id, "", titel, titelEn, titelLeicht, platz));
            }
        });
    }

    private static Lebenslage lage(
            UUID id, String kurzname, String titel, String titelEn, String titelLeicht, int platz) {
        return new Lebenslage(
                id,
                kurzname.strip(),
                Leistungsangaben.zeile(titel),
                Leistungsangaben.zeile(titelEn),
                Leistungsangaben.zeile(titelLeicht),
                platz);
    }

    private String oder(Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            tat.run();
            return "redirect:" + LAGEN;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return lagen(seite, String.valueOf(e.getMessage()));
        }
    }
}
