package de.federwerk.geschaeftsgang;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.geschaeftsgang.Laufwegformular.Formular;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Empfaengersuche;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Laufwege: put together, looked at, sent on their way, changed while they run. */
@Controller
class Laufwegseiten {

    private final Laufwege laufwege;
    private final Geschaeftsgang gang;
    private final Laufwegformular formulare;
    private final Laufwegvorgaben vorgaben;
    private final Vorlagenziele ziele;
    private final Empfaengerkreis kreis;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Berechtigungen berechtigungen;
    private final Empfaengersuche suche;
    private final TransactionTemplate transaktion;

    Laufwegseiten(
            Laufwege laufwege,
            Geschaeftsgang gang,
            Laufwegformular formulare,
            Laufwegvorgaben vorgaben,
            Vorlagenziele ziele,
            Empfaengerkreis kreis,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Berechtigungen berechtigungen,
            Empfaengersuche suche,
            TransactionTemplate transaktion) {
        this.laufwege = laufwege;
        this.gang = gang;
        this.formulare = formulare;
        this.vorgaben = vorgaben;
        this.ziele = ziele;
        this.kreis = kreis;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.berechtigungen = berechtigungen;
        this.suche = suche;
        this.transaktion = transaktion;
    }

    /** @param vorlage fills the form: with whom its stations mean in this Vorgang; empty: none, missing: the first that the Aktenart offers */
    @GetMapping("/vorgaenge/{id}/laufwege/neu")
    String neu(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID dokument,
            @RequestParam(required = false) @Nullable String vorlage,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var angebot = vorgaben.fuer(vorgang);
        if (vorlage == null ? angebot.vorgaben().isEmpty() : vorlage.isEmpty()) {
            return zeige(id, Laufwegformular.leer(dokument), seite, wer);
        }
        // Whoever has not chosen gets what the Aktenart offers first.
        var gewaehlt = vorlage == null
                ? angebot.vorgaben().stream().findFirst()
                : angebot.alle().stream()
                        .filter(v -> v.id().toString().equals(vorlage))
                        .findFirst();
        if (gewaehlt.isEmpty()) {
            seite.addAttribute(
                    "luecken",
                    List.of("Diese Vorlage gibt es nicht mehr, oder sie gilt hier nicht. Das Formular ist leer."));
            return zeige(id, Laufwegformular.leer(dokument), seite, wer);
        }
        var gefunden = ziele.ziele(wer, id, gewaehlt.get().angaben().stationen());
        seite.addAttribute("vorlage", gewaehlt.get().id());
        seite.addAttribute("luecken", luecken(gewaehlt.get(), gefunden));
        return zeige(id, formulare.aus(gewaehlt.get(), gefunden, dokument, LocalDate.now(Anzeige.ZONE)), seite, wer);
    }

    /** Where somebody must be chosen by hand, and why. */
    private static List<String> luecken(Laufwegvorlagen.Vorlage vorlage, List<Vorlagenziele.Ziel> gefunden) {
        var saetze = new ArrayList<String>();
        for (int i = 0; i < gefunden.size(); i++) {
            if (gefunden.get(i).an() == null) {
                saetze.add("Station %d (%s): %s Bitte wählen Sie, an wen sie geht, oder entfernen Sie die Zeile."
                        .formatted(
                                i + 1,
                                vorlage.angaben().stationen().get(i).art().wort(),
                                gefunden.get(i).grund()));
            }
        }
        return saetze;
    }

    private String zeige(UUID id, Formular formular, Model seite, Anmeldung wer) {
        return zeige(id, formular, List.of(), List.of(), seite, wer);
    }

