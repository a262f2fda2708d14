package de.federwerk.posteingang;

import de.federwerk.akte.Akten;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.akte.Vorgangssuche;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.berechtigung.Sicht;
import de.federwerk.datei.Datei;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.datei.Dateien;
import de.federwerk.datei.Hochgeladenes;
import de.federwerk.datei.Vorschauen;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The Posteingangsbuch, and one Eingang in three panes: list, data, preview. */
@Controller
class Posteingangsseiten {

    private static final int JE_SEITE = 50;

    /** What stands in the form; comes back as it was typed when something does not fit. */
    record Ablage(
            @Nullable UUID vorgangId,
            @Nullable String vorgang,
            @Nullable String titel,
            @Nullable String dokumentart,
            @Nullable String planText,
            @Nullable UUID planId,
            @Nullable UUID einheit,
            @Nullable String akteTitel,
            @Nullable String vorgangTitel,
            @Nullable UUID neueAkte,
            @Nullable UUID neuerVorgang,
            @Nullable String weg) {

        /** As chosen; or as filled in, where the choice was forgotten. */
        boolean neu() {
            var leerVorgang = vorgangId == null && (vorgang == null || vorgang.isBlank());
            return "neu".equals(weg) || (leerVorgang && planText != null && !planText.isBlank());
        }
    }

    private final Eingaenge eingaenge;
    private final Posteingangsbuch buch;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Vorgangssuche suche;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Poststellen poststellen;
    private final Berechtigungen berechtigungen;
    private final Hochgeladenes hochgeladenes;
    private final Dateien dateien;
    private final Dateiausgabe ausgabe;
    private final Vorschauen vorschauen;
    private final TransactionTemplate transaktion;

    Posteingangsseiten(
            Eingaenge eingaenge,
            Posteingangsbuch buch,
            Akten akten,
            Vorgaenge vorgaenge,
            Vorgangssuche suche,
            Aktenplan plan,
            Einheiten einheiten,
            Poststellen poststellen,
            Berechtigungen berechtigungen,
            Hochgeladenes hochgeladenes,
            Dateien dateien,
            Dateiausgabe ausgabe,
            Vorschauen vorschauen,
            TransactionTemplate transaktion) {
        this.eingaenge = eingaenge;
        this.buch = buch;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.suche = suche;
        this.plan = plan;
        this.einheiten = einheiten;
        this.poststellen = poststellen;
        this.berechtigungen = berechtigungen;
        this.hochgeladenes = hochgeladenes;
        this.dateien = dateien;
        this.ausgabe = ausgabe;
        this.vorschauen = vorschauen;
        this.transaktion = transaktion;
    }

    @GetMapping("/posteingang")
    @Transactional(readOnly = true)
    public String buch(
            @RequestParam(defaultValue = "offen") String status,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String zu,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        liste(
                seite,
                berechtigungen.sicht(wer.person(), Recht.LESEN),
                status,
                zu.isBlank() ? Posteingangsbuch.NEUESTE_ZUERST.lies(ab) : Posteingangsbuch.sprung(zu),
                null);
        seite.addAttribute("zu", zu);
        return "posteingang/buch";
    }

    /** @param teil the part shown in the preview: the mail itself or one attachment */
    @GetMapping("/posteingang/{id}")
    @Transactional(readOnly = true)
    public String eingang(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID teil,
            @RequestParam(defaultValue = "offen") String status,
            @RequestParam(required = false) @Nullable String ab,
            @RequestParam(defaultValue = "") String q,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        zeige(id, teil, status, ab, q, seite, wer);
        seite.addAttribute("ablage", leer(wer));
        seite.addAttribute("fehler", "");
        return "posteingang/eingang";
    }

    private Ablage leer(Anmeldung wer) {
        return new Ablage(
                null,
                "",
                null,
                null,
                "",
                null,
                einheiten.von(wer.person()).orElse(null),
                "",
                "",
                Kennung.neu(),
                Kennung.neu(),
                "vorgang");
    }

