package de.federwerk.verzeichnis;

import de.federwerk.basis.Abgelehnt;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was typed into a form of settings, and what is wrong with it, by the name of the field. */
final class Formular {

    private final Map<String, String> werte;
    private final Map<String, String> fehler = new LinkedHashMap<>();

    Formular(Map<String, String> werte) {
        this.werte = werte;
    }

    Map<String, String> fehler() {
        return fehler;
    }

    /** Which state of the settings was changed; 0 if there was none. */
    int fassung() {
        var text = text("fassung");
        return text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : 0;
    }

    boolean haken(String name) {
        return werte.containsKey(name);
    }

    String text(String name) {
        return werte.getOrDefault(name, "").replace("\0", "").strip();
    }

    /** As it was typed: a blank may be part of a password. */
    String geheimnis(String name) {
        var text = werte.getOrDefault(name, "");
        if (text.length() > 500) fehler.put(name, "Höchstens 500 Zeichen.");
        return text;
    }

    String text(String name, int hoechstens) {
        var text = text(name);
        if (text.length() > hoechstens) fehler.put(name, "Höchstens " + hoechstens + " Zeichen.");
        return text;
    }

    String pflicht(String name, int hoechstens) {
        var text = text(name, hoechstens);
        if (text.isEmpty()) fehler.put(name, "Bitte ausfüllen.");
        return text;
    }

    int zahl(String name, int von, int bis) {
        var text = text(name);
        int zahl = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
        if (zahl < von || zahl > bis) fehler.put(name, "Bitte eine ganze Zahl von " + von + " bis " + bis + ".");
        return Math.clamp(zahl, von, bis);
    }

    String attribut(String name) {
        var text = text(name);
        if (!text.matches("[A-Za-z][A-Za-z0-9.;-]{0,99}")) {
            fehler.put(name, "Bitte den Namen eines Attributs, zum Beispiel mail.");
        }
        return text;
    }

    /** PEM; what cannot be read is a mistake of this field. */
    String zertifikate(String name) {
        var pem = text(name, 50_000);
        try {
            Vertrauen.in(pem);
        } catch (Abgelehnt e) {
            fehler.put(name, String.valueOf(e.getMessage()));
        }
        return pem;
    }
}
