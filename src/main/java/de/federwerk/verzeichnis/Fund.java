package de.federwerk.verzeichnis;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person as a directory shows them, cut to what fits here.
 *
 * @param kennung what stays when everything else changes: entryUUID, objectGUID, sub
 * @param gruppen as the directory names them
 */
record Fund(
        String kennung,
        String anmeldename,
        String vorname,
        String nachname,
        @Nullable String mail,
        Set<String> gruppen) {

    private static final int KENNUNG = 300;

    static Fund aus(
            String kennung,
            @Nullable String anmeldename,
            @Nullable String vorname,
            @Nullable String nachname,
            @Nullable String mail,
            Set<String> gruppen) {
        var adresse = rein(mail, 254);
        return new Fund(
                kennung,
                rein(anmeldename, 200).toLowerCase(Locale.ROOT),
                rein(vorname, 100),
                rein(nachname, 100),
                adresse.contains("@") ? adresse : null,
                gruppen);
    }

    private static String rein(@Nullable String text, int laenge) {
        if (text == null) return "";
        var ohne = text.replaceAll("\\p{Cntrl}+", " ").strip();
        // Never half a character.
        return ohne.codePointCount(0, ohne.length()) <= laenge
                ? ohne
                : ohne.substring(0, ohne.offsetByCodePoints(0, laenge)).strip();
    }

    String name() {
        return (vorname + " " + nachname).strip();
    }

    /** Why this person cannot be taken in; null if nothing is wrong. */
    @Nullable
    String mangel() {
        if (kennung.isEmpty() || kennung.length() > KENNUNG) return "ohne eindeutige Kennung";
        if (!anmeldename.matches("[a-z0-9][a-z0-9._-]{1,60}")) {
            return "„" + anmeldename + "“ ist kein Anmeldename (Kleinbuchstaben, Ziffern, Punkt, Bindestrich)";
        }
        return nachname.isEmpty() ? "ohne Nachnamen" : null;
    }
}
