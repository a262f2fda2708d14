package de.federwerk.akte;

import static java.util.Objects.requireNonNullElse;

import de.federwerk.akte.Aktenartlisten.Filter;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenfeld;
import de.federwerk.aktenart.Feldtraeger;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Anzahl;
import de.federwerk.basis.NichtGefunden;
import de.federwerk.basis.Seite;
import de.federwerk.basis.Stelle;
import de.federwerk.basis.Tabellenausgabe;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.organisation.Anmeldung;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** All Akten of one Aktenart as a table of their fields: filtered by one of them, turned page by page, taken along as CSV. */
@Controller
class Aktenartlistenseiten {

    private static final int JE_SEITE = 50;
    /** Lines of a CSV; who wants more asks more narrowly. */
    private static final int ZEILEN = 10_000;

    private final Aktenarten arten;
    private final Aktenartlisten listen;
    private final Berechtigungen berechtigungen;

    Aktenartlistenseiten(Aktenarten arten, Aktenartlisten listen, Berechtigungen berechtigungen) {
        this.arten = arten;
        this.listen = listen;
        this.berechtigungen = berechtigungen;
    }

    @GetMapping("/aktenarten/{id}")
    @Transactional(readOnly = true)
    public String akten(
            @PathVariable UUID id,
            Gefragt gefragt,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return liste(Feldtraeger.AKTE, id, gefragt, ab, seite, wer);
    }

    /** As {@link #akten}: the Vorgänge in them. */
    @GetMapping("/aktenarten/{id}/vorgaenge")
    @Transactional(readOnly = true)
    public String vorgaenge(
            @PathVariable UUID id,
            Gefragt gefragt,
            @RequestParam(required = false) @Nullable String ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return liste(Feldtraeger.VORGANG, id, gefragt, ab, seite, wer);
    }

    private String liste(
            Feldtraeger traeger, UUID id, Gefragt gefragt, @Nullable String ab, Model seite, Anmeldung wer) {
        var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
        var felder = arten.felder(traeger, id, false);
        seite.addAttribute("art", art(id));
        seite.addAttribute("traeger", traeger);
        seite.addAttribute(
                "mitVorgangsfeldern",
                !arten.felder(Feldtraeger.VORGANG, id, false).isEmpty());
        seite.addAttribute("spalten", felder.stream().filter(Aktenfeld::inListe).toList());
        seite.addAttribute("felder", felder);
        seite.addAttribute("gefragt", gefragt);
        try {
            var filter = gefragt.filter(felder);
            seite.addAttribute(
                    "liste",
                    listen.von(
                            sicht,
                            traeger,
                            id,
                            filter,
                            Aktenartlisten.ordnung(traeger).lies(ab),
                            JE_SEITE));
            seite.addAttribute("gesamt", listen.anzahl(sicht, traeger, id, filter));
            seite.addAttribute("fehler", "");
        } catch (Abgelehnt e) {
            seite.addAttribute("liste", Seite.leer());
            seite.addAttribute("gesamt", new Anzahl(0, false));
            seite.addAttribute("fehler", String.valueOf(e.getMessage()));
        }
        return "akte/aktenart";
    }

    /** As it stands in the address. @param feld by which is asked @param q part of what stands in it */
    record Gefragt(@Nullable UUID feld, String q, String von, String bis) {

        /** What is not in the address is not asked for. */
        Gefragt {
            q = requireNonNullElse(q, "");
            von = requireNonNullElse(von, "");
            bis = requireNonNullElse(bis, "");
        }

        private Filter filter(List<Aktenfeld> felder) {
            return felder.stream()
                    .filter(f -> f.id().equals(feld))
                    .findFirst()
                    .map(f -> new Filter(f, q, von, bis).geprueft())
                    .orElse(Filter.KEINER);
        }

        /** The address of this list, or of its CSV, with what was asked for. */
        String adresse(String pfad) {
            var adresse = UriComponentsBuilder.fromPath(pfad);
            if (feld != null) {
                adresse.queryParam("feld", feld);
            }
            return adresse.queryParam("q", "{q}")
                    .queryParam("von", "{von}")
                    .queryParam("bis", "{bis}")
                    .encode()
                    .buildAndExpand(q, von, bis)
                    .toUriString();
        }
    }

    private Aktenarten.Wahl art(UUID id) {
        return arten.finde(id).orElseThrow(() -> new NichtGefunden("Diese Aktenart gibt es nicht."));
    }

    @GetMapping(value = "/aktenarten/{id}/akten.csv", produces = "text/csv; charset=UTF-8")
    @Transactional(readOnly = true)
    public ResponseEntity<String> aktenAlsTabelle(
            @PathVariable UUID id, Gefragt gefragt, @AuthenticationPrincipal Anmeldung wer) {
        return csv(Feldtraeger.AKTE, id, gefragt, "akten.csv", wer);
    }

    @GetMapping(value = "/aktenarten/{id}/vorgaenge.csv", produces = "text/csv; charset=UTF-8")
    @Transactional(readOnly = true)
    public ResponseEntity<String> vorgaengeAlsTabelle(
            @PathVariable UUID id, Gefragt gefragt, @AuthenticationPrincipal Anmeldung wer) {
        return csv(Feldtraeger.VORGANG, id, gefragt, "vorgaenge.csv", wer);
    }

    private ResponseEntity<String> csv(Feldtraeger traeger, UUID id, Gefragt gefragt, String name, Anmeldung wer) {
        art(id);
        var felder = arten.felder(traeger, id, false);
        var text = new StringBuilder(Tabellenausgabe.MARKE + "aktenzeichen;titel;einheit;stand");
        felder.forEach(f -> text.append(';').append(Tabellenausgabe.zelle(f.name())));
        text.append("\r\n");
        var zeilen = listen.von(
                        berechtigungen.sicht(wer.person(), Recht.LESEN),
                        traeger,
                        id,
                        gefragt.filter(felder),
                        Stelle.ANFANG,
                        ZEILEN)
                .zeilen();
        for (var z : zeilen) {
            text.append(Tabellenausgabe.zelle(z.aktenzeichen()))
                    .append(';')
                    .append(Tabellenausgabe.zelle(z.titel()))
                    .append(';')
                    .append(Tabellenausgabe.zelle(z.einheit()))
                    .append(';')
                    .append(z.offen() ? "offen" : "zdA");
            felder.forEach(f ->
                    text.append(';').append(Tabellenausgabe.zelle(z.werte().getOrDefault(f.id(), ""))));
            text.append("\r\n");
        }
        return ResponseEntity.ok()
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .body(text.toString());
    }
}
