package de.federwerk.schnittstelle;

import static java.util.Objects.requireNonNull;

import de.federwerk.ablage.Blobs;
import de.federwerk.akte.Akten;
import de.federwerk.akte.Aktenanlage;
import de.federwerk.akte.Aktenfelder;
import de.federwerk.akte.Aktenteile;
import de.federwerk.akte.Dokumente;
import de.federwerk.akte.Dokumente.Angaben;
import de.federwerk.akte.Vorgaenge;
import de.federwerk.aktenart.Aktenarten;
import de.federwerk.aktenart.Aktenwerte;
import de.federwerk.aktenplan.Aktenplan;
import de.federwerk.basis.Abgelehnt;
import de.federwerk.basis.Einmal;
import de.federwerk.basis.Kennung;
import de.federwerk.berechtigung.Berechtigungen;
import de.federwerk.berechtigung.Recht;
import de.federwerk.datei.Dateien;
import de.federwerk.organisation.Anmeldung;
import de.federwerk.organisation.Einheiten;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Akten, Vorgänge, Dokumente for Fachverfahren. Whoever sends an {@code Idempotency-Key} (a UUID) may send a request again after a
 * broken line: it is carried out once.
 */
@RestController
@RequestMapping("/api/v1")
class AktenSchnittstelle {

    /** Largest JSON part beside a file, in bytes. */
    private static final int METADATEN = 64 * 1024;

    record NeueAkte(
            @Nullable String titel,
            @Nullable String aktenplan,
            @Nullable String einheit,
            @Nullable String aktenart,
            @Nullable Map<String, String> felder) {}

    /** @param teil a Band or a Teilakte of the Akte */
    record NeuerVorgang(@Nullable String titel, @Nullable UUID teil) {}

    record Metadaten(
            @Nullable String titel,
            @Nullable String dokumentart,
            @Nullable String absender,
            @Nullable LocalDate schreibenVom,
            @Nullable UUID gehoertZu) {}

    /** @param felder of its Aktenart, by their names, as they are written; without those in which nothing stands */
    record AkteAntwort(
            UUID id,
            String aktenzeichen,
            String titel,
            String stand,
            @Nullable String aktenart,
            Map<String, String> felder,
            List<TeilAntwort> teile) {}

    /** @param art {@code band} or {@code teilakte} */
    record TeilAntwort(
            UUID id,
            String art,
            String name,
            LocalDate laufzeitVon,
            @Nullable LocalDate laufzeitBis) {}

    /** @param teil the Band or Teilakte it lies in @param felder as those of an Akte */
    record VorgangAntwort(
            UUID id,
            UUID akte,
            String aktenzeichen,
            String titel,
            String stand,
            @Nullable UUID teil,
            Map<String, String> felder) {}

    record DokumentAntwort(
            UUID id, UUID vorgang, String titel, String dokumentart, int version, String dateiname, long laenge) {}

    private final Akten akten;
    private final Vorgaenge vorgaenge;
    private final Dokumente dokumente;
    private final Aktenarten arten;
    private final Aktenfelder felder;
    private final Aktenanlage anlage;
    private final Aktenteile teile;
    private final Aktenplan plan;
    private final Einheiten einheiten;
    private final Berechtigungen berechtigungen;
    private final Blobs blobs;
    private final Dateien dateien;
    private final Einmal einmal;
    private final TransactionTemplate transaktion;
    private final JsonMapper json = JsonMapper.builder().build();

    AktenSchnittstelle(
            Akten akten,
            Vorgaenge vorgaenge,
            Dokumente dokumente,
            Aktenarten arten,
            Aktenfelder felder,
            Aktenanlage anlage,
            Aktenteile teile,
            Aktenplan plan,
            Einheiten einheiten,
            Berechtigungen berechtigungen,
            Blobs blobs,
            Dateien dateien,
            Einmal einmal,
            TransactionTemplate transaktion) {
        this.akten = akten;
        this.vorgaenge = vorgaenge;
        this.dokumente = dokumente;
        this.arten = arten;
        this.felder = felder;
        this.anlage = anlage;
        this.teile = teile;
        this.plan = plan;
        this.einheiten = einheiten;
        this.berechtigungen = berechtigungen;
        this.blobs = blobs;
        this.dateien = dateien;
        this.einmal = einmal;
        this.transaktion = transaktion;
    }

