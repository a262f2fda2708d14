package de.federwerk.aktenplan;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** How the plan is used, and the proposal to cut it. For the role ADMINISTRATION: numbers of all Akten, no title of any. */
@Controller
class Nutzungsseiten {

    private static final String SEITE = "/verwaltung/aktenplan/nutzung";
    private static final int GEZEIGT = 500;

    private final Plannutzung nutzung;
    private final Personen personen;

    Nutzungsseiten(Plannutzung nutzung, Personen personen) {
        this.nutzung = nutzung;
        this.personen = personen;
    }

    /** @param welche {@code alle}, {@code selten} or {@code aehnlich} */
    @GetMapping(SEITE)
    String zeige(
            @RequestParam(defaultValue = "alle") String welche, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var alle = nutzung.alle();
        var gewaehlte = gewaehlte(alle, welche);
        seite.addAttribute("gezaehlt", nutzung.gezaehlt().orElse(null));
        seite.addAttribute("welche", welche);
        seite.addAttribute("zahl", gewaehlte.size());
        seite.addAttribute("zeilen", gewaehlte.stream().limit(GEZEIGT).toList());
        seite.addAttribute("selten", gewaehlte(alle, "selten").size());
        seite.addAttribute("doppelt", gewaehlte(alle, "aehnlich").size());
        seite.addAttribute("alle", alle.size());
        return "aktenplan/nutzung";
    }

    private static List<Plannutzung.Nutzung> gewaehlte(List<Plannutzung.Nutzung> alle, String welche) {
        return switch (welche) {
            case "selten" -> alle.stream().filter(Plannutzung.Nutzung::selten).toList();
            case "aehnlich" ->
                alle.stream()
                        .filter(Plannutzung.Nutzung::doppelt)
                        .sorted(Comparator.comparingInt(
                                        (Plannutzung.Nutzung n) -> n.aehnlich() == null ? 0 : -n.aehnlich())
                                .thenComparing(n -> n.knoten().kennzeichen()))
                        .toList();
            default -> alle;
        };
    }

    @PostMapping(SEITE)
    String zaehle(@AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        nutzung.zaehle();
        return "redirect:" + SEITE;
    }

    @GetMapping(SEITE + "/kuerzung")
    String kuerzung(@RequestParam(defaultValue = "3") int ebenen, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var zeilen = nutzung.kuerze(Math.clamp(ebenen, 1, 6));
        seite.addAttribute("ebenen", Math.clamp(ebenen, 1, 6));
        seite.addAttribute("zahl", zeilen.size());
        seite.addAttribute(
                "akten",
                zeilen.stream().mapToLong(Plannutzung.Zusammenlegung::akten).sum());
        seite.addAttribute(
                "abweichende",
                zeilen.stream().filter(z -> !z.hinweis().isEmpty()).count());
        seite.addAttribute("zeilen", zeilen.stream().limit(GEZEIGT).toList());
        return "aktenplan/kuerzung";
    }

    /** The mapping by which Akten are re-filed: {@code alt;neu}. */
    @GetMapping(SEITE + "/kuerzung.csv")
    ResponseEntity<byte[]> kuerzungAlsListe(
            @RequestParam(defaultValue = "3") int ebenen, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        if (ebenen < 1 || ebenen > 6) {
            throw Abgelehnt.eingabe("Möglich sind eine bis sechs Ebenen.");
        }
        var zeilen = nutzung.kuerze(ebenen).stream()
                .map(z -> List.of(
                        z.alt().kennzeichen(),
                        z.neu().kennzeichen(),
                        Planausgabe.entschaerft(z.alt().titel()),
                        Planausgabe.entschaerft(z.neu().titel()),
                        String.valueOf(z.akten()),
                        z.hinweis()))
                .toList();
        return liste(
                "Umschluesselung-" + ebenen + "-Ebenen",
                Planausgabe.csv(List.of("alt", "neu", "titel_alt", "titel_neu", "akten", "hinweis"), zeilen));
    }

    /** All positions with their numbers. */
    @GetMapping("/verwaltung/aktenplan/nutzung.csv")
    ResponseEntity<byte[]> alsListe(@AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var zeilen = nutzung.alle().stream()
                .map(n -> List.of(
                        n.knoten().kennzeichen(),
                        Planausgabe.entschaerft(n.knoten().titel()),
                        String.valueOf(n.offen()),
                        String.valueOf(n.zda()),
                        String.valueOf(n.neue()),
                        n.juengste() == null ? "" : n.juengste().toString(),
                        n.geaendert() == null ? "" : n.geaendert().toString(),
                        n.gleichartig() == null ? "" : n.gleichartig().toString(),
                        n.nachbar() == null ? "" : n.nachbar().kennzeichen(),
                        n.aehnlich() == null ? "" : n.aehnlich().toString()))
                .toList();
        return liste(
                "Aktenplan-Nutzung",
                Planausgabe.csv(
                        List.of(
                                "kennzeichen",
                                "titel",
                                "offen",
                                "zda",
                                "neu_in_5_jahren",
                                "juengste_akte",
                                "letzte_aenderung",
                                "gleichartig_prozent",
                                "aehnlichste",
                                "aehnlich_prozent"),
                        zeilen));
    }

    private static ResponseEntity<byte[]> liste(String name, String csv) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name + ".csv")
                                .build()
                                .toString())
                .body(csv.getBytes(StandardCharsets.UTF_8));
    }
}
