package de.federwerk.akte;

import de.federwerk.basis.Abgelehnt;
import org.jspecify.annotations.Nullable;

/** What people and programs type, made fit for a column: no control characters, not too long, not empty where it must not be. */
final class Eingabe {

    static final int TITEL = 300;

    private Eingabe() {}

    /** @throws Abgelehnt (EINGABE) if empty or too long */
    static String titel(@Nullable String text) {
        var titel = zeile(text);
        if (titel.isEmpty()) {
            throw Abgelehnt.eingabe("Der Titel fehlt. Bitte geben Sie an, worum es geht.");
        }
        if (titel.length() > TITEL) {
            throw Abgelehnt.eingabe("Der Titel hat " + titel.length() + " Zeichen; möglich sind " + TITEL + ".");
        }
        return titel;
    }

    /** One line: white space and control characters become single blanks. */
    static String zeile(@Nullable String text) {
        return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** Shortened where a program made it (a mail's subject), never where a person typed it. */
    static String gekuerzt(@Nullable String text, int laenge) {
        var zeile = zeile(text);
        return zeile.length() <= laenge ? zeile : zeile.substring(0, laenge - 1) + "…";
    }
}