    @PostMapping("/akten")
    ResponseEntity<AkteAntwort> akte(
            @RequestBody NeueAkte neu,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable UUID schluessel,
            @AuthenticationPrincipal Anmeldung wer) {
        var knoten = plan.gemeint(neu.aktenplan() == null ? "" : neu.aktenplan())
                .orElseThrow(
                        () -> Abgelehnt.eingabe(
                                "„aktenplan“ muss das Kennzeichen einer Position nennen, unter der Akten angelegt werden, z. B. 66.20.03."));
        var einheit = (neu.einheit() == null ? einheiten.von(wer.person()) : einheiten.mitKuerzel(neu.einheit()))
                .orElseThrow(() ->
                        Abgelehnt.eingabe("„einheit“ muss das Kürzel der federführenden Organisationseinheit nennen."));
        var id = schluessel == null ? Kennung.neu() : schluessel;
        var akte = requireNonNull(transaktion.execute(t -> {
            var angelegt = anlage.legeAn(
                    wer, id, new Akten.Neu(knoten.id(), einheit, neu.titel(), aktenart(neu.aktenart()), false));
            if (neu.felder() != null && !neu.felder().isEmpty()) {
                felder.trageEin(wer, angelegt.id(), neu.felder());
            }
            return angelegt;
        }));
        return ResponseEntity.created(URI.create("/api/v1/akten/" + akte.id())).body(antwort(akte));
    }

