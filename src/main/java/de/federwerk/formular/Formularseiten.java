package de.federwerk.formular;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.organisation.Anmeldung;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

/** The forms in the administration: which there are, their versions, their pieces, release by a second person. */
@Controller
class Formularseiten {

    private static final String ALLE = "/verwaltung/formulare";

    private final Formularpflege pflege;
    private final Formularpdf pdf;

    Formularseiten(Formularpflege pflege, Formularpdf pdf) {
        this.pflege = pflege;
        this.pdf = pdf;
    }

    @GetMapping(ALLE)
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        return alle(seite, wer, "", "", "", "");
    }

    private String alle(Model seite, Anmeldung wer, String name, String titel, String json, String fehler) {
        seite.addAttribute("formulare", pflege.alle(wer));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("name", name);
        seite.addAttribute("titel", titel);
        seite.addAttribute("json", json);
        seite.addAttribute("fehler", fehler);
        return "formular/formulare";
    }

    @PostMapping(ALLE)
    String legeAn(
            @RequestParam UUID id,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String titel,
            @RequestParam(defaultValue = "") String json,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            pflege.legeAn(wer, id, json.isBlank() ? Formularumbau.neues(name.strip(), titel.strip()) : json);
            return "redirect:" + ALLE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return alle(seite, wer, name, titel, json, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(ALLE + "/mitgelieferte")
    String uebernimmMitgelieferte(@AuthenticationPrincipal Anmeldung wer) {
        pflege.uebernimmMitgelieferte(wer);
        return "redirect:" + ALLE;
    }

    @GetMapping(ALLE + "/{id}")
    String formular(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String ort,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return formular(seite, wer, id, ort, "", Map.of());
    }

    /** @param getippt what somebody has just sent and must not type again; empty for what is kept */
    private String formular(
            Model seite, Anmeldung wer, UUID id, String ort, String fehler, Map<String, String[]> getippt) {
        var zeile = pflege.zeile(wer, id);
        var umbau = new Formularumbau(zeile.inhalt());
        seite.addAttribute("f", zeile);
        seite.addAttribute("ort", ort);
        seite.addAttribute("art", Formularumbau.art(ort));
        seite.addAttribute("titel", Formularumbau.titel(umbau.teil(ort)));
        seite.addAttribute("angaben", umbau.angaben(ort, getippt));
        seite.addAttribute("kinder", umbau.kinder(ort));
        seite.addAttribute("eigener", wer.person().equals(zeile.verfasstVon()));
        seite.addAttribute("neueId", Kennung.neu());
        seite.addAttribute("fehler", fehler);
        return "formular/formular";
    }

    @PostMapping(ALLE + "/{id}/teile")
    String aendere(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String ort,
            @RequestParam(defaultValue = "") String tun,
            @RequestParam(defaultValue = "0") int aenderung,
            Model seite,
            HttpServletRequest anfrage,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            var umbau = new Formularumbau(pflege.zeile(wer, id).inhalt());
            var p = anfrage.getParameterMap();
            var ziel = ort;
            int doppelpunkt = tun.indexOf(':');
            var kind = doppelpunkt < 0 ? "" : tun.substring(doppelpunkt + 1);
            switch (doppelpunkt < 0 ? tun : tun.substring(0, doppelpunkt)) {
                case "hinauf" -> umbau.verschiebe(kind, -1);
                case "hinab" -> umbau.verschiebe(kind, 1);
                case "entfernen" -> umbau.entferne(kind);
                case "neu" ->
                    ziel = umbau.fuegeHinzu(
                            ort,
                            kind,
                            Formularumbau.eines(p, "neu_id"),
                            Formularumbau.eines(p, "neu_titel"),
                            Formularumbau.eines(p, "neu_art"));
                default -> umbau.setze(ort, p);
            }
            pflege.speichere(wer, id, umbau.json(), aenderung);
            umbau.teil(ziel);
            return "redirect:" + ALLE + "/" + id + "?ort=" + UriUtils.encodeQueryParam(ziel, StandardCharsets.UTF_8);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(seite, wer, id, ort, String.valueOf(e.getMessage()), anfrage.getParameterMap());
        }
    }

    @PostMapping(ALLE + "/{id}/freigabe")
    String gibFrei(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int aenderung,
            @AuthenticationPrincipal Anmeldung wer) {
        pflege.gibFrei(wer, id, aenderung);
        return "redirect:" + ALLE + "/" + id;
    }

    @PostMapping(ALLE + "/{id}/ruecknahme")
    String zieheZurueck(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        pflege.zieheZurueck(wer, id);
        return "redirect:" + ALLE + "/" + id;
    }

    @PostMapping(ALLE + "/{id}/kopie")
    String kopiere(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID neu,
            @RequestParam(defaultValue = "") String name,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            var kopie = neu == null ? Kennung.neu() : neu;
            pflege.kopiere(wer, id, kopie, name);
            return "redirect:" + ALLE + "/" + kopie;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return formular(seite, wer, id, "", String.valueOf(e.getMessage()), Map.of());
        }
    }

    @GetMapping(ALLE + "/{id}/formular.json")
    ResponseEntity<byte[]> json(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var zeile = pflege.zeile(wer, id);
        return antwort(
                zeile.inhalt().getBytes(StandardCharsets.UTF_8),
                MediaType.APPLICATION_JSON,
                zeile.name() + "-" + zeile.nummer() + ".json");
    }

    @GetMapping(ALLE + "/{id}/formular.pdf")
    ResponseEntity<byte[]> leer(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "de") String sprache,
            @AuthenticationPrincipal Anmeldung wer) {
        var zeile = pflege.zeile(wer, id);
        return antwort(
                pdf.leer(zeile.formular(), sprache, pflege.stadt(), Instant.now()),
                MediaType.APPLICATION_PDF,
                zeile.name() + ".pdf");
    }

    private static ResponseEntity<byte[]> antwort(byte[] inhalt, MediaType art, String name) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(art)
                .body(inhalt);
    }

    @GetMapping(ALLE + "/{id}/vorschau")
    String vorschau(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String schritt,
            @RequestParam(defaultValue = "de") String sprache,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var formular = pflege.zeile(wer, id).formular();
        return vorschau(seite, id, formular, Werte.LEER, schritt, sprache, List.of());
    }

    private static String vorschau(
            Model seite,
            UUID id,
            Formular formular,
            Werte werte,
            String schritt,
            String sprache,
            List<Feldfehler> fehler) {
        var schritte = formular.zustaendigeSchritte(werte);
        seite.addAttribute("id", id);
        seite.addAttribute("formular", formular);
        seite.addAttribute("schritte", schritte);
        seite.addAttribute("werte", werte.json());
        seite.addAttribute("sprache", sprache);
        int stelle = 0;
        for (int i = 0; i < schritte.size(); i++) {
            stelle = schritte.get(i).id().equals(schritt) ? i : stelle;
        }
        seite.addAttribute("stelle", stelle);
        boolean fertig = schritt.equals("_ende") || schritte.isEmpty();
        seite.addAttribute("angaben", fertig ? formular.angaben(werte, sprache) : List.of());
        seite.addAttribute(
                "bild",
                fertig ? null : formular.bild(werte, schritte.get(stelle).id(), sprache, fehler));
        return "formular/vorschau";
    }

    /** What was typed travels in the page: a preview keeps nothing. */
    @PostMapping(ALLE + "/{id}/vorschau")
    Object pruefe(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String schritt,
            @RequestParam(defaultValue = "de") String sprache,
            @RequestParam(name = "_werte", defaultValue = "") String json,
            Model seite,
            HttpServletRequest anfrage,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        var zeile = pflege.zeile(wer, id);
        var formular = zeile.formular();
        var vorher = werte(json);
        var p = anfrage.getParameterMap();
        if (p.containsKey("_pdf")) {
            return antwort(
                    pdf.ausgefuellt(formular, vorher, sprache, pflege.stadt(), List.of(), Instant.now()),
                    MediaType.APPLICATION_PDF,
                    zeile.name() + "-vorschau.pdf");
        }
        var gelesen = schritt.isEmpty() ? vorher : formular.lies(vorher, schritt, p);
        var werte = mitDateinamen(formular, gelesen, p.getOrDefault(Annahme.DA, new String[0]), p);
        if (p.containsKey("_zu") || schritt.isEmpty()) {
            return vorschau(seite, id, formular, werte, Formularumbau.eines(p, "_zu"), sprache, List.of());
        }
        if (Formular.umgebaut(p)
                || !formular.neuSichtbar(vorher, werte, schritt).isEmpty()) {
            return vorschau(seite, id, formular, werte, schritt, sprache, List.of());
        }
        var fehler = formular.pruefe(werte, schritt, sprache);
        if (!fehler.isEmpty()) {
            antwort.setStatus(Abgelehnt.Art.EINGABE.status());
            return vorschau(seite, id, formular, werte, schritt, sprache, fehler);
        }
        return vorschau(seite, id, formular, werte, naechster(formular, werte, schritt), sprache, List.of());
    }

    private static String naechster(Formular formular, Werte werte, String schritt) {
        var schritte =
                formular.zustaendigeSchritte(werte).stream().map(Schritt::id).toList();
        int stelle = schritte.indexOf(schritt);
        return stelle + 1 < schritte.size() ? schritte.get(stelle + 1) : "_ende";
    }

    /** The page sends no files, only their names: enough to see what a form does with them. */
    private static Werte mitDateinamen(
            Formular formular, Werte werte, String[] pfade, java.util.Map<String, String[]> p) {
        var mit = werte;
        for (var pfad : pfade) {
            var name = Formularumbau.eines(p, pfad);
            if (!name.isBlank()
                    && name.length() <= 200
                    && formular.nimmt(mit, pfad, name, 0).isEmpty()) {
                mit = mit.mitAnlage(pfad, new Anlage(Kennung.neu(), name, 0, "0".repeat(64)));
            }
        }
        return mit;
    }

    private static Werte werte(String json) {
        try {
            return json.isEmpty() ? Werte.LEER : Werte.aus(json);
        } catch (IllegalArgumentException e) {
            throw Abgelehnt.eingabe(
                    "Die Vorschau ist durcheinandergeraten. Am Formular hat sich nichts geändert. Bitte öffnen Sie sie neu.");
        }
    }
}
