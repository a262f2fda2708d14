package de.federwerk.akte;

import static java.util.Objects.requireNonNull;

import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Schriftgut goes to another place, is copied there, or refers to it: the forms below those of {@link Pflegeseiten}. */
@Controller
class Verlegungsseiten {

    /** A choice for the combobox. */
    record Auswahl(String id, String text, String zusatz) {}

    private final Umprotokollierung umprotokollierung;
    private final Verlegung verlegung;
    private final Kopie kopie;
    private final Verweise verweise;
    private final Aktensuche aktensuche;
    private final Vorgangssuche vorgangssuche;
    private final Schriftgutsuche schriftgutsuche;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Pflegeseiten seiten;
    private final TransactionTemplate transaktion;

    Verlegungsseiten(
            Umprotokollierung umprotokollierung,
            Verlegung verlegung,
            Kopie kopie,
            Verweise verweise,
            Aktensuche aktensuche,
            Vorgangssuche vorgangssuche,
            Schriftgutsuche schriftgutsuche,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Pflegeseiten seiten,
            TransactionTemplate transaktion) {
        this.umprotokollierung = umprotokollierung;
        this.verlegung = verlegung;
        this.kopie = kopie;
        this.verweise = verweise;
        this.aktensuche = aktensuche;
        this.vorgangssuche = vorgangssuche;
        this.schriftgutsuche = schriftgutsuche;
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.plan = plan;
        this.berechtigungen = berechtigungen;
        this.seiten = seiten;
        this.transaktion = transaktion;
    }

    /** Open Akten that the person may work on. */
    @GetMapping("/akten/auswahl")
    @ResponseBody
    List<Auswahl> akten(@RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        return aktensuche.finde(berechtigungen.sicht(wer.person(), Recht.BEARBEITEN), q, false).stream()
                .map(a -> new Auswahl(a.id().toString(), a.aktenzeichen() + " " + a.titel(), a.einheit()))
                .toList();
    }

