package de.federwerk.arbeitsplatz;

import de.federwerk.akte.Vorgangslisten;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Vorschauen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.posteingang.Posteingangsbuch;
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

    private final Posteingangsbuch buch;
    private final Vorgangslisten vorgaenge;
    private final Suche suche;
    private final Vorschauen vorschauen;
    private final Berechtigungen berechtigungen;

    Arbeitsplatzseiten(
            Posteingangsbuch buch,
            Vorgangslisten vorgaenge,
            Suche suche,
            Vorschauen vorschauen,
            Berechtigungen berechtigungen) {
        this.buch = buch;
        this.vorgaenge = vorgaenge;
        this.suche = suche;
        this.vorschauen = vorschauen;
        this.berechtigungen = berechtigungen;
    }

    /**
     * @param eingang the one shown beside the list; the newest of the page if none is named
     * @param ab where the page of Eingänge begins
     * @param va where the page of Vorgänge begins
     */
    @GetMapping("/postkorb")
    String postkorb(
            @RequestParam(required = false) @Nullable UUID eingang,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(required = false) @Nullable String va,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var stelle = Posteingangsbuch.NEUESTE_ZUERST.lies(ab);
        var beginn = Vorgangslisten.ZULETZT_ZUERST.lies(va);
        var neue = buch.seite(sicht, "offen", stelle, JE_GRUPPE);
        var gezeigt = neue.zeilen().stream()
                .filter(e -> e.id().equals(eingang))
                .findFirst()
                .orElse(neue.zeilen().isEmpty() ? null : neue.zeilen().getFirst());
        seite.addAttribute("neue", neue);
        seite.addAttribute("neueGesamt", buch.anzahl(sicht, "offen"));
        seite.addAttribute("ab", stelle.text());
        seite.addAttribute("va", beginn.text());
        seite.addAttribute("gezeigt", gezeigt);
        seite.addAttribute(
                "vorschau",
                gezeigt == null
                        ? null
                        : vorschauen.zu(
                                gezeigt.dateiId(), "/posteingang/" + gezeigt.id() + "/teile/" + gezeigt.dateiId(), ""));
        seite.addAttribute("inArbeit", vorgaenge.inArbeit(sicht, beginn, JE_GRUPPE));
        seite.addAttribute("inArbeitGesamt", vorgaenge.anzahlInArbeit(sicht));
        return "arbeitsplatz/postkorb";
    }

    @GetMapping("/suche")
    String suche(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String art,
            @RequestParam(defaultValue = "RELEVANZ") Reihenfolge sortiert,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var arten = art == null || !ARTEN.contains(art) ? null : Set.of(art);
        var liste = suche.suche(
                berechtigungen.sicht(wer.person(), Recht.LESEN),
                new Anfrage(q, arten, Anfrage.NACH_RANG.lies(ab), JE_SEITE, sortiert));
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
