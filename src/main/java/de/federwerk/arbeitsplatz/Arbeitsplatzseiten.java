package de.federwerk.arbeitsplatz;

import de.federwerk.akte.Einschraenkungen;
import de.federwerk.akte.FruehereAktenzeichen;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangslisten;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Vorschauen;
import de.federwerk.datenschutz.Pruefauftraege;
import de.federwerk.geschaeftsgang.Aufgaben;
import de.federwerk.geschaeftsgang.Aufgaben.Aufgabe;
import de.federwerk.geschaeftsgang.Aufgaben.Gruppe;
import de.federwerk.geschaeftsgang.Aufgabenseiten;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Leitungen;
import de.federwerk.papier.Papierteile;
import de.federwerk.posteingang.Posteingangsbuch;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Anfrage.Reihenfolge;
import de.federwerk.suche.Suche;
import de.federwerk.suche.Treffer;
import java.util.EnumMap;
import java.util.List;
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
    /** Of each group of tasks; the rest is one click away. */
    private static final int JE_AUFGABENGRUPPE = 8;

    private static final int JE_SEITE = 20;
    private static final Set<String> ARTEN = Set.of("dokument", "vorgang", "akte", "eingang");

    private final Posteingangsbuch buch;
    private final Vorgangslisten vorgaenge;
    private final FruehereAktenzeichen fruehere;
    private final Suche suche;
    private final Vorschauen vorschauen;
    private final Berechtigungen berechtigungen;
    private final Aufgaben aufgaben;
    private final Aufgabenseiten aufgabenseiten;
    private final Leitungen leitungen;
    private final Papierteile papierteile;
    private final Einschraenkungen einschraenkungen;
    private final Pruefauftraege pruefauftraege;

    Arbeitsplatzseiten(
            Posteingangsbuch buch,
            Vorgangslisten vorgaenge,
            FruehereAktenzeichen fruehere,
            Suche suche,
            Vorschauen vorschauen,
            Berechtigungen berechtigungen,
            Aufgaben aufgaben,
            Aufgabenseiten aufgabenseiten,
            Leitungen leitungen,
            Papierteile papierteile,
            Einschraenkungen einschraenkungen,
            Pruefauftraege pruefauftraege) {
        this.buch = buch;
        this.vorgaenge = vorgaenge;
        this.fruehere = fruehere;
        this.suche = suche;
        this.vorschauen = vorschauen;
        this.berechtigungen = berechtigungen;
        this.aufgaben = aufgaben;
        this.aufgabenseiten = aufgabenseiten;
        this.leitungen = leitungen;
        this.papierteile = papierteile;
        this.einschraenkungen = einschraenkungen;
        this.pruefauftraege = pruefauftraege;
    }

    /**
     * @param eingang the one shown beside the list; the newest of the page if none is named
     * @param ab where the page of Eingänge begins
     * @param va where the page of Vorgänge begins
     * @param aufgabe the task shown beside the list
     * @param fertig the task that was just done
     */
    @GetMapping("/postkorb")
    String postkorb(
            @RequestParam(required = false) @Nullable UUID eingang,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(required = false) @Nullable String va,
            @RequestParam(required = false) @Nullable UUID aufgabe,
            @RequestParam(required = false) @Nullable UUID fertig,
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
        zeigeAufgaben(seite, wer, sicht, aufgabe, eingang != null);
        seite.addAttribute("fertig", fertig != null);
        seite.addAttribute("gezielt", eingang != null || aufgabe != null || fertig != null);
        seite.addAttribute("zuPruefen", pruefauftraege.offene(wer));
        seite.addAttribute("leitet", leitungen.istLeitung(wer.person()));
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
        var inArbeit = vorgaenge.inArbeit(sicht, beginn, JE_GRUPPE);
        seite.addAttribute("inArbeit", inArbeit);
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(
                        inArbeit.zeilen().stream().map(Vorgaenge.Vorgang::id).toList()));
        seite.addAttribute("inArbeitGesamt", vorgaenge.anzahlInArbeit(sicht));
        return "arbeitsplatz/postkorb";
    }

    /** The groups of tasks, the first few of each; the one that is named, else the first, is opened beside them. */
    private void zeigeAufgaben(
            Model seite, Anmeldung wer, Sicht sicht, @Nullable UUID gewaehlt, boolean eingangGewaehlt) {
        var anzahlen = aufgaben.anzahlen(wer.person());
        var gruppen = new EnumMap<Gruppe, List<Aufgabe>>(Gruppe.class);
        for (var gruppe : Gruppe.values()) {
            if (anzahlen.getOrDefault(gruppe, Anzahl.genau(0)).zahl() > 0) {
                gruppen.put(
                        gruppe,
                        aufgaben.seite(
                                        wer.person(),
                                        gruppe,
                                        null,
                                        Aufgaben.Reihenfolge.FRIST,
                                        Stelle.ANFANG,
                                        JE_AUFGABENGRUPPE)
                                .zeilen());
            }
        }
        var offene = gewaehlt == null
                ? gruppen.values().stream().flatMap(List::stream).findFirst()
                : aufgaben.finde(wer.person(), gewaehlt);
        var handlung = eingangGewaehlt
                ? null
                : offene.map(a -> aufgabenseiten.handlung(wer, a)).orElse(null);
        seite.addAttribute("gruppen", gruppen);
        seite.addAttribute("anzahlen", anzahlen);
        seite.addAttribute("unterwegs", aufgaben.unterwegs(sicht, Stelle.ANFANG, JE_AUFGABENGRUPPE));
        seite.addAttribute("unterwegsGesamt", aufgaben.anzahlUnterwegs(sicht));
        seite.addAttribute("handlung", handlung);
        seite.addAttribute("gewaehlt", gewaehlt != null && handlung != null);
        seite.addAttribute(
                "aufgabenvorschau",
                handlung == null || handlung.aufgabe().dateiId() == null
                        ? null
                        : vorschauen.zu(
                                handlung.aufgabe().dateiId(),
                                "/dokumente/" + handlung.aufgabe().dokumentId(),
                                ""));
    }

    @GetMapping("/suche")
    String suche(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String art,
            @RequestParam(defaultValue = "RELEVANZ") Reihenfolge sortiert,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        // Whoever types or scans a label wants the paper.
        var papier = papierteile.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), q);
        if (papier.isPresent()) {
            return "redirect:/papier/" + papier.get().kennzeichen();
        }
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
        var frueher = fruehere.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), q);
        if (ab == null
                && frueher.filter(f -> f.vergeben()
                                || liste.treffer().stream()
                                        .allMatch(t -> links.ziel(t).startsWith(f.pfad())))
                        .isPresent()) {
            return "redirect:" + frueher.get().pfad();
        }
        seite.addAttribute("q", q);
        seite.addAttribute("arten", arten == null ? Set.of() : arten);
        seite.addAttribute("sortiert", sortiert);
        seite.addAttribute("liste", liste);
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(liste.treffer().stream().map(Treffer::id).toList()));
        seite.addAttribute("links", links);
        return "arbeitsplatz/suche";
    }
}
