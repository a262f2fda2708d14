package de.federwerk.schwaerzung;

import de.federwerk.basis.Abgelehnt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.util.MultiValueMap;

/** The rows of areas as a page sends them: one field each, the n-th of all belong together. */
final class Bereichsformular {

    /** Rows of one page that may be edited at once: a form has at most a thousand fields. */
    static final int ZEILEN = 100;

    /** Rows that may be sent at once. With seven fields each they stay below what the server takes of one form. */
    private static final int GESENDET = 280;

    private static final int ENTFERNT = 1_000;

    private Bereichsformular() {}

    /**
     * A row as it was typed.
     *
     * @param kennung of the area; a new one for a new row
     */
    record Zeile(String kennung, String x, String y, String breite, String hoehe, String grund, String erlaeuterung) {

        static Zeile von(Bereich b) {
            return new Zeile(
                    b.id().toString(),
                    mm(b.x()),
                    mm(b.y()),
                    mm(b.breite()),
                    mm(b.hoehe()),
                    b.grund().name(),
                    b.erlaeuterung());
        }

        boolean leer() {
            return x.isBlank() && y.isBlank() && breite.isBlank() && hoehe.isBlank();
        }

        private Bereich alsBereich(int seite) {
            return new Bereich(
                    Bereichsformular.kennung(kennung),
                    seite,
                    zahl(x),
                    zahl(y),
                    zahl(breite),
                    zahl(hoehe),
                    Grund.von(grund)
                            .orElseThrow(() -> Abgelehnt.eingabe("Bitte wählen Sie für jeden Bereich einen Grund.")),
                    erlaeuterung.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip());
        }
    }

    static String mm(double wert) {
        var text = String.format(Locale.GERMANY, "%.2f", wert);
        return text.endsWith(",00") ? text.substring(0, text.length() - 3) : text;
    }

    private static double zahl(String getippt) {
        try {
            double zahl = Double.parseDouble(getippt.strip().replace(',', '.'));
            if (Math.abs(zahl) < 100_000) {
                return zahl;
            }
        } catch (NumberFormatException keine) {
            // Said below, as for a number without measure.
        }
        throw Abgelehnt.eingabe("„%s“ ist kein Maß in Millimetern wie 12,5. Es wurde nichts gespeichert."
                .formatted(getippt.length() > 40 ? getippt.substring(0, 40) : getippt));
    }

    private static UUID kennung(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException keine) {
            throw Abgelehnt.eingabe("Dieses Formular ist unvollständig. Bitte laden Sie die Seite neu.");
        }
    }

    /** What was typed, for a page that shows it again. */
    static List<Zeile> zeilen(MultiValueMap<String, String> felder) {
        var zeilen = new ArrayList<Zeile>();
        int anzahl = felder.getOrDefault("kennung", List.of()).size();
        for (int i = 0; i < Math.min(anzahl, GESENDET); i++) {
            var zeile = new Zeile(
                    feld(felder, "kennung", i),
                    feld(felder, "x", i),
                    feld(felder, "y", i),
                    feld(felder, "breite", i),
                    feld(felder, "hoehe", i),
                    feld(felder, "grund", i),
                    feld(felder, "erlaeuterung", i));
            if (!zeile.leer()) {
                zeilen.add(zeile);
            }
        }
        return zeilen;
    }

    private static String feld(MultiValueMap<String, String> felder, String name, int i) {
        var werte = felder.getOrDefault(name, List.of());
        return i < werte.size() && werte.get(i) != null ? werte.get(i) : "";
    }

    /** @throws Abgelehnt (EINGABE) if a row is no area, (GRENZE) for more than can be read at once */
    static List<Bereich> bereiche(MultiValueMap<String, String> felder, int seite) {
        var weg = weg(felder);
        pruefe(felder.getOrDefault("kennung", List.of()).size(), GESENDET);
        return zeilen(felder).stream()
                .map(z -> z.alsBereich(seite))
                .filter(b -> !weg.contains(b.id()))
                .toList();
    }

    /** Those that are taken away. */
    static List<UUID> weg(MultiValueMap<String, String> felder) {
        var weg = felder.getOrDefault("weg", List.of());
        pruefe(weg.size(), ENTFERNT);
        return weg.stream().map(Bereichsformular::kennung).toList();
    }

    private static void pruefe(int anzahl, int hoechstens) {
        if (anzahl > hoechstens) {
            throw new Abgelehnt(
                    Abgelehnt.Art.GRENZE,
                    "Das sind %d Bereiche auf einmal; gespeichert werden höchstens %d. Es wurde nichts gespeichert. Bitte laden Sie die Seite neu, und speichern Sie in kleineren Schritten."
                            .formatted(anzahl, hoechstens));
        }
    }
}
