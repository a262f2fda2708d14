package de.federwerk.formular;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields that belong together under a heading.
 *
 * @param wiederholt whether it may be there several times, or not at all
 * @param mindestens how often at least, if repeated
 * @param eines what one of them is called: {@code Hund}
 */
public record Abschnitt(
        String id,
        Wort titel,
        Wort hilfe,
        @Nullable Ausdruck wenn,
        boolean wiederholt,
        int mindestens,
        int hoechstens,
        Wort eines,
        List<Feld> felder,
        List<Regel> regeln) {

    /** Between fields. @param feld at which the message stands @param bedingung what must hold; not asked while something it needs is empty */
    public record Regel(Ausdruck bedingung, String feld, Wort meldung) {}
}
