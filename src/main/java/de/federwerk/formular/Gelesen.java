package de.federwerk.formular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into one field, understood.
 *
 * @param wert as {@link Formularangabe} has it; null if nothing or nothing that fits
 * @param gezeigt for people
 * @param einwaende what does not fit
 */
record Gelesen(@Nullable Object wert, String gezeigt, List<Einwand> einwaende) {

    static final Gelesen NICHTS = new Gelesen(null, "", List.of());

    /** @param teil the input; empty for the whole field */
    record Einwand(String teil, String meldung) {}

    static Gelesen gut(Object wert, String gezeigt) {
        return new Gelesen(wert, gezeigt, List.of());
    }

    static Gelesen falsch(String teil, String meldung) {
        return new Gelesen(null, "", List.of(new Einwand(teil, meldung)));
    }

    boolean leer() {
        return wert == null && einwaende.isEmpty();
    }

    /** What an expression sees. */
    @Nullable
    Object fuerAusdruck() {
        return wert instanceof Formularwert.Einwilligung e
                ? (Object) e.erteilt()
                : wert instanceof Formularwert ? gezeigt : wert;
    }
}
