package de.federwerk.antrag;

import de.federwerk.formular.Feldart;
import de.federwerk.formular.Formularangabe;
import de.federwerk.gesicht.Anzeige;
import java.math.BigDecimal;
import java.time.LocalDate;

/** An answer as somebody would type it into a field of the Vorgang. */
final class Feldtext {

    private Feldtext() {}

    static String von(Formularangabe angabe) {
        return switch (angabe.wert()) {
            case null -> "";
            case LocalDate tag -> Anzeige.datum(tag);
            // Without its unit: the field of the Vorgang compares it as a number.
            case BigDecimal zahl -> zahl(angabe.art(), zahl);
            default -> angabe.gezeigt();
        };
    }

    private static String zahl(Feldart art, BigDecimal zahl) {
        var schlicht = art == Feldart.GELD || zahl.signum() == 0 ? zahl : zahl.stripTrailingZeros();
        return schlicht.toPlainString().replace('.', ',');
    }
}
