package de.federwerk.leistung;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Kennung;
import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Dienststellen.Angaben;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where citizens go to: address, rooms, hours. */
@Controller
class Dienststellenseiten {

    private static final String ALLE = Katalogseiten.ALLE + "/dienststellen";
    private static final UUID KEINE = new UUID(0, 0);

    private final Dienststellen dienststellen;
    private final Einheiten einheiten;
    private final Personen personen;

    Dienststellenseiten(Dienststellen dienststellen, Einheiten einheiten, Personen personen) {
        this.dienststellen = dienststellen;
        this.einheiten = einheiten;
        this.personen = personen;
    }

    /** @param jetzt e.g. „heute geöffnet bis 18 Uhr“ */
    record Zeile(Dienststelle dienststelle, String einheit, String jetzt) {}

    @GetMapping(ALLE)
    String alle(Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var baum = einheiten.baum();
        var jetzt = Instant.now();
        seite.addAttribute(
                "zeilen",
                dienststellen.alle().stream()
                        .map(d -> new Zeile(
                                d,
                                baum.stream()
                                        .filter(e -> e.id().equals(d.einheit()))
                                        .map(Einheiten.Einheit::kuerzel)
                                        .findFirst()
                                        .orElse("aufgelöst"),
                                d.jetzt(jetzt, Sprache.DE)))
                        .toList());
        seite.addAttribute("neueId", Kennung.neu());
        return "leistung/dienststellen";
    }

    /** Also the empty form of one that does not exist yet: {@code neu} is what the list proposes as its id. */
    @GetMapping(ALLE + "/neu")
    String neu(@RequestParam(required = false) @Nullable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var leer = new Angaben(KEINE, "", "", "", "", "", "", "", List.of(), "", true);
        return eine(seite, id == null ? Kennung.neu() : id, true, 0, leer, "");
    }

    @GetMapping(ALLE + "/{id}")
    String eine(@PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var d = dienststellen.eine(id);
        return eine(seite, id, false, d.aenderung(), angaben(d), "");
    }

    private static Angaben angaben(Dienststelle d) {
        return new Angaben(
                d.einheit(),
                d.name(),
                d.strasse(),
                d.ort(),
                d.raum(),
                d.telefon(),
                d.mail(),
                d.barrierefreiheit(),
                Arrays.stream(DayOfWeek.values()).map(d.zeiten()::zeile).toList(),
                d.zeiten().schliesszeilen(),
                false);
    }

    private String eine(Model seite, UUID id, boolean neu, int aenderung, Angaben angaben, String fehler) {
        seite.addAttribute("id", id);
        seite.addAttribute("neu", neu);
        seite.addAttribute("aenderung", aenderung);
        seite.addAttribute("angaben", angaben);
        seite.addAttribute("einheiten", einheiten.baum());
        seite.addAttribute("fehler", fehler);
        return "leistung/dienststelle";
    }

    @PostMapping(ALLE)
    String richteEin(
            @RequestParam MultiValueMap<String, String> felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var id = kennung(felder.getFirst("id"));
        var neue = id.equals(KEINE) ? Kennung.neu() : id;
        var angaben = getippt(felder);
        try {
            dienststellen.richteEin(wer, neue, angaben);
            return "redirect:" + ALLE;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eine(seite, neue, true, 0, angaben, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(ALLE + "/{id}")
    String aendere(
            @PathVariable UUID id,
            @RequestParam MultiValueMap<String, String> felder,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        var angaben = getippt(felder);
        int aenderung = Leistungsformular.zahl(felder.getFirst("aenderung"));
        try {
            dienststellen.aendere(wer, id, aenderung, angaben);
            return "redirect:" + ALLE;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return eine(seite, id, false, aenderung, angaben, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(ALLE + "/{id}/ende")
    String beende(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        personen.verlange(wer.person(), Rolle.LEISTUNGEN);
        try {
            dienststellen.beende(wer, id);
            return "redirect:" + ALLE;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            var d = dienststellen.eine(id);
            return eine(seite, id, false, d.aenderung(), angaben(d), String.valueOf(e.getMessage()));
        }
    }

    private static Angaben getippt(MultiValueMap<String, String> f) {
        var tage = new ArrayList<String>();
        for (var tag : DayOfWeek.values()) {
            tage.add(wert(f, "tag" + tag.getValue()));
        }
        return new Angaben(
                kennung(f.getFirst("einheit")),
                wert(f, "name"),
                wert(f, "strasse"),
                wert(f, "ort"),
                wert(f, "raum"),
                wert(f, "telefon"),
                wert(f, "mail"),
                wert(f, "barrierefreiheit"),
                tage,
                wert(f, "schliesstage"),
                f.containsKey("feiertage"));
    }

    private static String wert(MultiValueMap<String, String> f, String name) {
        var wert = f.getFirst(name);
        return wert == null ? "" : wert.strip();
    }

    private static UUID kennung(@Nullable String text) {
        try {
            return text == null ? KEINE : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return KEINE;
        }
    }
}
