package de.federwerk.umstellung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import de.federwerk.sammellauf.Sammelauskunft;
import de.federwerk.sammellauf.Sammelposten;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The Umstellungen. For the role ADMINISTRATION: numbers of all Akten, no title of any. */
@Controller
@FrischAngemeldet
class Umstellungsseiten {

    private static final String SEITE = "/verwaltung/aktenplan/umstellung";
    private static final int GEZEIGT = 500;

    private final Umstellungen umstellungen;
    private final Umstellungslauf umstellungslauf;
    private final Umstellungswache wache;
    private final Sammelauskunft auskunft;
    private final Sammelposten posten;
    private final Personen personen;

    Umstellungsseiten(
            Umstellungen umstellungen,
            Umstellungslauf umstellungslauf,
            Umstellungswache wache,
            Sammelauskunft auskunft,
            Sammelposten posten,
            Personen personen) {
        this.umstellungen = umstellungen;
        this.umstellungslauf = umstellungslauf;
        this.wache = wache;
        this.auskunft = auskunft;
        this.posten = posten;
        this.personen = personen;
    }

    @GetMapping(SEITE)
    String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return liste(seite, Kennung.neu(), "", null, "");
    }

    private String liste(Model seite, UUID neu, String name, @Nullable LocalDate tag, String fehler) {
        seite.addAttribute("umstellungen", umstellungen.alle());
        seite.addAttribute("neu", neu);
        seite.addAttribute("name", name);
        seite.addAttribute("tag", tag);
        seite.addAttribute("fehler", fehler);
        return "umstellung/liste";
    }

    @PostMapping(SEITE)
    String lege(
            @RequestParam(required = false) @Nullable UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tag,
            @RequestParam(name = "datei", required = false) @Nullable MultipartFile datei,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var neu = id == null ? Kennung.neu() : id;
        try {
            if (datei == null || datei.isEmpty()) {
                throw Abgelehnt.eingabe("Bitte wählen Sie die Datei mit den Spalten alt und neu.");
            }
            try (var strom = datei.getInputStream()) {
                umstellungen.lege(wer, neu, name, strom.readNBytes(Umstellungstabelle.BYTES + 1), tag);
            }
            return "redirect:" + SEITE + "/" + neu;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, neu, name, tag, String.valueOf(e.getMessage()));
        }
    }

    /** @param tag for which the preview is made; else its own day */
    @GetMapping(SEITE + "/{id}")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tag,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        return zeige(id, tag, seite, "");
    }

    private String zeige(UUID id, @Nullable LocalDate gefragt, Model seite, String fehler) {
        var u = umstellungen.umstellung(id);
        var heute = LocalDate.now(Anzeige.ZONE);
        var eigener = u.tag();
        var tag = gefragt != null ? gefragt : eigener != null && !eigener.isBefore(heute) ? eigener : heute;
        seite.addAttribute("u", u);
        seite.addAttribute("tag", tag);
        seite.addAttribute("heute", heute);
        seite.addAttribute("fehler", fehler);
        var lauf = auskunft.amtlicher(id).orElse(null);
        seite.addAttribute("lauf", lauf);
        seite.addAttribute("gruende", lauf == null ? Map.of() : posten.gruende(id));
        var vorschau = u.entscheidbar() ? umstellungen.vorschau(u, tag) : null;
        seite.addAttribute("vorschau", vorschau);
        seite.addAttribute(
                "zeilen",
                vorschau != null
                        ? java.util.List.of()
                        : umstellungen.zeilen(id).stream().limit(GEZEIGT).toList());
        seite.addAttribute("gezeigt", GEZEIGT);
        return "umstellung/umstellung";
    }

    /** @param jetzt today, whatever day stands in the form */
    @PostMapping(SEITE + "/{id}/beschluss")
    String beschliesse(
            @PathVariable UUID id,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tag,
            @RequestParam(defaultValue = "") String gesehen,
            @RequestParam(defaultValue = "false") boolean zugriffe,
            @RequestParam(defaultValue = "false") boolean jetzt,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var wann = jetzt || tag == null ? LocalDate.now(Anzeige.ZONE) : tag;
        try {
            umstellungen.beschliesse(wer, id, wann, gesehen, zugriffe);
            // Today: its positions end now, the Akten follow in the background.
            wache.beginneFaellige();
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return zeige(id, wann, seite, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(SEITE + "/{id}/rueckzug")
    String zieheZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> umstellungen.zieheZurueck(wer, id));
    }

    @PostMapping(SEITE + "/{id}/unterbrechung")
    String halteAn(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> umstellungslauf.halte(wer, id, true));
    }

    @PostMapping(SEITE + "/{id}/fortsetzung")
    String setzeFort(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> umstellungslauf.halte(wer, id, false));
    }

    @PostMapping(SEITE + "/{id}/ruecknahme")
    String nimmZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        return oder(id, seite, wer, antwort, () -> umstellungslauf.nimmZurueck(wer, id));
    }

    private String oder(UUID id, Model seite, Anmeldung wer, HttpServletResponse antwort, Runnable tat) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try {
            tat.run();
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return zeige(id, null, seite, String.valueOf(e.getMessage()));
        }
    }
}
