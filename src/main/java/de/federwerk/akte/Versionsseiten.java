package de.federwerk.akte;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The Versions of a Dokument: as a list, each as a file, two beside each other. */
@Controller
class Versionsseiten {

    private static final int JE_SEITE = 50;

    private final Dokumente dokumente;
    private final Versionen versionen;
    private final Dateien dateien;
    private final Dateiausgabe ausgabe;
    private final Berechtigungen berechtigungen;

    Versionsseiten(
            Dokumente dokumente,
            Versionen versionen,
            Dateien dateien,
            Dateiausgabe ausgabe,
            Berechtigungen berechtigungen) {
        this.dokumente = dokumente;
        this.versionen = versionen;
        this.dateien = dateien;
        this.ausgabe = ausgabe;
        this.berechtigungen = berechtigungen;
    }

    @GetMapping("/dokumente/{id}/versionen")
    @Transactional(readOnly = true)
    public String liste(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        seite.addAttribute("dokument", dokumente.dokument(sicht, id));
        seite.addAttribute("versionen", versionen.zu(sicht, id, Versionen.NEUESTE_ZUERST.lies(ab), JE_SEITE));
        return "akte/versionen";
    }

    @GetMapping("/dokumente/{id}/versionen/{nummer}/inhalt")
    void inhalt(
            @PathVariable UUID id,
            @PathVariable int nummer,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        dokumente.dokument(sicht, id);
        var version = versionen.version(sicht, id, nummer);
        ausgabe.alsDownload(dateien.original(version.dateiId()), version.dateiname(), anfrage, antwort);
    }

    /**
     * Two Versions by their text.
     *
     * @param von number of the older one, the one before {@code bis} if not named
     * @param bis number of the newer one, the newest if not named
     */
    @GetMapping("/dokumente/{id}/vergleich")
    @Transactional(readOnly = true)
    public String vergleich(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable Integer von,
            @RequestParam(required = false) @Nullable Integer bis,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var dokument = dokumente.dokument(sicht, id);
        int neuere = bis == null ? dokument.version() : bis;
        int aeltere = von == null ? Math.max(1, neuere - 1) : von;
        var alt = versionen.version(sicht, id, Math.min(aeltere, neuere));
        var neu = versionen.version(sicht, id, Math.max(aeltere, neuere));
        seite.addAttribute("dokument", dokument);
        seite.addAttribute("alt", alt);
        seite.addAttribute("neu", neu);
        var texte = new String[] {text(alt), text(neu)};
        var hinweis = dokument.version() == 1
                ? "Dieses Dokument hat nur eine Version; es gibt noch nichts zu vergleichen."
                : hinweis(alt, texte[0]) + hinweis(neu, texte[1]);
        seite.addAttribute("hinweis", hinweis.strip());
        seite.addAttribute("vergleich", hinweis.isEmpty() ? Textvergleich.von(texte[0], texte[1]) : null);
        return "akte/vergleich";
    }

    private String text(Versionen.Version version) {
        return dateien.text(version.dateiId()).map(String::strip).orElse("");
    }

    private static String hinweis(Versionen.Version version, String text) {
        if (!text.isEmpty()) {
            return "";
        }
        return switch (version.stand()) {
            case "neu" ->
                "Version %d wird gerade noch gelesen. Bitte öffnen Sie den Vergleich gleich noch einmal. "
                        .formatted(version.nummer());
            case "gescheitert" ->
                "Version %d ließ sich nicht lesen; vergleichen können Sie nur die heruntergeladenen Dateien. "
                        .formatted(version.nummer());
            default ->
                "Version %d hat keinen Text, zum Beispiel weil sie ein Bild ist. Vergleichen lassen sich nur Texte. "
                        .formatted(version.nummer());
        };
    }
}