    private String zeige(
            UUID id, Formular formular, List<String> fehler, List<String> vorschau, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            var vorgang = vorgaenge.vorgang(sicht, id);
            var dokument = formular.dokument();
            seite.addAttribute("vorgang", vorgang);
            seite.addAttribute(
                    "dokument",
                    dokument == null ? null : dokumente.finde(sicht, dokument).orElse(null));
            seite.addAttribute("angebot", vorgaben.fuer(vorgang));
            seite.addAttribute("formular", formular);
            seite.addAttribute("fehler", fehler);
            seite.addAttribute("vorschau", vorschau);
            return "geschaeftsgang/neu";
        });
    }

    /** The buttons of the form: lines come, go and move, a look at who would get it, and off it goes. */
    @PostMapping("/vorgaenge/{id}/laufwege")
    String beginne(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String tun,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        // Who may not see it is told so before anything that was typed is looked at.
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var formular = Laufwegformular.lies(anfrage);
        seite.addAttribute("gesendet", true);
        seite.addAttribute(
                "vorlage",
                Laufwegformular.kennung(anfrage.getParameter("vorlage")).orElse(null));
        var bewegt = Laufwegformular.bewegt(formular, tun);
        if (bewegt.isPresent()) {
            return zeige(id, bewegt.get(), seite, wer);
        }
        var fehler = new ArrayList<String>();
        var entwurf = formulare.entwurf(id, formular, fehler);
        if (fehler.isEmpty()) {
            fehler.addAll(laufwege.einwaende(entwurf));
        }
        if (!tun.equals("beginnen") && fehler.isEmpty()) {
            return zeige(id, formular, fehler, kreis.vorschau(entwurf.stationen(), id), seite, wer);
        }
        if (fehler.isEmpty()) {
            try {
                laufwege.beginne(wer, entwurf);
                return "redirect:/vorgaenge/" + id
                        + (formular.dokument() == null ? "" : "?dokument=" + formular.dokument()) + "#laufweg";
            } catch (Abgelehnt e) {
                fehler.add(String.valueOf(e.getMessage()));
            }
        }
        antwort.setStatus(422);
        return zeige(id, formular, fehler, List.of(), seite, wer);
    }

    /** A Wiedervorlage to oneself: a Laufweg of one station. */
    @PostMapping("/vorgaenge/{id}/wiedervorlagen")
    String legeWiederVor(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var fehler = new ArrayList<String>();
        var am = Laufwegformular.tag(tag, "", fehler);
        var warum = Laufwegformular.text(grund);
        if (warum.isEmpty()) {
            fehler.add("Bitte schreiben Sie, weswegen der Vorgang wieder vorgelegt werden soll.");
        }
        if (fehler.isEmpty() && am != null) {
            var station = new Laufwegentwurf.Station(
                    Kennung.neu(),
                    1,
                    1,
                    1,
                    Stationsart.WIEDERVORLAGE,
                    new Empfaenger("person", wer.person()),
                    warum.length() > 2000 ? warum.substring(0, 2000) : warum,
                    null,
                    am,
                    false,
                    null,
                    null,
                    null);
            laufwege.beginne(
                    wer,
                    new Laufwegentwurf(
                            neu, id, null, "Wiedervorlage am " + Anzeige.datum(am), false, List.of(station)));
            return "redirect:/vorgaenge/" + id + "#laufweg";
        }
        throw Abgelehnt.eingabe(String.join(" ", fehler));
    }

    @PostMapping("/stationen/{id}/ergaenzung")
    String fuegeEin(
            @PathVariable UUID id,
            @RequestParam UUID neu,
            @RequestParam(defaultValue = "") String art,
            @RequestParam(defaultValue = "") String an,
            @RequestParam(defaultValue = "") String anId,
            @RequestParam(defaultValue = "") String auftrag,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "danach") String lage,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = gang.vorgangVon(wer, id);
        var was = Stationsart.waehlbare().stream()
                .filter(a -> a.kennung().equals(art))
                .findFirst()
                .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie, was zu tun ist."));
        var ziel = suche.gemeint(anId.isBlank() ? an : anId)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + Laufwegformular.text(an)
                                        + "“ ist niemand oder nicht eindeutig. Bitte schreiben Sie Vor- und Nachnamen. Es wurde nichts eingefügt."));
        var unlesbar = new ArrayList<String>();
        var termin = tag.isBlank() ? null : Laufwegformular.tag(tag, "", unlesbar);
        if (!unlesbar.isEmpty()) {
            throw Abgelehnt.eingabe(unlesbar.getFirst() + " Es wurde nichts eingefügt.");
        }
        var auftragstext = Laufwegformular.text(auftrag);
        gang.fuegeEin(
                wer,
                id,
                lage.equals("daneben"),
                new Laufwegentwurf.Station(
                        neu,
                        1,
                        1,
                        1,
                        was,
                        new Empfaenger(ziel.art(), ziel.id()),
                        auftragstext.length() > 2000 ? auftragstext.substring(0, 2000) : auftragstext,
                        null,
                        termin,
                        false,
                        null,
                        null,
                        null));
        return "redirect:/vorgaenge/" + vorgang + "#laufweg";
    }

    @PostMapping("/stationen/{id}/auslassung")
    String ueberspringe(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = gang.vorgangVon(wer, id);
        gang.ueberspringe(wer, id, grund);
        return "redirect:/vorgaenge/" + vorgang + "#laufweg";
    }

    @PostMapping("/laufwege/{id}/rueckruf")
    String holeZurueck(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            @AuthenticationPrincipal Anmeldung wer) {
        return "redirect:/vorgaenge/" + gang.holeZurueck(wer, id, grund) + "#laufweg";
    }
}
