package de.federwerk.akte;

import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Hochgeladenes;
import de.federwerk.datei.Vorschauen;
import de.federwerk.gesicht.Insel;
import de.federwerk.gesicht.Sprung;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** One Vorgang: what it is, its Dokumente, its Vermerke, its Protokoll, and what can be done. */
@Controller
class Vorgangsseiten {

    private static final int JE_SEITE = 50;

    /** A choice for the combobox. */
    record Auswahl(UUID id, String text, String zusatz) {}

    private final Vorgaenge vorgaenge;
    private final Vorgangslisten vorgangslisten;
    private final Vorgangssuche suche;
    private final Aktenteile teile;
    private final Dokumente dokumente;
    private final Dokumentlisten dokumentlisten;
    private final Aktenverlauf verlauf;
    private final FruehereAktenzeichen fruehere;
    private final Aktenfelder felder;
    private final Verweise verweise;
    private final Abschluss abschluss;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Hochgeladenes hochgeladenes;
    private final Dateien dateien;
    private final Vorschauen vorschauen;
    private final TransactionTemplate transaktion;
    private final ObjectProvider<Vorgangsbeigabe> beigaben;
    private final Dokumentleiste leiste;
    private final Auscheckung auscheckung;
    private final ObjectProvider<Aktenbeigabe> aktenbeigaben;
    private final Einschraenkungen einschraenkungen;

    Vorgangsseiten(
            Vorgaenge vorgaenge,
            Vorgangslisten vorgangslisten,
            Vorgangssuche suche,
            Aktenteile teile,
            Dokumente dokumente,
            Dokumentlisten dokumentlisten,
            Aktenverlauf verlauf,
            FruehereAktenzeichen fruehere,
            Aktenfelder felder,
            Verweise verweise,
            Abschluss abschluss,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Hochgeladenes hochgeladenes,
            Dateien dateien,
            Vorschauen vorschauen,
            TransactionTemplate transaktion,
            ObjectProvider<Vorgangsbeigabe> beigaben,
            Dokumentleiste leiste,
            Auscheckung auscheckung,
            ObjectProvider<Aktenbeigabe> aktenbeigaben,
            Einschraenkungen einschraenkungen) {
        this.vorgaenge = vorgaenge;
        this.vorgangslisten = vorgangslisten;
        this.suche = suche;
        this.teile = teile;
        this.dokumente = dokumente;
        this.dokumentlisten = dokumentlisten;
        this.verlauf = verlauf;
        this.fruehere = fruehere;
        this.felder = felder;
        this.verweise = verweise;
        this.abschluss = abschluss;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.hochgeladenes = hochgeladenes;
        this.dateien = dateien;
        this.vorschauen = vorschauen;
        this.transaktion = transaktion;
        this.beigaben = beigaben;
        this.leiste = leiste;
        this.auscheckung = auscheckung;
        this.aktenbeigaben = aktenbeigaben;
        this.einschraenkungen = einschraenkungen;
    }

