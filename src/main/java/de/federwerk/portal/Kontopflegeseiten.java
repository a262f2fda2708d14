package de.federwerk.portal;

import de.federwerk.antrag.Antraege;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.konto.Datensafe;
import de.federwerk.konto.Kontositzungen;
import de.federwerk.postfach.Nachrichten;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/** One's own Konto: where it is signed in, another password, all that it holds as a file, its end. */
@Portalseite
class Kontopflegeseiten {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Kontositzungen sitzungen;
    private final Antraege antraege;
    private final Nachrichten nachrichten;
    private final Datensafe safe;
    private final Portalbremse bremse;

    Kontopflegeseiten(
            Kontositzungen sitzungen, Antraege antraege, Nachrichten nachrichten, Datensafe safe, Portalbremse bremse) {
        this.sitzungen = sitzungen;
        this.antraege = antraege;
        this.nachrichten = nachrichten;
        this.safe = safe;
        this.bremse = bremse;
    }

    @GetMapping("/portal/konto")
    String zeige(HttpServletRequest anfrage, Model seite) {
        return zeige("", anfrage, seite);
    }

    private String zeige(String fehler, HttpServletRequest anfrage, Model seite) {
        var sitzung = Kontokeks.SITZUNG.hash(anfrage);
        var wer = sitzungen.wer(sitzung);
        if (wer.isEmpty()) {
            return "redirect:/portal/konto/anmelden";
        }
        seite.addAttribute("wer", wer.get());
        seite.addAttribute("sitzungen", sitzungen.alle(sitzung));
        seite.addAttribute(
                "fremde",
                antraege.meine().stream()
                        .filter(a -> a.entwurf() && !a.imKonto())
                        .toList());
        seite.addAttribute("fehler", fehler);
        return "portal/konto";
    }

    @PostMapping("/portal/konto/sitzungen/ende")
    String meldeAndereAb(HttpServletRequest anfrage) {
        sitzungen.meldeAndereAb(Kontokeks.SITZUNG.hash(anfrage));
        return "redirect:/portal/konto";
    }

    @PostMapping("/portal/konto/passwort")
    String aenderePasswort(
            @RequestParam(defaultValue = "") String altes,
            @RequestParam(defaultValue = "") String neues,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        try {
            verlangeRuhe(anfrage, r);
            sitzungen.aenderePasswort(Kontokeks.SITZUNG.hash(anfrage), altes, neues, r.stadt());
        } catch (Abgelehnt nein) {
            return zeige(Kontoseiten.fehler(nein, antwort), anfrage, seite);
        }
        Kontokeks.SITZUNG.vergiss(anfrage, antwort);
        return "redirect:/portal/konto/anmelden";
    }

    @PostMapping("/portal/konto/loeschen")
    String loesche(
            @RequestParam(defaultValue = "") String passwort,
            @ModelAttribute("r") Portalrahmen r,
            HttpServletRequest anfrage,
            HttpServletResponse antwort,
            Model seite) {
        try {
            verlangeRuhe(anfrage, r);
            sitzungen.loesche(Kontokeks.SITZUNG.hash(anfrage), passwort);
        } catch (Abgelehnt nein) {
            return zeige(Kontoseiten.fehler(nein, antwort), anfrage, seite);
        }
        Kontokeks.SITZUNG.vergiss(anfrage, antwort);
        seite.addAttribute("titel", "konto.geloescht.titel");
        seite.addAttribute("was", "konto.geloescht.was");
        return "portal/kontohinweis";
    }

    /** Nobody guesses the password at a session that was left open. @throws Abgelehnt (GRENZE) */
    private void verlangeRuhe(HttpServletRequest anfrage, Portalrahmen r) {
        if (!bremse.zaehleAnmeldung(anfrage)) {
            throw new Abgelehnt(Abgelehnt.Art.GRENZE, r.wort("konto.gebremst"));
        }
    }

    /** What was begun in this browser without a Konto. */
    @PostMapping("/portal/konto/entwuerfe/{id}")
    String uebernimm(@PathVariable UUID id) {
        antraege.uebernimm(id);
        return "redirect:/portal/antraege/" + id;
    }

    /** All that the Konto holds (Art. 15 and 20 GDPR); the Akten have their own way to ask. */
    @GetMapping("/portal/konto/daten.json")
    ResponseEntity<byte[]> daten(HttpServletRequest anfrage) {
        var sitzung = Kontokeks.SITZUNG.hash(anfrage);
        var wer = sitzungen
                .wer(sitzung)
                .orElseThrow(() -> Abgelehnt.recht("Dafür melden Sie sich bitte mit Ihrem Konto an."));
        var alles = new LinkedHashMap<String, Object>();
        alles.put("konto", Map.of("name", wer.name(), "email", wer.email()));
        alles.put(
                "sitzungen",
                sitzungen.alle(sitzung).stream()
                        .map(s -> Map.of(
                                "geraet", s.geraet(),
                                "angelegt", s.angelegt().toString(),
                                "zuletzt", s.zuletzt().toString()))
                        .toList());
        alles.put(
                "datensafe",
                safe.meine().stream()
                        .map(d -> Map.of(
                                "art", d.art().kennung(),
                                "wert", d.gezeigt(),
                                "herkunft", d.herkunft(),
                                "seit", d.seit().toString()))
                        .toList());
        alles.put(
                "antraege",
                antraege.meine().stream()
                        .filter(Antraege.Antrag::imKonto)
                        .map(this::alsMap)
                        .toList());
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("konto.json")
                                .build()
                                .toString())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(alles));
    }

    private Map<String, Object> alsMap(Antraege.Antrag antrag) {
        var map = new LinkedHashMap<String, Object>();
        map.put("titel", antrag.titel());
        map.put("stand", antrag.stand().name().toLowerCase(java.util.Locale.ROOT));
        map.put("gesendet", antrag.gesendet() == null ? null : antrag.gesendet().toString());
        map.put("eingaben", antrag.werte().eingaben());
        map.put(
                "nachrichten",
                antrag.entwurf()
                        ? java.util.List.of()
                        : nachrichten.zu(antrag.id()).stream()
                                .map(n -> Map.of(
                                        "art", n.art().kennung(),
                                        "betreff", n.betreff(),
                                        "text", n.text(),
                                        "gesendet", n.gesendet().toString()))
                                .toList());
        return map;
    }
}
