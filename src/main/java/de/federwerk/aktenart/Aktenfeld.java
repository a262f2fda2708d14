package de.federwerk.aktenart;

import java.util.List;
import java.util.UUID;

/**
 * A field of an Aktenart.
 *
 * @param auswahl what one can choose, in its order; empty unless it is an Auswahl
 * @param beendet taken away from the form; what was typed stays readable
 */
public record Aktenfeld(
        UUID id,
        UUID aktenart,
        Feldtraeger traeger,
        String name,
        Feldart art,
        List<String> auswahl,
        boolean pflicht,
        boolean inListe,
        int platz,
        boolean beendet) {

    /** As it is called in a form. */
    public String formname() {
        return "f-" + id;
    }
}
