package de.federwerk.datenschutz;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed into a form that was refused, so that it stands there again.
 *
 * @param formular which of the page; empty if none was refused
 * @param angaben of the form that has them
 */
public record Eingabe(
        String formular,
        Map<String, String> werte,
        @Nullable Ersuchensangaben angaben) {

    static final Eingabe KEINE = new Eingabe("", Map.of(), null);

    static Eingabe von(String formular, Map<String, String> werte) {
        return new Eingabe(formular, werte, null);
    }

    boolean in(String gefragt) {
        return formular.equals(gefragt);
    }

    /** @param sonst what stands there if this form was not refused */
    String wert(String gefragt, String feld, String sonst) {
        return in(gefragt) ? werte.getOrDefault(feld, "") : sonst;
    }
}
