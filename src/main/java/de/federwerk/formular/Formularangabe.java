package de.federwerk.formular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was said in one field, for the summary, the PDF and structured data.
 *
 * @param abschnitt id; {@code ueberschrift} is how it is called, with its number if it is repeated
 * @param nummer from 1; 0 if the Abschnitt is not repeated
 * @param feld id, and {@code pfad} of this very one
 * @param gezeigt for people; empty if nothing was said
 * @param wert String, BigDecimal, LocalDate, Boolean, List of String, or {@link Formularwert}; null if nothing was said or of a Datei
 */
public record Formularangabe(
        String schritt,
        String abschnitt,
        String ueberschrift,
        int nummer,
        String feld,
        String pfad,
        Feldart art,
        String titel,
        String gezeigt,
        @Nullable Object wert,
        List<Anlage> anlagen,
        String herkunft) {}
