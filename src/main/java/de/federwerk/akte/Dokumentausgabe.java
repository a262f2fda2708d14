package de.federwerk.akte;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The bytes of a Dokument: as it arrived, as a PDF to look at, as page images. */
@Controller
class Dokumentausgabe {

    private static final String PDF = "application/pdf";

    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Dateien dateien;
    private final Dateiausgabe ausgabe;
    private final Berechtigungen berechtigungen;

    Dokumentausgabe(
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Dateien dateien,
            Dateiausgabe ausgabe,
            Berechtigungen berechtigungen) {
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.dateien = dateien;
        this.ausgabe = ausgabe;
        this.berechtigungen = berechtigungen;
    }

    /** Where it lies: a link to a Dokument survives its Vorgang. Whoever may see the Dokument but not its Vorgang gets the pages, else the file. */
    @GetMapping("/dokumente/{id}")
    String zeige(
            @PathVariable UUID id, @RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var dokument = dokumente.dokument(sicht, id);
        if (vorgaenge.finde(sicht, dokument.vorgangId()).isEmpty()) {
            var datei = dateien.finde(dokument.dateiId());
            var ansehbar = PDF.equals(datei.medientyp())
                    || dateien.vorschau(datei.id()).isPresent();
            return "redirect:/dokumente/" + id + (ansehbar ? "/vorschau" : "/inhalt");
        }
        return "redirect:"
                + org.springframework.web.util.UriComponentsBuilder.fromPath("/vorgaenge/" + dokument.vorgangId())
                        .queryParam("dokument", id)
                        .queryParam("q", "{q}")
                        .encode()
                        .buildAndExpand(q)
                        .toUriString();
    }

    @GetMapping("/dokumente/{id}/inhalt")
    void inhalt(
            @PathVariable UUID id,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var dokument = finde(id, wer);
        ausgabe.alsDownload(dateien.original(dokument.dateiId()), dokument.dateiname(), anfrage, antwort);
    }

    @GetMapping("/dokumente/{id}/vorschau")
    void vorschau(
            @PathVariable UUID id,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var datei = dateien.finde(finde(id, wer).dateiId());
        var pdf = PDF.equals(datei.medientyp())
                ? dateien.original(datei.id())
                : dateien.vorschau(datei.id())
                        .orElseThrow(() -> new NichtGefunden("Davon gibt es keine Seitenansicht."));
        ausgabe.zurAnsicht(pdf, PDF, anfrage, antwort);
    }

    @GetMapping("/dokumente/{id}/seiten/{nummer}")
    void seite(
            @PathVariable UUID id,
            @PathVariable int nummer,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var bild = dateien.seitenbild(finde(id, wer).dateiId(), nummer)
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
        ausgabe.zurAnsicht(bild, "image/jpeg", anfrage, antwort);
    }

    private Dokumente.Dokument finde(UUID id, Anmeldung wer) {
        return dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
    }
}
