package de.federwerk.bescheid;

import de.federwerk.bescheid.Rechtsbehelfe.Rechtsbehelf;
import de.federwerk.formular.Formular;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a template.
 *
 * @param leistungId null: for every Leistung
 * @param stand {@code entwurf}, {@code veroeffentlicht} or {@code ersetzt}
 * @param felder what the clerk is asked; see {@link Vorlagenfelder}
 * @param rechtsbehelf null: it does not say how to object, and the period is a year
 * @param zeichnung whether it must be signed before it goes out
 */
record Fassung(
        UUID id,
        UUID vorlageId,
        String name,
        @Nullable UUID leistungId,
        int nummer,
        String stand,
        Recht recht,
        String betreff,
        String text,
        String felder,
        @Nullable Rechtsbehelf rechtsbehelf,
        boolean zeichnung,
        int aenderung) {

    boolean entwurf() {
        return stand.equals("entwurf");
    }

    /** {@code widerspruch} or {@code klage}; null if it does not say. */
    @Nullable
    String rechtsbehelfart() {
        return rechtsbehelf == null ? null : rechtsbehelf.art();
    }

    /** What the clerk is asked. */
    Formular formular() {
        return Vorlagenfelder.formular(felder);
    }
}
