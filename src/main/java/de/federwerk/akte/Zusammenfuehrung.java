package de.federwerk.akte;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of fields that two people changed at once: each field that only one of them touched is as he wants it; only where both typed
 * something else, somebody has to look.
 *
 * @param ergebnis by field, as it can be saved
 * @param widersprueche fields that both changed; then nothing is saved
 */
record Zusammenfuehrung(Map<String, String> ergebnis, List<Widerspruch> widersprueche) {

    /** @param jetzt as it stands in the database by now */
    record Widerspruch(String feld, String jetzt) {}

    /**
     * @param gesehen the fields as they were when the form was opened
     * @param gewollt as they were typed; has the same fields
     * @param jetzt as they are by now; has the same fields
     */
    static Zusammenfuehrung aus(Map<String, String> gesehen, Map<String, String> gewollt, Map<String, String> jetzt) {
        var ergebnis = new LinkedHashMap<String, String>();
        var widersprueche = new ArrayList<Widerspruch>();
        jetzt.forEach((feld, stand) -> {
            var meins = gewollt.getOrDefault(feld, stand);
            var vorher = gesehen.getOrDefault(feld, stand);
            if (meins.equals(vorher) || meins.equals(stand)) {
                ergebnis.put(feld, stand);
            } else {
                ergebnis.put(feld, meins);
                if (!vorher.equals(stand)) {
                    widersprueche.add(new Widerspruch(feld, stand));
                }
            }
        });
        return new Zusammenfuehrung(ergebnis, widersprueche);
    }

    /** What differs from what is there, as the Protokoll says it. */
    String unterschied(Map<String, String> jetzt, Map<String, String> namen) {
        var teile = new ArrayList<String>();
        ergebnis.forEach((feld, wert) -> {
            var alt = jetzt.getOrDefault(feld, "");
            if (!alt.equals(wert)) {
                teile.add(namen.getOrDefault(feld, feld) + ": „" + alt + "“ → „" + wert + "“");
            }
        });
        return String.join("; ", teile);
    }
}
