package de.federwerk.gespraech;

import de.federwerk.basis.Abgelehnt;
import de.federwerk.gesicht.Anzeige;
import org.jspecify.annotations.Nullable;

/** What people type, made fit for a column: lines kept or made one, no other control characters, not empty, not too long. */
final class Wortlaut {

    private Wortlaut() {}

    /**
     * Lines are kept. Browsers send them with two characters each; counted is what people see.
     *
     * @param was what it is called, with its article: {@code Der Kommentar}
     * @throws Abgelehnt (EINGABE) if empty or too long
     */
    static String zeilen(@Nullable String text, String was, int hoechstens) {
        return geprueft(
                text == null
                        ? ""
                        : text.replaceAll("\\R", "\n")
                                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "")
                                .strip(),
                was,
                hoechstens);
    }

    /** As {@link #zeilen}, in one line. */
    static String zeile(@Nullable String text, String was, int hoechstens) {
        return geprueft(
                text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), was, hoechstens);
    }

    private static String geprueft(String text, String was, int hoechstens) {
        if (text.isEmpty()) {
            throw Abgelehnt.eingabe(was + " ist leer. Bitte schreiben Sie etwas; es wurde nichts gespeichert.");
        }
        if (text.length() > hoechstens) {
            throw Abgelehnt.eingabe(
                    "%s hat %s Zeichen; möglich sind %s. Es wurde nichts gespeichert, Ihr Text steht noch da."
                            .formatted(was, Anzeige.zahl(text.length()), Anzeige.zahl(hoechstens)));
        }
        return text;
    }
}