    private void zeige(
            UUID id, @Nullable UUID teil, String status, @Nullable String ab, String q, Model seite, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var eingang = eingaenge.eingang(sicht, id);
        liste(seite, sicht, status, Posteingangsbuch.NEUESTE_ZUERST.lies(ab), ab == null ? eingang : null);
        var teile = dateien.alleTeile(eingang.dateiId());
        var gezeigt = teile.stream()
                .filter(t -> t.id().equals(teil))
                .findFirst()
                .map(Datei::id)
                .orElse(eingang.dateiId());
        seite.addAttribute("eingang", eingang);
        seite.addAttribute("teile", teile);
        seite.addAttribute("gezeigt", gezeigt);
        seite.addAttribute("vorschau", vorschauen.zu(gezeigt, "/posteingang/" + id + "/teile/" + gezeigt, q));
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute(
                "darfAblegen",
                eingaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                        .isPresent());
    }

    /** @param dabei must be on the page: where the start of the list does not hold it, the page begins with it */
    private void liste(Model seite, Sicht sicht, String status, Stelle ab, Eingaenge.@Nullable Eingang dabei) {
        var auswahl = status.equals("abgelegt") ? "abgelegt" : status.equals("alle") ? null : "offen";
        var stelle = ab;
        var liste = buch.seite(sicht, auswahl, stelle, JE_SEITE);
        if (dabei != null
                && (auswahl == null || auswahl.equals(dabei.status()))
                && !liste.zeilen().contains(dabei)) {
            stelle = Stelle.ab(dabei.nummer());
            liste = buch.seite(sicht, auswahl, stelle, JE_SEITE);
        }
        seite.addAttribute("liste", liste);
        seite.addAttribute("gesamt", buch.anzahl(sicht, auswahl));
        seite.addAttribute("status", auswahl == null ? "alle" : auswahl);
        seite.addAttribute("ab", stelle.text());
    }

