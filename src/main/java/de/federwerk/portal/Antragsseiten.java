package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.antrag.Antraege.Antrag;
import de.federwerk.antrag.Nachweise;
import de.federwerk.antrag.Vorbelegung;
import de.federwerk.basis.Mandantenkontext;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.formular.Feldfehler;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formulare;
import de.federwerk.formular.Schritt;
import de.federwerk.leistung.Leistungen;
import de.federwerk.organisation.Mandanten.Mandant;
import de.federwerk.stadtplan.Stadtplaene;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** To fill in a form page by page, to send it, and to see what became of it. */
@Portalseite
class Antragsseiten {

    private final Antraege antraege;
    private final Antragsdateien dateien;
    private final Formulare formulare;
    private final Leistungen leistungen;
    private final Codekeks kekse;
    private final Standbild stand;
    private final Stadtplaene plaene;
    private final Vorbelegung vorbelegung;
    private final Nachweise nachweise;

    Antragsseiten(
            Vorbelegung vorbelegung,
            Nachweise nachweise,
            Antraege antraege,
            Antragsdateien dateien,
            Formulare formulare,
            Leistungen leistungen,
            Codekeks kekse,
            Standbild stand,
            Stadtplaene plaene) {
        this.vorbelegung = vorbelegung;
        this.nachweise = nachweise;
        this.antraege = antraege;
        this.dateien = dateien;
        this.formulare = formulare;
        this.leistungen = leistungen;
        this.kekse = kekse;
        this.stand = stand;
        this.plaene = plaene;
    }

    /** A draft, and this browser is remembered for it. */
    @PostMapping("/portal/leistungen/{kurzname:[a-z0-9-]{1,60}}/antrag")
    String beginne(
            @PathVariable String kurzname,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort) {
        var leistung = leistungen
                .finde(kurzname, r.sprache())
                .orElseThrow(() -> new NichtGefunden("Diese Leistung gibt es nicht."));
        var ausweis = Besucher.begruesse(anfrage, antwort);
        var antrag = Mandantenkontext.<Antrag, RuntimeException>alsBuerger(
                mandant(anfrage), ausweis, () -> antraege.beginne(leistung, r.sprache()));
        return "redirect:/portal/antraege/" + antrag.id() + "/" + antrag.schritt();
    }

    private static UUID mandant(HttpServletRequest anfrage) {
        return ((Mandant) anfrage.getAttribute(Portalrahmen.STADT)).id();
    }

    @GetMapping("/portal/antraege")
    String meine(Model seite) {
        seite.addAttribute("antraege", antraege.meine());
        return "portal/antraege";
    }

    @GetMapping("/portal/antraege/{id}")
    String eines(@PathVariable UUID id, HttpServletRequest anfrage, Model seite) {
        if (kekse.nurMitCode(anfrage, id)) {
            return kekse.<String, RuntimeException>fuer(
                    anfrage, id, () -> stand.zeige(antraege.antrag(id), true, seite));
        }
        var antrag = antraege.antrag(id);
        if (antrag.entwurf()) {
            return "redirect:/portal/antraege/" + id + "/" + antrag.schritt();
        }
        if (!antrag.imKonto()) {
            Besucher.code(anfrage, id).ifPresent(c -> seite.addAttribute("code", c));
        }
        return stand.zeige(antrag, false, seite);
    }

    @GetMapping("/portal/antraege/{id}/{schritt:[a-z][a-z0-9_-]{0,59}}")
    String schritt(
            @PathVariable UUID id, @PathVariable String schritt, @ModelAttribute("r") Portalrahmen r, Model seite) {
        var antrag = antraege.antrag(id);
        if (!antrag.entwurf()) {
            return "redirect:/portal/antraege/" + id;
        }
        return zeige(antrag, schritt, List.of(), List.of(), r, seite);
    }

    private String zeige(
            Antrag antrag,
            String schritt,
            List<Feldfehler> fehler,
            List<String> meldungen,
            Portalrahmen r,
            Model seite) {
        var formular = formular(antrag);
        var schritte = formular.zustaendigeSchritte(antrag.werte());
        int stelle = stelle(schritte, schritt);
        seite.addAttribute("antrag", antrag);
        seite.addAttribute(
                "bild", formular.bild(antrag.werte(), schritt, r.sprache().kennung(), fehler));
        seite.addAttribute("karte", plaene.plan().isPresent());
        seite.addAttribute("stelle", stelle + 1);
        seite.addAttribute("anzahl", schritte.size() + 1);
        seite.addAttribute(
                "zurueck", stelle == 0 ? "" : schritte.get(stelle - 1).id());
        seite.addAttribute("meldungen", meldungen);
        seite.addAttribute("angebote", vorbelegung.angebote(antrag, schritt));
        seite.addAttribute("nachweise", nachweise.angebote(antrag, schritt));
        return "portal/schritt";
    }

    private Formular formular(Antrag antrag) {
        return formulare.fassung(antrag.formularfassungId()).formular();
    }

    /** @throws NichtGefunden for a page that this form does not have, or that is not asked with these answers */
    private static int stelle(List<Schritt> schritte, String schritt) {
        return IntStream.range(0, schritte.size())
                .filter(i -> schritte.get(i).id().equals(schritt))
                .findFirst()
                .orElseThrow(() -> new NichtGefunden("Diese Seite des Formulars gibt es nicht."));
    }

