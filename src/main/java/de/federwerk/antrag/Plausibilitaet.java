package de.federwerk.antrag;

import de.federwerk.ablage.Blobs;
import de.federwerk.antrag.Vorpruefung.Befund;
import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formularwert;
import de.federwerk.leistung.Strassen;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What fits the rules of the form and is odd all the same. Each finding says why; none decides anything. */
@Component
class Plausibilitaet {

    private static final Logger LOG = LoggerFactory.getLogger(Plausibilitaet.class);

    private static final int ALT = 120;
    /** As much of a file as is looked at, at its beginning and at its end. */
    private static final int BLICK = 2_048;

    /** ISO 3166 codes of those who take part in SEPA. */
    private static final Set<String> SEPA = Set.of(
            "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
            "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO",
            "RS", "SE", "SI", "SK", "SM", "VA");

    private final Strassen strassen;
    private final Blobs blobs;

    Plausibilitaet(Strassen strassen, Blobs blobs) {
        this.strassen = strassen;
        this.blobs = blobs;
    }

    /** In a transaction of the house, without the files. */
    List<Befund> angaben(Antragsvorlage antrag) {
        var befunde = new ArrayList<Befund>();
        for (var angabe : antrag.formular().angaben(antrag.werte(), "de", antrag.tag())) {
            switch (angabe.wert()) {
                case Formularwert.Anschrift a -> anschrift(angabe, a).ifPresent(befunde::add);
                case LocalDate tag
                when tag.isBefore(antrag.tag().minusYears(ALT)) ->
                    befunde.add(schlecht(
                            "datum",
                            angabe.titel() + ": " + angabe.gezeigt() + " liegt mehr als " + ALT
                                    + " Jahre zurück. Vielleicht ist die Jahreszahl vertippt."));
                case String iban when angabe.art() == Feldart.IBAN -> befunde.add(iban(angabe, iban));
                case null, default -> {}
            }
        }
        return befunde;
    }

    private Optional<Befund> anschrift(Formularangabe angabe, Formularwert.Anschrift a) {
        return strassen.kennt(a.strasse())
                .map(
                        bekannt -> bekannt
                                ? new Befund(
                                        "anschrift",
                                        true,
                                        angabe.titel() + ": „" + a.strasse()
                                                + "“ steht im Straßenverzeichnis der Stadt.")
                                : schlecht(
                                        "anschrift",
                                        angabe.titel() + ": „" + a.strasse()
                                                + "“ steht nicht im Straßenverzeichnis der Stadt. Vielleicht ist sie verschrieben, oder die Anschrift liegt außerhalb."));
    }

    private static Befund iban(Formularangabe angabe, String iban) {
        var land = iban.length() < 2 ? "" : iban.substring(0, 2).toUpperCase(Locale.ROOT);
        return SEPA.contains(land)
                ? new Befund("iban", true, angabe.titel() + ": Die Prüfziffern der IBAN stimmen.")
                : schlecht(
                        "iban",
                        angabe.titel() + ": Das Konto liegt in „" + land
                                + "“, außerhalb des SEPA-Raums. Eine Lastschrift ist dort nicht möglich.");
    }

    private static Befund schlecht(String art, String grund) {
        return new Befund(art, false, grund);
    }

    /** Looks into the files; outside a transaction, for that takes a while. */
    List<Befund> dateien(Antragsvorlage antrag) {
        if (antrag.anlagen().isEmpty()) {
            return List.of();
        }
        var befunde = new ArrayList<Befund>();
        for (var anlage : antrag.anlagen()) {
            mangel(anlage)
                    .ifPresent(m -> befunde.add(schlecht(
                            "anlage",
                            "„" + anlage.dateiname() + "“ " + m
                                    + " Bitte lassen Sie sich die Datei noch einmal geben.")));
        }
        return befunde.isEmpty() ? List.of(new Befund("anlage", true, "Die Dateien sehen unbeschädigt aus.")) : befunde;
    }

    /** What cannot be read at all holds nothing up either: whoever files it will say so. */
    private Optional<String> mangel(Antragsvorlage.Anlage anlage) {
        try {
            return inhaltsmangel(anlage);
        } catch (UncheckedIOException e) {
            LOG.warn("Eine Anlage lässt sich nicht ansehen", e);
            return Optional.of("lässt sich in der Ablage nicht lesen.");
        }
    }

    private Optional<String> inhaltsmangel(Antragsvorlage.Anlage anlage) {
        var blob = anlage.blob();
        var anfang = lies(anlage, 0, Math.min(BLICK, blob.laenge()));
        var name = anlage.dateiname().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pdf")) {
            var ende = lies(anlage, Math.max(0, blob.laenge() - BLICK), Math.min(BLICK, blob.laenge()));
            if (!anfang.contains("%PDF-")) {
                return Optional.of("heißt wie ein PDF und ist keines.");
            }
            if (!ende.contains("%%EOF")) {
                return Optional.of("ist ein PDF, dem der Schluss fehlt: Die Datei ist beschädigt.");
            }
            return ende.contains("/Encrypt")
                    ? Optional.of("ist verschlüsselt und lässt sich vielleicht nicht öffnen.")
                    : Optional.empty();
        }
        boolean bild = name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
        boolean echt = anfang.startsWith("\u00ff\u00d8\u00ff") || anfang.startsWith("\u0089PNG\r\n");
        return bild && !echt ? Optional.of("heißt wie ein Bild und ist keines.") : Optional.empty();
    }

    /** Byte by byte. */
    private String lies(Antragsvorlage.Anlage anlage, long von, long laenge) {
        try (InputStream bytes = blobs.lies(anlage.blob(), von, laenge)) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
