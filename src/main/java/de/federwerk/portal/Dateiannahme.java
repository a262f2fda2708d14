package de.federwerk.portal;

import de.federwerk.ablage.Blob;
import de.federwerk.ablage.Blobs;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Files of citizens, before they are anybody's: empty ones, a full disk, and one connection that sends and sends. */
@Component
class Dateiannahme {

    /** Bytes that the house keeps for itself on its disk. */
    private static final long FREI = 2L << 30;

    private final Blobs blobs;
    private final Portalbremse bremse;

    Dateiannahme(Blobs blobs, Portalbremse bremse) {
        this.blobs = blobs;
        this.bremse = bremse;
    }

    /** Those of one field in which somebody chose something. */
    static List<MultipartFile> gewaehlte(HttpServletRequest anfrage, String feld) {
        return anfrage instanceof MultipartHttpServletRequest teile
                ? teile.getFiles(feld).stream().filter(d -> !name(d).isBlank()).toList()
                : List.of();
    }

    static String name(MultipartFile datei) {
        var name = datei.getOriginalFilename();
        return name == null ? "" : name;
    }

    /** @return why this one is not taken, whatever it is for */
    Optional<String> einwand(MultipartFile datei) {
        if (datei.isEmpty()) {
            return Optional.of("„" + name(datei) + "“ ist leer und wurde nicht angenommen.");
        }
        return blobs.frei() < FREI
                ? Optional.of(
                        "„" + name(datei)
                                + "“ lässt sich gerade nicht speichern. Bitte versuchen Sie es später noch einmal; alles andere ist gespeichert.")
                : Optional.empty();
    }

    /** Counts it. @return why it is not stored any more today */
    Optional<String> bremst(HttpServletRequest anfrage, MultipartFile datei) {
        return bremse.zaehleBytes(anfrage, datei.getSize())
                ? Optional.empty()
                : Optional.of("Von Ihrem Anschluss kamen heute schon sehr viele Dateien. „" + name(datei)
                        + "“ wurde nicht angenommen; bitte versuchen Sie es morgen noch einmal.");
    }

    Blob speichere(MultipartFile datei) throws IOException {
        try (var inhalt = datei.getInputStream()) {
            return blobs.schreibe(inhalt);
        }
    }
}