    /**
     * @param dokument the one shown beside it; the first of the page if none is named
     * @param q words to mark in it
     * @param ab where the page of Dokumente begins
     * @param va where the page of Vermerke begins
     * @param zu number of a Dokument typed to jump to
     */
    @GetMapping("/vorgaenge/{id}")
    @Transactional(readOnly = true)
    public String vorgang(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID dokument,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(required = false) @Nullable String va,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var lesen = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var metadaten = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var vorgang = vorgaenge.vorgang(metadaten, id);
        // Whoever may only know that it exists sees titles and numbers, and nothing of what stands in it.
        boolean lesbar = berechtigungen.reicht(lesen, vorgang.schutzbereichId(), id, vorgang.akteId());
        var sicht = lesbar ? lesen : metadaten;
        var stelle = Sprung.zurZahl(zu).orElseGet(() -> Dokumentlisten.NACH_NUMMER.lies(ab));
        var liste = dokumentlisten.in(sicht, id, stelle, JE_SEITE);
        var gezeigt = dokument == null || !lesbar
                ? null
                : dokumente
                        .finde(sicht, dokument)
                        .filter(d -> d.vorgangId().equals(id))
                        .orElse(null);
        if (gezeigt != null && !liste.zeilen().contains(gezeigt)) {
            // Turned to by next and previous, or found by search: the page that holds it.
            stelle = Stelle.ab(gezeigt.schluessel().toArray());
            liste = dokumentlisten.in(sicht, id, stelle, JE_SEITE);
        }
        if (lesbar && gezeigt == null && !liste.zeilen().isEmpty()) {
            gezeigt = liste.zeilen().getFirst();
            gezeigt.geoeffnet(sicht);
        }
        seite.addAttribute("vorgang", vorgang);
        seite.addAttribute("lesbar", lesbar);
        seite.addAttribute("aktenteil", teile.name(metadaten, vorgang));
        seite.addAttribute("knoten", plan.knoten(vorgang.planknotenId()).orElseThrow());
        var geschwister = geschwister(metadaten, vorgang);
        seite.addAttribute("geschwister", geschwister);
        seite.addAttribute("geschwisterGesamt", vorgangslisten.anzahlIn(metadaten, vorgang.akteId()));
        seite.addAttribute("dokumente", liste);
        seite.addAttribute("dokumenteGesamt", dokumentlisten.anzahlIn(sicht, id));
        seite.addAttribute("ab", stelle.text());
        seite.addAttribute("zu", zu);
        seite.addAttribute("gezeigt", gezeigt);
        seite.addAttribute("nachbarn", gezeigt == null ? null : dokumentlisten.nachbarn(sicht, gezeigt));
        seite.addAttribute("gewaehlt", dokument != null);
        seite.addAttribute(
                "vorschau", gezeigt == null ? null : vorschauen.zu(gezeigt.dateiId(), "/dokumente/" + gezeigt.id(), q));
        // The newest first seen: what was just written stands at the end.
        var beginn = va == null ? Stelle.ENDE : Vorgangslisten.AELTESTE_ZUERST.lies(va);
        seite.addAttribute("vermerke", vorgangslisten.vermerke(lesen, id, beginn, JE_SEITE));
        seite.addAttribute("vermerkeGesamt", vorgangslisten.anzahlVermerke(lesen, id));
        seite.addAttribute("ereignisse", verlauf.juengste(lesen, vorgang.akteId(), 8));
        seite.addAttribute(
                "darfBearbeiten",
                vorgaenge
                                .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                                .isPresent()
                        && einschraenkungen.hindert(id, vorgang.akteId()).isEmpty());
        seite.addAttribute("einschraenkungen", lesbar ? einschraenkungen.ueber(id, vorgang.akteId()) : List.of());
        seite.addAttribute(
                "amDokument", gezeigt == null ? List.of() : einschraenkungen.ueber(gezeigt.id(), gezeigt.gehoertZu()));
        seite.addAttribute(
                "eingeschraenkt",
                einschraenkungen.unter(Stream.concat(
                                liste.zeilen().stream().map(Dokumente.Dokument::id),
                                geschwister.stream().map(Vorgaenge.Vorgang::id))
                        .toList()));
        seite.addAttribute("leiste", leiste.zu(wer, vorgang, gezeigt));
        var dabei = gezeigt == null ? null : gezeigt.id();
        seite.addAttribute(
                "beigaben",
                beigaben.orderedStream().map(b -> b.zu(wer, vorgang, dabei)).toList());
        seite.addAttribute("fruehere", fruehere.von(null, id));
        seite.addAttribute("werte", lesbar ? felder.von(vorgang) : List.of());
        seite.addAttribute("verweise", verweise.zuVorgangsseite(lesen, id, dabei));
        seite.addAttribute(
                "unterDokumenten",
                !lesbar
                        ? List.of()
                        : aktenbeigaben
                                .orderedStream()
                                .map(b -> b.unterDokumenten(wer, vorgang))
                                .toList());
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("vermerkText", "");
        seite.addAttribute("fehler", "");
        return "akte/vorgang";
    }

