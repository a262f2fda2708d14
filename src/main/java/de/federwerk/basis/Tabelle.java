package de.federwerk.basis;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;

/** A list as people send it: CSV with semicolons and a head line, as a spreadsheet writes it (BOM, quotes, any order of columns). */
public final class Tabelle {

    /** One line below the head. @param nr as an editor counts, the head is line 1 (a value over several lines counts once) */
    public record Zeile(long nr, Map<String, String> werte) {

        /** The value of a column, stripped; empty if the column or the value is missing. */
        public String wert(String spalte) {
            return werte.getOrDefault(spalte, "");
        }
    }

    private Tabelle() {}

    /**
     * Reads all lines.
     *
     * @param pflicht columns that must be named in the head
     * @param alle all columns, for the message
     * @throws Abgelehnt (EINGABE) if it is no such table, (GRENZE) if it has more than {@code hoechstens} lines
     */
    public static List<Zeile> lies(Reader csv, List<String> pflicht, String alle, int hoechstens) {
        var format = CSVFormat.DEFAULT.builder().setDelimiter(';').setIgnoreEmptyLines(true).setTrim(true).get();
        var zeilen = new ArrayList<Zeile>();
        try (var leser = format.parse(csv)) {
            List<String> kopf = null;
            for (var satz : leser) {
                if (kopf == null) {
                    kopf = satz.stream().map(n -> n.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT)).toList();
                    continue;
                }
                if (zeilen.size() >= hoechstens) {
                    throw new Abgelehnt(Abgelehnt.Art.GRENZE, "Die Liste hat mehr als " + hoechstens + " Zeilen; bitte teilen Sie sie.");
                }
                var werte = new HashMap<String, String>();
                for (int i = 0; i < Math.min(kopf.size(), satz.size()); i++) {
                    werte.put(kopf.get(i), satz.get(i).replace("\0", ""));
                }
                zeilen.add(new Zeile(satz.getRecordNumber(), werte));
            }
            if (kopf == null || !kopf.containsAll(pflicht)) {
                throw Abgelehnt.eingabe("Die erste Zeile muss die Spalten nennen: " + alle);
            }
            return zeilen;
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw Abgelehnt.eingabe("Die Datei ist keine lesbare CSV-Datei mit Semikolon. Gespeichert sein muss sie als „CSV UTF-8“.");
        }
    }
}
