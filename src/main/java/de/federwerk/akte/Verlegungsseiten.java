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

/** Schriftgut goes to another place or is copied there: the forms below those of {@link Pflegeseiten}. */
@Controller
class Verlegungsseiten {

    /** A choice for the combobox. */
    record Auswahl(String id, String text, String zusatz) {}

    /** Asks only who would see it; also the name by which the page shows it. */
    private static final String VORSCHAU = "vorschau";

    private final Umprotokollierung umprotokollierung;
    private final Verlegungsvorschau vorschau;
    private final Verlegung verlegung;
    private final Kopie kopie;
    private final Aktensuche aktensuche;
    private final Vorgangssuche vorgangssuche;
    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Aktenplan plan;
    private final Berechtigungen berechtigungen;
    private final Pflegeseiten seiten;
    private final TransactionTemplate transaktion;

    Verlegungsseiten(
            Umprotokollierung umprotokollierung,
            Verlegungsvorschau vorschau,
            Verlegung verlegung,
            Kopie kopie,
            Aktensuche aktensuche,
            Vorgangssuche vorgangssuche,
            Akten akten,
            Vorgaenge vorgaenge,
            Aktenplan plan,
            Berechtigungen berechtigungen,
            Pflegeseiten seiten,
            TransactionTemplate transaktion) {
        this.umprotokollierung = umprotokollierung;
        this.vorschau = vorschau;
        this.verlegung = verlegung;
        this.kopie = kopie;
        this.aktensuche = aktensuche;
        this.vorgangssuche = vorgangssuche;
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

    @PostMapping("/akten/{id}/umprotokollierung")
    String protokolliereUm(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String plan,
            @RequestParam(required = false) @Nullable UUID planId,
            @RequestParam UUID einheit,
            @RequestParam(defaultValue = "") String grund,
            @RequestParam(defaultValue = "") String tun,
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
                    if (tun.equals(VORSCHAU)) {
                        seite.addAttribute(
                                VORSCHAU,
                                vorschau.von(
                                        wer,
                                        Schriftgut.Art.AKTE,
                                        id,
                                        () -> umprotokollierung.protokolliereUm(
                                                wer, id, knoten.id(), einheit, VORSCHAU)));
                        return nochmal(() -> akte(id, plan, planId, grund, einheit, seite, wer, ""));
                    }
                    umprotokollierung.protokolliereUm(wer, id, knoten.id(), einheit, grund);
                    return akten.finde(berechtigungen.sicht(wer.person(), Recht.METADATEN), id)
                                    .isPresent()
                            ? "redirect:/akten/" + id
                            : "redirect:/akten";
                },
                fehler -> akte(id, plan, planId, grund, einheit, seite, wer, fehler));
    }

    private String akte(
            UUID id,
            String plan,
            @Nullable UUID planId,
            String grund,
            UUID einheit,
            Model seite,
            Anmeldung wer,
            String fehler) {
        var akte = akten.zumVerlegen(wer, id);
        var felder = seiten.felder(akte);
        seite.addAttribute("getippt", new Getippt(plan, planId, grund, einheit));
        return seiten.akte(seite, wer, akte, felder, felder, fehler, List.of());
    }

    /** What was typed into a form of this page that was refused. @param ziel Akte, Vorgang or position, {@code zielId} what was chosen from the list */
    record Getippt(
            String ziel,
            @Nullable UUID zielId,
            String grund,
            @Nullable UUID einheit) {

        public String gewaehlt() {
            return zielId == null ? "" : zielId.toString();
        }
    }

    @PostMapping("/vorgaenge/{id}/verlegung")
    String verlegeVorgang(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String akte,
            @RequestParam(required = false) @Nullable UUID akteId,
            @RequestParam(defaultValue = "") String grund,
            @RequestParam(defaultValue = "") String tun,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    vorgaenge.bearbeitbar(wer, id);
                    var ziel = meinteAkte(wer, akteId, akte);
                    if (tun.equals(VORSCHAU)) {
                        seite.addAttribute(
                                VORSCHAU,
                                vorschau.von(
                                        wer,
                                        Schriftgut.Art.VORGANG,
                                        id,
                                        () -> verlegung.verlegeVorgang(wer, id, ziel, VORSCHAU)));
                        return nochmal(() -> vorgang(id, akte, akteId, grund, seite, wer, ""));
                    }
                    verlegung.verlegeVorgang(wer, id, ziel, grund);
                    return "redirect:/vorgaenge/" + id;
                },
                fehler -> vorgang(id, akte, akteId, grund, seite, wer, fehler));
    }

    private String vorgang(
            UUID id, String ziel, @Nullable UUID zielId, String grund, Model seite, Anmeldung wer, String fehler) {
        var vorgang = vorgaenge.bearbeitbar(wer, id);
        var felder = seiten.felder(vorgang);
        seite.addAttribute("getippt", new Getippt(ziel, zielId, grund, null));
        return seiten.vorgang(seite, wer, vorgang, felder, felder, fehler, List.of());
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
            @RequestParam(defaultValue = "") String tun,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        return oder(
                antwort,
                () -> {
                    seiten.zuBearbeiten(id, wer);
                    var ziel = meintenVorgang(wer, vorgangId, vorgang);
                    if (tun.equals(VORSCHAU)) {
                        seite.addAttribute(
                                VORSCHAU,
                                vorschau.von(
                                        wer,
                                        Schriftgut.Art.DOKUMENT,
                                        id,
                                        () -> verlegung.verlegeDokument(wer, id, ziel, VORSCHAU)));
                        return nochmal(() -> dokument(id, vorgang, vorgangId, grund, seite, wer, ""));
                    }
                    verlegung.verlegeDokument(wer, id, ziel, grund);
                    return "redirect:/dokumente/" + id;
                },
                fehler -> dokument(id, vorgang, vorgangId, grund, seite, wer, fehler));
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
                fehler -> dokument(id, vorgang, vorgangId, "", seite, wer, fehler));
    }

    private String dokument(
            UUID id, String ziel, @Nullable UUID zielId, String grund, Model seite, Anmeldung wer, String fehler) {
        var dokument = seiten.zuBearbeiten(id, wer);
        var felder = Pflege.felder(dokument);
        seite.addAttribute("getippt", new Getippt(ziel, zielId, grund, null));
        return seiten.dokument(seite, wer, dokument, felder, felder, fehler, List.of());
    }

    /** The form as it was typed. */
    private String nochmal(Supplier<String> seite) {
        return requireNonNull(transaktion.execute(t -> seite.get()));
    }

    private String oder(HttpServletResponse antwort, Supplier<String> tat, Function<String, String> nochmal) {
        try {
            return tat.get();
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return nochmal(() -> nochmal.apply(String.valueOf(e.getMessage())));
        }
    }
}
