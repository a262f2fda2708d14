package de.federwerk.antrag;

import de.federwerk.ablage.Blob;
import de.federwerk.formular.Formular;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formularwert;
import de.federwerk.formular.Werte;
import de.federwerk.gesicht.Anzeige;
import de.federwerk.leistung.Merkmale;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was sent, as the house takes it over.
 *
 * @param kurzname of the Leistung
 * @param titel of the Leistung as the house calls it, whatever language it was sent in
 * @param blatt leaf of its entry in the Protokoll, hex
 */
record Antragsvorlage(
        UUID id,
        UUID leistungId,
        String kurzname,
        String titel,
        Formular formular,
        Werte werte,
        Instant gesendet,
        String blatt,
        List<Anlage> anlagen) {

    record Anlage(String dateiname, Blob blob) {}

    Antragsvorlage mit(Anlage weitere) {
        var alle = new ArrayList<>(anlagen);
        alle.add(weitere);
        return new Antragsvorlage(id, leistungId, kurzname, titel, formular, werte, gesendet, blatt, List.copyOf(alle));
    }

    /** The day on which it was sent, here. */
    LocalDate tag() {
        return LocalDate.ofInstant(gesendet, Anzeige.ZONE);
    }

    /** Who it is about, as far as the form asks. */
    String vorgangstitel() {
        var wer = antragsteller();
        return kurz(wer == null ? titel : titel + ": " + wer);
    }

    /** The first name in the form. */
    @Nullable
    String antragsteller() {
        return erste(Formularwert.Name.class)
                .map(n -> (n.vor() + " " + n.nach()).strip())
                .orElse(null);
    }

    /** What the rules of a Leistung ask for, from the first name and the first address in the form. */
    Merkmale merkmale() {
        var anschrift = erste(Formularwert.Anschrift.class);
        return new Merkmale(
                anschrift.map(Formularwert.Anschrift::strasse).orElse(null),
                anschrift.map(Formularwert.Anschrift::hausnummer).orElse(null),
                null,
                erste(Formularwert.Name.class).map(Formularwert.Name::nach).orElse(null),
                null);
    }

    private <T> Optional<T> erste(Class<T> art) {
        return formular.angaben(werte, "de", tag()).stream()
                .map(Formularangabe::wert)
                .filter(art::isInstance)
                .map(art::cast)
                .findFirst();
    }

    /** As long as a title may be. */
    static String kurz(String titel) {
        return titel.length() <= 200 ? titel : titel.substring(0, 199) + "…";
    }
}
