package de.federwerk.leistung;

import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One rule: all its conditions together lead to a Dienststelle. Empty conditions do not matter; without any it is the rule for all others.
 *
 * @param seite alle, gerade or ungerade
 * @param nameVon first and last beginning of a family name, e.g. A and K, or Sch and Sch
 */
record Regel(
        UUID id,
        int platz,
        String strasse,
        @Nullable Integer hausnummerVon,
        @Nullable Integer hausnummerBis,
        String seite,
        String ortsteil,
        String nameVon,
        String nameBis,
        String gegenstand,
        UUID dienststelleId,
        String dienststelle) {

    boolean sonst() {
        return strasse.isEmpty() && ortsteil.isEmpty() && nameVon.isEmpty() && gegenstand.isEmpty();
    }

    /** For people, e.g. „Lindenstraße 1–20, gerade · Namen A–K“. */
    String text() {
        if (sonst()) {
            return "alle Übrigen";
        }
        var teile = new ArrayList<String>();
        if (!strasse.isEmpty()) {
            var nummern = hausnummerVon == null && hausnummerBis == null
                    ? ""
                    : hausnummerBis == null
                            ? " ab " + hausnummerVon
                            : " " + (hausnummerVon == null ? 1 : hausnummerVon) + "–" + hausnummerBis;
            teile.add(strasse + nummern + (seite.equals("alle") ? "" : ", " + seite + " Nummern"));
        }
        if (!ortsteil.isEmpty()) {
            teile.add("Ortsteil " + ortsteil);
        }
        if (!nameVon.isEmpty()) {
            teile.add(nameVon.equals(nameBis) ? "Namen mit " + nameVon : "Namen " + nameVon + "–" + nameBis);
        }
        if (!gegenstand.isEmpty()) {
            teile.add("Gegenstand " + gegenstand);
        }
        return String.join(" · ", teile);
    }
}