    /** The first Vorgänge of the Akte, or those from this one on. */
    private List<Vorgaenge.Vorgang> geschwister(Sicht sicht, Vorgaenge.Vorgang vorgang) {
        var erste = vorgangslisten
                .in(sicht, vorgang.akteId(), Stelle.ANFANG, JE_SEITE)
                .zeilen();
        return erste.isEmpty() || erste.contains(vorgang)
                ? erste
                : vorgangslisten
                        .in(sicht, vorgang.akteId(), Stelle.ab(vorgang.ordnung(), vorgang.id()), JE_SEITE)
                        .zeilen();
    }

    @GetMapping("/vorgaenge/auswahl")
    @ResponseBody
    List<Auswahl> auswahl(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        return suche.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), q).stream()
                .map(v -> new Auswahl(v.id(), v.aktenzeichen() + " " + v.titel(), v.akteTitel()))
                .toList();
    }

    @PostMapping("/vorgaenge/{id}/vermerke")
    String vermerke(
            @PathVariable UUID id,
            @RequestParam UUID vermerk,
            @RequestParam(defaultValue = "") String text,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        try {
            vorgaenge.vermerke(wer, vermerk, id, text);
            return "redirect:/vorgaenge/" + id + "#vermerke";
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, text, anfrage, antwort);
        }
    }

    @PostMapping("/vorgaenge/{id}/abschluss")
    String schliesse(
            @PathVariable UUID id,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        try {
            vorgaenge.schliesse(wer, id);
            return "redirect:/vorgaenge/" + id;
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, "", anfrage, antwort);
        }
    }

    @PostMapping("/vorgaenge/{id}/wiederaufnahme")
    String nimmWiederAuf(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        try {
            abschluss.nimmVorgangWiederAuf(wer, id, grund);
            return "redirect:/vorgaenge/" + id;
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, "", anfrage, antwort);
        }
    }

    /** Each file is one Dokument; what is done is done, and the answer says which one was not. */
    @PostMapping(value = "/vorgaenge/{id}/dokumente", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String lade(
            @PathVariable UUID id,
            MultipartHttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        try {
            // Before the first byte of a file is read: nobody fills the Ablage with what nobody takes.
            vorgaenge.aenderbar(wer, id);
            var neue = hochgeladenes.nimm(
                    anfrage,
                    kennung -> dokumente
                            .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), kennung)
                            .isPresent(),
                    (kennung, bytes, name) ->
                            dokumente.lege(wer, kennung, id, dateien.aufnehmen(bytes, name), Angaben.mitTitel(null)));
            return "redirect:/vorgaenge/" + id + "?dokument=" + neue.getLast();
        } catch (Abgelehnt e) {
            return nochmal(id, seite, wer, e, "", anfrage, antwort);
        }
    }

    /** A further Version: one file, dropped on the Dokument or chosen; who has it checked out gives it back with it if she says so. */
    @PostMapping(value = "/dokumente/{id}/versionen", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String neueVersion(
            @PathVariable UUID id,
            MultipartHttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        try {
            vorgaenge.aenderbar(wer, dokument.vorgangId());
            auscheckung.verlangeFrei(wer, dokument);
            hochgeladenes.nimm(anfrage, kennung -> dokumente.hatVersion(id, kennung), (kennung, bytes, name) -> {
                dokumente.neueVersion(wer, kennung, id, dateien.aufnehmen(bytes, name));
                if ("ja".equals(anfrage.getParameter("freigabe"))) {
                    auscheckung.gibFrei(wer, id);
                }
            });
            return "redirect:/vorgaenge/" + dokument.vorgangId() + "?dokument=" + id;
        } catch (Abgelehnt e) {
            return nochmal(dokument.vorgangId(), seite, wer, e, "", anfrage, antwort);
        }
    }

    /** The page again with the reason, as it was typed; a script gets the reason alone. */
    private String nochmal(
            UUID id,
            Model seite,
            Anmeldung wer,
            Abgelehnt grund,
            String text,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        if (Insel.fragt(anfrage)) {
            throw grund;
        }
        var name = transaktion.execute(t -> vorgang(id, null, "", null, null, "", seite, wer));
        seite.addAttribute("fehler", String.valueOf(grund.getMessage()));
        seite.addAttribute("vermerkText", text);
        antwort.setStatus(grund.art().status());
        return name;
    }
}
