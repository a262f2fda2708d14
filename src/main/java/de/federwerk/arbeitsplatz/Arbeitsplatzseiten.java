package de.federwerk.arbeitsplatz;

import de.federwerk.akte.Vorgaenge;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Vorschauen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.posteingang.Eingaenge;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Anfrage.Reihenfolge;
import de.federwerk.suche.Suche;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The start page that answers “what now?”, and the one search. */
@Controller
class Arbeitsplatzseiten {

    private static final int JE_GRUPPE = 20;
    private static final int JE_SEITE = 20;
    private static final Set<String> ARTEN = Set.of("dokument", "vorgang", "akte", "eingang");

    private final Eingaenge eingaenge;
    private final Vorgaenge vorgaenge;
    private final Suche suche;
    private final Vorschauen vorschauen;
    private final Berechtigungen berechtigungen;

    Arbeitsplatzseiten(
            Eingaenge eingaenge,
            Vorgaenge vorgaenge,
            Suche suche,
            Vorschauen vorschauen,
            Berechtigungen berechtigungen) {
        this.eingaenge = eingaenge;
        this.vorgaenge = vorgaenge;
        this.suche = suche;
        this.vorschauen = vorschauen;
        this.berechtigungen = berechtigungen;
    }

    /** @param eingang the one shown beside the list; the newest if none is named */
    @GetMapping("/postkorb")
    String postkorb(
            @RequestParam(required = false) @Nullable UUID eingang,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var neue = eingaenge.liste(sicht, "offen", 0, JE_GRUPPE);
        var gezeigt = neue.stream()
                .filter(e -> e.id().equals(eingang))
                .findFirst()
                .orElse(neue.isEmpty() ? null : neue.getFirst());
        seite.addAttribute("neue", neue);
        seite.addAttribute("neueGesamt", eingaenge.anzahl(sicht, "offen"));
        seite.addAttribute("gezeigt", gezeigt);
        seite.addAttribute(
                "vorschau",
                gezeigt == null
                        ? null
                        : vorschauen.zu(
                                gezeigt.dateiId(), "/posteingang/" + gezeigt.id() + "/teile/" + gezeigt.dateiId(), ""));
        seite.addAttribute("inArbeit", vorgaenge.inArbeit(sicht, JE_GRUPPE));
        return "arbeitsplatz/postkorb";
    }

    @GetMapping("/suche")
    String suche(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String art,
            @RequestParam(defaultValue = "RELEVANZ") Reihenfolge sortiert,
            @RequestParam(defaultValue = "1") int s,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var arten = art == null || !ARTEN.contains(art) ? null : Set.of(art);
        var liste = suche.suche(
                berechtigungen.sicht(wer.person(), Recht.LESEN),
                new Anfrage(q, arten, Math.clamp(s, 1, 500), JE_SEITE, sortiert));
        var links = new Suchlinks(q, arten == null ? null : art, sortiert);
        // Whoever types an Aktenzeichen wants the thing, not a list of one.
        var erster = liste.treffer().isEmpty() ? null : liste.treffer().getFirst();
        if (erster != null && !erster.art().equals("dokument") && q.strip().equalsIgnoreCase(erster.aktenzeichen())) {
            return "redirect:" + links.ziel(erster);
        }
        seite.addAttribute("q", q);
        seite.addAttribute("arten", arten == null ? Set.of() : arten);
        seite.addAttribute("sortiert", sortiert);
        seite.addAttribute("liste", liste);
        seite.addAttribute("links", links);
        return "arbeitsplatz/suche";
    }
}
