package de.federwerk.gespraech;

import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
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

/** What is said about a Dokument: all of it on a page of its own, and the forms. */
@Controller
class Gespraechsseiten {

    /**
     * What was typed, for a page that shows it again: under a new id, for nothing was written under the old one, or something else.
     *
     * @param id of the Kommentar to be written
     * @param person typed into the field for somebody to mention
     * @param vermerkId of the Vermerk to be written
     * @param korrektur the Kommentar that is corrected, if one is
     * @param falsch id of the field that the reason is about
     */
    record Eingabe(
            UUID id,
            String text,
            String person,
            String personId,
            UUID vermerkId,
            String vermerk,
            @Nullable UUID korrektur,
            String falsch) {

        static Eingabe leer() {
            return new Eingabe(Kennung.neu(), "", "", "", Kennung.neu(), "", null, "");
        }
    }

    private final Kommentare kommentare;
    private final Dokumentvermerke vermerke;
    private final Erwaehnungen erwaehnungen;
    private final Beitraege beitraege;
    private final Dokumente dokumente;
    private final Vorgaenge vorgaenge;
    private final Berechtigungen berechtigungen;
    private final Zuschauer zuschauer;
    private final TransactionTemplate transaktion;

    Gespraechsseiten(
            Kommentare kommentare,
            Dokumentvermerke vermerke,
            Erwaehnungen erwaehnungen,
            Beitraege beitraege,
            Dokumente dokumente,
            Vorgaenge vorgaenge,
            Berechtigungen berechtigungen,
            Zuschauer zuschauer,
            TransactionTemplate transaktion) {
        this.kommentare = kommentare;
        this.vermerke = vermerke;
        this.erwaehnungen = erwaehnungen;
        this.beitraege = beitraege;
        this.dokumente = dokumente;
        this.vorgaenge = vorgaenge;
        this.berechtigungen = berechtigungen;
        this.zuschauer = zuschauer;
        this.transaktion = transaktion;
    }

    /** The latest page, unless a place is named. */
    @GetMapping("/dokumente/{id}/kommentare")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return seite(id, ab == null ? Stelle.ENDE : Beitraege.AELTESTE_ZUERST.lies(ab), Eingabe.leer(), "", seite, wer);
    }

    private String seite(UUID id, Stelle ab, Eingabe eingabe, String fehler, Model seite, Anmeldung wer) {
        return transaktion.execute(t -> {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            var dokument = dokumente.dokument(sicht, id);
            var vorgang = vorgaenge.vorgang(sicht, dokument.vorgangId());
            seite.addAttribute("dokument", dokument);
            seite.addAttribute("vorgang", vorgang);
            seite.addAttribute("beitraege", beitraege.zu(sicht, id, ab, Beitraege.JE_SEITE));
            seite.addAttribute("anzahl", beitraege.anzahl(sicht, id));
            seite.addAttribute(
                    "darfVermerken",
                    vorgang.offen()
                            && dokumente
                                    .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                                    .isPresent());
            seite.addAttribute("eingabe", eingabe);
            seite.addAttribute("fehler", fehler);
            zuschauer.oeffnet(wer.person(), id);
            return "gespraech/kommentare";
        });
    }

    private String nochmal(
            UUID dokument, Eingabe eingabe, Abgelehnt grund, Model seite, Anmeldung wer, HttpServletResponse antwort) {
        antwort.setStatus(grund.art().status());
        return seite(dokument, Stelle.ENDE, eingabe, String.valueOf(grund.getMessage()), seite, wer);
    }

    /** Where it stands: beside its Dokument, or on an older page. */
    @GetMapping("/kommentare/{id}")
    String fuehreHin(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var ort = beitraege
                .ort(berechtigungen.sicht(wer.person(), Recht.LESEN), id)
                .orElseThrow(() ->
                        new NichtGefunden("Diesen Kommentar gibt es nicht, oder er ist nicht für Sie freigegeben."));
        return (ort.neuere() < Beitraege.DANEBEN
                        ? neben(ort.vorgangId(), ort.dokumentId())
                        : "redirect:/dokumente/" + ort.dokumentId() + "/kommentare?ab="
                                + Stelle.ab(ort.verfasst(), id).text())
                + "#k-" + id;
    }

    @PostMapping("/dokumente/{id}/kommentare")
    String kommentiere(
            @PathVariable UUID id,
            @RequestParam UUID kommentar,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String person,
            @RequestParam(defaultValue = "") String personId,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        // Who may not see it is told so before anything that was typed is looked at.
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        try {
            kommentare.schreibe(
                    wer,
                    kommentar,
                    id,
                    text,
                    erwaehnungen.imFeld(person, personId).stream().toList());
            return neben(dokument.vorgangId(), id) + "#k-" + kommentar;
        } catch (Abgelehnt e) {
            return nochmal(
                    id,
                    new Eingabe(Kennung.neu(), text, person, personId, Kennung.neu(), "", null, "kommentar"),
                    e,
                    seite,
                    wer,
                    antwort);
        }
    }

    @PostMapping("/dokumente/{id}/vermerke")
    String vermerke(
            @PathVariable UUID id,
            @RequestParam UUID vermerk,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String text,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        try {
            vermerke.vermerke(wer, vermerk, id, version, text);
            return neben(dokument.vorgangId(), id) + "#v-" + vermerk;
        } catch (Abgelehnt e) {
            return nochmal(
                    id,
                    new Eingabe(Kennung.neu(), "", "", "", Kennung.neu(), text, null, "dokumentvermerk"),
                    e,
                    seite,
                    wer,
                    antwort);
        }
    }

    @PostMapping("/kommentare/{id}/fassungen")
    String korrigiere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int fassung,
            @RequestParam(defaultValue = "") String text,
            Model seite,
            HttpServletResponse antwort,
            @AuthenticationPrincipal Anmeldung wer) {
        var dokument = kommentare.dokumentVon(wer, id);
        try {
            kommentare.korrigiere(wer, id, fassung, text);
            return "redirect:/kommentare/" + id;
        } catch (Abgelehnt e) {
            return nochmal(
                    dokument,
                    new Eingabe(Kennung.neu(), text, "", "", Kennung.neu(), "", id, "korrektur-" + id),
                    e,
                    seite,
                    wer,
                    antwort);
        }
    }

    @PostMapping("/kommentare/{id}/rueckzug")
    String zieheZurueck(
            @PathVariable UUID id, Model seite, HttpServletResponse antwort, @AuthenticationPrincipal Anmeldung wer) {
        var dokument = kommentare.dokumentVon(wer, id);
        try {
            kommentare.zieheZurueck(wer, id);
            return "redirect:/kommentare/" + id;
        } catch (Abgelehnt e) {
            return nochmal(dokument, Eingabe.leer(), e, seite, wer, antwort);
        }
    }

    private static String neben(UUID vorgang, UUID dokument) {
        return "redirect:/vorgaenge/" + vorgang + "?dokument=" + dokument;
    }
}
