package de.federwerk.bescheid;

import de.federwerk.formular.Formular;
import de.federwerk.formular.Formularangabe;
import de.federwerk.formular.Formularwert;
import de.federwerk.formular.Werte;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The Antrag that a Vorgang came from.
 *
 * @param konto whose Postfach it can go to; null if there is none (any more)
 * @param einheit the unit of the Vorgang
 */
record Antragsfall(
        UUID antragId,
        UUID vorgangId,
        UUID leistungId,
        String titel,
        Formular formular,
        Werte werte,
        LocalDate gesendet,
        @Nullable UUID konto,
        UUID einheit) {

    /** Name and address as they were filled in, a line each; as far as the form asks. */
    String anschrift() {
        var zeilen = new ArrayList<String>();
        erster(Formularwert.Name.class)
                .map(n -> (n.vor() + " " + n.nach()).strip())
                .ifPresent(zeilen::add);
        erster(Formularwert.Anschrift.class).ifPresent(a -> {
            zeilen.add((a.strasse() + " " + a.hausnummer()).strip());
            zeilen.add((a.plz() + " " + a.ort()).strip());
        });
        return String.join("\n", zeilen);
    }

    /** As of the day on which it was sent. */
    private List<Formularangabe> angaben() {
        return formular.angaben(werte, "de", gesendet);
    }

    private <T> Optional<T> erster(Class<T> art) {
        return angaben().stream()
                .map(Formularangabe::wert)
                .filter(art::isInstance)
                .map(art::cast)
                .findFirst();
    }

    /** Of a field as a text names it behind {@code antrag.}; empty if nothing was said. */
    String wert(String feld) {
        return wert(angaben(), feld);
    }

    private static String wert(List<Formularangabe> angaben, String feld) {
        var teile = feld.split("\\.", -1);
        if (teile.length == 1) {
            return gezeigt(angaben.stream().filter(a -> a.feld().equals(feld)).toList());
        }
        var wiederholt = angaben.stream()
                .filter(a -> a.nummer() > 0
                        && a.abschnitt().equals(teile[0])
                        && a.feld().equals(teile[1]))
                .toList();
        return wiederholt.isEmpty()
                ? angaben.stream()
                        .filter(a -> a.feld().equals(teile[0]))
                        .findFirst()
                        .map(a -> teil(a.wert(), teile[1]))
                        .orElse("")
                : gezeigt(wiederholt);
    }

    private static String gezeigt(List<Formularangabe> angaben) {
        return String.join(
                ", ",
                angaben.stream()
                        .map(Formularangabe::gezeigt)
                        .filter(g -> !g.isEmpty())
                        .toList());
    }

    private static String teil(@Nullable Object wert, String teil) {
        return switch (wert) {
            case Formularwert.Name n -> teil.equals("vor") ? n.vor() : n.nach();
            case Formularwert.Anschrift a ->
                switch (teil) {
                    case "strasse" -> a.strasse();
                    case "hausnummer" -> a.hausnummer();
                    case "plz" -> a.plz();
                    default -> a.ort();
                };
            case Formularwert.Ort o -> o.text();
            case null, default -> "";
        };
    }
}