    @GetMapping("/akten/{id}")
    AkteAntwort akte(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var akte = akten.akte(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        return antwort(akte);
    }

    /** Fields that are not named stay as they are; an empty text takes a value away. */
    @PatchMapping("/akten/{id}/felder")
    AkteAntwort felder(
            @PathVariable UUID id, @RequestBody Map<String, String> werte, @AuthenticationPrincipal Anmeldung wer) {
        felder.trageEin(wer, id, werte);
        return akte(id, wer);
    }

    private AkteAntwort antwort(Akten.Akte akte) {
        return new AkteAntwort(
                akte.id(),
                akte.aktenzeichen(),
                akte.titel(),
                akte.stand(),
                akte.aktenart(),
                ausgefuellt(felder.von(akte)),
                teile.von(akte.id()).stream()
                        .map(t -> new TeilAntwort(t.id(), t.art(), t.name(), t.laufzeitVon(), t.laufzeitBis()))
                        .toList());
    }

    private static Map<String, String> ausgefuellt(List<Aktenwerte.Feldwert> werte) {
        var ausgefuellt = new LinkedHashMap<String, String>();
        werte.stream()
                .filter(w -> !w.text().isEmpty())
                .forEach(w -> ausgefuellt.putIfAbsent(w.feld().name(), w.text()));
        return ausgefuellt;
    }

    private @Nullable UUID aktenart(@Nullable String name) {
        return name == null
                ? null
                : arten.wahl().stream()
                        .filter(a -> a.name().equalsIgnoreCase(name.strip()))
                        .findFirst()
                        .map(Aktenarten.Wahl::id)
                        .orElseThrow(() -> Abgelehnt.eingabe("„aktenart“ nennt keine Aktenart dieser Behörde."));
    }

    @GetMapping("/vorgaenge/{id}")
    VorgangAntwort vorgang(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return antwort(vorgaenge.vorgang(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
    }

    private VorgangAntwort antwort(Vorgaenge.Vorgang vorgang) {
        return new VorgangAntwort(
                vorgang.id(),
                vorgang.akteId(),
                vorgang.aktenzeichen(),
                vorgang.titel(),
                vorgang.stand(),
                vorgang.teilId(),
                ausgefuellt(felder.von(vorgang)));
    }

    /** As with an Akte. */
    @PatchMapping("/vorgaenge/{id}/felder")
    VorgangAntwort vorgangsfelder(
            @PathVariable UUID id, @RequestBody Map<String, String> werte, @AuthenticationPrincipal Anmeldung wer) {
        felder.trageEinVorgang(wer, id, werte);
        return vorgang(id, wer);
    }

    @GetMapping("/dokumente/{id}")
    DokumentAntwort dokument(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        return antwort(dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id));
    }

    @PostMapping("/akten/{id}/vorgaenge")
    ResponseEntity<VorgangAntwort> vorgang(
            @PathVariable UUID id,
            @RequestBody NeuerVorgang neu,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable UUID schluessel,
            @AuthenticationPrincipal Anmeldung wer) {
        var vorgang = vorgaenge.eroeffne(
                wer, schluessel == null ? Kennung.neu() : schluessel, id, neu.titel(), false, neu.teil());
        return ResponseEntity.created(URI.create("/api/v1/vorgaenge/" + vorgang.id()))
                .body(antwort(vorgang));
    }

    /** Streams the file into the Ablage as it arrives; only then the database is asked to take it. */
    @PostMapping(value = "/vorgaenge/{id}/dokumente", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    ResponseEntity<DokumentAntwort> dokument(
            @PathVariable UUID id,
            HttpServletRequest anfrage,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable UUID schluessel,
            @AuthenticationPrincipal Anmeldung wer)
            throws IOException {
        var schon = transaktion.execute(t -> schonDa(wer, schluessel, id));
        if (schon.isPresent()) {
            return angelegt(schon.get());
        }
        blobs.verlangePlatzFuer(anfrage.getContentLengthLong());
        var metadaten = new Metadaten(null, null, null, null, null);
        de.federwerk.ablage.Blob bytes = null;
        var dateiname = "";
        for (var teile = new JakartaServletFileUpload<>().getItemIterator(anfrage); teile.hasNext(); ) {
            var teil = teile.next();
            if ("datei".equals(teil.getFieldName())) {
                if (bytes != null) {
                    throw Abgelehnt.eingabe(
                            "Der Teil „datei“ kommt mehrfach vor. Jedes Dokument braucht eine eigene Anfrage; es wurde nichts abgelegt.");
                }
                dateiname = teil.getName() == null ? "" : teil.getName();
                try (var strom = teil.getInputStream()) {
                    bytes = blobs.schreibe(strom);
                }
            } else if ("metadaten".equals(teil.getFieldName())) {
                try (var strom = teil.getInputStream()) {
                    metadaten = lies(strom.readNBytes(METADATEN));
                }
            }
        }
        if (bytes == null) {
            throw Abgelehnt.eingabe("Der Teil „datei“ fehlt.");
        }
        return angelegt(ablegen(wer, schluessel, id, bytes, dateiname, metadaten));
    }

    /** What an earlier request with this key has made; if nothing, refuses now who may not file, and not after a gigabyte was read. */
    private Optional<Dokumente.Dokument> schonDa(Anmeldung wer, @Nullable UUID schluessel, UUID vorgang) {
        if (schluessel != null) {
            var sicht = berechtigungen.sicht(wer.person(), Recht.LESEN);
            vorgaenge.vorgang(sicht, vorgang);
            var schon = dokumente.finde(sicht, schluessel);
            if (schon.isPresent()) {
                return schon;
            }
        }
        vorgaenge.aenderbar(wer, vorgang);
        return Optional.empty();
    }

    private Dokumente.Dokument ablegen(
            Anmeldung wer,
            @Nullable UUID schluessel,
            UUID vorgang,
            de.federwerk.ablage.Blob bytes,
            String dateiname,
            Metadaten m) {
        if (m.gehoertZu() != null) {
            dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), m.gehoertZu());
        }
        return transaktion.execute(t -> {
            if (schluessel != null) {
                einmal.warte(schluessel);
                var schon = dokumente.finde(berechtigungen.sicht(wer.person(), Recht.LESEN), schluessel);
                if (schon.isPresent()) {
                    return schon.get();
                }
            }
            return dokumente.lege(
                    wer,
                    schluessel == null ? Kennung.neu() : schluessel,
                    vorgang,
                    dateien.aufnehmen(bytes, dateiname),
                    new Angaben(m.titel(), m.dokumentart(), m.gehoertZu(), null, m.absender(), m.schreibenVom(), null));
        });
    }

    private Metadaten lies(byte[] text) {
        try {
            return json.readValue(new String(text, StandardCharsets.UTF_8), Metadaten.class);
        } catch (JacksonException e) {
            throw Abgelehnt.eingabe("Der Teil „metadaten“ ist kein gültiges JSON nach der Beschreibung.");
        }
    }

    private static ResponseEntity<DokumentAntwort> angelegt(Dokumente.Dokument d) {
        return ResponseEntity.created(URI.create("/api/v1/dokumente/" + d.id())).body(antwort(d));
    }

    private static DokumentAntwort antwort(Dokumente.Dokument d) {
        return new DokumentAntwort(
                d.id(), d.vorgangId(), d.titel(), d.dokumentart(), d.version(), d.dateiname(), d.laenge());
    }

    @GetMapping("/dokumente/{id}/inhalt")
    ResponseEntity<InputStreamResource> inhalt(@PathVariable UUID id, @AuthenticationPrincipal Anmeldung wer) {
        var dokument = dokumente.dokument(berechtigungen.sicht(wer.person(), Recht.LESEN), id);
        var blob = dateien.original(dokument.dateiId());
        return ResponseEntity.ok()
                .contentLength(blob.laenge())
                .contentType(typ(dokument.medientyp()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(dokument.dateiname(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new InputStreamResource(() -> blobs.lies(blob)));
    }

    /** What was recognised; a browser that is led here still only saves it. */
    private static MediaType typ(@Nullable String medientyp) {
        try {
            return medientyp == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(medientyp);
        } catch (InvalidMediaTypeException ungewoehnlich) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }
}
