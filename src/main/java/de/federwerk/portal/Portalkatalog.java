package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.leistung.Leistung;
import de.federwerk.leistung.Leistungen;
import de.federwerk.leistung.Merkmale;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One question, and the way to a Leistung by browsing: start, list, Leistung are two clicks. */
@Portalseite
class Portalkatalog {

    private final Leistungen leistungen;
    private final Antraege antraege;

    Portalkatalog(Leistungen leistungen, Antraege antraege) {
        this.leistungen = leistungen;
        this.antraege = antraege;
    }

    /** @param q what somebody wants to do, in her own words */
    @GetMapping("/portal")
    String start(@RequestParam(defaultValue = "") String q, @ModelAttribute("r") Portalrahmen r, Model seite) {
        var frage = q.replace("\0", "").strip();
        seite.addAttribute("frage", frage);
        if (frage.isEmpty()) {
            seite.addAttribute("eigene", antraege.meine());
            seite.addAttribute("haeufige", leistungen.haeufige(r.sprache()));
            seite.addAttribute("lebenslagen", leistungen.lebenslagen(r.sprache()));
            seite.addAttribute("leer", leistungen.alle(r.sprache()).isEmpty());
            return "portal/start";
        }
        var treffer = leistungen.suche(frage, r.sprache());
        seite.addAttribute("treffer", treffer);
        // Whoever finds nothing is led to people, and never to what was not asked for.
        seite.addAttribute("menschen", treffer.isEmpty() ? leistungen.auskunftsstellen() : java.util.List.of());
        seite.addAttribute("jetzt", Instant.now());
        return "portal/treffer";
    }

    @GetMapping("/portal/leistungen")
    String alle(@ModelAttribute("r") Portalrahmen r, Model seite) {
        seite.addAttribute("titel", r.wort("leistungen.titel"));
        seite.addAttribute("zeilen", leistungen.alle(r.sprache()));
        return "portal/leistungen";
    }

    @GetMapping("/portal/lebenslagen/{kurzname}")
    String lebenslage(@PathVariable String kurzname, @ModelAttribute("r") Portalrahmen r, Model seite) {
        var gruppe = leistungen.lebenslagen(r.sprache()).stream()
                .filter(g -> g.kurzname().equals(kurzname))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Lebenslage gibt es nicht."));
        seite.addAttribute("titel", gruppe.titel());
        seite.addAttribute("zeilen", gruppe.leistungen());
        return "portal/leistungen";
    }

    @GetMapping("/portal/leistungen/{kurzname:[a-z0-9-]{1,60}}")
    String eine(@PathVariable String kurzname, @ModelAttribute("r") Portalrahmen r, Model seite) {
        return seite(leistung(kurzname, r), Merkmale.KEINE, seite);
    }

    /** Who is responsible for this case. Sent, not asked by address: a street and a name stand in no log. */
    @PostMapping("/portal/leistungen/{kurzname:[a-z0-9-]{1,60}}")
    String zustaendig(
            @PathVariable String kurzname,
            @RequestParam(required = false) @Nullable String strasse,
            @RequestParam(required = false) @Nullable String hausnummer,
            @RequestParam(required = false) @Nullable String ortsteil,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String gegenstand,
            @ModelAttribute("r") Portalrahmen r,
            Model seite) {
        return seite(
                leistung(kurzname, r),
                new Merkmale(kurz(strasse), kurz(hausnummer), kurz(ortsteil), kurz(name), kurz(gegenstand)),
                seite);
    }

    private static @Nullable String kurz(@Nullable String text) {
        return text == null
                ? null
                : text.replace("\0", "")
                        .substring(0, Math.min(100, text.replace("\0", "").length()));
    }

    private Leistung leistung(String kurzname, Portalrahmen r) {
        return leistungen
                .finde(kurzname, r.sprache())
                .orElseThrow(() -> new NichtGefunden("Diese Leistung gibt es nicht."));
    }

    private String seite(Leistung leistung, Merkmale merkmale, Model seite) {
        seite.addAttribute("leistung", leistung);
        seite.addAttribute("merkmale", merkmale);
        seite.addAttribute("zustaendig", leistungen.zustaendig(leistung.kurzname(), merkmale));
        seite.addAttribute("jetzt", Instant.now());
        seite.addAttribute("online", antraege.moeglich(leistung));
        seite.addAttribute("anmelden", antraege.nachAnmeldungMoeglich(leistung));
        return "portal/leistung";
    }

    @GetMapping("/portal/kontakt")
    String kontakt(Model seite) {
        seite.addAttribute("stellen", leistungen.dienststellen());
        seite.addAttribute("jetzt", Instant.now());
        return "portal/kontakt";
    }

    /** For the town's own site: one Leistung without the frame of the Portal; its links lead out of the frame. */
    @GetMapping("/portal/einbetten/leistungen/{kurzname:[a-z0-9-]{1,60}}")
    String eingebettet(@PathVariable String kurzname, @ModelAttribute("r") Portalrahmen r, Model seite) {
        seite(leistung(kurzname, r), Merkmale.KEINE, seite);
        return "portal/eingebettet";
    }
}
