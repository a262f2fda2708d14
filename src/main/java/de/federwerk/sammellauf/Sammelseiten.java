package de.federwerk.sammellauf;

import de.federwerk.akte.Schriftgut.Art;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Tabellenausgabe;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One's own runs: begun from what a list has chosen, looked at, ended and taken back. */
@Controller
class Sammelseiten {

    private static final String SEITE = "/sammellaeufe";
    private static final int JE_SEITE = 100;
    /** Lines of a run as a table: more than any has, also with what it found by itself at its end. */
    private static final int TABELLE = 100_000;

    private static final List<String> NICHT_GEGANGEN = List.of("abgelehnt", "geblieben");
    private static final List<String> ALLE = List.of("offen", "erledigt", "abgelehnt", "zurueckgenommen", "geblieben");

    private final Sammellaeufe laeufe;
    private final Sammelauskunft auskunft;
    private final Sammelposten posten;
    private final Sammeltaten taten;

    Sammelseiten(Sammellaeufe laeufe, Sammelauskunft auskunft, Sammelposten posten, Sammeltaten taten) {
        this.laeufe = laeufe;
        this.auskunft = auskunft;
        this.posten = posten;
        this.taten = taten;
    }

    @GetMapping(SEITE)
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("laeufe", auskunft.eigene(wer));
        return "sammellauf/liste";
    }

    /** What the act still needs to know, after a list has asked for it the first time. */
    private String formular(
            Model seite,
            Anmeldung wer,
            UUID lauf,
            Art art,
            String tat,
            List<UUID> ids,
            Map<String, String> getippt,
            String fehler) {
        var tut = taten.angebotene(tat, art);
        seite.addAttribute("lauf", lauf);
        seite.addAttribute("art", art);
        seite.addAttribute("tat", tat);
        seite.addAttribute("wort", tut.wort());
        seite.addAttribute("umkehrbar", tut.umkehrbar(art));
        seite.addAttribute("felder", tut.felder(wer, art));
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("zahl", ids.size());
        seite.addAttribute("ids", ids.stream().map(UUID::toString).collect(Collectors.joining(" ")));
        seite.addAttribute("fehler", fehler);
        return "sammellauf/neu";
    }

    @PostMapping(SEITE)
    String beginne(
            @RequestParam UUID lauf,
            @RequestParam String art,
            @RequestParam String tat,
            @RequestParam String ids,
            @RequestParam Map<String, String> alle,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var was = art(art);
        var kennungen = kennungen(ids);
        // Fields of an act begin with this: none of them can be mistaken for one of the form.
        var getippt = new HashMap<String, String>();
        alle.forEach((name, wert) -> {
            if (name.startsWith("tat-")) {
                getippt.put(name.substring(4), wert);
            }
        });
        try {
            return "redirect:" + SEITE + "/" + laeufe.beginne(wer, lauf, tat, was, kennungen, getippt);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(seite, wer, lauf, was, tat, kennungen, getippt, String.valueOf(e.getMessage()));
        }
    }

    private static Art art(String text) {
        return Arrays.stream(Art.values())
                .filter(a -> a.tabelle().equals(text))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Das lässt sich nicht gesammelt erledigen."));
    }

    private static List<UUID> kennungen(String text) {
        return Arrays.stream(text.split("[\\s,]", -1))
                .flatMap(t -> Tateingabe.kennung(t).stream())
                .distinct()
                .toList();
    }

    /** @param nach behind which number of those that are shown */
    @GetMapping(SEITE + "/{id}")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean alle,
            @RequestParam(defaultValue = "0") int nach,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return zeige(id, alle, nach, seite, wer, "");
    }

    private String zeige(UUID id, boolean alle, int nach, Model seite, Anmeldung wer, String fehler) {
        var lauf = auskunft.eigener(wer, id);
        var zeilen = posten.zeilen(wer.person(), id, alle ? ALLE : NICHT_GEGANGEN, nach, JE_SEITE + 1);
        seite.addAttribute("lauf", lauf);
        seite.addAttribute("alle", alle);
        seite.addAttribute("nach", nach);
        seite.addAttribute("zeilen", zeilen.subList(0, Math.min(JE_SEITE, zeilen.size())));
        seite.addAttribute(
                "weiter", zeilen.size() > JE_SEITE ? zeilen.get(JE_SEITE - 1).nummer() : 0);
        seite.addAttribute("fehler", fehler);
        return "sammellauf/lauf";
    }

    @GetMapping(SEITE + "/{id}/posten.csv")
    ResponseEntity<byte[]> alsListe(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var lauf = auskunft.eigener(wer, id);
        var text = new StringBuilder(Tabellenausgabe.MARKE)
                .append(Tabellenausgabe.zeile(List.of("nummer", "aktenzeichen", "titel", "stand", "grund", "adresse")));
        for (var z : posten.zeilen(wer.person(), lauf.id(), ALLE, 0, TABELLE)) {
            text.append(Tabellenausgabe.zeile(List.of(
                    String.valueOf(z.nummer()),
                    z.aktenzeichen() == null ? "" : z.aktenzeichen(),
                    z.titel() == null ? "" : z.titel(),
                    z.inWorten(),
                    z.grund(),
                    z.titel() == null ? "" : z.seite())));
        }
        return ResponseEntity.ok()
                .header("Content-Type", "text/csv;charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"sammellauf.csv\"")
                .body(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @PostMapping(SEITE + "/{id}/unterbrechung")
    String halteAn(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        laeufe.halteAn(wer, id);
        return "redirect:" + SEITE + "/" + id;
    }

    @PostMapping(SEITE + "/{id}/fortsetzung")
    String setzeFort(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        laeufe.setzeFort(wer, id);
        return "redirect:" + SEITE + "/" + id;
    }

    @PostMapping(SEITE + "/{id}/ruecknahme")
    String nimmZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        try {
            laeufe.nimmZurueck(wer, id);
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return zeige(id, false, 0, seite, wer, String.valueOf(e.getMessage()));
        }
    }
}