    /** Akten and Vorgänge that the person may read: what one can refer to. */
    @GetMapping("/schriftgut/auswahl")
    @ResponseBody
    List<Schriftgutsuche.Auswahl> schriftgut(
            @RequestParam(defaultValue = "") String q, @AuthenticationPrincipal Anmeldung wer) {
        return schriftgutsuche.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), q);
    }

    @PostMapping("/akten/{id}/umprotokollierung")
    String protokolliereUm(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(required = false) @Nullable UUID planId,
            @RequestParam UUID einheit,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    var akte = akten.zumVerlegen(wer, id);
                    var bisher = this.plan.knoten(akte.planknotenId()).orElseThrow();
                    // As it stands there already: also a position that has ended, under which nothing new is made.
                    var knoten = plan.strip().equals(bisher.anzeige())
                            ? bisher
                            : Aktenseiten.position(this.plan, planId, plan);
                    umprotokollierung.protokolliereUm(wer, id, knoten.id(), einheit, grund);
                    return akten.finde(berechtigungen.sicht(wer.person(), Recht.METADATEN), id)
                                    .isPresent()
                            ? "redirect:/akten/" + id
                            : "redirect:/akten";
                },
                fehler -> {
                    var akte = akten.zumVerlegen(wer, id);
                    var felder = seiten.felder(akte);
                    seite.addAttribute("getippt", new Getippt(plan, grund, einheit));
                    return seiten.akte(seite, wer, akte, felder, felder, fehler, List.of());
                });
    }

    /** What was typed into a form of this page that was refused. @param ziel Akte, Vorgang or position */
    record Getippt(String ziel, String grund, @Nullable UUID einheit) {}

    @PostMapping("/vorgaenge/{id}/verlegung")
    String verlegeVorgang(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String akte,
            @RequestParam(required = false) @Nullable UUID akteId,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    vorgaenge.bearbeitbar(wer, id);
                    verlegung.verlegeVorgang(wer, id, meinteAkte(wer, akteId, akte), grund);
                    return "redirect:/vorgaenge/" + id;
                },
                fehler -> {
                    var vorgang = vorgaenge.bearbeitbar(wer, id);
                    var felder = seiten.felder(vorgang);
                    seite.addAttribute("getippt", new Getippt(akte, grund, null));
                    return seiten.vorgang(seite, wer, vorgang, felder, felder, fehler, List.of());
                });
    }

    private UUID meinteAkte(Anmeldung wer, @Nullable UUID gewaehlt, String getippt) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        return gewaehlt(
                        gewaehlt == null ? Optional.empty() : akten.finde(sicht, gewaehlt),
                        text -> aktensuche.finde(sicht, text, false),
                        getippt,
                        Akten.Akte::aktenzeichen,
                        a -> a.aktenzeichen() + " " + a.titel())
                .id();
    }

    private UUID meintenVorgang(Anmeldung wer, @Nullable UUID gewaehlt, String getippt) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.BEARBEITEN);
        return gewaehlt(
                        gewaehlt == null ? Optional.empty() : vorgaenge.finde(sicht, gewaehlt),
                        text -> vorgangssuche.finde(sicht, text),
                        getippt,
                        Vorgaenge.Vorgang::aktenzeichen,
                        v -> v.aktenzeichen() + " " + v.titel())
                .id();
    }

    /** What was chosen counts as long as it stands in the field; else what was typed, if that is exactly one. */
    private static <T> T gewaehlt(
            Optional<T> gewaehlt,
            Function<String, List<T>> suche,
            String getippt,
            Function<T, String> zeichen,
            Function<T, String> anzeige) {
        var text = getippt.strip();
        if (text.isEmpty()) {
            throw Abgelehnt.eingabe("Bitte geben Sie an, wohin: das Aktenzeichen oder ein Wort aus dem Titel.");
        }
        if (gewaehlt.filter(g -> anzeige.apply(g).equals(text)).isPresent()) {
            return gewaehlt.get();
        }
        var treffer = suche.apply(text);
        return treffer.stream()
                .filter(t -> zeichen.apply(t).equalsIgnoreCase(text)
                        || anzeige.apply(t).equals(text))
                .findFirst()
                .or(() -> treffer.size() == 1 ? treffer.stream().findFirst() : Optional.empty())
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + text
                                        + "“ ist nicht genau eines, das Sie bearbeiten dürfen. Bitte wählen Sie aus der Liste, oder geben Sie das ganze Aktenzeichen an."));
    }

    @PostMapping("/dokumente/{id}/verlegung")
    String verlegeDokument(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String vorgang,
            @RequestParam(required = false) @Nullable UUID vorgangId,
            @RequestParam(defaultValue = "") String grund,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    seiten.zuBearbeiten(id, wer);
                    verlegung.verlegeDokument(wer, id, meintenVorgang(wer, vorgangId, vorgang), grund);
                    return "redirect:/dokumente/" + id;
                },
                fehler -> dokument(id, vorgang, grund, seite, wer, fehler));
    }

    @PostMapping("/dokumente/{id}/kopien")
    String kopiere(
            @PathVariable UUID id,
            @RequestParam UUID kopieId,
            @RequestParam(defaultValue = "") String vorgang,
            @RequestParam(required = false) @Nullable UUID vorgangId,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    seiten.zuBearbeiten(id, wer);
                    try {
                        kopie.kopiere(wer, kopieId, id, meintenVorgang(wer, vorgangId, vorgang));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return "redirect:/dokumente/" + kopieId;
                },
                fehler -> dokument(id, vorgang, "", seite, wer, fehler));
    }

    private String dokument(UUID id, String ziel, String grund, Model seite, Anmeldung wer, String fehler) {
        var dokument = seiten.zuBearbeiten(id, wer);
        var felder = Pflege.felder(dokument);
        seite.addAttribute("getippt", new Getippt(ziel, grund, null));
        return seiten.dokument(seite, wer, dokument, felder, felder, fehler, List.of());
    }

    @PostMapping("/{was:akten|vorgaenge|dokumente}/{id}/verweise")
    String verweise(
            @PathVariable String was,
            @PathVariable UUID id,
            @RequestParam UUID verweis,
            @RequestParam(defaultValue = "") String ziel,
            @RequestParam(defaultValue = "") String zielId,
            @RequestParam(defaultValue = "") String bemerkung,
            @AuthenticationPrincipal Anmeldung wer) {
        var art = switch (was) {
            case "akten" -> Schriftgut.Art.AKTE;
            case "vorgaenge" -> Schriftgut.Art.VORGANG;
            default -> Schriftgut.Art.DOKUMENT;
        };
        verweise.zumAendern(wer, art, id);
        var gemeint = schriftgutsuche
                .gemeint(berechtigungen.sicht(wer.person(), Recht.LESEN), zielId, ziel)
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„" + ziel
                                        + "“ ist nicht genau eine Akte oder ein Vorgang, den Sie sehen. Bitte geben Sie das ganze Aktenzeichen an. Es wurde nichts geändert."));
        verweise.verweise(wer, verweis, art, id, gemeint.art(), gemeint.id(), bemerkung);
        return "redirect:/" + was + "/" + id + "/bearbeiten#verweise";
    }

    @PostMapping("/verweise/{id}/ende")
    String beende(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "/") String zurueck,
            @AuthenticationPrincipal Anmeldung wer) {
        verweise.beende(wer, id);
        return "redirect:"
                + (zurueck.matches("/(akten|vorgaenge|dokumente)/[0-9a-f-]{36}/bearbeiten")
                        ? zurueck + "#verweise"
                        : "/");
    }

    private String oder(HttpServletResponse antwort, Supplier<String> tat, Function<String, String> nochmal) {
        try {
            return tat.get();
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return requireNonNull(transaktion.execute(t -> nochmal.apply(String.valueOf(e.getMessage()))));
        }
    }
}