    /** Into a Vorgang that exists, or into a new Akte with a new Vorgang; both in one transaction, so nothing is half made. */
    @PostMapping("/posteingang/{id}/ablage")
    String lege(
            @PathVariable UUID id,
            Ablage ablage,
            Model seite,
            RedirectAttributes weiter,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            var vorgang = transaktion.execute(t -> {
                var ziel = ablage.neu() ? neuerVorgang(wer, ablage) : gewaehlterVorgang(wer, ablage);
                eingaenge.lege(wer, id, ziel, ablage.titel(), ablage.dokumentart());
                return ziel;
            });
            var naechster = buch.naechsterOffener(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id);
            weiter.addFlashAttribute("zuletzt", "/vorgaenge/" + vorgang);
            return naechster.map(n -> "redirect:/posteingang/" + n).orElse("redirect:/vorgaenge/" + vorgang);
        } catch (Abgelehnt e) {
            if (eingaenge
                    .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), id)
                    .isEmpty()) {
                throw e;
            }
            zeige(id, null, "offen", null, "", seite, wer);
            antwort.setStatus(e.art().status());
            seite.addAttribute("ablage", ablage);
            seite.addAttribute("fehler", String.valueOf(e.getMessage()));
            return "posteingang/eingang";
        }
    }

    private UUID neuerVorgang(Anmeldung wer, Ablage a) {
        var getippt = a.planText() == null ? "" : a.planText();
        var knoten = (a.planId() == null
                        ? plan.gemeint(getippt)
                        : plan.knoten(a.planId())
                                .filter(k -> getippt.isBlank() || k.anzeige().equals(getippt.strip()))
                                .or(() -> plan.gemeint(getippt)))
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "Bitte wählen Sie die Position im Aktenplan: Tippen Sie das Kennzeichen oder einen Teil des Titels."));
        var einheit = a.einheit() != null
                ? a.einheit()
                : einheiten
                        .von(wer.person())
                        .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie die federführende Einheit."));
        var akte = akten.legeAn(
                wer, a.neueAkte() == null ? Kennung.neu() : a.neueAkte(), knoten.id(), einheit, a.akteTitel());
        var titel = a.vorgangTitel() == null || a.vorgangTitel().isBlank() ? a.akteTitel() : a.vorgangTitel();
        return vorgaenge
                .eroeffne(wer, a.neuerVorgang() == null ? Kennung.neu() : a.neuerVorgang(), akte.id(), titel)
                .id();
    }

    private UUID gewaehlterVorgang(Anmeldung wer, Ablage a) {
        var getippt = a.vorgang() == null ? "" : a.vorgang().strip();
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        if (a.vorgangId() != null) {
            return vorgaenge.vorgang(sicht, a.vorgangId()).id();
        }
        var treffer = getippt.isEmpty() ? List.<Vorgaenge.Vorgang>of() : suche.finde(sicht, getippt);
        if (treffer.size() != 1) {
            throw Abgelehnt.eingabe(
                    getippt.isEmpty()
                            ? "Bitte wählen Sie den Vorgang, in den der Eingang gehört."
                            : "„" + getippt + "“ passt auf " + (treffer.isEmpty() ? "keinen" : "mehrere")
                                    + " Vorgänge, die Sie bearbeiten. Bitte tippen Sie das ganze Aktenzeichen.");
        }
        return treffer.getFirst().id();
    }

    /** By hand instead of the folder: what a person brings in is an Eingang like any other. */
    @PostMapping(value = "/posteingang", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String lade(MultipartHttpServletRequest anfrage, @AuthenticationPrincipal Anmeldung wer) throws IOException {
        var einheit = poststellen
                .einheit()
                .orElseThrow(() -> Abgelehnt.konflikt("Es ist noch keine Organisationseinheit eingerichtet."));
        var letzter = hochgeladenes
                .nimm(
                        anfrage,
                        eingaenge::kennt,
                        (id, bytes, name) ->
                                eingaenge.trageEin(id, "upload", bytes, name, einheit, Instant.now(), wer.pseudonym()))
                .getLast();
        // Whoever may only bring, not read, is told so by the list, not by an error.
        return eingaenge
                .finde(berechtigungen.sicht(wer.person(), Recht.LESEN), letzter)
                .map(e -> "redirect:/posteingang/" + e.id())
                .orElse("redirect:/posteingang");
    }

    @GetMapping("/posteingang/{id}/teile/{teil}/inhalt")
    void inhalt(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var datei = teil(id, teil, wer);
        ausgabe.alsDownload(dateien.original(datei.id()), datei.dateiname(), anfrage, antwort);
    }

    @GetMapping("/posteingang/{id}/teile/{teil}/vorschau")
    void vorschau(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var datei = teil(id, teil, wer);
        var pdf = "application/pdf".equals(datei.medientyp())
                ? dateien.original(datei.id())
                : dateien.vorschau(datei.id())
                        .orElseThrow(() -> new NichtGefunden("Davon gibt es keine Seitenansicht."));
        ausgabe.zurAnsicht(pdf, "application/pdf", anfrage, antwort);
    }

    @GetMapping("/posteingang/{id}/teile/{teil}/seiten/{nummer}")
    void bild(
            @PathVariable UUID id,
            @PathVariable UUID teil,
            @PathVariable int nummer,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var bild = dateien.seitenbild(teil(id, teil, wer).id(), nummer)
                .orElseThrow(() -> new NichtGefunden("Diese Seite gibt es nicht."));
        ausgabe.zurAnsicht(bild, "image/jpeg", anfrage, antwort);
    }

    private Datei teil(UUID id, UUID teil, Anmeldung wer) {
        var eingang = eingaenge.eingang(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var datei = dateien.finde(teil);
        if (!datei.id().equals(eingang.dateiId())
                && dateien.alleTeile(eingang.dateiId()).stream().noneMatch(t -> t.id().equals(teil))) {
            throw new NichtGefunden("Diesen Teil gibt es nicht.");
        }
        return datei;
    }
}
