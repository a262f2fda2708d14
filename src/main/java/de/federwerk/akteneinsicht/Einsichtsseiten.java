package de.federwerk.akteneinsicht;

import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Vorgangslisten;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Stelle;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateiausgabe;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Akteneinsicht: for whom, what of it, how far it is, and the package. */
@Controller
class Einsichtsseiten {

    /** So many Vorgänge can be chosen from; of an Akte with more, all are taken and some left out on the next page. */
    private static final int VORGAENGE = 200;

    private static final int SEKUNDEN = 4;

    private final Akteneinsichten einsichten;
    private final Einsichtsstuecke stuecke;
    private final Vorgangslisten vorgangslisten;
    private final Aktenteile aktenteile;
    private final Berechtigungen berechtigungen;
    private final Blobs blobs;
    private final Dateiausgabe ausgabe;
    private final TransactionTemplate transaktion;

    Einsichtsseiten(
            Akteneinsichten einsichten,
            Einsichtsstuecke stuecke,
            Vorgangslisten vorgangslisten,
            Aktenteile aktenteile,
            Berechtigungen berechtigungen,
            Blobs blobs,
            Dateiausgabe ausgabe,
            TransactionTemplate transaktion) {
        this.einsichten = einsichten;
        this.stuecke = stuecke;
        this.vorgangslisten = vorgangslisten;
        this.aktenteile = aktenteile;
        this.berechtigungen = berechtigungen;
        this.blobs = blobs;
        this.ausgabe = ausgabe;
        this.transaktion = transaktion;
    }

    @GetMapping("/akteneinsichten")
    @Transactional(readOnly = true)
    public String liste(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        seite.addAttribute("einsichten", einsichten.meine(wer));
        return "akteneinsicht/liste";
    }

    @GetMapping("/akten/{id}/einsicht")
    @Transactional(readOnly = true)
    public String neu(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return formular(seite, wer, id, Kennung.neu(), Einsichtsangaben.LEER, List.of(), List.of(), "");
    }

