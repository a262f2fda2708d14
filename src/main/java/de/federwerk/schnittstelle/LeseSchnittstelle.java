package de.federwerk.schnittstelle;

import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.posteingang.Eingaenge;
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
    private static final int SEITEN = 10_000;

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

    record SucheAntwort(long gesamt, List<TrefferAntwort> treffer) {}

    private final Eingaenge eingaenge;
    private final Suche suche;
    private final Berechtigungen berechtigungen;

    LeseSchnittstelle(Eingaenge eingaenge, Suche suche, Berechtigungen berechtigungen) {
        this.eingaenge = eingaenge;
        this.suche = suche;
        this.berechtigungen = berechtigungen;
    }

    @GetMapping("/eingaenge")
    ResponseEntity<List<EingangAntwort>> eingaenge(
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = "1") int seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.METADATEN);
        var versatz = (Math.clamp(seite, 1, SEITEN) - 1) * JE_SEITE;
        return ResponseEntity.ok()
                .header("X-Gesamt", String.valueOf(eingaenge.anzahl(sicht, status)))
                .body(eingaenge.liste(sicht, status, versatz, JE_SEITE).stream()
                        .map(e -> new EingangAntwort(
                                e.id(),
                                e.nummer(),
                                e.eingegangen(),
                                e.kanal(),
                                e.dateiname(),
                                e.status(),
                                e.medientyp()))
                        .toList());
    }

    @GetMapping("/suche")
    SucheAntwort suche(
            @RequestParam String q,
            @RequestParam(defaultValue = "1") int seite,
            @AuthenticationPrincipal Anmeldung wer) {
        var liste = suche.suche(
                berechtigungen.sicht(wer.person(), Recht.LESEN),
                new Anfrage(q, null, Math.clamp(seite, 1, 100), 20, Anfrage.Reihenfolge.RELEVANZ));
        return new SucheAntwort(
                liste.gesamt(),
                liste.treffer().stream()
                        .map(t -> new TrefferAntwort(t.id(), t.art(), t.titel(), t.aktenzeichen()))
                        .toList());
    }

    /** The description of this interface, the same file that lies in the repository. */
    @GetMapping(value = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource beschreibung() {
        return new ClassPathResource("openapi.json");
    }
}
