package de.federwerk.akte;

import static java.util.Objects.requireNonNull;

import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What people type about Akte, Vorgang and Dokument, and where these lie: one page each. */
@Controller
class Pflegeseiten {

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Pflege pflege;
    private final FruehereAktenzeichen fruehere;
    private final Aktenarten arten;
    private final Verweise verweise;
    private final Aktenteile teile;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Berechtigungen berechtigungen;
    private final TransactionTemplate transaktion;

    Pflegeseiten(
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Pflege pflege,
            FruehereAktenzeichen fruehere,
            Aktenarten arten,
            Verweise verweise,
            Aktenteile teile,
            Aktenplan plan,
            Einheiten einheiten,
            Berechtigungen berechtigungen,
            TransactionTemplate transaktion) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.pflege = pflege;
        this.fruehere = fruehere;
        this.arten = arten;
        this.verweise = verweise;
        this.teile = teile;
        this.plan = plan;
        this.einheiten = einheiten;
        this.berechtigungen = berechtigungen;
        this.transaktion = transaktion;
    }

    /** What stands at a field that somebody else changed meanwhile; null at the others. */
    static @Nullable String anders(List<Zusammenfuehrung.Widerspruch> widersprueche, String feld) {
        return widersprueche.stream()
                .filter(w -> w.feld().equals(feld))
                .map(w -> w.jetzt().isEmpty() ? "Jetzt steht hier nichts." : "Jetzt steht hier: „" + w.jetzt() + "“")
                .findFirst()
                .orElse(null);
    }

    @GetMapping("/akten/{id}/bearbeiten")
    @Transactional(readOnly = true)
    public String akte(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        var akte = akten.zumVerlegen(wer, id);
        var felder = pflege.felder(akte);
        return akte(seite, wer, akte, felder, felder, "", List.of());
    }

    String akte(
            Model seite,
            Anmeldung wer,
            Akten.Akte akte,
            Map<String, String> gesehen,
            Map<String, String> gewollt,
            String fehler,
            List<Zusammenfuehrung.Widerspruch> widersprueche) {
        seite.addAttribute("akte", akte);
        seite.addAttribute("knoten", plan.knoten(akte.planknotenId()).orElseThrow());
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("fruehere", fruehere.von(akte.id(), null));
        seite.addAttribute("arten", arten.wahl());
        seite.addAttribute(
                "felder",
                akte.aktenartId() == null ? List.of() : arten.felder(Feldtraeger.AKTE, akte.aktenartId(), false));
        return formular(seite, wer, akte.id(), gesehen, gewollt, fehler, widersprueche, "akte/akteBearbeiten");
    }

    Map<String, String> felder(Akten.Akte akte) {
        return pflege.felder(akte);
    }

    Map<String, String> felder(Vorgaenge.Vorgang vorgang) {
        return pflege.felder(vorgang);
    }

    @GetMapping("/vorgaenge/{id}/bearbeiten")
    @Transactional(readOnly = true)
    public String vorgang(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        var felder = pflege.felder(vorgang);
        return vorgang(seite, wer, vorgang, felder, felder, "", List.of());
    }

    String vorgang(
            Model seite,
            Anmeldung wer,
            Vorgaenge.Vorgang vorgang,
            Map<String, String> gesehen,
            Map<String, String> gewollt,
            String fehler,
            List<Zusammenfuehrung.Widerspruch> widersprueche) {
        seite.addAttribute("vorgang", vorgang);
        seite.addAttribute("knoten", plan.knoten(vorgang.planknotenId()).orElseThrow());
        seite.addAttribute("fruehere", fruehere.von(null, vorgang.id()));
        seite.addAttribute(
                "felder",
                vorgang.aktenartId() == null
                        ? List.of()
                        : arten.felder(Feldtraeger.VORGANG, vorgang.aktenartId(), false));
        seite.addAttribute(
                "teile", teile.zurWahl(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), vorgang.akteId()));
        return formular(seite, wer, vorgang.id(), gesehen, gewollt, fehler, widersprueche, "akte/vorgangBearbeiten");
    }

    @GetMapping("/dokumente/{id}/bearbeiten")
    @Transactional(readOnly = true)
    public String dokument(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        var dokument = zuBearbeiten(id, wer);
        var felder = Pflege.felder(dokument);
        return dokument(seite, wer, dokument, felder, felder, "", List.of());
    }

    Dokumente.Dokument zuBearbeiten(UUID id, Anmeldung wer) {
        return dokumente
                .finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), id)
                .orElseThrow(() -> {
                    var gelesen = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
                    return Abgelehnt.recht(
                            "Sie dürfen das Dokument „" + gelesen.titel() + "“ lesen, aber nicht bearbeiten.");
                });
    }

    String dokument(
            Model seite,
            Anmeldung wer,
            Dokumente.Dokument dokument,
            Map<String, String> gesehen,
            Map<String, String> gewollt,
            String fehler,
            List<Zusammenfuehrung.Widerspruch> widersprueche) {
        seite.addAttribute("dokument", dokument);
        seite.addAttribute(
                "vorgang",
                vorgaenge
                        .finde(berechtigungen.sicht(wer.person(), Recht.METADATEN), dokument.vorgangId())
                        .orElse(null));
        return formular(seite, wer, dokument.id(), gesehen, gewollt, fehler, widersprueche, "akte/dokumentBearbeiten");
    }

    private String formular(
            Model seite,
            Anmeldung wer,
            UUID id,
            Map<String, String> gesehen,
            Map<String, String> gewollt,
            String fehler,
            List<Zusammenfuehrung.Widerspruch> widersprueche,
            String vorlage) {
        seite.addAttribute("gesehen", gesehen);
        seite.addAttribute("gewollt", gewollt);
        seite.addAttribute("verweise", verweise.an(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("widersprueche", widersprueche);
        return vorlage;
    }

    @PostMapping("/akten/{id}/angaben")
    String aendereAkte(
            @PathVariable UUID id,
            @RequestParam Map<String, String> alle,
            @RequestParam(defaultValue = "") String bearbeiterId,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return mitAngaben(
                alle,
                seite,
                antwort,
                "/akten/" + id,
                (gesehen, gewollt) -> pflege.aendereAkte(wer, id, gesehen, gewollt, bearbeiterId),
                (gesehen, gewollt, fehler, widersprueche) -> {
                    var akte = akten.zumVerlegen(wer, id);
                    return akte(
                            seite,
                            wer,
                            akte,
                            gesehen(gesehen, pflege.felder(akte), widersprueche),
                            gewollt,
                            fehler,
                            widersprueche);
                });
    }

    @PostMapping("/vorgaenge/{id}/angaben")
    String aendereVorgang(
            @PathVariable UUID id,
            @RequestParam Map<String, String> alle,
            @RequestParam(defaultValue = "") String bearbeiterId,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return mitAngaben(
                alle,
                seite,
                antwort,
                "/vorgaenge/" + id,
                (gesehen, gewollt) -> pflege.aendereVorgang(wer, id, gesehen, gewollt, bearbeiterId),
                (gesehen, gewollt, fehler, widersprueche) -> {
                    var vorgang = vorgaenge.bearbeitbar(wer, id);
                    return vorgang(
                            seite,
                            wer,
                            vorgang,
                            gesehen(gesehen, pflege.felder(vorgang), widersprueche),
                            gewollt,
                            fehler,
                            widersprueche);
                });
    }

    @PostMapping("/dokumente/{id}/angaben")
    String aendereDokument(
            @PathVariable UUID id,
            @RequestParam Map<String, String> alle,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return mitAngaben(
                alle,
                seite,
                antwort,
                "/dokumente/" + id,
                (gesehen, gewollt) -> pflege.aendereDokument(wer, id, gesehen, gewollt),
                (gesehen, gewollt, fehler, widersprueche) -> {
                    var dokument = zuBearbeiten(id, wer);
                    return dokument(
                            seite,
                            wer,
                            dokument,
                            gesehen(gesehen, Pflege.felder(dokument), widersprueche),
                            gewollt,
                            fehler,
                            widersprueche);
                });
    }

    @FunctionalInterface
    private interface Aenderung {
        Pflege.Ausgang mit(Map<String, String> gesehen, Map<String, String> gewollt);
    }

    @FunctionalInterface
    private interface Nochmal {
        String mit(
                Map<String, String> gesehen,
                Map<String, String> gewollt,
                String fehler,
                List<Zusammenfuehrung.Widerspruch> widersprueche);
    }

    /** Saves, or shows the form again as it was typed, with what is in the way. */
    private String mitAngaben(
            Map<String, String> alle,
            Model seite,
            HttpServletResponse antwort,
            String danach,
            Aenderung aenderung,
            Nochmal nochmal) {
        var gesehen = new LinkedHashMap<String, String>();
        var gewollt = new LinkedHashMap<String, String>();
        alle.forEach((feld, wert) -> {
            if (feld.startsWith("war-") && alle.containsKey(feld.substring(4))) {
                gesehen.put(feld.substring(4), wert);
                gewollt.put(feld.substring(4), alle.getOrDefault(feld.substring(4), ""));
                if (alle.containsKey(feld.substring(4) + Pflege.WAHL)) {
                    gewollt.put(
                            feld.substring(4) + Pflege.WAHL, alle.getOrDefault(feld.substring(4) + Pflege.WAHL, ""));
                }
            }
        });
        try {
            var ausgang = aenderung.mit(gesehen, gewollt);
            if (ausgang.widersprueche().isEmpty()) {
                return "redirect:" + danach;
            }
            antwort.setStatus(Abgelehnt.Art.KONFLIKT.status());
            return zeige(nochmal, gesehen, gewollt, "", ausgang.widersprueche());
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            seite.addAttribute("fehlerfelder", e.felder());
            return zeige(nochmal, gesehen, gewollt, String.valueOf(e.getMessage()), List.of());
        }
    }

    private String zeige(
            Nochmal nochmal,
            Map<String, String> gesehen,
            Map<String, String> gewollt,
            String fehler,
            List<Zusammenfuehrung.Widerspruch> widersprueche) {
        return requireNonNull(transaktion.execute(t -> nochmal.mit(gesehen, gewollt, fehler, widersprueche)));
    }

    /** Whoever was shown what the other one typed has seen it: the second time it may be saved over. */
    private static Map<String, String> gesehen(
            Map<String, String> gesehen, Map<String, String> jetzt, List<Zusammenfuehrung.Widerspruch> widersprueche) {
        var neu = new LinkedHashMap<>(gesehen);
        widersprueche.forEach(w -> neu.put(w.feld(), jetzt.getOrDefault(w.feld(), w.jetzt())));
        return neu;
    }
}
