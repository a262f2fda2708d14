package de.federwerk.schnittstelle;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.posteingang.Posteingangsbuch;
import de.federwerk.suche.Anfrage;
import de.federwerk.suche.Suche;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What Fachverfahren may look at: the Posteingangsbuch and the search, each only as far as their account sees. */
@RestController
@RequestMapping("/api/v1")
class LeseSchnittstelle {

    private static final int JE_SEITE = 100;

    record EingangAntwort(
            UUID id,
            String nummer,
            Instant eingegangen,
            String kanal,
            String dateiname,
            String status,
            @Nullable String medientyp) {}

    record TrefferAntwort(
            UUID id, String art, String titel, @Nullable String aktenzeichen) {}

    record SucheAntwort(
            long gesamt,
            List<TrefferAntwort> treffer,
            @Nullable String weiter) {}

    private final Posteingangsbuch buch;
    private final Suche suche;
    private final Berechtigungen berechtigungen;

    LeseSchnittstelle(Posteingangsbuch buch, Suche suche, Berechtigungen berechtigungen) {
        this.buch = buch;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
    }

    @GetMapping("/eingaenge")
    ResponseEntity<List<EingangAntwort>> eingaenge(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String weiter,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var liste = buch.seite(sicht, status, Posteingangsbuch.NEUESTE_ZUERST.lies(weiter), JE_SEITE);
        var antwort = ResponseEntity.ok()
                .header("X-Gesamt", String.valueOf(buch.anzahl(sicht, status).zahl()));
        if (liste.weiter() != null) {
            antwort.header("X-Weiter", liste.weiter());
        }
        return antwort.body(liste.zeilen().stream()
                .map(e -> new EingangAntwort(
                        e.id(), e.nummer(), e.eingegangen(), e.kanal(), e.dateiname(), e.status(), e.medientyp()))
                .toList());
    }

    @GetMapping("/suche")
    SucheAntwort suche(
            @RequestParam String q,
            @RequestParam(required = false) @Nullable String weiter,
            @AuthenticationPrincipal Anmeldung wer) {
        var liste = suche.suche(
                berechtigungen.sicht(wer.person(), Recht.LESEN),
                new Anfrage(q, null, Anfrage.NACH_RANG.lies(weiter), 20, Anfrage.Reihenfolge.RELEVANZ));
        return new SucheAntwort(
                liste.gesamt(),
                liste.treffer().stream()
                        .map(t -> new TrefferAntwort(t.id(), t.art(), t.titel(), t.aktenzeichen()))
                        .toList(),
                liste.weiter());
    }

    /** The description of this interface, the same file that lies in the repository. */
    @GetMapping(value = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource beschreibung() {
        return new ClassPathResource("openapi.json");
    }
}
