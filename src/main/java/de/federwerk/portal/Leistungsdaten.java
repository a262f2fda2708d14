package de.federwerk.portal;

import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Sprache;
import de.federwerk.leistung.Leistungen;
import de.federwerk.leistung.Merkmale;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The published catalogue as JSON, for the town's own site and others: what everybody may read, in one language. */
@RestController
class Leistungsdaten {

    private static final Duration FRISCH = Duration.ofMinutes(5);

    private final Leistungen leistungen;

    Leistungsdaten(Leistungen leistungen) {
        this.leistungen = leistungen;
    }

    @GetMapping("/portal/leistungen.json")
    ResponseEntity<Map<String, Object>> alle(
            @RequestParam(defaultValue = "de") String sprache, @RequestParam(defaultValue = "") String q) {
        var in = Sprache.von(sprache);
        var antwort = new LinkedHashMap<String, Object>();
        antwort.put("sprache", in.lang());
        if (q.isBlank()) {
            antwort.put(
                    "leistungen",
                    leistungen.alle(in).stream().map(Leistungen.Zeile::alsMap).toList());
            antwort.put(
                    "lebenslagen",
                    leistungen.lebenslagen(in).stream()
                            .map(Leistungen.Gruppe::alsMap)
                            .toList());
        } else {
            antwort.put(
                    "leistungen",
                    leistungen.suche(q, in).stream()
                            .map(Leistungen.Treffer::alsMap)
                            .toList());
        }
        return fuerAlle(antwort);
    }

    @GetMapping("/portal/leistungen/{kurzname:[a-z0-9-]{1,60}}.json")
    ResponseEntity<Map<String, Object>> eine(
            @PathVariable String kurzname, @RequestParam(defaultValue = "de") String sprache) {
        var in = Sprache.von(sprache);
        var antwort = leistungen
                .finde(kurzname, in)
                .orElseThrow(() -> new NichtGefunden("Diese Leistung gibt es nicht."))
                .alsMap();
        antwort.put(
                "zustaendig",
                leistungen.zustaendig(kurzname, Merkmale.KEINE).dienststelle().stream()
                        .map(d -> d.alsMap(Instant.now(), in))
                        .toList());
        return fuerAlle(antwort);
    }

    private static ResponseEntity<Map<String, Object>> fuerAlle(Map<String, Object> antwort) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRISCH).cachePublic())
                .header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .body(antwort);
    }
}
