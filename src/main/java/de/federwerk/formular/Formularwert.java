package de.federwerk.formular;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values of several parts. */
public sealed interface Formularwert {

    record Name(String vor, String nach) implements Formularwert {}

    record Anschrift(String strasse, String hausnummer, String plz, String ort) implements Formularwert {}

    /** Degrees, WGS 84; null if only described. */
    record Ort(
            String text,
            @Nullable BigDecimal breite,
            @Nullable BigDecimal laenge) implements Formularwert {}

    /** @param fassung of the text that was agreed to */
    record Einwilligung(boolean erteilt, String fassung) implements Formularwert {}
}
