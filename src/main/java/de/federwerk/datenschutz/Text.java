package de.federwerk.datenschutz;

import de.federwerk.basis.Abgelehnt;
import org.jspecify.annotations.Nullable;

/** What people type into the forms of this room. */
final class Text {

    static final int GRUND = 1_000;

    private Text() {}

    static String zeile(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Lines stay lines. */
    static String mehrzeilig(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("\r", "").replaceAll("[\\p{Cntrl}&&[^\\n]]", " ").strip();
    }

    /** @throws Abgelehnt (EINGABE) if it is empty or too long */
    static String grund(@Nullable String text, String wozu) {
        var grund = mehrzeilig(text);
        if (grund.isEmpty() || grund.length() > GRUND) {
            throw Abgelehnt.eingabe(wozu + " (höchstens 1.000 Zeichen). Es wurde nichts geändert.");
        }
        return grund;
    }

    /** @throws Abgelehnt (EINGABE) if it is longer */
    static String hoechstens(@Nullable String text, int laenge, String was) {
        var kurz = mehrzeilig(text);
        if (kurz.length() > laenge) {
            throw Abgelehnt.eingabe("„%s“ hat %d Zeichen; möglich sind %d. Es wurde nichts gespeichert."
                    .formatted(was, kurz.length(), laenge));
        }
        return kurz;
    }
}
