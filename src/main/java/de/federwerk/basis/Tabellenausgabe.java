package de.federwerk.basis;

import java.util.List;
import java.util.stream.Collectors;

/** A list as a spreadsheet takes it: CSV in UTF-8 with a byte order mark, semicolons, every value in quotes. {@link Tabelle} reads it. */
public final class Tabellenausgabe {

    /** Stands before the first line; without it Excel would break the umlauts. */
    public static final String MARKE = "\uFEFF";

    /** What a spreadsheet would take for the beginning of a formula. */
    private static final String FORMEL = "=+-@\t\r\n";

    private Tabellenausgabe() {}

    /** One line with its end. */
    public static String zeile(List<String> werte) {
        return werte.stream().map(Tabellenausgabe::zelle).collect(Collectors.joining(";", "", "\r\n"));
    }

    /** Quoted; what a spreadsheet would run begins with an apostrophe. */
    public static String zelle(String wert) {
        var sicher = !wert.isEmpty() && FORMEL.indexOf(wert.charAt(0)) >= 0 ? "'" + wert : wert;
        return '"' + sicher.replace("\"", "\"\"") + '"';
    }
}
