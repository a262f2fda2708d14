package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antragsanlagen;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.postfach.Antworten;
import de.federwerk.postfach.Eingangsbestaetigung;
import de.federwerk.postfach.Nachricht;
import de.federwerk.postfach.Nachricht.Art;
import de.federwerk.postfach.Nachrichten;
import de.federwerk.postfach.Nachrichten.Beilage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** What the office has written, and the answers: by Konto, in the browser of the Antrag, or by its status code. */
@Portalseite
class Postfachseiten {

    private static final String NACHRICHT = "/portal/antraege/{id}/nachrichten/{nachricht}";
    private static final String DATEIEN = "dateien";

    private final Antraege antraege;
    private final Nachrichten nachrichten;
    private final Antworten antworten;
    private final Eingangsbestaetigung bestaetigung;
    private final Codekeks code;
    private final Dateiannahme annahme;
    private final Dateiausgabe ausgabe;
    private final Portalbremse bremse;

    Postfachseiten(
            Antraege antraege,
            Nachrichten nachrichten,
            Antworten antworten,
            Eingangsbestaetigung bestaetigung,
            Codekeks code,
            Dateiannahme annahme,
            Dateiausgabe ausgabe,
            Portalbremse bremse) {
        this.antraege = antraege;
        this.nachrichten = nachrichten;
        this.antworten = antworten;
        this.bestaetigung = bestaetigung;
        this.code = code;
        this.annahme = annahme;
        this.ausgabe = ausgabe;
        this.bremse = bremse;
    }

    @GetMapping("/portal/postfach")
    String postfach(Model seite) {
        seite.addAttribute("nachrichten", nachrichten.meine());
        return "portal/postfach";
    }

    @GetMapping(NACHRICHT)
    String zeige(@PathVariable UUID id, @PathVariable UUID nachricht, HttpServletRequest anfrage, Model seite) {
        seite.addAttribute("gesendet", anfrage.getParameter("gesendet") != null);
        return zeige(id, nachricht, "", List.of(), anfrage, seite);
    }

    private String zeige(
            UUID id, UUID nachricht, String text, List<String> meldungen, HttpServletRequest anfrage, Model seite) {
        return code.<String, RuntimeException>fuer(anfrage, id, () -> {
            seite.addAttribute("antrag", antraege.antrag(id));
            var diese = nachrichten.oeffne(id, nachricht);
            seite.addAttribute("nachricht", diese);
            seite.addAttribute(
                    "antworten",
                    diese.art() == Art.RUECKFRAGE
                            ? nachrichten.zu(id).stream()
                                    .filter(n -> n.art() == Art.ANTWORT
                                            && n.gesendet().isAfter(diese.gesendet()))
                                    .toList()
                            : List.of());
            seite.addAttribute("formular", Kennung.neu());
            seite.addAttribute("text", text);
            seite.addAttribute("meldungen", meldungen);
            return "portal/nachricht";
        });
    }

    /** Nothing of it is run by a browser: it is saved, as what it is called. */
    @GetMapping(NACHRICHT + "/anlagen/{anlage}")
    void lade(
            @PathVariable UUID id,
            @PathVariable UUID nachricht,
            @PathVariable UUID anlage,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var diese = code.<Nachricht.Anlage, RuntimeException>fuer(anfrage, id, () -> {
            antraege.antrag(id);
            return nachrichten.zu(id).stream()
                    .filter(n -> n.id().equals(nachricht))
                    .flatMap(n -> n.anlagen().stream())
                    .filter(a -> a.id().equals(anlage))
                    .findFirst()
                    .orElseThrow(() -> new NichtGefunden("Diese Datei gibt es nicht."));
        });
        ausgabe.alsDownload(diese.blob(), diese.dateiname(), anfrage, antwort);
    }

    @GetMapping("/portal/antraege/{id}/eingangsbestaetigung.pdf")
    @Nullable
    ModelAndView bestaetige(
            @PathVariable UUID id,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var antrag = code.<Antraege.Antrag, RuntimeException>fuer(anfrage, id, () -> antraege.antrag(id));
        if (!bremse.zaehleSatz(anfrage)) {
            antwort.setHeader(HttpHeaders.RETRY_AFTER, "900");
            return Portalfehler.seite(r, 429, "fehler.viel");
        }
        var pdf = bestaetigung.pdf(antrag, r.stadt());
        antwort.setContentType(MediaType.APPLICATION_PDF_VALUE);
        antwort.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("Eingangsbestaetigung.pdf")
                        .build()
                        .toString());
        antwort.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        antwort.setContentLength(pdf.length);
        antwort.getOutputStream().write(pdf);
        return null;
    }

    /** What was typed is shown again if it does not fit; files must then be chosen anew, as browsers keep none. */
    @PostMapping(NACHRICHT + "/antwort")
    String antworte(
            @PathVariable UUID id,
            @PathVariable UUID nachricht,
            @RequestParam UUID formular,
            @RequestParam(defaultValue = "") String text,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite)
            throws IOException {
        var meldungen = code.<List<String>, IOException>fuer(anfrage, id, () -> nimm(id, formular, text, r, anfrage));
        if (meldungen.isEmpty()) {
            return "redirect:/portal/antraege/" + id + "/nachrichten/" + nachricht + "?gesendet";
        }
        antwort.setStatus(422);
        seite.addAttribute("gesendet", false);
        return zeige(id, nachricht, text, meldungen, anfrage, seite);
    }

    /** @return why nothing was sent; empty if it was */
    private List<String> nimm(UUID id, UUID formular, String text, Portalrahmen r, HttpServletRequest anfrage)
            throws IOException {
        antworten.verlangeFrage(id);
        if (Falle.schnappt(anfrage)) {
            return List.of(r.wort("falle.was") + " " + r.wort("falle.nochmal"));
        }
        var dateien = Dateiannahme.gewaehlte(anfrage, DATEIEN);
        var meldungen = new ArrayList<String>();
        Antworten.einwand(
                        dateien.size(),
                        dateien.stream().mapToLong(MultipartFile::getSize).sum())
                .ifPresent(meldungen::add);
        for (var datei : dateien) {
            annahme.einwand(datei)
                    .or(() -> Antworten.einwand(Dateiannahme.name(datei), datei.getSize()))
                    .ifPresent(meldungen::add);
        }
        if (!meldungen.isEmpty()) {
            return meldungen;
        }
        var beilagen = new ArrayList<Beilage>();
        for (var datei : dateien) {
            var bremst = annahme.bremst(anfrage, datei);
            if (bremst.isPresent()) {
                return List.of(bremst.get());
            }
            beilagen.add(new Beilage(Antragsanlagen.kurz(Dateiannahme.name(datei)), annahme.speichere(datei)));
        }
        try {
            antworten.antworte(formular, id, text, beilagen);
            return List.of();
        } catch (Abgelehnt nein) {
            return List.of(String.valueOf(nein.getMessage()));
        }
    }
}
