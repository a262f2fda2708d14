package de.federwerk.aktenplan;

import static de.federwerk.basis.Mandantenkontext.mandant;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.FrischAngemeldet;
import de.federwerk.organisation.Personen;
import de.federwerk.organisation.Rolle;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** The plan as a file, in and out, and its Fassungen: what is planned, how it was on a day. For the role ADMINISTRATION. */
@Controller
@FrischAngemeldet
class Fassungsseiten {

    private static final String SEITE = "/verwaltung/aktenplan/fassungen";
    private static final int GEZEIGT = 500;

    /** One line of a comparison. */
    record Unterschied(String kennzeichen, String titel, String art, String was) {}

    private final JdbcClient datenbank;
    private final Planfassungen fassungen;
    private final Planlesung lesung;
    private final Planwerk werk;
    private final Personen personen;

    Fassungsseiten(JdbcClient datenbank, Planfassungen fassungen, Planlesung lesung, Planwerk werk, Personen personen) {
        this.datenbank = datenbank;
        this.fassungen = fassungen;
        this.lesung = lesung;
        this.werk = werk;
        this.personen = personen;
    }

    /** @param tag as of which the plan is shown @param gegen the day it is compared with */
    @GetMapping(SEITE)
    String liste(
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tag,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate gegen,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return liste(seite, wer, tag, gegen, "");
    }

    private String liste(
            Model seite, Anmeldung wer, @Nullable LocalDate tag, @Nullable LocalDate gegen, String fehler) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var heute = LocalDate.now(Anzeige.ZONE);
        seite.addAttribute("fassungen", fassungen.alle());
        seite.addAttribute("fehler", fehler);
        seite.addAttribute("heute", heute);
        seite.addAttribute("tag", tag);
        seite.addAttribute("gegen", gegen);
        if (tag != null) {
            var anderer = gegen == null ? heute : gegen;
            var frueher = tag.isBefore(anderer) ? tag : anderer;
            var spaeter = tag.isBefore(anderer) ? anderer : tag;
            var davor = fassungen.bildAm(frueher);
            var danach = fassungen.bildAm(spaeter);
            var alle = Planwerk.unterschiede(davor, danach);
            seite.addAttribute("frueher", frueher);
            seite.addAttribute("spaeter", spaeter);
            seite.addAttribute("zahl", alle.size());
            seite.addAttribute(
                    "unterschiede",
                    alle.stream()
                            .limit(GEZEIGT)
                            .map(a -> zeile(a, davor, danach))
                            .toList());
            seite.addAttribute(
                    "knoten",
                    fassungen.bildAm(tag).knoten().stream().limit(5_000).toList());
        }
        return "aktenplan/fassungen";
    }

    private static Unterschied zeile(Planaenderung a, Planbild davor, Planbild danach) {
        return new Unterschied(
                a.nachher().kennzeichen(), a.nachher().titel(), a.art().wort(), a.inWorten(davor, danach));
    }

    @PostMapping(SEITE)
    String lege(
            @RequestParam("datei") MultipartFile datei,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate ab,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort)
            throws IOException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        try (var strom = datei.getInputStream()) {
            var bytes = strom.readNBytes(Plandatei.BYTES + 1);
            return "redirect:" + SEITE + "/"
                    + lesung.lege(wer, Objects.requireNonNullElse(datei.getOriginalFilename(), ""), bytes, ab);
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return liste(seite, wer, null, null, String.valueOf(e.getMessage()));
        }
    }

    @GetMapping(SEITE + "/{id}")
    String zeige(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean beenden,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer) {
        return fassung(id, beenden, seite, wer, "");
    }

    private String fassung(UUID id, boolean beenden, Model seite, Anmeldung wer, String fehler) {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var fassung = fassungen.fassung(id);
        seite.addAttribute("fassung", fassung);
        seite.addAttribute("beenden", beenden);
        seite.addAttribute("gezeigt", GEZEIGT);
        var vorschau = fassung.offen() ? lesung.vorschau(id, beenden) : null;
        seite.addAttribute("vorschau", vorschau);
        if (vorschau != null) {
            var endende = vorschau.ergebnis().aenderungen().stream()
                    .filter(a -> a.art() == Planaenderung.Art.BEENDET)
                    .map(Planaenderung::nachher)
                    .toList();
            seite.addAttribute("offene", Planworte.offeneAkten(werk.offene(endende)));
        }
        var bild = fassungen.bildAm(LocalDate.now(Anzeige.ZONE));
        var geplant = fassungen.geplant(id);
        var danach = bild.mit(geplant);
        seite.addAttribute(
                "geplant",
                geplant.stream().limit(GEZEIGT).map(a -> zeile(a, bild, danach)).toList());
        seite.addAttribute("fehler", fehler);
        return "aktenplan/fassung";
    }

    @PostMapping(SEITE + "/{id}/uebernahme")
    String uebernimm(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String gesehen,
            @RequestParam(defaultValue = "false") boolean beenden,
            Model seite,
            @AuthenticationPrincipal Anmeldung wer,
            HttpServletResponse antwort) {
        try {
            lesung.uebernimm(wer, id, gesehen, beenden);
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return fassung(id, beenden, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    @PostMapping(SEITE + "/{id}/ruecknahme")
    String nimmZurueck(
            @PathVariable UUID id, Model seite, @AuthenticationPrincipal Anmeldung wer, HttpServletResponse antwort) {
        try {
            fassungen.nimmZurueck(wer, id);
            return "redirect:" + SEITE + "/" + id;
        } catch (Abgelehnt e) {
            antwort.setStatus(e.art().status());
            return fassung(id, false, seite, wer, String.valueOf(e.getMessage()));
        }
    }

    /** The plan of a day as a file. */
    @GetMapping("/verwaltung/aktenplan/ausgabe")
    ResponseEntity<byte[]> gibAus(
            @RequestParam(defaultValue = "csv") String format,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate tag,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException, XMLStreamException {
        personen.verlange(wer.person(), Rolle.ADMINISTRATION);
        var am = tag == null ? LocalDate.now(Anzeige.ZONE) : tag;
        var bild = fassungen.bildAm(am);
        var aus = new ByteArrayOutputStream();
        var art = switch (format) {
            case "csv" -> List.of("csv", "text/csv;charset=UTF-8");
            case "xlsx" -> List.of("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
            case "xdomea" -> List.of("xml", "application/xml");
            default -> throw Abgelehnt.eingabe("Möglich sind csv, xlsx und xdomea.");
        };
        switch (format) {
            case "csv" -> Planausgabe.csv(bild, aus);
            case "xlsx" -> Planausgabe.xlsx(bild, aus);
            default -> Xdomeaschreiber.schreibe(bild, behoerde(), am, aus);
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, art.get(1))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("Aktenplan-" + am + "." + art.getFirst())
                                .build()
                                .toString())
                .body(aus.toByteArray());
    }

    private String behoerde() {
        return datenbank
                .sql("SELECT name FROM mandant WHERE id = ?")
                .param(mandant())
                .query(String.class)
                .single();
    }
}
