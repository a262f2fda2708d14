package de.federwerk.schwaerzung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.datei.Schwaerzwerk.Seitenlage;
import de.federwerk.gesicht.Insel;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.schwaerzung.Bereichsformular.Zeile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Begin, mark page by page, look through, have it done. */
@Controller
class Schwaerzseiten {

    /** Pages shown in the look through; the others are named. */
    private static final int PROBEN = 12;

    private final Schwaerzungen schwaerzungen;
    private final Markierungen markierungen;
    private final Seitenlagen lagen;
    private final Dateiausgabe ausgabe;
    private final TransactionTemplate transaktion;

    Schwaerzseiten(
            Schwaerzungen schwaerzungen,
            Markierungen markierungen,
            Seitenlagen lagen,
            Dateiausgabe ausgabe,
            TransactionTemplate transaktion) {
        this.schwaerzungen = schwaerzungen;
        this.markierungen = markierungen;
        this.lagen = lagen;
        this.ausgabe = ausgabe;
        this.transaktion = transaktion;
    }

    @GetMapping("/dokumente/{id}/schwaerzung")
    String beginn(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return beginn(id, "", seite, wer);
    }

    private String beginn(UUID id, String fehler, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var dokument = schwaerzungen.dokument(wer, id);
            seite.addAttribute("dokument", dokument);
            seite.addAttribute("schwaerzungen", schwaerzungen.zu(id));
            seite.addAttribute("hatSeiten", lagen.hatSeiten(dokument.dateiId()));
            seite.addAttribute("neueId", Kennung.neu());
            seite.addAttribute("fehler", fehler);
            return "schwaerzung/beginn";
        });
    }

    @PostMapping("/dokumente/{id}/schwaerzungen")
    String beginne(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(required = false) @Nullable UUID wie,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        try {
            schwaerzungen.beginne(wer, neu, id, wie);
            return "redirect:/schwaerzungen/" + neu;
        } catch (Abgelehnt e) {
            var name = beginn(id, String.valueOf(e.getMessage()), seite, wer);
            antwort.setStatus(e.art().status());
            return name;
        }
    }

    /**
     * @param nummer of the page
     * @param gefunden how many were marked just now
     */
    @GetMapping("/schwaerzungen/{id}")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(name = "seite", defaultValue = "1") int nummer,
            @RequestParam(defaultValue = "-1") int gefunden,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return editor(id, nummer, gefunden, null, "", seite, wer);
    }

    /** @param getippt rows as they were sent; null for those that are kept */
    private String editor(
            UUID id,
            int nummer,
            int gefunden,
            @Nullable List<Zeile> getippt,
            String fehler,
            Model seite,
            Anmeldung wer) {
        return transaktion.execute(t -> {
            var offen = schwaerzungen.offen(wer, id);
            var s = offen.schwaerzung();
            seite.addAttribute("s", s);
            seite.addAttribute("dokument", offen.dokument());
            if (!s.istEntwurf()) {
                return "schwaerzung/stand";
            }
            int seiten = s.seiten() == null ? 1 : s.seiten();
            int hier = Math.clamp(nummer, 1, seiten);
            var bereiche = lagen.bereiche(id);
            var derSeite = bereiche.stream().filter(b -> b.seite() == hier).toList();
            seite.addAttribute("lage", lagen.seite(s.dateiId(), hier));
            seite.addAttribute("nummer", hier);
            seite.addAttribute("seiten", seiten);
            seite.addAttribute(
                    "zeilen",
                    getippt != null
                            ? getippt
                            : derSeite.stream()
                                    .limit(Bereichsformular.ZEILEN)
                                    .map(Zeile::von)
                                    .toList());
            seite.addAttribute("weitere", Math.max(0, derSeite.size() - Bereichsformular.ZEILEN));
            seite.addAttribute(
                    "rest", derSeite.stream().skip(Bereichsformular.ZEILEN).toList());
            seite.addAttribute("jeSeite", jeSeite(bereiche));
            seite.addAttribute("gesamt", bereiche.size());
            seite.addAttribute("gefunden", gefunden);
            seite.addAttribute("neueId", Kennung.neu());
            seite.addAttribute("fehler", fehler);
            return "schwaerzung/editor";
        });
    }

    private static Map<Integer, Long> jeSeite(List<Bereich> bereiche) {
        return bereiche.stream().collect(Collectors.groupingBy(Bereich::seite, TreeMap::new, Collectors.counting()));
    }

    @GetMapping("/schwaerzungen/{id}/seiten/{nummer}")
    void bild(
            @PathVariable UUID id,
            @PathVariable int nummer,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var bild = lagen.bild(schwaerzungen.offen(wer, id).schwaerzung().dateiId(), nummer);
        ausgabe.zurAnsicht(bild, "image/jpeg", anfrage, antwort);
    }

    /** The areas of one page; a script gets the new number of the draft. */
    @PostMapping("/schwaerzungen/{id}/bereiche")
    Object setze(
            @PathVariable UUID id,
            @RequestParam(name = "seite", defaultValue = "1") int nummer,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam MultiValueMap<String, String> felder,
            Model seite,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        schwaerzungen.offen(wer, id);
        try {
            int neue = markierungen.setze(
                    wer, id, fassung, Bereichsformular.bereiche(felder, nummer), Bereichsformular.weg(felder));
            return Insel.fragt(anfrage)
                    ? ResponseEntity.ok(Map.of("fassung", neue))
                    : "redirect:/schwaerzungen/" + id + "?seite=" + nummer;
        } catch (Abgelehnt e) {
            if (Insel.fragt(anfrage)) {
                throw e;
            }
            var name =
                    editor(id, nummer, -1, Bereichsformular.zeilen(felder), String.valueOf(e.getMessage()), seite, wer);
            antwort.setStatus(e.art().status());
            return name;
        }
    }

    /**
     * Marks what is found on all pages.
     *
     * @param q words
     * @param muster or a pattern
     * @param danach where to go on: the look through, or else the page
     */
    @PostMapping("/schwaerzungen/{id}/funde")
    String markiere(
            @PathVariable UUID id,
            @RequestParam(name = "seite", defaultValue = "1") int nummer,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String ganz,
            @RequestParam(defaultValue = "") String muster,
            @RequestParam(defaultValue = "PERSON") String grund,
            @RequestParam(defaultValue = "") String danach,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        schwaerzungen.offen(wer, id);
        try {
            var warum = Grund.von(grund).orElse(Grund.PERSON);
            int neue;
            if (muster.isEmpty()) {
                if (q.strip().length() < 2 || q.length() > 200) {
                    throw Abgelehnt.eingabe("Gesucht werden 2 bis 200 Zeichen. Es wurde nichts markiert.");
                }
                neue = markierungen.markiere(wer, id, lage -> Fundstellen.suche(lage, q, ganz != null, warum));
            } else {
                var was = schutzmuster(muster);
                neue = markierungen.markiere(wer, id, lage -> Fundstellen.suche(lage, was, warum));
            }
            return danach.equals("pruefung")
                    ? "redirect:/schwaerzungen/" + id + "/pruefung"
                    : "redirect:/schwaerzungen/" + id + "?seite=" + nummer + "&gefunden=" + neue;
        } catch (Abgelehnt e) {
            var name = editor(id, nummer, -1, null, String.valueOf(e.getMessage()), seite, wer);
            antwort.setStatus(e.art().status());
            return name;
        }
    }

    private static Schutzmuster schutzmuster(String name) {
        for (var muster : Schutzmuster.values()) {
            if (muster.name().equals(name)) {
                return muster;
            }
        }
        throw Abgelehnt.eingabe("Dieses Muster gibt es nicht. Es wurde nichts markiert.");
    }

    /** A page as it will be, and its areas. */
    record Probe(Seitenlage lage, List<Bereich> bereiche) {}

    @GetMapping("/schwaerzungen/{id}/pruefung")
    String pruefe(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return pruefung(id, "", "", seite, wer);
    }

    private String pruefung(UUID id, String titel, String fehler, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var offen = schwaerzungen.offen(wer, id);
            var s = offen.schwaerzung();
            seite.addAttribute("s", s);
            seite.addAttribute("dokument", offen.dokument());
            if (!s.istEntwurf()) {
                return "schwaerzung/stand";
            }
            var bereiche = lagen.bereiche(id);
            var jeSeite = jeSeite(bereiche);
            var gezeigte = jeSeite.keySet().stream().limit(PROBEN).toList();
            seite.addAttribute("vorgang", offen.vorgang());
            seite.addAttribute("bereiche", bereiche);
            seite.addAttribute("jeSeite", jeSeite);
            seite.addAttribute(
                    "proben",
                    lagen.masse(s.dateiId(), gezeigte).stream()
                            .map(l -> new Probe(
                                    l,
                                    bereiche.stream()
                                            .filter(b -> b.seite() == l.seite())
                                            .toList()))
                            .toList());
            seite.addAttribute(
                    "gruende",
                    bereiche.stream()
                            .collect(Collectors.groupingBy(Bereich::grund, TreeMap::new, Collectors.counting())));
            seite.addAttribute("worte", Wortvergleich.von(lagen.alle(s.dateiId()), bereiche));
            seite.addAttribute(
                    "titel",
                    !titel.isEmpty()
                            ? titel
                            : s.titel() != null
                                    ? s.titel()
                                    : vorschlag(offen.dokument().titel()));
            seite.addAttribute("fehler", fehler);
            return "schwaerzung/pruefung";
        });
    }

    private static String vorschlag(String titel) {
        return (titel.length() > 280 ? titel.substring(0, 280) : titel) + " (geschwärzt)";
    }

    @PostMapping("/schwaerzungen/{id}/kopie")
    String brenne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(defaultValue = "") String titel,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        schwaerzungen.offen(wer, id);
        try {
            schwaerzungen.brenne(wer, id, fassung, titel);
            return "redirect:/schwaerzungen/" + id;
        } catch (Abgelehnt e) {
            var name = pruefung(id, titel, String.valueOf(e.getMessage()), seite, wer);
            antwort.setStatus(e.art().status());
            return name;
        }
    }

    @PostMapping("/schwaerzungen/{id}/verwerfung")
    String verwirf(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var dokument = schwaerzungen.offen(wer, id).dokument().id();
        schwaerzungen.verwirf(wer, id);
        return "redirect:/dokumente/" + dokument + "/schwaerzung";
    }
}
