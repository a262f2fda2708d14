package de.federwerk.formular;

import de.federwerk.basis.Abgelehnt;
import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot be used, with each place at which something is wrong. */
public final class Formularfehler extends Abgelehnt {

    /** @param ort as a path: {@code schritte[1].abschnitte[0].felder[2].wenn} */
    public record Mangel(String ort, String was) {}

    private final transient List<Mangel> maengel;

    Formularfehler(List<Mangel> maengel) {
        super(
                Art.EINGABE,
                "Das Formular hat Fehler. Es wurde nichts gespeichert. "
                        + maengel.stream()
                                .limit(20)
                                .map(m -> (m.ort.isEmpty() ? "" : m.ort + ": ") + m.was)
                                .collect(Collectors.joining(" · ")));
        this.maengel = List.copyOf(maengel);
    }

    public List<Mangel> maengel() {
        return maengel;
    }
}