    private String formular(
            Model seite,
            Anmeldung wer,
            UUID akte,
            UUID neueId,
            Einsichtsangaben angaben,
            List<UUID> gewaehlt,
            List<UUID> gewaehlteTeile,
            String fehler) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        seite.addAttribute("akte", einsichten.akte(wer, akte));
        seite.addAttribute("aktenteile", aktenteile.von(akte));
        seite.addAttribute("gewaehlteTeile", gewaehlteTeile);
        var vorgaenge = vorgangslisten.in(sicht, akte, Stelle.ANFANG, VORGAENGE);
        seite.addAttribute("vorgaenge", vorgaenge.zeilen());
        seite.addAttribute("mehr", vorgaenge.weiter() != null);
        seite.addAttribute(
                "bearbeitbar",
                vorgangslisten
                        .in(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), akte, Stelle.ANFANG, VORGAENGE)
                        .zeilen()
                        .stream()
                        .filter(v -> v.offen())
                        .toList());
        seite.addAttribute("neueId", neueId);
        seite.addAttribute("angaben", angaben);
        seite.addAttribute("gewaehlt", gewaehlt);
        seite.addAttribute("fehler", fehler);
        return "akteneinsicht/neu";
    }

    @PostMapping("/akten/{id}/einsicht")
    String lege(
            @PathVariable UUID id,
            @RequestParam UUID einsicht,
            @RequestParam(defaultValue = "pdf") String form,
            @RequestParam(defaultValue = "") String empfaenger,
            @RequestParam(defaultValue = "") String anschrift,
            @RequestParam(defaultValue = "VWVFG") String grundlage,
            @RequestParam(defaultValue = "") String zeichen,
            @RequestParam(defaultValue = "false") boolean vermerke,
            @RequestParam(defaultValue = "false") boolean verlauf,
            @RequestParam(defaultValue = "false") boolean versionen,
            @RequestParam(required = false) @Nullable UUID ablegen,
            @RequestParam(required = false) @Nullable List<UUID> vorgang,
            @RequestParam(required = false) @Nullable List<UUID> teil,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var gewaehlt = vorgang == null ? List.<UUID>of() : vorgang;
        var teile = teil == null ? List.<UUID>of() : teil;
        var angaben = new Einsichtsangaben(
                form, empfaenger, anschrift, grundlage(grundlage), zeichen, vermerke, verlauf, versionen, ablegen);
        try {
            einsichten.lege(wer, einsicht, id, angaben, gewaehlt, teile);
            return "redirect:/akteneinsichten/" + einsicht;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(transaktion.execute(
                    t -> formular(seite, wer, id, einsicht, angaben, gewaehlt, teile, String.valueOf(e.getMessage()))));
        }
    }

    private static Rechtsgrundlage grundlage(String name) {
        try {
            return Rechtsgrundlage.valueOf(name);
        } catch (IllegalArgumentException unbekannt) {
            throw Abgelehnt.eingabe("Diese Rechtsgrundlage gibt es nicht.");
        }
    }

    /** While it is being made the browser asks again by itself, with or without scripts. */
    @GetMapping("/akteneinsichten/{id}")
    @Transactional(readOnly = true)
    public String einsicht(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var einsicht = einsichten.einsicht(wer, id);
        if (einsicht.unterwegs()) {
            antwort.setIntHeader("Refresh", SEKUNDEN);
        }
        return zeige(einsicht, ab, "", List.of(), seite, wer);
    }

    private String zeige(
            Akteneinsichten.Einsicht einsicht,
            @Nullable String ab,
            String fehler,
            List<Einsichtsstuecke.Wunsch> getippt,
            Model seite,
            Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var stelle = Einsichtsstuecke.WIE_IN_DER_AKTE.lies(ab);
        seite.addAttribute("einsicht", einsicht);
        seite.addAttribute("ab", stelle.text());
        seite.addAttribute("stuecke", stuecke.in(sicht, einsicht.id(), stelle));
        seite.addAttribute("anzahl", stuecke.anzahl(sicht, einsicht.id()));
        seite.addAttribute("getippt", getippt);
        seite.addAttribute("fehler", fehler);
        return "akteneinsicht/einsicht";
    }

    /**
     * What was chosen on one page is kept, whatever comes then.
     *
     * @param alle {@code vorgelegt} or {@code ausgelassen} for all others
     * @param danach {@code auftrag}: have it made; or the place of another page
     */
    @PostMapping("/akteneinsichten/{id}/auswahl")
    String waehle(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String ab,
            @RequestParam(defaultValue = "") String alle,
            @RequestParam(defaultValue = "") String danach,
            @RequestParam MultiValueMap<String, String> felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var wuensche = wuensche(felder);
        try {
            stuecke.waehle(wer, id, wuensche);
            if (danach.equals("auftrag")) {
                einsichten.starte(wer, id);
                return "redirect:/akteneinsichten/" + id;
            }
            stuecke.streicheVerlegte(wer, id);
            if (!alle.isEmpty()) {
                stuecke.alle(wer, id, alle);
            }
            return "redirect:/akteneinsichten/" + id + "?ab="
                    + Einsichtsstuecke.WIE_IN_DER_AKTE
                            .lies(danach.isEmpty() ? ab : danach)
                            .text();
        } catch (Abgelehnt e) {
            return nochmal(id, ab, e, wuensche, seite, wer, antwort);
        }
    }

    private static List<Einsichtsstuecke.Wunsch> wuensche(MultiValueMap<String, String> felder) {
        var wuensche = new ArrayList<Einsichtsstuecke.Wunsch>();
        for (var kennung : felder.getOrDefault("dokument", List.of())) {
            try {
                wuensche.add(new Einsichtsstuecke.Wunsch(
                        UUID.fromString(kennung),
                        String.valueOf(felder.getFirst("wie-" + kennung)),
                        oder(felder.getFirst("grund-" + kennung)),
                        oder(felder.getFirst("ersatz-" + kennung))));
            } catch (IllegalArgumentException keine) {
                throw Abgelehnt.eingabe("Diese Auswahl lässt sich nicht lesen. Bitte laden Sie die Seite neu.");
            }
        }
        return wuensche;
    }

    private static String oder(@Nullable String wert) {
        return wert == null ? "" : wert;
    }

    private String nochmal(
            UUID id,
            String ab,
            Abgelehnt grund,
            List<Einsichtsstuecke.Wunsch> getippt,
            Model seite,
            Anmeldung wer,
            HttpServletResponse antwort) {
        antwort.setStatus(grund.art().status());
        return requireNonNull(transaktion.execute(
                t -> zeige(einsichten.einsicht(wer, id), ab, String.valueOf(grund.getMessage()), getippt, seite, wer)));
    }

    @PostMapping("/akteneinsichten/{id}/auftrag")
    String starte(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        try {
            einsichten.starte(wer, id);
            return "redirect:/akteneinsichten/" + id;
        } catch (Abgelehnt e) {
            return nochmal(id, "", e, List.of(), seite, wer, antwort);
        }
    }

    @PostMapping("/akteneinsichten/{id}/abbruch")
    String brichAb(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        einsichten.brichAb(wer, id);
        return "redirect:/akteneinsichten/" + id;
    }

    @PostMapping("/akteneinsichten/{id}/entwurf")
    String oeffneWieder(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        einsichten.oeffneWieder(wer, id);
        return "redirect:/akteneinsichten/" + id;
    }

    @GetMapping("/akteneinsichten/{id}/paket")
    void paket(
            @PathVariable UUID id,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletRequest anfrage,
            HttpServletResponse antwort)
            throws IOException {
        var einsicht = einsichten.paket(wer, id);
        ausgabe.alsDownload(
                blobs.finde(requireNonNull(einsicht.blobId())), requireNonNull(einsicht.dateiname()), anfrage, antwort);
    }
}