    /** What was typed is kept first, right or wrong; then it is looked at. */
    @PostMapping("/portal/antraege/{id}/{schritt:[a-z][a-z0-9_-]{0,59}}")
    String schreibe(
            @PathVariable UUID id,
            @PathVariable String schritt,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite)
            throws IOException {
        var vorher = antraege.antrag(id);
        if (!vorher.entwurf()) {
            return "redirect:/portal/antraege/" + id;
        }
        var formular = formular(vorher);
        stelle(formular.zustaendigeSchritte(vorher.werte()), schritt);
        var parameter = ohneNull(anfrage.getParameterMap());
        Besucher.begruesse(anfrage, antwort);
        antraege.schreibe(id, schritt, w -> formular.lies(w, schritt, parameter));
        var meldungen = dateien.nimm(id, anfrage);
        var antrag = antraege.antrag(id);
        if (parameter.containsKey("_karte")) {
            return "redirect:"
                    + UriComponentsBuilder.fromPath("/portal/antraege/{id}/karte")
                            .queryParam("feld", "{feld}")
                            .encode()
                            .buildAndExpand(id, anfrage.getParameter("_karte"))
                            .toUriString();
        }
        if (parameter.containsKey("_spaeter")) {
            return "redirect:/portal/antraege";
        }
        boolean nurUmgebaut = Formular.umgebaut(parameter)
                || parameter.containsKey(Antragsdateien.WEG)
                || parameter.containsKey("_hochladen");
        if (nurUmgebaut || !meldungen.isEmpty()) {
            if (!meldungen.isEmpty()) antwort.setStatus(422);
            return zeige(antrag, schritt, List.of(), meldungen, r, seite);
        }
        var fehler = formular.pruefe(antrag.werte(), schritt, r.sprache().kennung());
        if (!fehler.isEmpty()) {
            // What has just come onto the page is asked, not called missing.
            var neue = formular.neuSichtbar(vorher.werte(), antrag.werte(), schritt);
            boolean nurNeue = fehler.stream().allMatch(f -> neue.contains(f.pfad()));
            if (!nurNeue) antwort.setStatus(422);
            return zeige(antrag, schritt, nurNeue ? List.of() : fehler, List.of(), r, seite);
        }
        var schritte = formular.zustaendigeSchritte(antrag.werte());
        int stelle = stelle(schritte, schritt);
        var naechster = stelle + 1 < schritte.size() ? schritte.get(stelle + 1).id() : "pruefen";
        return "redirect:/portal/antraege/" + id + (naechster.equals("pruefen") ? "?pruefen" : "/" + naechster);
    }

    /** The database stores no such character, and nobody can type it. */
    private static Map<String, String[]> ohneNull(Map<String, String[]> parameter) {
        var rein = new HashMap<String, String[]>();
        parameter.forEach((name, werte) -> rein.put(
                name, Arrays.stream(werte).map(w -> w.replace("\0", "")).toArray(String[]::new)));
        return rein;
    }

    @GetMapping(value = "/portal/antraege/{id}", params = "pruefen")
    String pruefe(@PathVariable UUID id, @ModelAttribute("r") Portalrahmen r, Model seite) {
        var antrag = antraege.antrag(id);
        if (!antrag.entwurf()) {
            return "redirect:/portal/antraege/" + id;
        }
        var formular = formular(antrag);
        var fehler = formular.pruefeAlles(antrag.werte());
        if (!fehler.isEmpty()) {
            // Something before it has changed: back to where it is wrong, with what is wrong.
            return zeige(
                    antrag,
                    fehler.getFirst().schritt(),
                    formular.pruefe(
                            antrag.werte(),
                            fehler.getFirst().schritt(),
                            r.sprache().kennung()),
                    List.of(),
                    r,
                    seite);
        }
        seite.addAttribute("antrag", antrag);
        seite.addAttribute("schritte", formular.zustaendigeSchritte(antrag.werte()));
        seite.addAttribute(
                "angaben", formular.angaben(antrag.werte(), r.sprache().kennung()));
        seite.addAttribute(
                "anzahl", formular.zustaendigeSchritte(antrag.werte()).size() + 1);
        return "portal/pruefen";
    }

    @PostMapping("/portal/antraege/{id}/absenden")
    String sende(
            @PathVariable UUID id,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        if (Falle.schnappt(anfrage)) {
            antraege.antrag(id);
            antwort.setStatus(422);
            seite.addAttribute("titel", r.wort("falle.titel"));
            seite.addAttribute("was", r.wort("falle.was"));
            seite.addAttribute("nun", r.wort("falle.nun"));
            seite.addAttribute("zurueck", "/portal/antraege/" + id + "?pruefen");
            return "portal/fehler";
        }
        if (antraege.antrag(id).imKonto()) {
            antraege.sende(id, null);
        } else {
            var code = Besucher.code(anfrage, id).orElseThrow(() -> new NichtGefunden("Diesen Antrag gibt es nicht."));
            antraege.sende(id, Besucher.hashVonCode(code));
            Besucher.begruesse(anfrage, antwort);
        }
        return "redirect:/portal/antraege/" + id;
    }

    @PostMapping("/portal/antraege/{id}/verwerfen")
    String verwirf(@PathVariable UUID id) {
        antraege.verwirf(id);
        return "redirect:/portal/antraege";
    }
}
